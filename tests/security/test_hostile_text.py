"""Nothing that a unit types, and no name that it gives a file, is ever more than a text in what goes out."""

import json
import os
import tempfile
from datetime import datetime
from itertools import cycle
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests import command
from tests.killed.instants import all_files
from tests.properties.examples import some
from tests.security.outputs import MARK, wrong_in
from tests.small import MASTER, filled_row, issue, small_workspace
from toolkit.edges.files import write_file
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import Workspace
from toolkit.model.period import Period

Q2 = Period(2023, 2)
BEGINNINGS = (
    "=1+1", '=HYPERLINK("http://evil.example","', "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1+1", " =1+1", "{=1+1}", "http://evil.example/",
    "mailto:a@evil.example", "internal:Sheet1!A1", "external:c:\\x.xlsx", "\\\\evil\\share", "javascript:", "file:///etc/passwd", "<w:p/>", "</t></is></c>",
    "<r>", "</r>", "]]>", "<![CDATA[",
    "&amp;&#0;", "_x0041_", "_x000D_", "$(reboot)", "`reboot`", "; rm -rf /", "| calc", "../../../etc/", "%s%n", "{0}{title}{}",
    "[red]x[/]", "[/]", "&L&G&P", "\u202e", "\u2028", "\u2066", "\r\nBcc: a@evil.example\r\n\r\n", "\n2023-04-03T09:00:00 ", "\x1b[2J", "\x07", "DDE ",
    "DISPIMG(", "TASKSEAL1.", "K7MP-X3R8-Q", "同上", "#REF!", "'", '"', "{ MERGEFIELD x }", "0%", "[$-804]", "#,##0;", "\U0001f600", "x" * 4_000,
)  # fmt: skip
HOSTILE = st.builds("{}{}{}".format, st.sampled_from(BEGINNINGS), st.just(MARK), st.sampled_from(BEGINNINGS) | st.text(max_size=30))
NAMES = HOSTILE.map(lambda text: "".join(one for one in text if one not in "/\0" and not "\ud800" <= one <= "\udfff")[:60] + ".xlsx")
FIELDS = ("本季进展情况", "存在问题", "未完成原因", "下一步措施", "需协调事项", "佐证材料")


def typed(text: str) -> str:
    """Give a text as a sheet can hold it: control characters written as Excel writes them."""
    kept = (one for one in text if not "\ud800" <= one <= "\udfff" and ord(one) < 0xFFFE)
    return "".join(f"_x{ord(one):04X}_" if ord(one) < 32 and one not in "\t\n" else one for one in kept)


def answer(source: Path, target: Path, texts: list[str]) -> None:
    """Fill in a workbook with hostile texts in every cell that takes words, and as progress, state and signature."""
    book = load_workbook(source)
    sheet = book["任务进展"]
    header = next(row[0].row or 0 for row in sheet.iter_rows(max_row=12) if any(cell.value == "编号" for cell in row))
    titles = {cell.value: cell.column for cell in sheet[header]}
    rest = cycle(texts)
    for row in range(header + 1, header + 3):
        if not sheet.cell(row, titles["编号"]).value:
            continue
        number = str(sheet.cell(row, titles["编号"]).value)
        for (_, _, title), value in filled_row(number, progress=5).items():
            sheet.cell(row, titles[title]).value = value  # type: ignore[assignment]
        for title in FIELDS:
            if title in titles:
                cell = sheet.cell(row, titles[title])
                cell.value, cell.data_type = typed(next(rest)), "s"
    for column in ("累计进度", "预计完成时间"):
        cell = sheet.cell(header + 2, titles[column])
        cell.value, cell.data_type = typed(next(rest)), "s"
    for column in (1, 5, 9):
        cell = sheet.cell(header + 4, column)
        cell.value, cell.data_type = f"填报人：{typed(next(rest))}", "s"
    book.create_sheet("附").append([typed(next(rest))])
    book.properties.title = book.properties.creator = typed(next(rest))[:200]
    book.save(target)


def mail(content: bytes, subject: str) -> bytes:
    """Write a mail whose subject and attachment's name are hostile, with line breaks in the encoded words."""
    from base64 import b64encode

    word = b64encode(subject.encode("utf-8", "replace")).decode()
    head = f"From: =?utf-8?b?{word}?= <a@example.com>\nSubject: =?utf-8?b?{word}?=\nDate: Mon, 26 Jun 2023 09:00:00 +0800\nMIME-Version: 1.0\n"
    part = f'Content-Type: application/octet-stream; name="=?utf-8?b?{word}?=.xlsx"\n'
    part += "Content-Transfer-Encoding: base64\nContent-Disposition: attachment\n"
    body = b64encode(content).decode()
    return f'{head}Content-Type: multipart/mixed; boundary="b"\n\n--b\n{part}\n{body}\n--b--\n'.encode()


def office(folder: Path) -> Workspace:
    """A workspace in July whose second quarter was issued."""
    space = small_workspace(folder)
    write_file(space.master, master_bytes(MASTER))
    issue(space, Q2)
    return space


def said(space: Workspace, *words: str, alone: bool = False) -> str:
    """Run a command as a clerk does; gives what it said. It never ends by a fault of ours, and says nothing that a terminal would obey."""
    code, text, aside = (command.run_alone if alone else command.run)(space.root, *words)
    assert code in {0, 1}, aside
    assert [] == [sign for sign in ("\x1b", "\x07", "\u202e", "\u2066") if sign in text + aside]
    return text


@some(0, share=0.02, shrink=False)
@example(
    texts=[f"<r>{MARK} & </r>", *(f"{beginning}{MARK}{beginning}" for beginning in BEGINNINGS)],
    name=f"=1+1{MARK}\x1b[2J\n\u202e$(reboot);'\"&.xlsx",
    subject=f"\r\nBcc: a@evil.example\r\n\r\n{MARK}\x07../../x",
)
@given(texts=st.lists(HOSTILE, min_size=8, max_size=16), name=NAMES, subject=HOSTILE)
def test_no_text_of_a_unit_is_more_than_a_text(texts: list[str], name: str, subject: str) -> None:
    """Hostile words in cells, names, subjects and properties go through collect, receipts, consolidate, papers and mails, and are shown as words only."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setenv("TASK_TOOLKIT_TODAY", "2023-07-03")
        space = office(Path(folder).resolve() / "space")
        issued = space.out(Q2, "发放")
        town, bureau, office_ = (next(issued.glob(f"{unit}_*.xlsx")) for unit in ("东山镇", "云溪县工信局", "云溪县发改局"))
        answer(town, space.inbox / name, texts)
        answer(bureau, Path(folder) / "b.xlsx", texts[18:] + texts[:18])
        answer(office_, space.inbox / "c.xlsx", texts[36:] + texts[:36])
        (space.inbox / "信.eml").write_bytes(mail((Path(folder) / "b.xlsx").read_bytes(), subject))
        (space.inbox / f"{name[:-5]}.txt").write_text("".join(texts), "utf-8", errors="replace")
        moment = datetime(2023, 6, 28, 9).timestamp()  # noqa: DTZ001 - file times are local
        for path in space.inbox.iterdir():
            os.utime(path, (moment, moment))
        beside = {path.name for path in Path(folder).iterdir()}

        collected = json.loads(said(space, "collect", "--json", alone=True))
        for words in ("consolidate", "documents --yellow", "send", "send --what 退回", "send --what 文书", "status", "returns"):
            said(space, *words.split(), str(Q2))
        json.loads(said(space, "status", str(Q2), "--json"))

        assert collected
        assert [] == wrong_in(space.root)
        assert beside == {path.name for path in Path(folder).iterdir()}
        assert MARK in "".join(_shown(path) for path in (space.root / "outbox").rglob("*汇总*.xlsx"))
        assert all_files(space.records / "returns")


def test_the_look_through_the_outputs_finds_what_it_looks_for(tmp_path: Path) -> None:
    """A formula, a link, a rule, a header and a name that hold a hostile text are each named, so that finding nothing means something."""
    folder = tmp_path / "outbox" / "2023Q2"
    folder.mkdir(parents=True)
    book = xlsxwriter.Workbook(folder / "a.xlsx")
    sheet = book.add_worksheet()
    sheet.write_formula(0, 0, f'="{MARK}"')
    sheet.write_url(1, 0, "http://evil.example/")
    sheet.data_validation(2, 0, 2, 0, {"validate": "any", "input_title": MARK})
    sheet.write_string(3, 0, MARK)
    book.close()
    (folder / "b.eml").write_text("To: a@b\nBcc: x@y\n\nx", "ascii")
    (folder / "c\u202e.txt").write_text("", "ascii")

    found = wrong_in(tmp_path)

    wanted = ("in <f>", "in dataValidation/@promptTitle", "a link to http://evil.example/", "Bcc: 'x@y'", "the name")
    assert list(wanted) == [next(words for words in wanted if words in one) for one in found]


def _shown(path: Path) -> str:
    return "".join(str(cell) for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row if cell)

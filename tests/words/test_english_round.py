"""A whole round of an office in English: not one Chinese sign on its forms, receipts, workbooks, papers, mails and screen."""

import contextlib
import email
import email.policy
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.words.english_office import CHINESE, HOUSING, Q1, english_workspace, fill_in, issue_english, report
from toolkit.cli.main import _run
from toolkit.edges.clock import held
from toolkit.edges.ledger.decision_records import holding
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.unit_history import filed
from toolkit.flows.report import scorecards
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.decisions import DecisionSubject
from toolkit.model.findings import Code
from toolkit.model.returns import Outcome

COMMANDS = (
    "collect",
    "status",
    "status 2023Q1",
    "generate 2023Q1",
    "consolidate 2023Q1",
    "documents 2023Q1",
    "returns 2023Q1",
    "doctor",
    "verify 2023Q1",
    "scorecards 2023Q1",
    "remind 2023Q1",
    "remind 2023Q1 --text",
    "send 2023Q1",
    "send 2023Q1 --what 退回",
    "trace 2023Q1 T1 Housing",
    "close 2023Q1",
    "analyse 2023",
    "nonsense",
    "generate",
    "generate 2024Q9",
)
# Folders and files that the program goes by whatever the language: a contract with every reader of a workspace.
NAMES = re.compile(
    r"成绩申诉|成绩单|成绩|草稿|退回|发放清单|发放|汇总表|汇总|文书|邮件|分析|试看|通知用语|任务总表|季度进展|工作方案|考核规则|用语|公文|"
    r"2023年(?:第一季度)?(?:目标任务进展汇总|目标任务分析|进展|发放清单)?|通报|催报通知|催报名单|催报文字|签批表|签批页"
)


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, str]:
    """The office after its round, and all that stood on the screen meanwhile."""
    space = english_workspace(tmp_path_factory.mktemp("english"))
    said = io.StringIO()
    with held(date(2023, 3, 20)), pytest.MonkeyPatch.context() as machine:
        machine.setattr(scorecards, "find_office", lambda: None)  # it is the words that are looked at
        report(space, issue_english(space))
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            for words in COMMANDS:
                said.write(f"$ {words}\n")
                _run(["--workspace", str(space.root), *words.split()])
            for words in ("--lang en --help", "--lang en generate --help", "--lang en returns --help", "--lang en consolidate --help"):
                _run(words.split())
    return space, said.getvalue()


def test_screen(screen: tuple[Workspace, str]) -> None:
    """
    What commands say, ask and complain of, their tables and their help are English.
    """
    lines = [line for line in screen[1].splitlines() if not line.startswith("$ ") and CHINESE.search(NAMES.sub("", line))]

    assert [] == lines
    assert "Not reported: Eastville" in screen[1]
    assert "Commands:" in screen[1]


def test_workbooks(screen: tuple[Workspace, str]) -> None:
    """
    No cell, name, comment, link, list, format, header, chart, property of a form, a receipt, a list or the consolidated workbook has Chinese in it.
    """
    books = sorted((screen[0].root / "outbox").rglob("*.xlsx"))
    found = [(path.name, text) for path in books for text in _texts_of(path) if CHINESE.search(text)]

    assert {"发放", "退回", "汇总", "成绩"} <= {path.parent.name for path in books}
    assert [] == found


def test_papers_and_mails(screen: tuple[Workspace, str]) -> None:
    """
    No paragraph, cell, footer or property of a paper, no line of a receipt, reminder or mail has Chinese in it.
    """
    outbox = screen[0].root / "outbox"
    papers = [(path.name, text) for path in outbox.rglob("*.docx") for text in _texts_of_paper(path)]
    plain = [(path.name, line) for path in outbox.rglob("*.txt") for line in path.read_text("utf-8-sig").splitlines()]
    mails = [(path.name, line) for path in outbox.rglob("*.eml") for line in _lines_of_mail(path)]

    assert all((papers, plain, mails))
    assert [] == [(name, text) for name, text in (*papers, *plain, *mails) if CHINESE.search(NAMES.sub("", text))]


def test_returns_are_read_as_they_were_meant(screen: tuple[Workspace, str]) -> None:
    """
    A form in English comes back as it was issued: no heading, sheet or prefilled cell is asked about, and chosen words are the program's states.
    """
    with open_office(screen[0]) as office:
        records = {record.unit: record for record in office.ledger.all_files("2023Q1")}
        files = {file.unit: file for file in filed(office, Q1)}
        rows = {row.number: row for row in files[HOUSING].rows if row.table == "任务进展"}
        codes = {finding.code for file in files.values() for finding in file.findings}

    assert {Outcome.MERGED, Outcome.WITH_FINDINGS} == {record.outcome for record in records.values()}
    assert ["已完成", "推进中"] == [rows[number].value("status") for number in ("T1", "T2")]
    assert not codes & {Code.COLUMN_ALIAS, Code.RETITLED, Code.SHEET_RENAMED, Code.SHEET_EXTRA, Code.CHANGED, Code.COLUMN_EXTRA, Code.NOT_CHOICE}


def test_rulings_in_english_are_taken(tmp_path: Path) -> None:
    """
    What the clerk types into the workbook in English holds: a ruled light, a finding accepted; it is shown again, also when the office goes over to Chinese.
    """
    space = english_workspace(tmp_path)
    with held(date(2023, 3, 20)):
        report(space, issue_english(space))
        collect(space, progress=lambda items, _: items)
        path = consolidate(space, Q1).path
        book = load_workbook(path)
        _type(book["Tasks"], "No.", "T1", {"Ruled light": "Amber", "Ruling note": "Seen on site."})
        _type(book["Findings"], "Code", "R01", {"Action": "Accept", "Note on action": "So it is."}, missing="")
        book.save(path)
        again = consolidate(space, Q1)
    with open_office(space) as office, office.ledger.reading() as connection:
        decided = holding(connection)

    assert () == again.left
    assert "黄" == decided.on(DecisionSubject.TASK, "2023Q1|T1")["认定灯"]
    assert ["接受"] == [fields["处理"] for fields in decided.by[DecisionSubject.FINDING].values() if "处理" in fields]
    assert "Amber" == _cell(load_workbook(again.path)["Tasks"], "No.", "T1", "Ruled light")
    settings = space.root / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace('lang = "en"', 'lang = ""'), "utf-8")
    with held(date(2023, 3, 20)):
        once_more = consolidate(space, Q1)
    assert "Amber" == _cell(load_workbook(once_more.path)["Tasks"], "No.", "T1", "Ruled light")  # it was issued in English, and stays so


def test_a_correction_form_comes_back(tmp_path: Path) -> None:
    """
    A receipt in English is recognised, its corrections and the unit's words (Confirmed: …) are taken.
    """
    space = english_workspace(tmp_path)
    with held(date(2023, 3, 20)):
        report(space, issue_english(space))
        collect(space, progress=lambda items, _: items)
        receipt = next((space.root / "outbox").rglob("*_退改.xlsx"))
        cells = {("Tasks", "T2", "Progress (%)"): 40, ("Tasks", "T2", "Next steps"): "Paint it.", ("Tasks", "T1", "Body's statement"): "Confirmed: as agreed"}
        fill_in(receipt, space.inbox / "again.xlsx", cells)
        done = collect(space, progress=lambda items, _: items)

    assert [(Outcome.WITH_FINDINGS, [Code.STATED])] == [
        (arrival.outcome, [finding.code for finding in arrival.findings if finding.code in {Code.STATED, Code.STATED_UNCLEAR}]) for arrival in done.arrivals
    ]


def _type(sheet: Worksheet, key: str, value: str, cells: dict[str, str], missing: object = None) -> None:
    heads = {cell.value: cell.column for cell in sheet[1]}
    row = next(row for row in sheet.iter_rows(min_row=2) if row[heads[key] - 1].value == value)
    for title, text in cells.items():
        assert row[heads[title] - 1].value in (None, missing)
        row[heads[title] - 1].value = text


def _cell(sheet: Worksheet, key: str, value: str, title: str) -> object:
    heads = {cell.value: cell.column for cell in sheet[1]}
    return next(row[heads[title] - 1].value for row in sheet.iter_rows(min_row=2) if row[heads[key] - 1].value == value)


def _texts_of(path: Path) -> Iterator[str]:
    """Go through every text of a workbook's parts, but for paths to originals and the names of fonts and looks."""
    book = load_workbook(path)
    yield from book.sheetnames
    yield from (f"{name} {defined.attr_text}" for name, defined in book.defined_names.items())
    yield from (f"{prop.name} {prop.value}" for prop in book.custom_doc_props.props)
    yield from filter(None, (book.properties.title, book.properties.creator, book.properties.subject))
    for sheet in book:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        yield from (cell.value for cell in cells if isinstance(cell.value, str) and not cell.value.startswith("{") and not NAMES.search(Path(cell.value).stem))
        yield from (cell.comment.text for cell in cells if cell.comment)
        yield from (f"{cell.hyperlink.location} {NAMES.sub('', cell.hyperlink.tooltip or '')}" for cell in cells if cell.hyperlink)
        for rule in sheet.data_validations.dataValidation:
            yield from filter(None, (rule.formula1, rule.formula2, rule.promptTitle, rule.prompt, rule.errorTitle, rule.error))
        yield from (text for formats in sheet.conditional_formatting for rule in formats.rules for text in rule.formula)
        for part in (sheet.oddHeader, sheet.oddFooter):
            yield from filter(None, (part.left.text, part.center.text, part.right.text))
    with zipfile.ZipFile(path) as package:
        charts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/charts/chart")]
    yield from (text for chart in charts for text in re.findall(r"<(?:a:t|c:f|c:v)>(.*?)</", chart))


def _texts_of_paper(path: Path) -> Iterator[str]:
    paper = Document(str(path))
    yield from (paragraph.text for paragraph in paper.paragraphs)
    yield from (cell.text for table in paper.tables for row in table.rows for cell in row.cells)
    for section in paper.sections:
        yield from (paragraph.text for part in (section.header, section.footer) for paragraph in part.paragraphs)
    yield from (paper.core_properties.title, paper.core_properties.subject, paper.core_properties.author)


def _lines_of_mail(path: Path) -> Iterator[str]:
    mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    yield str(mail["subject"])
    body = mail.get_body()
    yield from str(body.get_content()).splitlines() if body else ()

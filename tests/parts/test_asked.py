"""Whatever of the inbox waits for the clerk's word, collect says which, says how to answer, and ends with 1."""

import csv
import io
from pathlib import Path

import pytest
from docx import Document
from msoffcrypto.format.ooxml import OOXMLFile
from openpyxl import Workbook

from tests.parts.test_parts import BUREAU, PLAN, TOWN, lines, merged
from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.cli.main import _run
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.list_returns import list_returns

STRANGE = "云溪县工信局综合科"  # nearly a unit's name


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A small office that has issued its first quarter."""
    space = small_workspace(tmp_path / "space")
    issue(space)
    return space


def book_of_several(space: Workspace) -> None:
    """A book of two units, of which one is nearly named."""
    merged(space, {TOWN: TOWN, BUREAU: STRANGE})


def export(space: Workspace) -> None:
    """What a form site writes, one answer a stranger's."""
    out = io.StringIO()
    head = ("序号", "提交答卷时间", "1、单位", "2、编号", "3、进展状态", "4、本季进展情况")
    told = [(at, f"2023/3/20 9:0{at}:00", *answer, "推进中", "完成招标。") for at, answer in enumerate(((TOWN, "任务3"), ("某某中心", "任务1")), 1)]
    csv.writer(out).writerows([head, *told])
    (space.inbox / "导出.csv").write_bytes(out.getvalue().encode("utf-8-sig"))


def document(space: Workspace) -> None:
    """A table in Word that names nobody."""
    made, (titles, rows) = Document(), lines(space, TOWN)
    table = made.add_table(0, len(titles))
    for row in (titles, *rows):
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = "" if value is None else str(value)
    made.save(str(space.inbox / "进展.docx"))


def nameless(space: Workspace) -> None:
    """A table that was copied into a new book without its title block."""
    titles, rows = lines(space, TOWN)
    book = Workbook()
    for row in (titles, *rows):
        book.worksheets[0].append(row)
    book.save(space.inbox / "进展.xlsx")


def locked(space: Workspace) -> None:
    """A workbook behind a password that nobody told us."""
    source, out = space.root / "filled.xlsx", io.BytesIO()
    type_into(space.out(Q1, "发放") / f"{TOWN}_2023年第一季度进展.xlsx", source, filled_row("任务3"))
    OOXMLFile(io.BytesIO(source.read_bytes())).encrypt("某某口令", out)
    (space.inbox / "加密.xlsx").write_bytes(out.getvalue())


@pytest.mark.parametrize(
    ("put", "file", "way"),
    [
        (book_of_several, f"汇总.xlsx/待认定（{BUREAU}）", "没有建议的"),
        (export, "导出.csv/待认定", "没有建议的"),
        (document, "进展.docx", "看过属实的"),
        (nameless, "进展.xlsx", "看过属实的"),
        (locked, "加密.xlsx", "TASK_TOOLKIT_PASSWORD"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_waits_is_said_and_ends_with_one(space: Workspace, capsys: pytest.CaptureFixture[str], put: object, file: str, way: str) -> None:
    """The file stands in the sentence with the way to answer it, it waits in the list of returns, and a second collect has nothing to ask."""
    put(space)  # type: ignore[operator]

    ended = _run(["--workspace", str(space.root), "collect"])

    words = capsys.readouterr().err.replace("\n", "")
    assert (1, True, True) == (ended, file in words, way in words), words
    assert [file] == [line.name[: len(file)] for line in list_returns(space, Q1) if line.outcome == "待认定"]
    assert 0 == _run(["--workspace", str(space.root), "collect"])


def test_what_is_sure_ends_with_nought(space: Workspace) -> None:
    """A book of several units of which every row is somebody's is no question."""
    merged(space, {TOWN: TOWN, BUREAU: BUREAU, PLAN: PLAN})

    assert 0 == _run(["--workspace", str(space.root), "collect"])

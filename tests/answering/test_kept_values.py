"""A receipt says where it shows what a unit reported earlier, and how to say that it holds; a column that is gone is linked to where it belongs."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.small import Q1, filled_row, header_row, issue, small_workspace, type_into
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect

UNIT, DONE = "云溪县工信局", "本季进展情况"
TYPED = filled_row("任务1") | filled_row("任务2") | {("指标进展", "任务1", "本年累计完成值"): 20}
KEPT = "仍在采用"


def told(space: Workspace, day: int) -> dict[str, tuple[str, str]]:
    """Take in the inbox on a day in March; give the receipt's lines: what was seen → the cell it links to, what to do; {} for a clean one."""
    with held(date(2023, 3, day)):
        collect(space, progress=lambda items, _: items)
    book = next(space.out(Q1, "退回").glob(f"{UNIT}_*退改.xlsx"), None)
    lines = load_workbook(book).worksheets[0].iter_rows(min_row=5) if book else ()
    return {str(line[5].value): (str(line[3].hyperlink and line[3].hyperlink.location), str(line[6].value)) for line in lines if isinstance(line[0].value, int)}


def without_column(path: Path) -> None:
    """Delete the column of what was done."""
    book = load_workbook(path)
    sheet: Worksheet = book["任务进展"]
    sheet.delete_cols(next(cell.column for cell in sheet[header_row(sheet)] if cell.value == DONE))
    book.save(path)


def test_a_value_that_is_kept_is_said_to_be_and_can_be_confirmed(tmp_path: Path) -> None:
    """A cell emptied in the second return shows the first one's value with a word on it; 情况属实 ends the matter, a value that was typed is no kept one."""
    space = small_workspace(tmp_path)
    with held(date(2023, 1, 2)):
        source = next(path for path in issue(space).iterdir() if UNIT in path.name)
    type_into(source, space.inbox / "一.xlsx", TYPED)
    clean = told(space, 20)
    type_into(source, space.inbox / "二.xlsx", TYPED | {("任务进展", "任务1", DONE): None, ("任务进展", "任务2", "累计进度"): "很多"})
    second = told(space, 21)
    receipt = next(space.out(Q1, "退回").glob("*退改.xlsx"))
    book = load_workbook(receipt)
    for line in book.worksheets[0].iter_rows(min_row=5):
        line[7].value = "情况属实" if KEPT in str(line[6].value) else None
    sheet = book["任务进展"]
    row = next(row for row in sheet.iter_rows(min_row=header_row(sheet)) if row[0].value == "任务2")
    row[next(cell.column for cell in sheet[header_row(sheet)] if cell.value == "累计进度") - 1].value = 40
    book.save(space.inbox / receipt.name)

    assert {} == clean
    assert [True, False] == [KEPT in second[seen][1] for seen in sorted(second, key=lambda seen: "没有填写" not in seen)]
    assert {} == told(space, 22)


def test_a_column_that_is_gone_is_linked_to_its_title(tmp_path: Path) -> None:
    """The receipt has the column; its line leads there, and says that what stands in it is from before."""
    space = small_workspace(tmp_path)
    with held(date(2023, 1, 2)):
        source = next(path for path in issue(space).iterdir() if UNIT in path.name)
    type_into(source, space.inbox / "一.xlsx", TYPED)
    told(space, 20)
    type_into(source, space.inbox / "二.xlsx", TYPED | {("任务进展", "任务1", "累计进度"): 35})
    without_column(space.inbox / "二.xlsx")
    second = told(space, 21)
    link, advice = second[f"工作表里找不到“{DONE}”这一栏。"]
    table, cell = link.replace("'", "").split("!")
    receipt = load_workbook(next(space.out(Q1, "退回").glob("*退改.xlsx")))

    assert DONE == receipt[table][cell].value
    assert KEPT in advice

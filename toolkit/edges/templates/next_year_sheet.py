"""The sheet 上年结转 of a new year's master list: last year's unfinished tasks, each offered; those the clerk takes become tasks of the new year."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

import python_calamine

from toolkit.edges.files import write_file
from toolkit.edges.templates.master_sheets import TASKS
from toolkit.model.column_kinds import plain
from toolkit.model.master import TASK

SHEET = "上年结转"
COLUMNS = ("旧编号", "目标任务", "牵头单位", "责任单位", "上年状态", "上年累计进度", "是否结转", "新编号")
_OLD, _TEXT, _LEADS, _SUPPORTS, _STATE, _PROGRESS, _TAKEN, _NEW = range(1, 9)


class Unfinished(NamedTuple):
    """A task that its year left unfinished: its number there, its text, its units, its last status and cumulative percent ('' where unreported)."""

    number: str
    text: str
    leads: str
    supports: str
    status: str
    progress: str


def with_offer(content: bytes, tasks: Sequence[Unfinished]) -> bytes:
    """Add the sheet to a new year's list; nothing where nothing is left over."""
    return _with_rows(content, [(*task, "", "") for task in tasks])


def with_offer_of(content: bytes, path: Path) -> bytes:
    """Add the sheet as the clerk has it in the list that `content` is to replace, answers and all; nothing where that has none."""
    from openpyxl import load_workbook

    book: Any = load_workbook(path) if path.exists() else None
    if book is None or SHEET not in book.sheetnames:
        return content
    return _with_rows(content, [tuple(plain(cell.value) for cell in row[: len(COLUMNS)]) for row in book[SHEET].iter_rows(min_row=2)])


def _with_rows(content: bytes, rows: Sequence[Sequence[str]]) -> bytes:
    if not rows:
        return content
    from openpyxl import load_workbook
    from openpyxl.worksheet.datavalidation import DataValidation

    from toolkit.edges.templates.add_master_sheet import add_sheet

    book: Any = load_workbook(io.BytesIO(content))
    sheet = add_sheet(book, SHEET, COLUMNS, rows)
    rule = DataValidation(type="list", formula1='"是,否"', allow_blank=True)
    rule.add(f"G2:G{len(rows) + 1}")
    sheet.add_data_validation(rule)
    return _saved(book)


def take_over(path: Path) -> list[tuple[str, str]]:
    """Make tasks of those that the clerk takes (是否结转: 是) and that have no new number yet; gives (old number, new number).

    Raises CommandError when the list is open elsewhere.
    """
    if not path.exists() or not _is_answered(path):
        return []
    from openpyxl import load_workbook

    book: Any = load_workbook(path)
    offer, tasks = book[SHEET], book["任务"]
    columns = {plain(cell.value): cell.column for cell in tasks[1] if plain(cell.value) in TASKS}
    numbers = {plain(tasks.cell(row, columns["编号"]).value) for row in range(2, tasks.max_row + 1)}
    taken: list[tuple[str, str]] = []
    for row in range(2, offer.max_row + 1):
        values = {at: plain(offer.cell(row, at).value) for at in range(1, len(COLUMNS) + 1)}
        if values[_TAKEN] != "是" or values[_NEW]:
            continue
        number = f"任务{1 + max((int(name.removeprefix('任务')) for name in numbers if name.removeprefix('任务').isdigit()), default=0)}"
        numbers.add(number)
        state = f"{values[_STATE] or '未报'}" + (f"，累计进度 {values[_PROGRESS]}%" if values[_PROGRESS] else "")
        cells = {
            "编号": number, "类别": TASK, "章节": SHEET, "目标任务": values[_TEXT], "牵头单位": values[_LEADS], "责任单位": values[_SUPPORTS], "权重": 1,
            "备注": f"上年结转，旧编号 {values[_OLD]}，上年末{state}",
        }  # fmt: skip
        at = tasks.max_row + 1
        for title, value in cells.items():
            if title in columns:
                tasks.cell(at, columns[title]).value = value
        offer.cell(row, _NEW).value = number
        taken.append((values[_OLD], number))
    if taken:
        write_file(path, _saved(book))
    return taken


def _is_answered(path: Path) -> bool:
    """Whether a row says 是 and has no number yet; a list that cannot be read is said by its own reader."""
    try:
        book = python_calamine.load_workbook(cast("BinaryIO", io.BytesIO(path.read_bytes())))
        rows = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False) if SHEET in book.sheet_names else []
    except (python_calamine.CalamineError, ValueError, OSError):
        return False
    wide = ([plain(value) for value in row] + [""] * len(COLUMNS) for row in rows[1:])
    return any(row[_TAKEN - 1] == "是" and not row[_NEW - 1] for row in wide)


def _saved(book: Any) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()

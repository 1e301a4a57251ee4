"""Plays a unit's clerk who asks for something more: a line of 申请事项 and a matter to be coordinated, typed into a filled return; and an office's clerk who
turns a rung of the ladder on.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import load_workbook


def bring_up(path: Path, request: tuple[object, ...], answers: Mapping[str, object], row: str) -> None:
    """Type a request into the first line of 申请事项, and answers by column title into the row of a task; the file keeps its time."""
    times, book = path.stat(), load_workbook(path)
    sheet = book["申请事项"]
    top = _header(sheet) + 1
    for column, value in enumerate(request, 1):
        sheet.cell(top, column).value = value  # type: ignore[assignment]
    sheet = book["任务进展"]
    header = _header(sheet)
    columns = {cell.value: cell.column for cell in sheet[header]}
    line = next(cells[0].row for cells in sheet.iter_rows(min_row=header) if cells[0].value == row)
    for title, value in answers.items():
        sheet.cell(line or 0, int(columns[title] or 0)).value = value  # type: ignore[assignment]
    book.save(path)
    os.utime(path, (times.st_atime, times.st_mtime))


def turn_on(path: Path, level: str, condition: str) -> None:
    """Turn a row of 督办阶梯 on, and leave it to the watch."""
    book = load_workbook(path)
    row: Any = next(row for row in book["督办阶梯"].iter_rows(min_row=2) if (row[0].value, row[1].value) == (level, condition))
    row[5].value = row[6].value = "是"
    book.save(path)


def _header(sheet: Any) -> int:
    return int(next(cells[0].row for cells in sheet.iter_rows(max_row=12) if cells[0].value == "编号"))

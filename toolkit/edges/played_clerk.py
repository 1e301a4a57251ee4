"""Plays a unit's clerk with openpyxl: opens the issued workbook, types into its cells, saves it under the inbox. Shares nothing with how we write or read."""

import os
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # forms that are drawn are sent without openpyxl
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Row = dict[str, object]
Shown = Mapping[str, object]
Speak = Callable[[Shown], Row]
Spoil = Callable[[Sequence[Row], Sequence[Shown]], None]
Listed = Callable[[], Sequence[Row]]


def fill_in(
    source: Path, target: Path, *, sheets: Mapping[str, Speak], spoil: Spoil, sends: date, trick: str = "", lists: Mapping[str, Listed] = MappingProxyType({})
) -> int:
    """Fill in a workbook, do a trick to it, and send it with that day as its file time; gives the number of rows typed into.

    `lists` are rows to add to sheets whose rows are blank, made when all else is typed.
    """
    book = _opened(source)
    typed = 0
    for name, speak in sheets.items():
        if name in book.sheetnames:
            typed += _fill_sheet(book[name], speak, spoil)
    for name, listed in lists.items():
        if name in book.sheetnames:
            _list_rows(book[name], listed())
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    if trick:
        from toolkit.edges.played_file_tricks import play_trick

        target = play_trick(trick, target)
    _send(target, sends)
    return typed


def send_as_it_is(source: Path, target: Path, sends: date) -> None:
    """Send a workbook back (a copy at `target`, dated with the day) without a word typed into it."""
    shutil.copyfile(source, target)
    _send(target, sends)


def send(content: bytes, target: Path, sends: date) -> None:
    """Send a workbook that is filled in already, dated with the day."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    _send(target, sends)


def type_where(source: Path, target: Path, sheet: str, where: Mapping[str, str], values: Mapping[str, object], *, sends: date) -> None:
    """Type values by column title into the first row of a sheet whose cells say what `where` says, and save the workbook with that day as its file time."""
    book = _opened(source)
    page = book[sheet]
    header = next(row for row in page.iter_rows(max_row=12) if {*where, *values} <= {str(cell.value) for cell in row})
    columns = {str(cell.value): int(cell.column or 0) for cell in header}
    for row in page.iter_rows(min_row=int(header[0].row or 1) + 1):
        if all(str(row[columns[title] - 1].value or "") == text for title, text in where.items()):
            for title, value in values.items():
                page.cell(int(row[0].row or 0), columns[title]).value = value or None  # type: ignore[assignment]
            break
    book.save(target)
    _send(target, sends)


def add_row(path: Path, sheet: str, values: Mapping[str, object]) -> None:
    """Type a row below the last one of an office's sheet, by column titles."""
    book = _opened(path)
    page = book[sheet]
    columns = {str(cell.value): int(cell.column or 0) for cell in page[1]}
    below = max((int(row[0].row or 1) for row in page.iter_rows() if row[0].value), default=1) + 1
    for title, value in values.items():
        page.cell(below, columns[title]).value = value  # type: ignore[assignment]
    book.save(path)


def _opened(path: Path) -> "Workbook":
    from openpyxl import load_workbook

    return load_workbook(path)


def _send(path: Path, day: date) -> None:
    moment = datetime.combine(day, time(15, 30)).timestamp()
    os.utime(path, (moment, moment))


def _fill_sheet(sheet: "Worksheet", speak: Speak, spoil: Spoil) -> int:
    header = next((row for row in sheet.iter_rows(max_row=12) if row[0].value == "编号"), None)
    if header is None:
        return 0
    columns = {str(cell.value): cell.column for cell in header if cell.value}
    typed: list[tuple[int, Row]] = []
    seen: list[Shown] = []
    for row in sheet.iter_rows(min_row=int(header[0].row or 1) + 1):
        if not str(row[0].value or "").startswith(("任务", "目标")):
            continue
        shown = {title: row[column - 1].value for title, column in columns.items() if column}
        seen.append(shown)
        typed.append((int(row[0].row or 0), speak(shown)))
    spoil([row for _, row in typed], seen)
    for number, answers in typed:
        for title, value in answers.items():
            if columns.get(title):
                sheet.cell(number, int(columns[title] or 1)).value = value  # type: ignore[assignment]
    return len(typed)


def _list_rows(sheet: "Worksheet", rows: Sequence[Row]) -> None:
    """Type rows into the first blank ones below a table's header, which begins with 编号."""
    header = next((row for row in sheet.iter_rows(max_row=12) if row[0].value == "编号"), None)
    if header is None:
        return
    columns = {str(cell.value): int(cell.column or 0) for cell in header if cell.value}
    for at, row in enumerate(rows, int(header[0].row or 1) + 1):
        for title, value in row.items():
            if sheet.cell(at, columns[title]).value in {None, ""}:
                sheet.cell(at, columns[title]).value = value  # type: ignore[assignment]


def seeded(seed: int) -> random.Random:
    """Give dice that always fall the same way for a seed: for rehearsals only, no secret comes from them."""
    return random.Random(seed)  # noqa: S311 - a rehearsal, repeatable by its seed

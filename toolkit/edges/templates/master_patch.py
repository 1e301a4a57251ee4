"""Writes into a master list that the clerk works on (openpyxl): the cells that differ, and the sheet 调整台账; everything else stays as it is formatted."""

import io
from collections.abc import Mapping, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.edges.templates.add_master_sheet import add_sheet
from toolkit.edges.templates.master_sheets import ASKED, ID, NODES, RowChange
from toolkit.model.amendment_sheet import ANSWER, COLUMNS, NATURE, SHEET, TOKEN, SheetRow
from toolkit.model.amendments import AmendmentKind
from toolkit.model.column_kinds import plain

_ASKED = PatternFill("solid", fgColor=ASKED.fill)


def patched(content: bytes, changes: Sequence[RowChange], rows: Sequence[SheetRow], ids: Mapping[str, str], token: str) -> bytes:
    """Give the workbook's bytes with changed rows, the sheet 调整台账, the units' ids (by name), and the token of what it now says."""
    book: Any = load_workbook(io.BytesIO(content))
    for change in changes:
        if change.sheet == "节点" and change.sheet not in book.sheetnames:  # a list from before milestones
            add_sheet(book, change.sheet, NODES, ())
        if change.sheet in book.sheetnames:
            _apply(book[change.sheet], change)
    if "单位" in book.sheetnames:
        _write_ids(book["单位"], ids)
    _write_rows(book, rows)
    for name in [prop.name for prop in book.custom_doc_props.props if prop.name == TOKEN]:
        del book.custom_doc_props[name]
    book.custom_doc_props.append(StringProperty(name=TOKEN, value=token))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def answered(content: bytes, change: RowChange) -> bytes:
    """Give the workbook's bytes with an answer in its row of 待确认, which asks no more."""
    book: Any = load_workbook(io.BytesIO(content))
    sheet = book[change.sheet]
    _apply(sheet, change)
    columns = _columns(sheet)
    at = _find(sheet, columns, change.key)
    for title, value in (change.cells or {}).items():
        if at is not None:
            sheet.cell(at, columns[title]).fill = copy(sheet.cell(at, 1).fill) if value else _ASKED
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _columns(sheet: Worksheet) -> dict[str, int]:
    return {plain(cell.value): cell.column or 0 for cell in sheet[1] if plain(cell.value)}


def _apply(sheet: Worksheet, change: RowChange) -> None:
    columns = _columns(sheet)
    at = None if change.is_new else _find(sheet, columns, change.key)
    if change.cells is None:
        if at is not None:
            sheet.delete_rows(at)
        return
    if at is None:
        at = _last(sheet) + 1
        for column in columns.values():
            if at > 2:
                _look_like(sheet.cell(at, column), sheet.cell(at - 1, column))
    for title, value in change.cells.items():
        if title not in columns and value not in (None, ""):
            columns[title] = max(columns.values(), default=0) + 1
            sheet.cell(1, columns[title]).value = title
        if title in columns:
            _set(sheet, at, columns[title], value)


def _find(sheet: Worksheet, columns: Mapping[str, int], key: Mapping[str, str]) -> int | None:
    """Find a row by its key: a unit by its id, else by its name."""
    for number in range(2, sheet.max_row + 1):
        cells = {title: plain(sheet.cell(number, columns[title]).value) if title in columns else "" for title in key}
        if ID in key and cells[ID]:
            if cells[ID] == key[ID]:
                return number
        elif all(cells[title] == text for title, text in key.items() if title != ID):
            return number
    return None


def _last(sheet: Worksheet) -> int:
    """Give the last row in which something stands."""
    return next((number for number in range(sheet.max_row, 1, -1) if any(plain(cell.value) for cell in sheet[number])), 1)


def _set(sheet: Worksheet, row: int, column: int, value: object) -> None:
    cell: Any = sheet.cell(row, column)
    if isinstance(value, Decimal | date):
        cell.value = value
    else:
        cell.value, cell.data_type = (str(value) or None), "s" if value else "n"  # text is never taken for a formula


def _write_ids(sheet: Worksheet, ids: Mapping[str, str]) -> None:
    columns = _columns(sheet)
    if ID not in columns:
        columns[ID] = max(columns.values(), default=0) + 1
        header = sheet.cell(1, columns[ID])
        header.value = ID
        _look_like(header, sheet.cell(1, max(1, columns[ID] - 1)))
    for number in range(2, sheet.max_row + 1):
        name = plain(sheet.cell(number, columns.get("单位", 1)).value)
        if name in ids and not plain(sheet.cell(number, columns[ID]).value):
            _set(sheet, number, columns[ID], ids[name])


def _look_like(cell: Any, model: Any) -> None:
    cell._style = copy(model._style)  # noqa: SLF001 - openpyxl has no other way to copy a look


def _write_rows(book: Workbook, rows: Sequence[SheetRow]) -> None:
    at = book.sheetnames.index(SHEET) if SHEET in book.sheetnames else len(book.sheetnames)
    if SHEET in book.sheetnames:
        del book[SHEET]
    sheet = add_sheet(book, SHEET, COLUMNS, (row.texts for row in rows), freeze="C2")
    book.move_sheet(sheet, at - len(book.sheetnames) + 1)
    answer, nature = COLUMNS.index(ANSWER) + 1, COLUMNS.index(NATURE) + 1
    for number, row in enumerate(rows, 2):
        if row.choices:
            for column in range(1, len(COLUMNS) + 1):
                sheet.cell(number, column).fill = _ASKED
        _offer(sheet, sheet.cell(number, answer).coordinate, row.choices or ("作废",))
    letter = get_column_letter(nature)
    _offer(sheet, f"{letter}{2}:{letter}{len(rows) + 500}", [amendment_kind.value for amendment_kind in AmendmentKind])


def _offer(sheet: Worksheet, cells: str, choices: Sequence[str]) -> None:
    rule = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True)
    rule.add(cells)
    sheet.add_data_validation(rule)

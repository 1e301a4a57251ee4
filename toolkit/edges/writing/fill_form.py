"""Types values into a sealed form as a person would (openpyxl), and lays the sheet 数据来源 beside its own; all else in the workbook stays."""

import io
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from toolkit.edges.writing.stored_values import with_values
from toolkit.model.column_kinds import EXCEL_CELL
from toolkit.model.lower_source import COLUMNS, HANDLING, KEEP_TYPED, SHEET, STATE, TAKE_MERGED, CellState, LowerSource
from toolkit.model.measure import height

_WIDTHS = (6, 11, 8, 9, 18, 10, 26, 26, 24, 20, 30, 14, 28, 14, 17, 66, 13)
_SIZE, _TALLEST = 10, 120.0  # points: of the letters, and of a row of 数据来源 at most
_ASKED = PatternFill("solid", fgColor="FFF2CC")
_HEADER = PatternFill("solid", fgColor="D9E1F2")


class Typed(NamedTuple):
    """A value for a cell of a sheet; None empties it."""

    sheet: str
    cell: str
    value: object


def filled_form(content: bytes, cells: Iterable[Typed], sources: Sequence[LowerSource]) -> bytes:
    """Give the workbook's bytes with values in its cells, and with the sheet 数据来源 as the last that is seen, in the place of an older one."""
    book: Any = load_workbook(io.BytesIO(content), rich_text=True)
    for typed in cells:
        _type(book[typed.sheet][typed.cell], typed.value)
        _make_room(book[typed.sheet], typed)
    if SHEET in book.sheetnames:
        del book[SHEET]
    _lay(book, sources)
    book.calculation.fullCalcOnLoad = True
    stream = io.BytesIO()
    book.save(stream)
    return with_values(stream.getvalue())


def _type(cell: Any, value: object) -> None:
    if value is None or isinstance(value, Decimal | date | int | float):
        cell.value = value
    else:
        cell.value, cell.data_type = str(value)[:EXCEL_CELL], "s"  # text is never taken for a formula


def _make_room(sheet: Any, typed: Typed) -> None:
    """Let a row be high enough for a text; the sheet is protected, so that nobody could do it by hand."""
    cell = sheet[typed.cell]
    needed = height([(str(typed.value), sheet.column_dimensions[cell.column_letter].width)], cell.font.sz or _SIZE) if isinstance(typed.value, str) else 0
    size = sheet.row_dimensions[cell.row]
    size.height = max(size.height or 0, needed) or None


def _lay(book: Any, sources: Sequence[LowerSource]) -> None:
    seen = [at for at, sheet in enumerate(book.worksheets) if sheet.sheet_state == "visible"]
    sheet = book.create_sheet(SHEET, seen[-1] + 1 if seen else 0)
    sheet.append(COLUMNS)
    for column, (cell, width) in enumerate(zip(sheet[1], _WIDTHS, strict=True), 1):
        cell.font, cell.fill, cell.alignment = Font(name="黑体", bold=True), _HEADER, Alignment(horizontal="center", vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = width
    answer, look = COLUMNS.index(HANDLING) + 1, _look(sheet)
    asked: set[tuple[str, str]] = set()
    for number, source in enumerate(sources, 2):
        for column, text in enumerate(source.values(), 1):
            cell = sheet.cell(number, column)
            cell.value, cell.data_type = text[:EXCEL_CELL] or None, "s" if text else "n"
            cell._style = copy(look)  # noqa: SLF001 - openpyxl's own way of copying a look, far cheaper than setting it anew
        fitting = height(((text, width) for text, width in zip(source.values(), _WIDTHS, strict=True)), _SIZE)
        sheet.row_dimensions[number].height = min(fitting, _TALLEST)
        if source.state == CellState.ASKED and (source.sheet, source.cell) not in asked:
            asked.add((source.sheet, source.cell))
            sheet.cell(number, answer).fill = sheet.cell(number, COLUMNS.index(STATE) + 1).fill = _ASKED
    last = max(len(sources) + 1, 2)
    rule = DataValidation(type="list", formula1=f'"{TAKE_MERGED},{KEEP_TYPED}"', allow_blank=True)
    rule.add(f"{get_column_letter(answer)}2:{get_column_letter(answer)}{last}")
    sheet.add_data_validation(rule)
    sheet.freeze_panes = "F2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{last}"
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _look(sheet: Any) -> Any:
    """Make the look of the rows' cells."""
    cell = Cell(sheet, row=1, column=len(COLUMNS) + 1)
    edge = Side(style="thin", color="BFBFBF")
    cell.font, cell.alignment = Font(name="宋体", size=_SIZE), Alignment(vertical="top", wrap_text=True)
    cell.border = Border(left=edge, right=edge, top=edge, bottom=edge)
    return cell._style  # type: ignore[attr-defined]  # noqa: SLF001 - see where it is copied

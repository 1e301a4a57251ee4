"""Adds a sheet to a master list that the clerk works on (openpyxl), with the looks and widths that the program gives its own."""

from collections.abc import Iterable, Sequence
from copy import copy

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.edges.templates.master_sheets import HEADER, ROW, row_height, widths_of
from toolkit.model.column_kinds import EXCEL_CELL

_HEADER = PatternFill("solid", fgColor=HEADER.fill)
_EDGE = Side(style="thin", color=ROW.border)
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


def add_sheet(book: Workbook, name: str, headers: Sequence[str], rows: Iterable[Sequence[object]], *, freeze: str = "B2") -> Worksheet:
    """Add a sheet of the master list, which has its widths here: headers, rows of texts, numbers and days; it scrolls below and right of the cell `freeze`."""
    sheet: Worksheet = book.create_sheet(name)
    widths = widths_of(name, len(headers))
    sheet.append(list(headers))
    for column, (cell, width) in enumerate(zip(sheet[1], widths, strict=True), 1):
        cell.font, cell.fill, cell.border = Font(name=HEADER.font, bold=HEADER.bold), _HEADER, _BORDER
        cell.alignment = Alignment(horizontal=HEADER.across, vertical="center")
        sheet.column_dimensions[get_column_letter(column)].width = width
    look = _look(sheet, len(headers) + 1)
    for number, values in enumerate(rows, 2):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(number, column)
            cell._style = copy(look)  # type: ignore[union-attr]  # noqa: SLF001 - openpyxl's own way of copying a look, far cheaper than setting it anew
            if isinstance(value, str):
                cell.value, cell.data_type = value[:EXCEL_CELL] or None, "s" if value else "n"  # text is never taken for a formula
            else:
                cell.value = value  # type: ignore[assignment]
        sheet.row_dimensions[number].height = row_height(values, widths)
    sheet.freeze_panes = freeze  # once: openpyxl 3.1.5 adds selections for each time, and more than four are not valid
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(headers))}{max(sheet.max_row, 2)}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"
    return sheet


def _look(sheet: Worksheet, column: int) -> StyleArray:
    """Make the look of the rows' cells."""
    cell = Cell(sheet, row=1, column=column)
    cell.font, cell.border, cell.alignment = Font(name=ROW.font, size=ROW.size), _BORDER, Alignment(vertical="center", wrap_text=ROW.wrap)
    style: StyleArray = cell._style  # type: ignore[attr-defined]  # noqa: SLF001 - see where it is copied
    return style

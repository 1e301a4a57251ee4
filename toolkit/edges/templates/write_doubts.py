"""Writes the sheets 待确认 and 原文 of templates/任务总表.xlsx: what the importer is not sure of, and every line of the notice with what became of it."""

from copy import copy

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.edges.templates.master_sheets import LINES
from toolkit.model.answered_doubts import ANSWERS
from toolkit.model.column_kinds import EXCEL_CELL
from toolkit.model.findings import BY_ID
from toolkit.model.master import IN_DOUBT, Doubt, Master

DOUBT_WIDTHS = (16, 50, 44, 24, 24, 10, 50, 7, 12)
_LINE_WIDTHS = (16, 12, 12, 110, 12)
_OPEN = PatternFill("solid", fgColor="FFF2CC")
_LINK = Font(name="宋体", size=10, color="0563C1", underline="single")
_MOST_ANSWERS = 5000


def doubt_row(doubt: Doubt) -> tuple[str, ...]:
    """Give the cells of a doubt's row in the order of sheet 待确认's columns; the advice is the catalogue's."""
    advice = BY_ID[doubt.code].text.advice if doubt.code in BY_ID else "核对后在“处理”里填“采纳”或“忽略”。"
    return (doubt.where, doubt.read, doubt.reason, doubt.other, doubt.answer, doubt.number, advice, doubt.code, doubt.listed)


def finish_doubts(book: Workbook, sheet: Worksheet, master: Master) -> None:
    """Link each doubt to its line and its task, offer the usual answers, and put the sheet first when it holds anything."""
    lines = _line_sheet(book, master)
    rows = {task.number: row for row, task in enumerate(master.tasks, 2)}
    for row, doubt in enumerate(master.doubts, 2):
        if (doubt.where, doubt.listed) in lines:
            _link(sheet, f"A{row}", f"'原文'!D{lines[doubt.where, doubt.listed]}")
        if doubt.number in rows:
            _link(sheet, f"F{row}", f"'任务'!A{rows[doubt.number]}")
        if doubt.is_open:
            sheet.cell(row, 5).fill = _OPEN
    rule = DataValidation(type="list", formula1=f'"{",".join(ANSWERS)}"', allow_blank=True, showErrorMessage=False)
    rule.add(f"E2:E{_MOST_ANSWERS}")
    sheet.add_data_validation(rule)
    if master.doubts:
        book.move_sheet(sheet, -book.index(sheet))
        book.active = 0
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is book.active


def _link(sheet: Worksheet, cell: str, location: str) -> None:
    sheet[cell].hyperlink = Hyperlink(ref=cell, location=location)
    sheet[cell].font = _LINK


def _line_sheet(book: Workbook, master: Master) -> dict[tuple[str, str], int]:
    """Write every line of the notice with what became of it; give the row of each place."""
    if not master.lines:
        return {}
    sheet: Worksheet = book.create_sheet("原文")
    sheet.append(list(LINES))
    for cell, width in zip(sheet[1], _LINE_WIDTHS, strict=True):
        cell.font, cell.fill = Font(name="黑体", bold=True), PatternFill("solid", fgColor="D9E1F2")
        sheet.column_dimensions[get_column_letter(cell.column or 1)].width = width
    pattern = Cell(sheet, row=1, column=7)
    pattern.font, pattern.alignment = Font(name="宋体", size=10), Alignment(vertical="center", wrap_text=True)
    rows: dict[tuple[str, str], int] = {}
    for row, line in enumerate(master.lines, 2):
        rows.setdefault((line.where, line.listed), row)
        for column, text in enumerate((line.where, line.fate, line.number, line.text[:EXCEL_CELL], line.listed), 1):
            cell = sheet.cell(row, column)
            cell._style = copy(pattern._style)  # type: ignore[union-attr, attr-defined]  # noqa: SLF001 - openpyxl's own way of copying a look, far cheaper than setting it anew
            cell.value, cell.data_type = text or None, "s" if text else "n"
        if line.fate == IN_DOUBT:
            sheet.cell(row, 2).fill = _OPEN
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:E{len(master.lines) + 1}"
    return rows

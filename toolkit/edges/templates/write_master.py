"""Writes templates/任务总表.xlsx (openpyxl): sheets 任务, 量化指标, 节点, 单位, 日程, 节假日, 待确认, 原文, for the clerk to read and edit."""

import io
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.edges.templates.master_sheets import BOUNDS, CALENDAR, DOUBTS, INDICATORS, NODES, ODD_DAYS, PARTED, SPANS, TASKS, UNIT_WEIGHT, UNITS
from toolkit.edges.templates.write_doubts import DOUBT_WIDTHS, doubt_row, finish_doubts
from toolkit.model.column_kinds import EXCEL_CELL
from toolkit.model.master import COLLECTIVE, DEPARTMENT, OTHER, TOWN, WITHDRAWN, Master
from toolkit.model.measure import height
from toolkit.model.workdays import REST, WORK

_WIDTHS = {
    "任务": (9, 10, 24, 20, 70, 24, 40, 12, 7, 8, 24, 12, 10),
    "量化指标": (9, 40, 7, 12, 12, 9, 50, 10, 10),
    "单位": (34, 36, 12, 50, 10, 12, 16, 26, 16, 16),
    "日程": (16, 14, 14, 14, 16, 12, 12),
    "待确认": DOUBT_WIDTHS,
    "节点": (12, 50, 14),
    "节假日": (14, 14, 40),
    "上年结转": (10, 70, 24, 40, 18, 12, 10, 10),
    "调整台账": (14, 24, 36, 36, 10, 10, 20, 30, 16, 17, 7, 12),
}
_OF_COLUMNS_AT_THE_END = 10
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - the same list gives the same file
_HEADER = PatternFill("solid", fgColor="D9E1F2")
_EDGE = Side(style="thin", color="BFBFBF")
_BORDER = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


def master_bytes(master: Master) -> bytes:
    """Write the whole master list as a workbook (.xlsx), all its sheets; the same list gives the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    is_parted, is_weighed = any(task.parted for task in master.tasks), any(unit.weight != 1 for unit in master.units)
    tasks = (
        (
            *(t.number, t.category, t.section, t.subsection, t.text, _joined(t.leads), _joined(t.supports)),
            *(t.deadline, t.weight, t.state, t.note, t.leader, t.listed),
            *(("是" if t.parted else "",) if is_parted else ()),
        )
        for t in master.tasks
    )
    sheet = add_sheet(book, "任务", (*TASKS, PARTED) if is_parted else TASKS, tasks)
    _choices(sheet, "J", [WITHDRAWN])
    if is_parted:
        _choices(sheet, get_column_letter(len(TASKS) + 1), ["是"])
    indicators = ((i.number, i.name, i.comparator, i.target, i.unit, i.measure, i.quote, i.low, i.high) for i in master.indicators)
    add_sheet(book, "量化指标", (*INDICATORS, *BOUNDS), indicators)
    add_sheet(book, "节点", NODES, ((node.number, node.name, node.baseline) for node in master.nodes))
    units = (
        (
            *(u.name, _joined(u.aliases), u.group, _joined(u.members), "是" if u.issued else "否", u.contact, u.phone, u.email, u.parent, u.key),
            *((u.weight,) if is_weighed else ()),
        )
        for u in master.units
    )
    sheet = add_sheet(book, "单位", (*UNITS, UNIT_WEIGHT) if is_weighed else UNITS, units)
    _choices(sheet, "C", [TOWN, DEPARTMENT, OTHER, COLLECTIVE])
    _choices(sheet, "E", ["是", "否"])
    named = any(d.name or d.first for d in master.calendar)
    lines = ((d.period, d.form, d.start, d.due, *((d.name, d.first, d.last) if named else ())) for d in master.calendar)
    add_sheet(book, "日程", (*CALENDAR, *SPANS) if named else CALENDAR, lines)
    _choices(add_sheet(book, "节假日", ODD_DAYS, master.odd_days), "B", [REST, WORK])
    finish_doubts(book, add_sheet(book, "待确认", DOUBTS, map(doubt_row, master.doubts)), master)
    book.properties.title = master.title
    book.properties.subject = master.source
    book.properties.creator = ""
    book.properties.created = book.properties.modified = _FIXED
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _joined(names: Iterable[str]) -> str:
    return "、".join(names)


def add_sheet(book: Workbook, name: str, headers: Sequence[str], rows: Iterable[Sequence[object]], *, freeze: str = "B2") -> Worksheet:
    """Add a sheet of the master list, which has its widths here: headers, rows of texts, numbers and days; it scrolls below and right of the cell `freeze`."""
    sheet: Worksheet = book.create_sheet(name)
    widths = (*_WIDTHS[name][: len(headers)], *(_OF_COLUMNS_AT_THE_END,) * (len(headers) - len(_WIDTHS[name])))
    sheet.append(list(headers))
    for column, (cell, width) in enumerate(zip(sheet[1], widths, strict=True), 1):
        cell.font, cell.fill, cell.border = Font(name="黑体", bold=True), _HEADER, _BORDER
        cell.alignment = Alignment(horizontal="center", vertical="center")
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
        sheet.row_dimensions[number].height = max(18, height(((str(value), width) for value, width in zip(values, widths, strict=True)), 10))
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
    cell.font, cell.border, cell.alignment = Font(name="宋体", size=10), _BORDER, Alignment(vertical="center", wrap_text=True)
    style: StyleArray = cell._style  # type: ignore[attr-defined]  # noqa: SLF001 - see where it is copied
    return style


def _choices(sheet: Worksheet, column: str, values: Sequence[str]) -> None:
    rule = DataValidation(type="list", formula1=f'"{",".join(values)}"', allow_blank=True)
    rule.add(f"{column}2:{column}2000")
    sheet.add_data_validation(rule)

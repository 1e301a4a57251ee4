"""The register of the units below an office (下级单位.xlsx): laid out for the clerk to fill in, and read, also from a spreadsheet of the office's own."""

import io
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.edges.templates.office_sheet import OfficeRow, read_office_book
from toolkit.model.findings import Code, Finding
from toolkit.model.master import DEPARTMENT, OTHER, TOWN, Unit
from toolkit.model.unit_below import UnitBelow

FILE, SHEET = "下级单位.xlsx", "下级单位"
NAME, LEADS, SUPPORTS, WEIGHT = "单位", "负责编号", "配合编号", "权重"
ABOVE = "上级单位"  # of a register of several offices' units: only this office's rows are read
COLUMNS = (NAME, "别名", "类别", LEADS, SUPPORTS, WEIGHT, "联系人", "电话", "邮箱")
_WIDTHS = (26, 26, 12, 34, 24, 8, 12, 16, 26)
_NOTES = {
    NAME: "一行一个下级单位。",
    LEADS: "负责哪几项，写编号，用顿号隔开，如 任务3、任务7；空着就是全部。",
    SUPPORTS: "只配合、不填数的几项；一般空着。",
    WEIGHT: "进度加权平均时的份量，如户数、人口；空着都是 1，就是简单平均。",
}
_ROWS = 300  # for which the list of groups is offered


def units_sheet(tasks: Iterable[tuple[str, str]], names: Iterable[str] = ()) -> bytes:
    """Lay out the register to be filled in, with `names` that are known already, and the numbers and texts of the tasks on a second sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    _head(sheet, COLUMNS, _WIDTHS)
    for column, title in enumerate(COLUMNS, 1):
        if title in _NOTES:
            sheet.cell(1, column).comment = Comment(_NOTES[title], "")
    for name in names:
        sheet.append([name])
    rule = DataValidation(type="list", formula1=f'"{TOWN},{DEPARTMENT},{OTHER}"', allow_blank=True)
    rule.add(f"C2:C{_ROWS}")
    sheet.add_data_validation(rule)
    others = book.create_sheet("任务编号")
    _head(others, ("编号", "目标任务"), (10, 90))
    for row in tasks:
        others.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_units(path: Path, numbers: Iterable[str], above: str) -> tuple[tuple[UnitBelow, ...], tuple[Finding, ...]]:
    """Read a register; `numbers` are the rows' numbers that may be named, `above` is the office itself. What is wrong is a finding at its cell."""
    book = read_office_book(path)
    if isinstance(book, Finding):
        return (), (book,)
    known = set(numbers)
    name = SHEET if SHEET in book.names else NAME if NAME in book.names else book.names[0]
    rows = [row for row in book.rows(name, (NAME,), (*COLUMNS[1:], ABOVE)) if row.text(ABOVE) in {"", above}]
    below, seen = [], dict[str, str]()
    for row in rows:
        called = row.text(NAME)
        if not called:
            row.needs(NAME, "单位名称")
        elif called in seen:
            row.fault(Code.REPEATED, NAME, seen=called, other=seen[called])
        elif called == above:
            row.fault(Code.CONTRADICTS, NAME, seen=called, other="上级单位", value=above)
        else:
            seen[called] = row.place(NAME).cell
            below.append(_unit(row, called, above, known))
    return tuple(below), tuple(book.faults)


def _unit(row: OfficeRow, name: str, above: str, known: set[str]) -> UnitBelow:
    weight = row.number(WEIGHT, Decimal(1), low=Decimal(0))
    share = Decimal(1) if weight is None else weight
    group = row.choice("类别", (TOWN, DEPARTMENT, OTHER), DEPARTMENT) or DEPARTMENT
    contact, phone, email = row.text("联系人"), row.text("电话"), row.text("邮箱")
    unit = Unit(name, _parts(row.text("别名")), group, (), contact=contact, phone=phone, email=email, parent=above, weight=share)
    return UnitBelow(unit, _numbers(row, LEADS, known), _numbers(row, SUPPORTS, known))


def _numbers(row: OfficeRow, title: str, known: set[str]) -> tuple[str, ...]:
    found = []
    for part in _parts(row.text(title)):
        number = next((name for name in (part, f"任务{part}", f"目标{part}") if name in known), None)
        if number is None:
            row.fault(Code.BAD_SETTING, title, seen=part, choices="表里有的编号，见“任务编号”表")
        else:
            found.append(number)
    return tuple(dict.fromkeys(found))


def _parts(text: str) -> tuple[str, ...]:
    plain = text.replace("，", "、").replace(",", "、").replace("；", "、").replace(";", "、").replace("\n", "、")
    return tuple(part.strip() for part in plain.split("、") if part.strip())


def _head(sheet: Worksheet, titles: Iterable[str], widths: Iterable[float]) -> None:
    sheet.append(list(titles))
    for column, (cell, width) in enumerate(zip(sheet[1], widths, strict=True), 1):
        cell.font, cell.fill = Font(name="黑体", bold=True), PatternFill("solid", fgColor="D9E1F2")
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"

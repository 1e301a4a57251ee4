"""Writes a form as its definition workbook (openpyxl), so that an office can change it: sheets 表单, 栏目, 选项, 样式; the reverse of `read_forms`."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.edges.templates.read_choices import CHOICE_COLUMNS, SYNONYMS
from toolkit.edges.templates.read_forms import COLUMNS
from toolkit.model.cell_style import CellStyle
from toolkit.model.form import Field, Form, Source, Subject, Table

_WIDTHS = {"表单": (24, 90), "选项": (18, 14, 50, 90), "样式": (12, 28)}
_FIELD_WIDTHS = (14, 16, 22, 8, 24, 9, 7, 7, 7, 16, 40, 7)
_FIXED = datetime(2000, 1, 1)  # noqa: DTZ001 - the same form gives the same file
_HEADER = PatternFill("solid", fgColor="D9E1F2")
_DOWN = {"vcenter": "center", "bottom": "bottom", "top": "top"}


def form_bytes(form: Form) -> bytes:
    """Write the whole definition; read again it is the same form, but for the file and cells in which it stands."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _sheet(book, "表单", ("键", "值"), _settings(form), _WIDTHS["表单"])
    lists = _lists(form)
    for table in form.tables:
        _sheet(book, _name_of(table), COLUMNS, (_row(field, lists.get((table.sheet, field.code), "")) for field in table.fields), _FIELD_WIDTHS)
    _sheet(book, "选项", (*CHOICE_COLUMNS, "含义", SYNONYMS), _choices(form, lists), _WIDTHS["选项"])
    _looks(_sheet(book, "样式", ("名称", "样例"), (), _WIDTHS["样式"]), form.looks)
    book.properties.title, book.properties.creator = form.name, ""
    book.properties.created = book.properties.modified = _FIXED
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _settings(form: Form) -> Iterable[tuple[str, str]]:
    yield from (("代码", form.code), ("版本", form.version), ("名称", form.name), ("期间", form.cycle), ("标题", form.title))
    for table in form.tables:
        yield f"{_name_of(table)}.工作表", table.sheet
        yield f"{_name_of(table)}.每行", table.subject.value
        if table.subject is Subject.BLANK:
            yield f"{_name_of(table)}.空行数", str(table.blank_rows)
    yield from (("填报说明", note) for note in form.notes)
    if form.sign_off:
        yield "签批栏", "、".join(form.sign_off)


def _name_of(table: Table) -> str:
    return f"{table.sheet}栏目"


def _row(field: Field, choices: str) -> tuple[object, ...]:
    low, high = field.limits.low, field.limits.high
    source = "" if field.source is Source.PREFILLED and field.taken_from == field.title else field.taken_from
    what = (field.code, field.title, "、".join(field.aliases), field.source.value, source, field.kind.name, field.required.value)
    return (*what, low, high, choices, field.hint, field.width)


def _lists(form: Form) -> dict[tuple[str, str], str]:
    """Name the list of each column of choices, by table and code: columns with the same words share one."""
    names: dict[tuple[str, str], str] = {}
    known: dict[str, tuple[object, object]] = {}
    for table in form.tables:
        for field in table.fields:
            if field.limits.choices:
                same = field.limits.choices, dict(field.limits.aliases)
                name = field.title if known.get(field.title, same) == same else f"{table.sheet}{field.title}"
                known[name] = same
                names[table.sheet, field.code] = name
    return names


def _choices(form: Form, lists: Mapping[tuple[str, str], str]) -> Iterable[tuple[str, str, str, str]]:
    written: set[str] = set()
    for table in form.tables:
        for field in table.fields:
            name = lists.get((table.sheet, field.code), "")
            for value in field.limits.choices if name and name not in written else ():
                yield name, value, "", "、".join(word for word, means in field.limits.aliases.items() if means == value)
            written.add(name)


def _sheet(book: Workbook, name: str, headers: Sequence[str], rows: Iterable[Sequence[object]], widths: Sequence[float]) -> Worksheet:
    sheet: Worksheet = book.create_sheet(name)
    sheet.append(list(headers))
    for cell in sheet[1]:
        cell.font, cell.fill = Font(name="黑体", bold=True), _HEADER
    for number, values in enumerate(rows, 2):
        for column, value in enumerate(values, 1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value, cell.data_type = value or None, "s" if value else "n"  # text is never taken for a formula
            else:
                cell.value = value  # type: ignore[assignment]
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    return sheet


def _looks(sheet: Worksheet, looks: Mapping[str, CellStyle]) -> None:
    for row, (name, style) in enumerate(looks.items(), 2):
        sheet.cell(row, 1, name)
        cell = sheet.cell(row, 2, "样例 Sample 123")
        if isinstance(cell, Cell):
            _show(cell, style)


def _show(cell: Cell, style: CellStyle) -> None:
    colour = style.colour or None
    cell.font = Font(name=style.font or None, size=style.size or None, bold=style.bold, italic=style.italic, color=colour)
    if style.underline:
        cell.font = Font(name=style.font or None, size=style.size or None, bold=style.bold, italic=style.italic, underline="single", color=colour)
    cell.alignment = Alignment(horizontal=style.across or None, vertical=_DOWN.get(style.down, "center"), wrap_text=style.wrap)
    cell.protection = Protection(locked=style.locked)
    if style.number_format:
        cell.number_format = style.number_format
    if style.fill:
        cell.fill = PatternFill("solid", fgColor=style.fill)
    if style.border:
        side = Side(style="thin", color=style.border)
        cell.border = Border(left=side, right=side, top=side, bottom=side)

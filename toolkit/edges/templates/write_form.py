"""Writes a form as its definition workbook (openpyxl), so that an office can change it: sheets 表单, 栏目, 选项, 清单, 样式; the reverse of `read_forms`."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.edges.templates.read_choices import CHOICE_COLUMNS, STAGE, SYNONYMS
from toolkit.edges.templates.read_form_rules import BOOK_SHEET, ISSUED_TO, LANGUAGE, LIGHT, PAPER, SCORED
from toolkit.edges.templates.read_forms import COLUMNS
from toolkit.edges.templates.read_lists import NUMBER, UNIT, WEIGHT
from toolkit.model.cell_style import CellStyle
from toolkit.model.column_kinds import KINDS
from toolkit.model.column_uses import USES
from toolkit.model.form import Field, Form, Source, Subject, Table, Total

_WIDTHS = {"表单": (24, 90), "选项": (18, 14, 50, 90, 9), "样式": (12, 28), "清单": (18, 12, 18)}
_FIELD_WIDTHS = (14, 16, 22, 8, 24, 9, 7, 7, 7, 16, 40, 7, 12, 8, 8)
_USE_OF = {code: use for use, code in USES.items()}
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
    _sheet(book, "选项", (*CHOICE_COLUMNS, "含义", SYNONYMS, STAGE), _choices(form, lists), _WIDTHS["选项"])
    for table in form.tables:
        if table.subject is Subject.LIST:
            titles = _listed_titles(table)
            _sheet(book, _list_of(table), (UNIT, NUMBER, *titles), _listed(table, titles), _WIDTHS["清单"])
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
        if table.subject is Subject.LIST:
            yield f"{_name_of(table)}.清单", _list_of(table)
    yield from _rules(form)
    yield from (("填报说明", note) for note in form.notes)
    if form.sign_off:
        yield "签批栏", "、".join(form.sign_off)


def _rules(form: Form) -> Iterable[tuple[str, str]]:
    """Give how its rows are judged and shown; a list that is empty means what its absence means."""
    yield from ((LIGHT, form.light.value), (SCORED, "是" if form.scored else "否"), (BOOK_SHEET, form.book_sheet))
    if form.language:
        yield LANGUAGE, form.language
    yield from ((key, "、".join(words)) for key, words in ((PAPER, form.papers), (ISSUED_TO, form.issued_to)) if words)


def _list_of(table: Table) -> str:
    return f"{_short(table)}清单"


def _listed_titles(table: Table) -> tuple[str, ...]:
    """Give the columns of a table's list beside 单位 and 编号, in the order of the form, then what its rows say of themselves beside it."""
    held = dict.fromkeys(title for row in table.rows for title in row.cells)
    shown = (field.taken_from for field in table.fields if field.source is Source.PREFILLED)
    return tuple(dict.fromkeys((*(title for title in shown if title in held), *held)))


def _listed(table: Table, titles: Sequence[str]) -> Iterable[Sequence[object]]:
    """Give the rows of a table's list; what a column of numbers or days shows stands there as such, and reads again as what it is."""
    kinds = {WEIGHT: KINDS["小数"]} | {field.taken_from: field.kind for field in reversed(table.fields) if field.source is Source.PREFILLED}
    for row in table.rows:
        texts = ((title, row.cells.get(title, "")) for title in titles)
        yield row.unit, row.number, *(kinds[title].show(kinds[title].load(text)) if text and title in kinds else text for title, text in texts)


def _name_of(table: Table) -> str:
    return f"{_short(table)}栏目"


def _short(table: Table) -> str:
    """Give a table's name without spaces, with room for an ending: a sheet's name has no more than 31 characters."""
    return "".join(table.sheet.split())[:29]


def _row(field: Field, choices: str) -> tuple[object, ...]:
    low, high = field.limits.low, field.limits.high
    source = "" if field.source is Source.PREFILLED and field.taken_from == field.title else field.taken_from
    what = (field.code, field.title, "、".join(field.aliases), field.source.value, source, field.kind.name, field.required.value)
    total = "" if field.total is Total.NONE else field.total.value
    return (*what, low, high, choices, field.hint, field.width, _USE_OF.get(field.code, ""), total, field.limits.unit)


def _lists(form: Form) -> dict[tuple[str, str], str]:
    """Name the list of each column of choices, by table and code: columns with the same words share one."""
    names: dict[tuple[str, str], str] = {}
    known: dict[str, tuple[object, ...]] = {}
    for table in form.tables:
        for field in table.fields:
            if field.limits.choices:
                same = field.limits.choices, dict(field.limits.aliases), dict(field.limits.stages)
                name = field.title if known.get(field.title, same) == same else f"{table.sheet}{field.title}"
                known[name] = same
                names[table.sheet, field.code] = name
    return names


def _choices(form: Form, lists: Mapping[tuple[str, str], str]) -> Iterable[tuple[str, str, str, str, str]]:
    written: set[str] = set()
    for table in form.tables:
        for field in table.fields:
            name = lists.get((table.sheet, field.code), "")
            for value in field.limits.choices if name and name not in written else ():
                synonyms = "、".join(word for word, means in field.limits.aliases.items() if means == value)
                yield name, value, "", synonyms, field.limits.stages.get(value, "")
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

"""填报明细: everything that units filled in, one row a row of theirs, columns from the form's definition."""

from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from operator import attrgetter

from toolkit.model.cell_style import CellStyle
from toolkit.model.form import Field, Form, Subject, Table
from toolkit.model.form_totals import further_tables, further_totals
from toolkit.model.milestones import is_node_plan, node_sheets
from toolkit.model.own_rows import speaks_of
from toolkit.model.requests import is_request_table, request_sheets
from toolkit.model.sheet import SheetPlan
from toolkit.model.standing import Round, UnitRow
from toolkit.model.unit_statements import STATEMENT, words_by_row
from toolkit.views.consolidated.book_styles import field_look
from toolkit.views.consolidated.data_sheet import Column, Extras, data_sheet
from toolkit.views.consolidated.evidence_sheet import pieces_of_rows
from toolkit.views.consolidated.sheet_names import title_of
from toolkit.views.consolidated.source_links import source
from toolkit.views.consolidated.split_sheets import Part

UNIT, TABLE = "单位", "所在表"
_WHO: tuple[Column[UnitRow], ...] = (
    Column(UNIT, 22, "正文", attrgetter("unit")),
    Column("角色", 6, "居中", lambda unit_row: str(unit_row.role)),
    Column("编号", 8, "居中", attrgetter("row.number")),
)
_SOURCE: Column[UnitRow] = Column("来源", 9, "链接", source)
_TABLE: Column[UnitRow] = Column(TABLE, 12, "居中", attrgetter("row.table"))
_NAME = "指标"
_TAKEN = frozenset({*(column.title for column in _WHO), _NAME, _SOURCE.title, TABLE})
_WIDEST = 90
_NARROWEST = 8.0


def ordered(state: Round) -> tuple[UnitRow, ...]:
    """Give what units filled in, unit by unit in the order of 报送情况; what they ask for, and matters that they answer, have sheets of their own."""
    order = {name: number for number, name in enumerate(dict.fromkeys((*(unit.unit for unit in state.units), *(detail.unit for detail in state.details))))}
    asked = {*request_sheets(state.form), *(table.sheet for table in state.form.tables if table.subject is Subject.MATTER)}
    return tuple(sorted((detail for detail in state.details if detail.row.table not in asked), key=lambda row: order[row.unit]))


def detail_sheets(state: Round, rows: Sequence[UnitRow], cut: Sequence[Part], looks: Mapping[str, CellStyle]) -> list[SheetPlan]:
    """Plan the sheet, or several where one cannot hold all.

    Fields of the same title share a column; an indicator's name stands before the indicators' own fields.
    """
    columns, title = detail_columns(state, rows), title_of(state)
    return [data_sheet(part.sheet, columns, rows[part.rows], looks=looks, title=title, extras=Extras(frozen=len(_WHO), large=True)) for part in cut]


def detail_columns(state: Round, rows: Sequence[UnitRow]) -> tuple[Column[UnitRow], ...]:
    """Give the sheet's columns; the table that a row is of stands last, where columns of further tables are put together."""
    columns = (*_WHO, *_filled(state.form, {detail.row.table for detail in rows}), *_words(state), _SOURCE, *_pieces(state))
    return (*columns, _TABLE) if any(further_totals(table) for table in further_tables(state.form)) else columns


def header_of(field: Field) -> str:
    """Say under which header a column of a form stands in the sheet."""
    return f"{field.title}（填报）" if field.title in _TAKEN else field.title


def _words(state: Round) -> Iterator[Column[UnitRow]]:
    """Give the column of what units said of their rows in receipts, where any did."""
    words = words_by_row(state.findings)
    if words:
        yield Column(STATEMENT, 24, "正文", lambda unit_row: words.get((unit_row.unit, unit_row.row.table, unit_row.row.key), ""), 60)


def _pieces(state: Round) -> Iterator[Column[UnitRow]]:
    """Give the column of evidence that came as files, where any did; a row of the main table leads to its own."""
    pieces = pieces_of_rows(state)
    if pieces:
        main = state.form.main.sheet
        yield Column("佐证文件", 30, "链接", lambda unit_row: pieces.get((unit_row.unit, unit_row.row.number), "") if unit_row.row.table == main else "", 60)


def task_places(form: Form, rows: Sequence[UnitRow], cut: Sequence[Part]) -> dict[tuple[str, str], tuple[str, str]]:
    """Say where each unit's (first) row of each task stands: sheet and cell."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for part in cut:
        for number, row in enumerate(rows[part.rows], 2):
            if speaks_of(row.row, row.row.number, form):
                found.setdefault((row.unit, row.row.number), (part.sheet, f"A{number}"))
    return found


def _filled(form: Form, used: Container[str]) -> Iterator[Column[UnitRow]]:
    """Give the columns of the main table, the name of an indicator or a milestone where a table has them, and the columns that further tables add.

    Tables of milestones that no unit was given rows of, or filled in (`used` are the sheets that have rows), add none.
    """
    found: dict[str, dict[str, Field]] = {}
    told = (table for table in form.tables if not is_request_table(table) and table.subject is not Subject.MATTER)
    for table in (table for table in told if table.sheet in used or not _of_nodes(table)):
        for field in table.filled:
            found.setdefault(field.title, {})[table.sheet] = field
    named = {table.sheet for table in form.tables if table.subject is Subject.INDICATOR}
    yield from (_column(fields) for fields in found.values() if form.main.sheet in fields)
    if named:
        yield Column(_NAME, 30, "正文", lambda unit_row: _indicator(unit_row) if unit_row.row.table in named else "")
    milestones = node_sheets(form)
    if any(sheet in used for sheet in milestones):
        yield Column("节点", 24, "正文", lambda unit_row: _indicator(unit_row) if unit_row.row.table in milestones else "")
    yield from (_column(fields) for fields in found.values() if form.main.sheet not in fields)


def _of_nodes(table: Table) -> bool:
    return table.subject is Subject.NODE or is_node_plan(table)


def _column(fields: Mapping[str, Field]) -> Column[UnitRow]:
    """Make the column that fields of the same title share; they are given by the sheet of their table."""
    first = next(iter(fields.values()))
    look, width = field_look(first), max(first.width, _NARROWEST)
    shown = {sheet: (field.code, field.kind.show) for sheet, field in fields.items()}

    def value(unit_row: UnitRow) -> object:
        row = unit_row.row
        known = shown.get(row.table)  # none: of a row whose table has no such field, or whose table the form has no more
        if known is None:
            return ""
        answer = row.answers.get(known[0])
        if answer is None or answer.value is None:
            return ""
        return answer.value if isinstance(answer.value, Decimal) else known[1](answer.value)  # in a form 1 is shown as 1%, here it is a number

    return Column(header_of(first), width, look, value, max(width, _WIDEST) if look == "正文" else 0)


def _indicator(row: UnitRow) -> str:
    """Name an indicator, or a milestone: its row's key is the task's number, a bar and the name."""
    return row.row.key.partition("|")[2] or row.row.key

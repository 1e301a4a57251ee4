"""填报明细: everything that units filled in, one row a row of theirs, columns from the form's definition."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolkit.model.form import Field, Form, Subject, Table
from toolkit.model.look import Look
from toolkit.model.requests import is_request_table, request_sheets
from toolkit.model.returns import Row
from toolkit.model.sheet import SheetPlan
from toolkit.model.standing import Round, UnitRow
from toolkit.views.consolidated.looks import field_look
from toolkit.views.consolidated.names import book_title
from toolkit.views.consolidated.sources import source
from toolkit.views.consolidated.split import Part
from toolkit.views.consolidated.table import Column, Extras, Records, data_sheet, text_of

_WHO = (Column("单位", 22, "正文"), Column("角色", 6, "居中"), Column("编号", 8, "居中"))
_INDICATOR = Column("指标", 30, "正文")
_SOURCE = Column("来源", 9, "链接")
_WIDEST = 90
_NARROWEST = 8.0


class _Filled(NamedTuple):
    """A column of filled values: its header, and the field that fills it by table sheet."""

    column: Column
    fields: Mapping[str, Field]


_NAME = _Filled(_INDICATOR, {})


def ordered(state: Round) -> tuple[UnitRow, ...]:
    """Give what units filled in, unit by unit in the order of 报送情况; what they ask for has a sheet of its own."""
    order = {name: number for number, name in enumerate(dict.fromkeys((*(unit.unit for unit in state.units), *(said.unit for said in state.details))))}
    asked = request_sheets(state.form)
    return tuple(sorted((said for said in state.details if said.row.table not in asked), key=lambda said: order[said.unit]))


def detail_sheets(state: Round, rows: Sequence[UnitRow], cut: Sequence[Part], looks: Mapping[str, Look]) -> list[SheetPlan]:
    """Plan the sheet, or several where one cannot hold all.

    Fields of the same title share a column; an indicator's name stands before the indicators' own fields.
    """
    before, after = _filled(state.form)
    named = any(table.subject is Subject.INDICATOR for table in state.form.tables)
    columns = (*_WHO, *(one.column for one in before), *((_INDICATOR,) if named else ()), *(one.column for one in after), _SOURCE)
    values = (*before, *((_NAME,) if named else ()), *after)
    tables: dict[str, _Table] = defaultdict(lambda: _Table(None, values))  # none: of rows whose table the form has no more
    tables.update({table.sheet: _Table(table, values) for table in state.form.tables})

    def records(mine: Sequence[UnitRow]) -> Records:
        return Records(
            len(mine),
            lambda: ([said.unit, str(said.role), said.row.number, *tables[said.row.table].values(said.row), source(said)] for said in mine),
            lambda column: (tables[said.row.table].text(said.row, column - len(_WHO)) for said in mine),
        )

    extras, title = Extras(frozen=len(_WHO), large=True), book_title(state.period.label)
    return [data_sheet(part.sheet, columns, records(rows[part.rows]), looks=looks, title=title, extras=extras) for part in cut]


def task_places(rows: Sequence[UnitRow], cut: Sequence[Part]) -> dict[tuple[str, str], tuple[str, str]]:
    """Say where each unit's (first) row of each task stands: sheet and cell."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for part in cut:
        for number, said in enumerate(rows[part.rows], 2):
            found.setdefault((said.unit, said.row.number), (part.sheet, f"A{number}"))
    return found


def _filled(form: Form) -> tuple[list[_Filled], list[_Filled]]:
    """Give the columns of the main table, and those that further tables add."""
    found: dict[str, dict[str, Field]] = {}
    for table in (one for one in form.tables if not is_request_table(one)):
        for field in table.filled:
            found.setdefault(field.title, {})[table.sheet] = field
    taken = {column.title for column in (*_WHO, _INDICATOR, _SOURCE)}
    columns = [_Filled(_column(title, next(iter(fields.values())), taken), fields) for title, fields in found.items()]
    return [one for one in columns if form.main.sheet in one.fields], [one for one in columns if form.main.sheet not in one.fields]


def _column(title: str, field: Field, taken: set[str]) -> Column:
    look, width = field_look(field), max(field.width, _NARROWEST)
    return Column(f"{title}（填报）" if title in taken else title, width, look, max(width, _WIDEST) if look == "正文" else 0)


class _Table:
    """Shows rows of one table in the columns of filled values."""

    def __init__(self, table: Table | None, columns: Sequence[_Filled]) -> None:
        fields = [one.fields.get(table.sheet) if table else None for one in columns]
        self._empty: list[object] = [""] * len(columns)
        self._codes = [field.code if field else "" for field in fields]
        self._at = {field.code: (number, field.kind.show) for number, field in enumerate(fields) if field}
        self._name = columns.index(_NAME) if _NAME in columns and table and table.subject is Subject.INDICATOR else None

    def values(self, row: Row) -> list[object]:
        """Give a value a column, '' where the row has none."""
        values = self._empty.copy()
        for code, answer in row.answers.items():
            if code in self._at and answer.value is not None:
                number, show = self._at[code]
                values[number] = show(answer.value)
        if self._name is not None:  # the row's key is the task's number, a bar and the indicator's name
            values[self._name] = row.key.partition("|")[2] or row.key
        return values

    def text(self, row: Row, column: int) -> str:
        """Give the text of one filled field."""
        answer = row.answers.get(self._codes[column])
        return "" if answer is None or answer.value is None else text_of(self._at[self._codes[column]][1](answer.value))

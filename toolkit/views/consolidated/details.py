"""填报明细: everything that units filled in, one row a row of theirs, columns from the form's definition."""

from collections.abc import Mapping
from typing import NamedTuple

from toolkit.model.form import Field, Form, Subject
from toolkit.model.look import Look
from toolkit.model.sheet import SheetPlan
from toolkit.model.standing import Round, UnitRow
from toolkit.views.consolidated.looks import field_look
from toolkit.views.consolidated.names import DETAILS, book_title
from toolkit.views.consolidated.sources import source
from toolkit.views.consolidated.table import Column, Extras, data_sheet

_WHO = (Column("单位", 22, "正文"), Column("角色", 6, "居中"), Column("编号", 8, "居中"))
_INDICATOR = Column("指标", 30, "正文")
_SOURCE = Column("来源", 9, "链接")
_WIDEST = 90
_NARROWEST = 8.0


class _Filled(NamedTuple):
    """A column of filled values: its header, and the field that fills it by table sheet."""

    column: Column
    fields: Mapping[str, Field]


def detail_sheet(state: Round, looks: Mapping[str, Look]) -> SheetPlan:
    """Plan the sheet; fields of the same title share a column, an indicator's name stands before the indicators' own fields."""
    before, after = _filled(state.form)
    named = any(table.subject is Subject.INDICATOR for table in state.form.tables)
    indicators = {table.sheet for table in state.form.tables if table.subject is Subject.INDICATOR}
    columns = (*_WHO, *(one.column for one in before), *((_INDICATOR,) if named else ()), *(one.column for one in after), _SOURCE)
    rows = [
        (
            said.unit,
            str(said.role),
            said.row.number,
            *(_shown(said, one) for one in before),
            *((_indicator(said) if said.row.table in indicators else "",) if named else ()),
            *(_shown(said, one) for one in after),
            source(said),
        )
        for said in state.details
    ]
    return data_sheet(DETAILS, columns, rows, looks=looks, title=book_title(state.period.label), extras=Extras(frozen=len(_WHO), large=True))


def _filled(form: Form) -> tuple[list[_Filled], list[_Filled]]:
    """Give the columns of the main table, and those that further tables add."""
    found: dict[str, dict[str, Field]] = {}
    for table in form.tables:
        for field in table.filled:
            found.setdefault(field.title, {})[table.sheet] = field
    taken = {column.title for column in (*_WHO, _INDICATOR, _SOURCE)}
    columns = [_Filled(_column(title, next(iter(fields.values())), taken), fields) for title, fields in found.items()]
    return [one for one in columns if form.main.sheet in one.fields], [one for one in columns if form.main.sheet not in one.fields]


def _column(title: str, field: Field, taken: set[str]) -> Column:
    look, width = field_look(field), max(field.width, _NARROWEST)
    return Column(f"{title}（填报）" if title in taken else title, width, look, max(width, _WIDEST) if look == "正文" else 0)


def _shown(said: UnitRow, column: _Filled) -> object:
    field = column.fields.get(said.row.table)
    value = said.row.value(field.code) if field else None
    return "" if field is None or value is None else field.kind.show(value)


def _indicator(said: UnitRow) -> str:
    """Read the indicator's name from the row's key, which is the task's number, a bar and the name."""
    return said.row.key.partition("|")[2] or said.row.key

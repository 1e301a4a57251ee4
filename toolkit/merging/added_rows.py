"""Finds a line of the form from above for each line that a unit below added to an empty table; a line that it was given before stays its own."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from toolkit.model.form import Form, Subject, Table
from toolkit.model.form_totals import has_totals
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.lower_source import LowerSource
from toolkit.model.returns import Row
from toolkit.model.standing import Round, UnitRow

_LINE = lazy_pattern(r"\d+$")
Line = tuple[str, str]  # a row of the form from above: its table's sheet, its key


class AddedRows(NamedTuple):
    """Whose word goes into which empty line, and the rows for which no line is left."""

    lines: Mapping[Line, UnitRow]
    left: tuple[UnitRow, ...]


def added_rows(rows: Sequence[Row], form: Form, state: Round, before: Sequence[LowerSource]) -> AddedRows:
    """Give the lines of the units below in the order of units and rows; `rows` are those of the form from above, `before` is what its 数据来源 says."""
    lines: dict[Line, UnitRow] = {}
    left: list[UnitRow] = []
    for table in form.tables:
        if table.subject is Subject.BLANK and has_totals(table):
            mine = [row for row in rows if row.table == table.sheet]
            given = dict(_given(mine, table, before))
            found = [detail for detail in state.details if detail.row.table == table.sheet and detail.row.answers]
            kept = {given[of]: detail for detail in found if (of := _whose(detail)) in given}
            free = [(row.table, row.key) for row in mine if not row.answers and (row.table, row.key) not in given.values()]
            new = [detail for detail in found if _whose(detail) not in given]
            lines |= kept | dict(zip(free, new, strict=False))
            left += new[len(free) :]
    return AddedRows(lines, tuple(left))


def _given(rows: Sequence[Row], table: Table, before: Sequence[LowerSource]) -> Iterator[tuple[tuple[str, str], Line]]:
    """Say which line of the form was given to which unit's line."""
    keys = {_line(row.place.cell): row.key for row in rows}
    for source in before:
        key = keys.get(_line(source.cell)) if source.sheet == table.sheet and source.level == 1 and source.unit else None
        if key is not None:
            yield (source.unit, _line(source.place)), (table.sheet, key)


def _whose(detail: UnitRow) -> tuple[str, str]:
    return detail.unit, _line(detail.row.place.cell)


def _line(cell: str) -> str:
    found = _LINE.search(cell)
    return found[0] if found else ""

"""Checks of a round's columns that have a unit of measure (计量): a value out of all proportion was likely typed in another unit."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from statistics import median_low
from typing import NamedTuple

from toolkit.model.check_context import CheckContext
from toolkit.model.column_kinds import show_number
from toolkit.model.findings import Code, Finding
from toolkit.model.form import BUDGET, SPENT, Field, Table
from toolkit.model.numerals import unit_of
from toolkit.model.own_rows import told
from toolkit.model.returns import Row
from toolkit.model.rules import BEYOND, MAGNITUDE, Rules
from toolkit.model.standing import Round, UnitRow
from toolkit.model.values import exact

_ENOUGH = 5  # values of a column that say what is usual in it
_TEN_THOUSAND = Decimal(10_000)  # 元 in 万元
Last = Callable[[UnitRow, str], Decimal | None]


class _Measured(NamedTuple):
    """A value of a column with a unit of measure, in whose row it stands."""

    row: UnitRow
    field: Field
    value: Decimal


def spending_fits_the_budget(row: Row, table: Table, context: CheckContext) -> Iterator[Finding]:
    """What was spent is not many times the budget (OVER_BUDGET); where it would fit in 元, that is said."""
    field, answer = table.field(SPENT), row.answers.get(SPENT)
    if field is None or answer is None or not isinstance(answer.value, Decimal):
        return
    budget, times = told(table, row.number, row, BUDGET), context.rules.value(BEYOND)
    if isinstance(budget, Decimal) and budget > 0 and times > 0 and answer.value > budget * times:
        in_yuan = exact(answer.value / _TEN_THOUSAND)
        meant = f"；如果写的是元，应是 {show_number(in_yuan)}" if unit_of(field.limits.unit) == (4, "元") and in_yuan <= budget else ""
        facts = {"seen": show_number(answer.value), "budget": show_number(budget), "times": show_number(times), "meant": meant}
        yield Finding(Code.OVER_BUDGET, answer.place, facts, title=field.title)


def measures_are_plausible(state: Round, last: Last, rules: Rules) -> Iterator[Finding]:
    """An amount is not out of all proportion to the same cell's last one, nor far above what is usual in its column (MAGNITUDE)."""
    factor = rules.value(MAGNITUDE)
    for values in _by_column(state).values():
        usual = median_low(sorted(abs(measured.value) for measured in values if measured.value)) if len(values) >= _ENOUGH else None
        for measured in values:
            than = _far_off(abs(measured.value), last(measured.row, measured.field.code), usual, factor)
            if than is not None:
                yield _finding(measured, *than)


def _by_column(state: Round) -> Mapping[tuple[str, str], list[_Measured]]:
    """Give every value of the columns that are measured, other than shares, by (table sheet, field code); zeros say nothing."""
    found: dict[tuple[str, str], list[_Measured]] = defaultdict(list)
    measured = {table.sheet: [field for field in table.filled if field.limits.unit and unit_of(field.limits.unit) != (0, "%")] for table in state.form.tables}
    for detail in state.details if any(measured.values()) else ():
        for field in measured.get(detail.row.table, ()):
            value = detail.row.value(field.code)
            if isinstance(value, Decimal) and value:
                found[detail.row.table, field.code].append(_Measured(detail, field, value))
    return found


def _far_off(value: Decimal, last: Decimal | None, usual: Decimal | None, factor: Decimal) -> tuple[str, Decimal] | None:
    """Say what a value is out of all proportion to; a last value near it says that it is right, however large it is."""
    if last:
        return ("上一期", last) if value >= abs(last) * factor or abs(last) >= value * factor else None
    return ("这一栏多数行", usual) if usual and value >= usual * factor else None


def _finding(measured: _Measured, than: str, other: Decimal) -> Finding:
    facts = {"seen": show_number(measured.value), "than": than, "other": show_number(other), "unit": measured.field.limits.unit}
    return Finding(Code.MAGNITUDE, measured.row.row.answers[measured.field.code].place, facts, measured.row.unit, measured.field.title)

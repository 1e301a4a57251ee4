"""Which rounds of a year belong together: those of one form, one behind the other, whatever their spans are."""

from collections.abc import Iterable

from toolkit.flows.office.office_context import OfficeContext
from toolkit.model.period import Period, safe_name


def round_before(office: OfficeContext, period: Period) -> Period | None:
    """Give the last round of the same form and year that ended before a round began, whether it was issued or not; None where there is none."""
    if not period.is_part:
        return None
    before = [earlier for earlier in chain(office, period) if earlier.ends < period.begins]
    return max(before, key=lambda earlier: (earlier.ends, _cut(earlier) == _cut(period)), default=period.previous())


def rounds_before(office: OfficeContext, period: Period) -> tuple[Period, ...]:
    """Give the issued rounds of the same form and year that ended before a round began, in order; of a quarter only quarters."""
    before = [earlier for earlier in chain(office, period) if earlier.ends < period.begins and (earlier.quarter or not period.quarter)]
    return tuple(earlier for earlier in before if _is_issued(office, earlier))


def parts_of_year(office: OfficeContext, year: Period) -> tuple[Period, ...]:
    """Give the issued rounds that a year's book is made of, in order: its form's quarters, where it has none its other spans.

    A year without a form of its own is that of its quarters, else of the form that has most rounds.
    """
    issued = [period for period in _names(office, year) if period.is_part and _is_issued(office, period)]
    if year.form:
        mine = [period for period in issued if collected_form(office, period) == year.form]
    else:
        bare, several = [period for period in issued if not period.form], any(name.form for name in _names(office, year))
        chains = [[other for other in bare if _in_one_chain(office, period, other, several=several)] for period in bare]
        mine = max(chains, key=lambda found: (any(period.quarter for period in found), len(found)), default=[])
    quarters = tuple(period for period in mine if period.quarter)
    return quarters or tuple(mine)


def quarter_rounds(office: OfficeContext, period: Period) -> dict[int, Period]:
    """Give the quarters that a round's book shows beside it, by number: those of its own form; of a month, which may be another's, the first form's."""
    if not period.is_part:
        return {}
    if period.month and not period.form:
        return {quarter.quarter: quarter for quarter in period.quarters()}
    return {quarter.quarter: quarter for quarter in chain(office, period) if quarter.quarter}


def chain(office: OfficeContext, period: Period) -> tuple[Period, ...]:
    """Give the rounds of a period's year and form, from the calendar and the ledger, in order."""
    names = _names(office, period)
    several = any(name.form for name in names)
    return tuple(other for other in names if other.is_part and _in_one_chain(office, period, other, several=several))


def _in_one_chain(office: OfficeContext, period: Period, other: Period, *, several: bool) -> bool:
    """Whether two rounds of a year collect the same form; where no span has `several`, rounds cut alike do, though the form's name may have changed."""
    if not several and _cut(period) and _cut(period) == _cut(other):
        return True
    return collected_form(office, period) == collected_form(office, other)


def collected_form(office: OfficeContext, period: Period) -> str:
    """Give the name of the form that a round collects, as it stands in keys; '' where the calendar names none."""
    if period.form:
        return period.form
    line = office.line(period)
    return safe_name(line.form) if line else ""


def _names(office: OfficeContext, period: Period) -> tuple[Period, ...]:
    """List the periods of a year that its calendar or the ledger knows, in order."""
    names: Iterable[str] = {line.period for line in office.at(period).master.calendar} | set(office.ledger.issued_periods())
    return tuple(sorted(other for other in map(Period.parse, names) if other.year == period.year))


def _cut(period: Period) -> str:
    """Say how a period is cut from its year: quarter, month, half, week; '' for a year and a named span."""
    return next((kind for kind in ("quarter", "half", "week", "piece", "month") if getattr(period, kind)), "")


def _is_issued(office: OfficeContext, period: Period) -> bool:
    return bool(office.at(period).issued())

"""What a book says of closings: how far each round up to its own is, what was undecided, what came after; and how far every period is."""

from collections.abc import Iterable

from toolkit.edges.ledger import closing_records
from toolkit.flows.closed.freeze_inputs import rounds_up_to
from toolkit.flows.closed.late_corrections import corrections
from toolkit.flows.closed.result_changes import result_changes
from toolkit.flows.office.office_context import OfficeContext
from toolkit.model.closing import ClosingAccount, Correction, Standing, State
from toolkit.model.period import Period


def account(office: OfficeContext, period: Period) -> ClosingAccount:
    """Give what a period's book says: what its closing froze, else how the rounds up to it are and what has come after their closings."""
    if office.frozen is not None and office.frozen.period == str(period):
        return office.frozen.account
    rounds = tuple(standing for standing in standings(office, rounds_up_to(office, period)) if standing.state is not State.AHEAD or standing.period == period)
    return ClosingAccount(tuple((named(office, standing.period, period), standing.words) for standing in rounds), (), after_closings(office, period))


def after_closings(office: OfficeContext, period: Period) -> tuple[Correction, ...]:
    """List what came after the closings of the rounds up to a period; of itself, where it was opened again, also what its results have become by it."""
    before = [earlier for earlier in rounds_up_to(office, period) if earlier.is_part and earlier != period]
    own = corrections(office, period)
    return (*(correction for round_ in before for correction in corrections(office, round_)), *own, *result_changes(office, period, own))


def standings(office: OfficeContext, periods: Iterable[Period]) -> list[Standing]:
    """Say how far each of some periods is (未发放, 已发放, 待复核, 已定稿, 已重开), in the order given."""
    issued = set(office.ledger.issued_periods())
    with office.ledger.reading() as connection:
        proposed = set(closing_records.proposed(connection))
    return [_standing(office, period, issued, proposed) for period in periods]


def all_standings(office: OfficeContext) -> list[Standing]:
    """Say how far every period of the calendars and of the ledger is, in order."""
    names = {line.period for line in office.master.calendar} | set(office.ledger.issued_periods()) | office.drafts.periods()
    return standings(office, sorted(map(Period.parse, names)))


def named(office: OfficeContext, period: Period, of: Period) -> str:
    """Name a round: the year's own by its form (2023年工作方案), but in the year's book."""
    if period.is_part or period.form or period == of:
        return period.label
    line = office.line(period)
    return f"{period.label}{line.form if line else ''}"


def _standing(office: OfficeContext, period: Period, issued: set[str], proposed: set[str]) -> Standing:
    newest = office.drafts.newest(period)
    if newest is not None and newest.holds:
        return Standing(period, State.CLOSED, newest)
    if str(period) in proposed:
        return Standing(period, State.PROPOSED)
    if newest is not None:
        return Standing(period, State.REOPENED, newest)
    return Standing(period, State.ISSUED if str(period) in issued else State.AHEAD)

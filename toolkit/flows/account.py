"""What a book says of closings: how far each round up to its own is, what was undecided, what came after; and how far every period is."""

from collections.abc import Iterable

from toolkit.edges.ledger import closings
from toolkit.flows.corrections import corrections
from toolkit.flows.freezing import rounds_up_to
from toolkit.flows.ground import Ground
from toolkit.flows.result_changes import result_changes
from toolkit.model.closing import Account, Correction, Standing, State
from toolkit.model.period import Period


def account(ground: Ground, period: Period) -> Account:
    """Give what a period's book says: what its closing froze, else how the rounds up to it are and what has come after their closings."""
    if ground.frozen is not None and ground.frozen.period == str(period):
        return ground.frozen.account
    rounds = tuple(one for one in standings(ground, rounds_up_to(ground, period)) if one.state is not State.AHEAD or one.period == period)
    return Account(tuple((named(one.period, period), one.words) for one in rounds), (), after_closings(ground, period))


def after_closings(ground: Ground, period: Period) -> tuple[Correction, ...]:
    """List what came after the closings of the rounds up to a period; of itself, where it was opened again, also what its results have become by it."""
    before = [one for one in rounds_up_to(ground, period) if (one.quarter or one.month) and one != period]
    own = corrections(ground, period)
    return (*(one for round_ in before for one in corrections(ground, round_)), *own, *result_changes(ground, period, own))


def standings(ground: Ground, periods: Iterable[Period]) -> list[Standing]:
    """Say how far each of some periods is."""
    issued = set(ground.ledger.issued_periods())
    with ground.ledger.reading() as connection:
        proposed = set(closings.proposed(connection))
    return [_standing(ground, one, issued, proposed) for one in periods]


def all_standings(ground: Ground) -> list[Standing]:
    """Say how far every period of the calendars and of the ledger is, in order."""
    names = {line.period for line in ground.master.calendar} | set(ground.ledger.issued_periods()) | ground.drafts.periods()
    return standings(ground, sorted(map(Period.parse, names)))


def named(period: Period, of: Period) -> str:
    """Name a round: the year's own is its work plan, but in the year's book."""
    return period.label if period.quarter or period.month or period == of else f"{period.label}工作方案"


def _standing(ground: Ground, period: Period, issued: set[str], proposed: set[str]) -> Standing:
    newest = ground.drafts.newest(period)
    if newest is not None and newest.holds:
        return Standing(period, State.CLOSED, newest)
    if str(period) in proposed:
        return Standing(period, State.PROPOSED)
    if newest is not None:
        return Standing(period, State.REOPENED, newest)
    return Standing(period, State.ISSUED if str(period) in issued else State.AHEAD)

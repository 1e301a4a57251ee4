"""status: who returned, what waits, what is next."""

from collections import Counter
from typing import NamedTuple

from toolkit.edges.workspace import Workspace
from toolkit.flows.account import all_standings, standings
from toolkit.flows.corrections import corrections
from toolkit.flows.ground import opened
from toolkit.flows.standing import stand, stand_year
from toolkit.model.master import COLLECTIVE
from toolkit.model.period import Period
from toolkit.model.returns import Outcome
from toolkit.model.standing import Round


class Status(NamedTuple):
    """Where a period stands; names are units', `outcomes` counts files, `faults` are those of the master list and forms, as sentences.

    `state` says whether it is open or closed, `periods` the same of every period; `corrections` counts what came after its closing, `open_matters` what was
    undecided then.
    """

    period: str
    due: str
    issued: int
    outcomes: dict[str, int]
    returned: int
    missing: list[str]
    late: list[str]
    sent_back: list[str]
    waiting: list[str]
    open_collectives: list[str]
    faults: list[str]
    state: str
    periods: list[dict[str, str]]
    corrections: int
    open_matters: int


def status(space: Workspace, period: Period | None) -> Status | None:
    """Give a period's status, of the last issued one when none is named; None before anything was issued."""
    with opened(space) as ground:
        if period is None:
            last = ground.ledger.last_period()
            if last is None:
                return None
            period = Period.parse(last)
        standing = stand(ground, period) if ground.ledger.issued_units(str(period)) or not _is_year(period) else stand_year(ground, period)
        counts = Counter({outcome.value: 0 for outcome in Outcome}) + Counter(standing.files)
        missing = [unit.unit for unit in standing.units if unit.outcome is None or not unit.outcome.counts]
        return Status(
            period=str(period),
            due=standing.due.isoformat() if standing.due else "",
            issued=len(standing.units),
            outcomes={outcome.value: counts[outcome.value] for outcome in Outcome},
            returned=len(standing.units) - len(missing),
            missing=missing,
            late=[unit.unit for unit in standing.units if unit.outcome is not None and unit.outcome.counts and not unit.on_time],
            sent_back=ground.ledger.sent_back(str(period)),
            waiting=_waiting(standing),
            open_collectives=[unit.name for unit in ground.master.units if unit.group == COLLECTIVE and not unit.members],
            faults=[f"[{fault.level}] {fault.place}：{fault.message}{fault.advice}" for fault in ground.faults],
            state=standings(ground, [period])[0].words,
            periods=[{"period": str(one.period), "state": one.state.value, "words": one.words} for one in all_standings(ground)],
            corrections=len(corrections(ground, period)),
            open_matters=len(frozen.account.matters) if (frozen := ground.of_book(period).frozen) is not None else 0,
        )


def _is_year(period: Period) -> bool:
    return not period.quarter and not period.month


def _waiting(standing: Round) -> list[str]:
    """Name the files that wait for the office's word, with their numbers."""
    own = [(one.file, one.unit) for one in standing.units if one.outcome is Outcome.WAITING]
    others = [(one.id, f"{one.unit or '单位不明'}：{one.name}") for one in standing.other_files if one.outcome is Outcome.WAITING]
    return [f"{number} 号（{name}）" for number, name in (*own, *others)]

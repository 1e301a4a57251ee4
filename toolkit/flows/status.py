"""status: who returned, what waits, what is next."""

from collections import Counter
from typing import NamedTuple

from toolkit.edges.workspace import Workspace
from toolkit.flows.consolidate import stand
from toolkit.flows.ground import opened
from toolkit.model.master import COLLECTIVE
from toolkit.model.period import Period
from toolkit.model.returns import Outcome


class Status(NamedTuple):
    """Where a period stands; names are units', `outcomes` counts files, `faults` are those of the master list and forms, as sentences."""

    period: str
    due: str
    issued: int
    outcomes: dict[str, int]
    returned: int
    missing: list[str]
    late: list[str]
    open_collectives: list[str]
    faults: list[str]


def status(space: Workspace, period: Period | None) -> Status | None:
    """Give a period's status, of the last issued one when none is named; None before anything was issued."""
    with opened(space) as ground:
        if period is None:
            last = ground.ledger.last_period()
            if last is None:
                return None
            period = Period.parse(last)
        standing = stand(ground, period)
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
            open_collectives=[unit.name for unit in ground.master.units if unit.group == COLLECTIVE and not unit.members],
            faults=[f"[{fault.level}] {fault.place}：{fault.message}{fault.advice}" for fault in ground.faults],
        )

"""Which names of the office's sheets mean units that were split or merged: they left the register, and what is written of their past stays right."""

from collections.abc import Iterable

from toolkit.flows.office.list_in_force import ListsInForce
from toolkit.model.amendments import MERGED, SPLIT
from toolkit.model.findings import Code, Finding


def but_former_units(faults: Iterable[Finding], lists: ListsInForce, year: int) -> tuple[Finding, ...]:
    """Leave out that a unit is in no register where 调整台账 of the year ended it; a task that nobody has taken over is asked about by itself (D51)."""
    ended = [amendment.change for amendment in lists.amendments(year) if amendment.change.matter in {SPLIT, MERGED} and not amendment.is_void]
    base = lists.base(year)

    def is_former(name: str) -> bool:
        unit = base.resolve(name) if base else None
        return any(name in {change.subject, change.before} or (unit is not None and unit.key == change.subject) for change in ended)

    return tuple(fault for fault in faults if fault.code is not Code.UNKNOWN_UNIT or not is_former(str(fault.facts["unit"])))

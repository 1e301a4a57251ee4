"""Which names of the office's sheets mean units that were split or merged: they left the register, and what is written of their past stays right."""

from collections.abc import Iterable

from toolkit.flows.office.list_in_force import ListsInForce
from toolkit.model.amendments import MERGED, SPLIT, Amendment
from toolkit.model.findings import Code, Finding


def but_former_units(faults: Iterable[Finding], lists: ListsInForce, year: int) -> tuple[Finding, ...]:
    """Leave out that a unit is in no register where 调整台账 of the year ended it; a task that nobody has taken over is asked about by itself (D51)."""
    former = former_names(lists, year)
    return tuple(fault for fault in faults if fault.code is not Code.UNKNOWN_UNIT or str(fault.facts["unit"]) not in former)


def former_names(lists: ListsInForce, year: int) -> frozenset[str]:
    """Give every name of the units that were split or merged in a year."""
    ended = [amendment.change for amendment in _endings(lists, year)]
    base, subjects = lists.base(year), {change.subject for change in ended}
    units = [unit for unit in base.units if unit.key in subjects] if base and subjects else []
    written = {name for change in ended for name in (change.subject, change.before)}
    return frozenset((*written, *(name for unit in units for name in (unit.name, *unit.aliases, *unit.former)))) - {""}


def ending_of(lists: ListsInForce, year: int, name: str) -> Amendment | None:
    """Give the split or merger that ended a unit in a year, by a name that it had; None where there was none."""
    base = lists.base(year)
    unit = base.resolve(name) if base else None
    names = {name, unit.key} if unit else {name}
    return next((one for one in _endings(lists, year) if names & {one.change.subject, one.change.before}), None)


def _endings(lists: ListsInForce, year: int) -> list[Amendment]:
    return [amendment for amendment in lists.amendments(year) if amendment.change.matter in {SPLIT, MERGED} and not amendment.is_void]

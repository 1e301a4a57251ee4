"""Where two units report one thing differently."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.model.form import FINISHED, NOT_STARTED, REACHED, STATUS
from toolkit.model.standing import Round, UnitRow


class Conflict(NamedTuple):
    """Two rows that contradict each other in one field: the lead's (or the first that reports) and another unit's."""

    field: str
    first: UnitRow
    other: UnitRow


def conflicts(state: Round) -> Iterator[Conflict]:
    """Give tasks that the lead calls finished and another unit not begun, and indicators that units report with different values."""
    for task in state.tasks:
        if task.lead is not None and task.status == FINISHED:
            yield from (Conflict(STATUS, task.lead, said) for said in task.others if said.row.value(STATUS) == NOT_STARTED)
    same: dict[tuple[str, str], list[UnitRow]] = defaultdict(list)
    for said in state.details:
        if REACHED in said.row.answers:
            same[said.row.table, said.row.key].append(said)
    for first, *rest in same.values():
        yield from (Conflict(REACHED, first, said) for said in rest if said.row.value(REACHED) != first.row.value(REACHED))

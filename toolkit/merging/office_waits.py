"""What of a round waits for the office's word beside files: requests to close tasks, matters to be coordinated, appeals."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from toolkit.model.appeals import Appeal, ruling_on, still_waits
from toolkit.model.coordination import Matter
from toolkit.model.decisions import Decided
from toolkit.model.task_life import LifeState, TaskLife


class OfficeWait(NamedTuple):
    """Things of one sort that wait: what in words, how many, and the sheet in which the office answers them.

    `book` names the workbook of that sheet where it is not the consolidated one ('': it is).
    """

    what: str
    number: int
    sheet: str
    book: str = ""


def office_waits(
    lives: Mapping[str, TaskLife], matters: Iterable[Matter], appeals: Iterable[Appeal], decided: Decided, period: str, book: str = ""
) -> tuple[OfficeWait, ...]:
    """Count what waits in a round, sort by sort; () where nothing does. `book` names the workbook of appeals against a closed round ('': it is open)."""
    states = [life.state for life in lives.values()]
    unruled = sum(still_waits(appeal, ruling_on(decided, appeal.subject(period), appeal.taken)) for appeal in appeals)
    found = (
        OfficeWait("申请办结待核验", states.count(LifeState.ASKED), "销号台账"),
        OfficeWait("核验通过待填销号文号", states.count(LifeState.CHECKED), "销号台账"),
        OfficeWait("未办结的协调事项", sum(matter.is_open for matter in matters), "协调事项"),
        OfficeWait("待处理的申诉", unruled, "申诉", book),
    )
    return tuple(wait for wait in found if wait.number)

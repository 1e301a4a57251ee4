"""Changes of the master list as data: what was changed, from what to what, from which period on, on whose authority."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.period import Period

ADDED, REMOVED, RENAMED = "新增", "取消", "更名"  # matters of a whole row, beside the columns' own titles
WITHDRAWN_WORDS = frozenset(("撤销", "已撤销", "撤消", "已撤消", "取消", "已取消", "作废", "已作废", "撤回", "删除"))  # a task's 状态: WITHDRAWN is meant
SPLIT, MERGED = "拆分", "合并"  # of a unit, that from then on is no more: by whom it is followed


class AmendmentSubject(StrEnum):
    """What kind of row a change is about; it says what its `subject` names."""

    TASK = "任务"  # its number: 任务7
    INDICATOR = "指标"  # its task's number and its name: 任务7|新建标准厂房
    UNIT = "单位"  # its id: the name that it first had
    DEADLINE = "日程"  # its period: 2023Q1
    NODE = "节点"  # its task's number and its name: 任务7|主体封顶


class AmendmentKind(StrEnum):
    """Whether a change holds from a period on, or puts right what was wrong all along (it then holds in every period that is not closed)."""

    CHANGE = "变更"
    CORRECTION = "更正"


class Change(NamedTuple):
    """One difference between two lists. `matter` is the column's title or ADDED, REMOVED, RENAMED; texts as a sheet shows them, an added row as JSON."""

    about: AmendmentSubject
    subject: str
    matter: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """One row of 调整台账: a change with its date and grounds. `since` is the first day of the span that `since_text` names (2023Q3).

    `version` counts how often the row was edited, from 1; `origin` says where it came from (a file, a request), `who` typed it and `at` when.
    `is_void` where the office took it back.
    """

    id: int
    year: int
    change: Change
    since: date
    since_text: str
    nature: AmendmentKind = AmendmentKind.CHANGE
    reference: str = ""
    reason: str = ""
    approved: str = ""
    origin: str = ""
    who: str = ""
    at: datetime | None = None
    version: int = 1
    is_void: bool = False

    def holds_in(self, period: Period | None) -> bool:
        """Whether it counts in a period that is not closed; None asks for the list with every change in it."""
        if self.is_void:
            return False
        return period is None or self.nature is AmendmentKind.CORRECTION or self.since <= first_day(period)


def first_day(period: Period) -> date:
    """Give the day of its year on which a period begins; a change since that day counts in it."""
    return max(period.begins, date(period.year, 1, 1))

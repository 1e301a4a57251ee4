"""The ladder of supervision (督办阶梯): levels, each with when it is taken, how long after the former, by which paper; and the steps that were taken."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place


class Level(StrEnum):
    """How high a step is; in this order."""

    REMIND = "提醒"
    CHASE = "催办"
    LETTER = "督办通知"
    TALK = "约谈"


LEVELS = tuple(Level)


class Cause(StrEnum):
    """Why a step is taken; 连续 N 期红 carries its number beside."""

    SILENT = "未报"
    YELLOW = "黄灯"
    RED = "红灯"
    OVERDUE = "超期"
    NODE = "节点逾期"
    RED_AGAIN = "连续红"
    UNANSWERED = "上一级无反馈"


CAUSES = "未报、黄灯、红灯、超期、节点逾期、连续2期红、上一级无反馈"
_AGAIN = lazy_pattern(r"连续([2-9])期红灯?")
REPEATED, PAPERS = "连续{}期红", {Level.REMIND: "提醒", Level.CHASE: "催办通知", Level.LETTER: "督办通知", Level.TALK: "约谈通知"}


class Condition(NamedTuple):
    """A cause, and of 连续 N 期红 how many rounds (0 for any other)."""

    cause: Cause
    rounds: int = 0

    @property
    def words(self) -> str:
        """How it is written: 红灯, 连续2期红."""
        return REPEATED.format(self.rounds) if self.cause is Cause.RED_AGAIN else self.cause.value


class Rung(NamedTuple):
    """One row of the sheet 督办阶梯: at which level, when, how many working days after the former level, to whom in words.

    `unattended`: whether `watch` takes it by itself.
    """

    level: Level
    condition: Condition
    days: int
    to: str = ""
    unattended: bool = False
    place: Place = Place()


class Concern(NamedTuple):
    """What the ladder is climbed for: a unit that owes its return (`task` is ''), or a task with its lead units (named with 、); every condition that holds."""

    unit: str
    task: str
    conditions: frozenset[Condition]


class LadderStep(NamedTuple):
    """A step that was taken: its number in the year, in which round, for which unit and task, at which level, why, by which paper (below 文书), when."""

    year: int
    number: int
    period: str
    unit: str
    task: str
    level: Level
    cause: str
    paper: str
    at: datetime

    @property
    def reference(self) -> str:
        """Name it in the workbook: 〔2023〕阶梯第3号."""
        return f"〔{self.year}〕阶梯第{self.number}号"

    @property
    def day(self) -> date:
        """The day on which it was taken."""
        return self.at.date()


def condition_in(text: str) -> Condition | None:
    """Read a condition as the office writes it, blanks anywhere; None for what is none."""
    plain = "".join(text.split())
    again = _AGAIN.fullmatch(plain)
    if again:
        return Condition(Cause.RED_AGAIN, int(again[1]))
    return Condition(Cause(plain)) if plain in set(Cause) - {Cause.RED_AGAIN} else None


# What offices without the sheet do, and did before there was one: remind who owes, write to who leads a red task.
USUAL = (Rung(Level.REMIND, Condition(Cause.SILENT), 0, "未报单位"), Rung(Level.LETTER, Condition(Cause.RED), 0, "牵头单位"))

LEFT = "未办结"


class LadderLine(NamedTuple):
    """A step as the workbook shows it: how it stands now in words, and which level comes next since when ('' for none)."""

    step: LadderStep
    stands: str
    next: str

"""How things stand in a period: what merging makes of all accepted answers and the views show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from toolkit.model.appeals import Appeal
from toolkit.model.coordination import Matter
from toolkit.model.decisions import NOTHING_DECIDED, Decided, Decision
from toolkit.model.evidence import EvidenceLine
from toolkit.model.findings import Finding
from toolkit.model.form import Form, LightRule
from toolkit.model.ladder import LadderStep
from toolkit.model.lower_source import LowerLine
from toolkit.model.master import Indicator, Master, Role, Task
from toolkit.model.milestones import Milestone
from toolkit.model.own_part import OwnPart
from toolkit.model.period import Period
from toolkit.model.received import Received
from toolkit.model.returns import Outcome, Row
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW, Rules
from toolkit.model.scoring import Scores
from toolkit.model.stages import Stage, known_stage
from toolkit.model.task_life import LifeState, TaskLife

_TENTH, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")
CUMULATIVE, GROWTH = "累计", "增速"  # 口径: what adds up over the year, and a rate that is held against its whole target
COMPARATORS = ("≥", "≤", "=", ">", "<", "<=", "＜", "不超过", "控制在", "以内")
AT_MOST = ("≤", "<", "<=", "＜", "不超过", "控制在", "以内")  # 比较: an upper limit; every other comparator is a lower one


class UnitRow(NamedTuple):
    """What one unit said of one row, and the archived original it stands in (path from the workspace, forward slashes)."""

    unit: str
    role: Role
    row: Row
    path: str


class Version(NamedTuple):
    """One return that a unit sent in the period: when, where it ended, its archived original, its rows, its errors; `counts` where it takes part."""

    unit: str
    name: str
    sent: datetime
    outcome: Outcome
    reason: str
    path: str
    rows: tuple[Row, ...]
    errors: int
    counts: bool


class Ruling(NamedTuple):
    """The office's own word on a task: a light that overrides, and why; `former` in words what it ruled when something else was reported."""

    light: str = ""
    note: str = ""
    former: str = ""


class Measured(NamedTuple):
    """What lights by days and by money are found from: when a row is due and was finished, its budget and what was spent of it, in the form's unit.

    `came` says whether anything was reported of it.
    """

    due: date | None = None
    ended: date | None = None
    budget: Decimal | None = None
    spent: Decimal | None = None
    came: bool = False

    @property
    def share(self) -> Decimal | None:
        """The percent of the budget that was spent, to a hundredth; None where either is unknown or the budget is nothing."""
        return (self.spent * 100 / self.budget).quantize(_HUNDREDTH, ROUND_HALF_UP) if self.budget and self.spent is not None else None


NOT_MEASURED = Measured()


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """One task's state: the lead's row is the task's own; supports stand beside it; `quarters` are cumulative percent, 0–100, None where unreported.

    `means` is the stage of its status where the word alone does not tell. `past_due` says that its own deadline has passed; `settled` in words that
    its status and progress are what the office ruled, '' where they are as reported.
    `closed` is the number under which it was closed (销号) before this round, which does not ask for it; '' for any other. `parts` are those that leads
    reported of a task in parts, by unit; {} for any other task.
    """

    task: Task
    lead: UnitRow | None
    others: tuple[UnitRow, ...]
    silent: tuple[str, ...]
    planned: Decimal
    status: str
    progress: Decimal | None
    quarters: tuple[Decimal | None, Decimal | None, Decimal | None, Decimal | None]
    overdue: bool = False
    ruling: Ruling = field(default_factory=Ruling)
    past_due: bool = False
    settled: str = ""
    closed: str = ""
    means: Stage | None = None
    measured: Measured = NOT_MEASURED
    parts: Mapping[str, OwnPart] = field(default_factory=dict)

    @property
    def stage(self) -> Stage | None:
        """How far its status says it is; None where none is known."""
        return self.means or known_stage(self.status)

    @property
    def gap(self) -> Decimal | None:
        """The points ahead of plan (negative: behind), to a hundredth; where no percent is named, one not begun is at 0, of any other it is None."""
        if self.progress is None and self.stage is not Stage.WAITING:
            return None
        return ((self.progress or Decimal(0)) - self.planned).quantize(_HUNDREDTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """One indicator's state: the lead's cumulative value, None where unreported; `settled` says in words that the office ruled it."""

    indicator: Indicator
    lead: str
    reached: Decimal | None
    source: UnitRow | None
    settled: str = ""

    @property
    def rate(self) -> Decimal | None:
        """The percent of the target that is done, to a tenth; None where it is not known."""
        if self.reached is None or not self.indicator.target:
            return None
        return (self.reached / self.indicator.target * 100).quantize(_TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class UnitStanding:
    """How one unit's return stands: its outcome (None: nothing came), when it was sent, versions, counts of findings, the archived original.

    `received` is when its first return that counts came to the office, by which it is `on_time` or not; `in_doubt` where only the file's own time says
    that it was. `due` is the day it had to come by, with the office's grace. `blank` where all that came is a form in which no cell was typed.
    """

    unit: str
    group: str
    outcome: Outcome | None
    sent: datetime | None
    on_time: bool
    versions: int
    errors: int
    reviews: int
    path: str = ""
    reason: str = ""
    file: int = 0
    received: datetime | None = None
    in_doubt: bool = False
    due: date | None = None
    blank: bool = False


class OtherFile(NamedTuple):
    """A file beside the units' own lines: of no unit ('' then), waiting, refused, or put aside by the office; its number in the ledger."""

    name: str
    unit: str
    outcome: Outcome
    reason: str
    path: str
    id: int = 0
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """Everything known of one period, ready to be assessed and shown; `versions` are all returns of known units, oldest first.

    `rulings` are all words of the office on it, oldest first; `received` is the list of every file that came, newest first;
    `evidence` are the claims without any and the pieces, a line for each task; `lower` the values that rest on words from below the units;
    `milestones` are those of the tasks in force, task by task.

    `lives` say how far each task is by its number, `matters` is the register of what is to be coordinated, both so far;
    `steps` are those that were taken on the ladder of supervision in this round.

    A year's round stands at its `newest` quarter, and `stages` are the rounds of its work plan and quarters; `outcomes` are its units' outcome scores
    (0–100) of each quarter as its own book has them, by unit and quarter, where the rules weigh quarters. `closed_rules` are those under which a stage
    was closed, None where it is open.
    `listed` names the list (清单) that it is the part of, '' for the whole.
    """

    period: Period
    form: Form
    master: Master
    due: date | None
    tasks: tuple[TaskStanding, ...]
    indicators: tuple[IndicatorStanding, ...]
    units: tuple[UnitStanding, ...]
    details: tuple[UnitRow, ...]
    findings: tuple[Finding, ...]
    files: Mapping[str, int]
    other_files: tuple[OtherFile, ...] = ()
    decided: Decided = NOTHING_DECIDED
    versions: tuple[Version, ...] = ()
    newest: Period | None = None
    rulings: tuple[Decision, ...] = ()
    stages: tuple["Round", ...] = ()
    received: tuple[Received, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    outcomes: Mapping[tuple[str, int], Decimal] = field(default_factory=dict)
    appeals: tuple[Appeal, ...] = ()
    lives: Mapping[str, TaskLife] = field(default_factory=dict)
    matters: tuple[Matter, ...] = ()
    steps: tuple[LadderStep, ...] = ()
    listed: str = ""
    lower: tuple[LowerLine, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    closed_rules: Rules | None = None

    def is_closed(self, number: str) -> bool:
        """Whether a task is closed (销号) by now, be it in this round or before."""
        return number in self.lives and self.lives[number].state is LifeState.CLOSED

    @property
    def label(self) -> str:
        """Name it for a reader: its period, and the list where it is the part of one list."""
        return f"{self.period.label}{self.listed}"

    @property
    def day(self) -> date:
        """The day that its milestones are judged on: the end of its (newest) quarter; of a work plan's round, when that was due."""
        if self.newest or self.period.is_part:
            return (self.newest or self.period).ends
        return self.due or self.period.begins

    @property
    def task_form(self) -> Form:
        """The form on which its tasks were reported: of a year that of its newest quarter."""
        return self.stages[-1].form if self.stages else self.form

    @property
    def is_scored(self) -> bool:
        """Whether units are assessed by it: its form says so and gives its rows lights."""
        return self.task_form.scored and self.task_form.light is not LightRule.NONE

    @property
    def as_of(self) -> date:
        """The day as of which rows are on time or late: the last one of the period."""
        return (self.newest or self.period).ends

    @property
    def schedule(self) -> Decimal:
        """Percent of the year gone (0–100): by the newest quarter of a year that has one."""
        return (self.newest or self.period).schedule


class Quarter(NamedTuple):
    """How a quarter of the year stood: its tasks and their lights in the order of the master list, its units, what they said."""

    period: Period
    tasks: tuple[TaskStanding, ...]
    lights: Mapping[str, str]
    units: tuple[UnitStanding, ...]
    details: tuple[UnitRow, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What assessment made of a round: lights by task number; in the order of the round's indicators whether each is reached (是, 否, 未报,
    按节点) and its yardstick: the percent of the target due by now, — for the whole target, or 按节点 where only the unit's plan can judge.
    """

    lights: Mapping[str, str]
    reached: tuple[str, ...]
    yardsticks: tuple[Decimal | str, ...] = ()
    scores: Scores = field(default_factory=Scores)

    def counted(self) -> dict[str, int]:
        """Count the tasks of each light, blue first and grey last; 0 where a light has none."""
        return {light: sum(value == light for value in self.lights.values()) for light in (BLUE, GREEN, YELLOW, RED, GREY)}

"""Scores as data: the parameters they are computed from, what a unit is judged on, what is taken off and added, what it gets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from toolkit.model.evidence import FALSE_POINTS, WANTED_POINTS
from toolkit.model.master import Role
from toolkit.model.own_part import OwnPart
from toolkit.model.period import Period
from toolkit.model.place import Place


class Parameter(NamedTuple):
    """One number of the rules; `code` is how formulas and code name it."""

    code: str
    name: str
    value: Decimal
    note: str


def _parameter(code: str, name: str, value: int, note: str) -> Parameter:
    return Parameter(code, name, Decimal(value), note)


QUARTER_WEIGHTS = {f"quarter_weight{quarter}": name for quarter, name in enumerate(("一季度", "二季度", "三季度", "四季度"), 1)}
# The parameters of the scores with the values that hold where 考核规则.xlsx says nothing else.
SCORING = (
    _parameter("outcome_weight", "结果分占总分（%）", 70, "总分 = 结果分 × 这个数 + 过程分 × 下一个数 + 加减分"),
    _parameter("process_weight", "过程分占总分（%）", 30, "与上一个数合计一般为 100"),
    _parameter("points_blue", "蓝灯得分", 100, "已完成的任务得多少分（结果分满分 100）"),
    _parameter("points_green", "绿灯得分", 90, "达进度或超进度的任务得多少分"),
    _parameter("points_yellow", "黄灯得分", 60, "欠进度的任务得多少分"),
    _parameter("points_red", "红灯得分", 20, "严重滞后的任务得多少分"),
    _parameter("points_grey", "灰灯得分", 0, "本单位没有报的任务得多少分"),
    _parameter("support_share", "责任单位的分量（%）", 50, "一项任务在责任单位身上的分量是牵头单位的百分之几"),
    _parameter("full_marks", "过程分的起点", 100, "从这个分数起扣，扣到 0 为止"),
    _parameter("late_points", "迟报扣分", 3, "第一次有效报送晚于截止日期，扣过程分"),
    _parameter("missing_points", "未报扣分", 30, "汇总时没有收到有效的报送，扣过程分"),
    _parameter("unreported_points", "漏报扣分", 3, "报了表、但有任务一个字没填，每项扣过程分"),
    _parameter("error_points", "填报错误扣分", 1, "现用的表里每一处错误，扣过程分"),
    _parameter("sent_back_points", "退回扣分", 5, "有错误或不予接收、要改了再报的表，每份扣过程分"),
    _parameter("overdue_points", "超期扣分", 5, "牵头的任务过了完成时限没有完成，每项扣过程分"),
    _parameter("bonus_cap", "加分上限", 5, "“加减分”表里的加分合计最多算多少；减分不封顶"),
    _parameter("total_cap", "总分上限", 100, "总分最高算多少，最低 0"),
    _parameter("excellent_share", "优秀比例（%）", 15, "每类单位中优秀最多占百分之几，不足一家的舍去"),
    _parameter("good_share", "良好比例（%）", 20, "每类单位中良好最多占百分之几，不足一家的舍去"),
    _parameter("pass_mark", "合格分数线", 60, "总分低于这个数为不合格"),
    _parameter("tie_up", "并列都进", 0, "名额边上并列的：0 都归下一等（不超名额），1 都归上一等（可能超名额）"),
    _parameter(FALSE_POINTS, "佐证不符扣分", 0, "佐证材料核验为“不符”的，每份扣过程分；0 就是不扣"),
    _parameter(WANTED_POINTS, "佐证待补扣分", 0, "佐证材料核验为“待补”的，每份扣过程分；0 就是不扣"),
    *(
        _parameter(code, f"{name}占全年（%）", 0, "全年的结果分、过程分按四个季度加权，四个数合计 100；都是 0 就按年末的算")
        for code, name in QUARTER_WEIGHTS.items()
    ),
)
LATER = tuple(  # which closings of older programs do not know
    parameter for parameter in SCORING if parameter.code in {FALSE_POINTS, WANTED_POINTS, *QUARTER_WEIGHTS}
)
EXCELLENT, GOOD, PASSED, FAILED = "优秀", "良好", "合格", "不合格"


class Weight(NamedTuple):
    """How much a task counts, one row of sheet 任务权重 of the rules."""

    number: str
    weight: Decimal
    place: Place


class ScoreAdjustment(NamedTuple):
    """Points that the office gives (above 0) or takes (below 0), one row of sheet 加减分 of the rules; it counts in the period of its day."""

    unit: str
    points: Decimal
    reason: str
    day: date
    evidence: str
    place: Place


class Duty(NamedTuple):
    """A unit's part in a task: whether the unit reported it, the task's light, the light the part is judged by.

    `share` is the task's weight times the role's; `points` are those of the light. `part` is the unit's own part of a task in parts, by which it is judged
    in the place of the whole task.
    """

    unit: str
    number: str
    role: Role
    reported: bool
    task_light: str
    light: str
    share: Decimal
    points: Decimal
    part: OwnPart | None = None
    is_past_due: bool = False


class Deduction(NamedTuple):
    """Points off or on: which unit, for what, on which task, when, on what evidence, from which file and cell.

    `code` names the parameter that is taken off; it is empty where the office typed the points. `period` is the round it was taken off in ('': typed).
    `mark` (扣分号) tells it from others of the unit; `returned` are points that an appeal gave back, already in `points`, and `ruled` says so in words.
    `is_closed` says that its round is closed: the points are those of that closing, whatever the parameter is by now.
    """

    unit: str
    item: str
    number: str
    points: Decimal
    day: date | None
    evidence: str
    code: str = ""
    path: str = ""
    place: Place = Place()
    period: str = ""
    mark: str = ""
    returned: Decimal = Decimal(0)
    ruled: str = ""
    is_closed: bool = False

    @property
    def taken(self) -> Decimal:
        """The points before any came back."""
        return self.points - self.returned

    @property
    def grounds(self) -> str:
        """The evidence, and in words what came back after an appeal."""
        return f"{self.evidence}（{self.ruled}）" if self.returned else self.evidence


class ClassQuota(NamedTuple):
    """The places of a class: how many units are ranked, how many may be 优秀 and 良好, how many places 优秀 takes."""

    units: int
    excellent: int
    good: int
    taken: int


class YearParts(NamedTuple):
    """What a year's scores of a unit are weighed from: its outcome of each quarter (None: it had no part in any task), whether it owed a return in each.

    `full` are the full marks by which the process of each closed quarter was counted (None: the year's own).
    """

    outcomes: tuple[Decimal | None, ...]
    owed: tuple[bool, ...]
    full: tuple[Decimal | None, ...] = (None, None, None, None)

    def weighs_outcome(self, weights: Sequence[Decimal]) -> bool:
        """Whether a quarter that has an outcome has any weight."""
        return any(weight for weight, outcome in zip(weights, self.outcomes, strict=True) if outcome is not None)

    def weighs_process(self, weights: Sequence[Decimal]) -> bool:
        """Whether a quarter in which a return was owed has any weight."""
        return any(weight for weight, owed in zip(weights, self.owed, strict=True) if owed)


def cents(value: Decimal) -> Decimal:
    """Round points to two decimals, halves away from zero (Excel's ROUND)."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)


def taken_in(off: Iterable[Deduction], period: Period) -> Decimal:
    """Sum up what the rules took off a unit in one round (0 or below)."""
    return sum((row.points for row in off if row.code and row.period == str(period)), Decimal(0))


def lefts_in(off: Sequence[Deduction], year: Period, parts: YearParts | None, full: Decimal) -> list[Decimal]:
    """Give what is left of a unit's full marks of process in each quarter of a year, 0 at least; `full` are those of quarters that are not closed."""
    marks = parts.full if parts else (None,) * 4
    return [max(Decimal(0), (full if own is None else own) + taken_in(off, quarter)) for quarter, own in zip(year.quarters(), marks, strict=True)]


class Veto(NamedTuple):
    """What is held against a unit in a year: in words, its effect (one of EFFECTS), when, on what grounds, the cell of the rules.

    `counted` names the deductions, or 红灯, whose `number` makes it hold from `least` on; '' for a row that the office typed.
    """

    unit: str
    what: str
    effect: str
    day: date | None
    evidence: str
    place: Place
    counted: str = ""
    least: int = 0
    number: int = 0

    @property
    def holds(self) -> bool:
        """Whether it has its effect: what the office typed does, what is counted from its number on."""
        return not self.counted or self.number >= self.least


@dataclass(frozen=True, slots=True)
class UnitScore:
    """What one unit gets; `counts` are its parts by light; scores have two decimals.

    `cap` is the effect of a veto ('': none), `award` its rank among those that no veto holds down (0: it is held down).
    """

    unit: str
    group: str
    leads: int
    supports: int
    counts: Mapping[str, int]
    outcome: Decimal
    process: Decimal
    bonus: Decimal
    total: Decimal
    rank: int = 0
    grade: str = ""
    cap: str = ""
    award: int = 0


@dataclass(frozen=True, slots=True)
class Scores:
    """All scores: units by class and rank; duties and deductions in the same order of units; task weights by number; places by class.

    Of a year: `quarters` are what its units' quarters bring, by unit (none where quarters have no weight), `vetoes` what was held against units, by unit.
    """

    units: tuple[UnitScore, ...] = ()
    duties: tuple[Duty, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    seats: Mapping[str, ClassQuota] = field(default_factory=dict)
    quarters: Mapping[str, YearParts] = field(default_factory=dict)
    vetoes: tuple[Veto, ...] = ()

"""The assessment rules of templates/考核规则.xlsx: parameters, lights, how each check runs, what is exempted, weights and points given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.findings import Code
from toolkit.model.form import LightRule
from toolkit.model.ladder import USUAL, Rung
from toolkit.model.scoring import LATER, QUARTER_WEIGHTS, Parameter, ScoreAdjustment, Weight
from toolkit.model.veto_rules import VetoCondition, VetoEvent

BLUE, GREEN, YELLOW, RED, GREY = "蓝", "绿", "黄", "红", "灰"

# Thresholds of the checks and deadlines of papers where 参数 says nothing; the lights' own have no stand-in.
SAME_TEXT, MAGNITUDE, PROMISE, STILL = "same_text", "magnitude", "promise", "still_quarters"
DUE_SOON = "due_soon_days"  # days before a row is due from which its light is yellow
ANSWER_DAYS = "supervision_days"  # working days to answer a letter of supervision
TWO_PERSONS = "close_by_two"  # whether closing a period takes a second person: 0 or 1
SOON, LATER_ON, SLIP_DAYS = "node_soon", "node_later", "node_slip"  # milestones due in how many days; how many days late may pass without a word
APPEAL_DAYS = "appeal_days"  # working days to appeal against a scorecard
TIE_ORDER = "tie_order"  # 0: equal totals share a rank; 1: the outcome decides, then the process
QUOTA_ROUNDING = "quota_rounding"  # a class's places: 0 down, 1 to the nearest, 2 up
BEYOND = "beyond_target"
DISAGREES = "待核"  # 处理 of a line of 预判对照: what is said beside such a light is asked about
CHECKED: Mapping[str, Decimal] = {
    SAME_TEXT: Decimal(95),
    MAGNITUDE: Decimal(1000),
    BEYOND: Decimal(10),
    PROMISE: Decimal(15),
    STILL: Decimal(2),
    ANSWER_DAYS: Decimal(5),
    DUE_SOON: Decimal(10),
    TWO_PERSONS: Decimal(0),
    SOON: Decimal(30),
    LATER_ON: Decimal(60),
    SLIP_DAYS: Decimal(10),
    APPEAL_DAYS: Decimal(10),
    TIE_ORDER: Decimal(0),
    QUOTA_ROUNDING: Decimal(0),
}
# What parameters count in: percent (points), so that a cell with a percent format is understood, and whole numbers.
PERCENTS = frozenset(
    ("yellow_gap", "red_gap", SAME_TEXT, PROMISE, "outcome_weight", "process_weight", "support_share", "excellent_share", "good_share", *QUARTER_WEIGHTS),
)
WHOLE_NUMBERS = frozenset(
    (STILL, ANSWER_DAYS, DUE_SOON, "tie_up", TWO_PERSONS, SOON, LATER_ON, SLIP_DAYS, APPEAL_DAYS, TIE_ORDER, QUOTA_ROUNDING)
)


_BY_DAY = {GREEN: "未到期", YELLOW: "临近到期", RED: "已过期"}


class Light(NamedTuple):
    """A light: its one-character name, what it means, the symbol beside it (colour is never the only sign), its look, its RRGGBB in charts."""

    name: str
    meaning: str
    symbol: str
    look: CellStyle
    strong: str = ""

    def words(self, rule: LightRule) -> str:
        """Say what it means by a rule: by days its own words, else the beginning of its meaning."""
        by_day = _BY_DAY.get(self.name) if rule is LightRule.DAY else None
        return by_day or self.meaning.partition("，")[0]


class Mode(StrEnum):
    """How a check runs: it counts, it is shown and does not count, it is left out."""

    ON = "启用"
    TRIAL = "试行"
    OFF = "停用"


# How a check runs where the sheet 检查 has no line for it: these may accuse wrongly, or ask for what an office does on paper.
_CAUTIOUS = {Code.PROMISE_DROPPED: Mode.TRIAL, Code.UNSIGNED: Mode.OFF}


CAN, AT_RISK, CANNOT = FORECASTS = ("能完成", "有风险", "不能")  # 年底预判, best first; an office may have words of its own
_CONTRARY = ((RED, CAN), (GREY, CAN), (GREEN, CANNOT), (BLUE, CANNOT), (BLUE, AT_RISK))  # what disagrees where 考核规则 says nothing


class ForecastRule(NamedTuple):
    """One row of sheet 预判对照: a light, what the unit foresees, whether that is asked about."""

    light: str
    forecast: str
    asked: bool


class Exemption(NamedTuple):
    """A finding that does not count for a unit, on one task (`number`) or on all (''), up to and including a day."""

    unit: str
    code: Code
    number: str
    reason: str
    until: date


@dataclass(frozen=True, slots=True)
class Rules:
    """Parameters by code (yellow_gap, red_gap …), lights in the order blue, green, yellow, red, grey, the workbook's looks, the ladder of supervision."""

    parameters: tuple[Parameter, ...]
    lights: tuple[Light, ...]
    looks: Mapping[str, CellStyle]
    modes: Mapping[Code, Mode] = field(default_factory=dict)
    exemptions: tuple[Exemption, ...] = ()
    weights: tuple[Weight, ...] = ()
    merits: tuple[ScoreAdjustment, ...] = ()
    vetoes: tuple[VetoEvent, ...] = ()
    veto_conditions: tuple[VetoCondition, ...] = ()
    forecasts: tuple[ForecastRule, ...] = tuple(ForecastRule(light, forecast, asked=True) for light, forecast in _CONTRARY)
    ladder: tuple[Rung, ...] = USUAL

    def disagree(self, light: str, forecast: str) -> bool:
        """Whether a light and what the unit foresees for the end of the year contradict each other."""
        return ForecastRule(light, forecast, asked=True) in self.forecasts

    def value(self, code: str) -> Decimal:
        """Give a parameter's value, of one that rules frozen by an older program do not have its default; raises KeyError for an unknown code."""
        for parameter in (*self.parameters, *LATER):
            if parameter.code == code:
                return parameter.value
        return CHECKED[code]

    def mode(self, code: Code) -> Mode:
        """Say how a check runs: as sheet 检查 says; without a line there it is on, but for PROMISE_DROPPED (on trial) and UNSIGNED (off)."""
        return self.modes.get(code, _CAUTIOUS.get(code, Mode.ON))

    @property
    def live(self) -> tuple[Parameter, ...]:
        """The parameters that formulas of the consolidated workbook read; the checks' act when files are taken in, the papers' when they are written."""
        return tuple(parameter for parameter in self.parameters if parameter.code not in CHECKED)

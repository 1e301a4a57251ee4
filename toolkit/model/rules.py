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
from toolkit.model.scoring import LATER, Parameter, ScoreAdjustment, Weight

BLUE, GREEN, YELLOW, RED, GREY = "蓝", "绿", "黄", "红", "灰"

# Thresholds of the checks and deadlines of papers where 参数 says nothing; the lights' own have no stand-in.
SAME_TEXT, MAGNITUDE, PROMISE, STILL = "same_text", "magnitude", "promise", "still_quarters"
DUE_SOON = "due_soon_days"  # days before a row is due from which its light is yellow
ANSWER_DAYS = "supervision_days"  # working days to answer a letter of supervision
TWO_PERSONS = "close_by_two"  # whether closing a period takes a second person: 0 or 1
BEYOND = "beyond_target"
CHECKED: Mapping[str, Decimal] = {
    SAME_TEXT: Decimal(95),
    MAGNITUDE: Decimal(1000),
    BEYOND: Decimal(10),
    PROMISE: Decimal(15),
    STILL: Decimal(2),
    ANSWER_DAYS: Decimal(5),
    DUE_SOON: Decimal(10),
    TWO_PERSONS: Decimal(0),
}
# What parameters count in: percent (points), so that a cell with a percent format is understood, and whole numbers.
PERCENTS = frozenset(
    ("yellow_gap", "red_gap", SAME_TEXT, PROMISE, "outcome_weight", "process_weight", "support_share", "excellent_share", "good_share"),
)
WHOLE_NUMBERS = frozenset((STILL, ANSWER_DAYS, DUE_SOON, "tie_up", TWO_PERSONS))


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
    ladder: tuple[Rung, ...] = USUAL

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

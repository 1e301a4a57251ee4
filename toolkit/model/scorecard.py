"""A unit's scorecard as data: what it got, by what, and how that was over the quarters; nothing of other units but their number and median."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.closing import Correction
from toolkit.model.period import Period
from toolkit.model.scoring import Deduction, Duty, UnitScore, YearParts

FOLDER = "成绩"  # below outbox/PERIOD
CARD, FORM, ANSWER = "成绩单", "申诉表", "申诉答复"


class TrendPoint(NamedTuple):
    """How a unit stood in one round: its label, scores (0–100), rank, and of how many in its class."""

    label: str
    outcome: Decimal
    process: Decimal
    total: Decimal
    rank: int
    units: int


@dataclass(frozen=True, slots=True)
class Scorecard:
    """All that stands on one unit's scorecard; `state` says whether it is a draft or which 稿, `median` is its class's (two decimals).

    `texts` are the tasks' by number; `quarters` what a year is weighed from (None: it is not), `last_day` until when it may appeal, in words ('': it may not).
    """

    unit: str
    period: Period
    state: str
    score: UnitScore
    units: int
    median: Decimal
    duties: tuple[Duty, ...]
    deductions: tuple[Deduction, ...]
    texts: Mapping[str, str]
    trend: tuple[TrendPoint, ...] = ()
    corrections: tuple[Correction, ...] = ()
    vetoes: tuple[str, ...] = ()
    quarters: YearParts | None = None
    appeal: str = ""
    is_draft: bool = False

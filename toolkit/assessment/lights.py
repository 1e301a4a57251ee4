"""The light of a task: how far it is behind its plan, in percentage points, against the thresholds of the rules."""

from decimal import ROUND_HALF_UP, Decimal

from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW, Rules
from toolkit.model.stages import Stage
from toolkit.model.standing import TaskStanding

_HUNDREDTH = Decimal("0.01")


def light(standing: TaskStanding, rules: Rules) -> str:
    """Give a task's light; the office's ruling overrides what follows from the numbers.

    The sheet 任务进展 computes the same from its cells, and a test holds the two together.
    """
    if standing.ruling.light:
        return standing.ruling.light
    if standing.stage is Stage.FINISHED:
        return BLUE
    behind = points_behind(standing)
    if standing.overdue and (standing.status or behind is not None):
        return RED
    return GREY if behind is None else _by_gap(behind, rules)  # grey too when begun but nobody said how far


def points_behind(standing: TaskStanding) -> Decimal | None:
    """Count the points between plan and progress, to a hundredth (negative: ahead); not started without a number is 0 done; None where unknown."""
    progress = standing.progress
    if progress is None and standing.stage is Stage.WAITING:
        progress = Decimal(0)
    return None if progress is None else (standing.planned - progress).quantize(_HUNDREDTH, ROUND_HALF_UP)


def _by_gap(behind: Decimal, rules: Rules) -> str:
    if behind > rules.value("red_gap"):
        return RED
    return YELLOW if behind >= rules.value("yellow_gap") else GREEN

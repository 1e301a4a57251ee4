"""The light of a task: how far it is behind its plan, its day or its budget, against the thresholds of the rules."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from toolkit.model.form import LightRule
from toolkit.model.rules import BLUE, DUE_SOON, GREEN, GREY, RED, YELLOW, Rules
from toolkit.model.stages import Stage
from toolkit.model.standing import TaskStanding

_HUNDREDTH = Decimal("0.01")
_FULL = Decimal(100)


def light(standing: TaskStanding, rules: Rules, rule: LightRule = LightRule.PROGRESS, as_of: date = date.max) -> str:
    """Give a task's light by its form's rule as of a day; the office's ruling overrides what follows from the numbers.

    The consolidated workbook's sheet of tasks computes the same from its cells, and a test holds the two together. By days and by money grey
    means that nothing came, and what cannot be judged is yellow. Without a rule a light says only whether something came or is finished.
    """
    if standing.ruling.light:
        return standing.ruling.light
    if standing.stage is Stage.FINISHED:
        return BLUE
    if rule is LightRule.PROGRESS:
        return _by_progress(standing, rules)
    if not standing.measured.came:
        return GREY
    if rule is LightRule.DAY:
        return _by_day(standing, rules, as_of)
    return _by_amount(standing, rules) if rule is LightRule.AMOUNT else GREEN


def _by_progress(standing: TaskStanding, rules: Rules) -> str:
    behind = points_behind(standing)
    if standing.overdue and (standing.status or behind is not None):
        return RED
    return GREY if behind is None else _by_gap(behind, rules)  # grey too when begun but nobody said how far


def _by_day(standing: TaskStanding, rules: Rules, as_of: date) -> str:
    due, ended = standing.measured.due, standing.measured.ended
    if ended is not None and not standing.status:
        return BLUE
    if due is None:
        return GREEN
    left = (due - as_of).days
    return RED if left < 0 else YELLOW if left <= rules.value(DUE_SOON) else GREEN


def _by_amount(standing: TaskStanding, rules: Rules) -> str:
    share = standing.measured.share
    if share is None:
        return YELLOW
    return BLUE if share >= _FULL else _by_gap((standing.planned - share).quantize(_HUNDREDTH, ROUND_HALF_UP), rules)


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

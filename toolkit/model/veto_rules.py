"""一票否决 in the rules: events that the office types, and numbers of faults from which a unit's grade of the year is held down."""

from datetime import date
from typing import NamedTuple

from toolkit.model.place import Place
from toolkit.model.scoring import FAILED, GOOD, PASSED

AT_MOST_GOOD, AT_MOST_PASSED, IS_FAILED = "不高于良好", "不高于合格", "不合格"
EFFECTS = {AT_MOST_GOOD: GOOD, AT_MOST_PASSED: PASSED, IS_FAILED: FAILED}  # effect → the best grade that it leaves, the mildest first
RED_TASKS = "红灯"
COUNTED = ("未报", "迟报", "漏报", "超期", "退回", "错误", "佐证不符", "佐证待补", RED_TASKS)  # deductions by item; tasks led with a red light


class VetoEvent(NamedTuple):
    """One row of sheet 一票否决: a unit by any of its names, what happened, the effect, the day (it counts in its year), grounds."""

    unit: str
    what: str
    effect: str
    day: date
    evidence: str
    place: Place


class VetoCondition(NamedTuple):
    """One row of sheet 否决条件: what is counted over the year, from which number on, with which effect."""

    counted: str
    least: int
    effect: str
    note: str
    place: Place


def strictest(effects: tuple[str, ...]) -> str:
    """Give the strictest of some effects, '' for none."""
    order = tuple(EFFECTS)
    return max(effects, key=order.index, default="")

"""Whether a quantified target is where it should be by now, by its measure."""

from decimal import Decimal

from toolkit.model.master import Indicator
from toolkit.model.standing import AT_MOST, CUMULATIVE, GROWTH

REACHED, MISSED, UNREPORTED, BY_PLAN, WHOLE = "是", "否", "未报", "按节点", "—"


def yardstick(indicator: Indicator, schedule: Decimal) -> Decimal | str:
    """Say what an indicator is held against when so many percent of the year are gone.

    A cumulative quantity owes the same percent of its target; a growth rate and an upper limit owe the whole target at any time; ratios,
    stocks and projects owe it at the year's end, and before that only the unit's own plan nodes can tell.
    """
    if indicator.comparator in AT_MOST or indicator.measure == GROWTH:
        return WHOLE
    if indicator.measure == CUMULATIVE:
        return schedule
    return BY_PLAN if schedule < 100 else WHOLE


def reached(indicator: Indicator, value: Decimal | None, mark: Decimal | str) -> str:
    """Judge a reported value against its yardstick: 是, 否, 未报, or 按节点 for one that is still under way."""
    if value is None:
        return UNREPORTED
    if indicator.comparator in AT_MOST:
        return REACHED if value <= indicator.target else MISSED
    due = indicator.target * mark / 100 if isinstance(mark, Decimal) else indicator.target
    if value >= due:
        return REACHED
    return BY_PLAN if mark == BY_PLAN else MISSED

"""Checks of a reported indicator against what it can be: what its unit counts, the bounds that the office set, its target."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.check_context import CheckContext
from toolkit.model.column_kinds import show_number
from toolkit.model.findings import Code, Finding
from toolkit.model.form import REACHED, Table
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Indicator
from toolkit.model.numerals import is_counted, unit_of
from toolkit.model.returns import Answer, Row
from toolkit.model.rules import BEYOND, MAGNITUDE, Rules
from toolkit.model.standing import GROWTH

_MAY_FALL = lazy_pattern(r"增长|增速|增幅|增量|净增|下降|降低|降幅|变化|同比|环比|差额|盈亏|利润|涨幅")
_SHARES = lazy_pattern(
    r"占比|比例|比重|满意度|(?:覆盖|合格|达标|普及|成活|优良|及格|参保|入园|入学|录取|签约|普惠|公开|受理|抽检|接通|知晓|满意|回收|处置|绿化|森林覆盖|就业|受教育)率"
)


class _Reported(NamedTuple):
    """A reported value with its place, and the indicator that it is for."""

    answer: Answer
    value: Decimal
    indicator: Indicator

    @property
    def facts(self) -> dict[str, str]:
        return {"seen": show_number(self.value), "unit": self.indicator.unit}


def counts_are_whole(reported: _Reported, _: Rules) -> Iterator[tuple[Code, dict[str, str]]]:
    """What is counted one by one (户, 家, 个: by its unit of measure) is a whole number (NOT_COUNTED)."""
    if is_counted(reported.indicator.unit) and reported.value != reported.value.to_integral_value():
        yield Code.NOT_COUNTED, reported.facts


def values_are_not_negative(reported: _Reported, _: Rules) -> Iterator[tuple[Code, dict[str, str]]]:
    """Only what can fall (a growth rate, what the office gave a negative bound or target) is below zero."""
    indicator = reported.indicator
    if reported.value >= 0 or indicator.target < 0 or indicator.low is not None:
        return
    falls = indicator.measure == GROWTH or (unit_of(indicator.unit) == (0, "%") and _MAY_FALL.search(indicator.name))
    if not falls:
        yield Code.NEGATIVE, reported.facts


def values_are_within_bounds(reported: _Reported, _: Rules) -> Iterator[tuple[Code, dict[str, str]]]:
    """A value lies within the bounds that the office set for the indicator."""
    low, high = reported.indicator.low, reported.indicator.high
    if low is not None and reported.value < low:
        yield Code.BELOW_BOUND, reported.facts | {"bound": show_number(low)}
    if high is not None and reported.value > high:
        yield Code.ABOVE_BOUND, reported.facts | {"bound": show_number(high)}


def values_are_near_their_targets(reported: _Reported, rules: Rules) -> Iterator[tuple[Code, dict[str, str]]]:
    """Where no upper bound is set, a value is not many times its target; one out of all proportion is the round's to name."""
    target, times = reported.indicator.target, rules.value(BEYOND)
    if reported.indicator.high is None and target > 0 and times > 0 and target * times < reported.value < target * rules.value(MAGNITUDE):
        yield Code.FAR_BEYOND, reported.facts | {"target": show_number(target), "times": show_number(times)}


def shares_are_within_the_whole(reported: _Reported, _: Rules) -> Iterator[tuple[Code, dict[str, str]]]:
    """A share (占比, 覆盖率 … in %) is at most 100 per cent, unless its name speaks of growth or its target has an upper end (OVER_WHOLE)."""
    indicator = reported.indicator
    share = unit_of(indicator.unit) == (0, "%") and _SHARES.search(indicator.name) and not _MAY_FALL.search(indicator.name)
    if share and indicator.high is None and reported.value > 100:
        yield Code.OVER_WHOLE, reported.facts


INDICATOR_CHECKS = (counts_are_whole, values_are_not_negative, values_are_within_bounds, values_are_near_their_targets, shares_are_within_the_whole)


def check_indicator_row(row: Row, table: Table, context: CheckContext) -> Iterator[Finding]:
    """Run every check of a reported value on the row of an indicator that the master list still knows."""
    answer, field = row.answers.get(REACHED), table.field(REACHED)
    indicator = next((target for target in context.master.targets(row.number) if f"{target.number}|{target.name}" == row.key), None)
    if answer is None or field is None or indicator is None or not isinstance(answer.value, Decimal):
        return
    for check in INDICATOR_CHECKS:
        for code, facts in check(_Reported(answer, answer.value, indicator), context.rules):
            yield Finding(code, answer.place, facts, title=field.title)

"""Reported indicators against what they can be: counts, bounds, targets, shares."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.checks.drawn import FORM, MASTER, context
from toolkit.checks.check_return import check_return
from toolkit.model.form import REACHED
from toolkit.model.master import Indicator, Role
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Row

HOUSEHOLDS = Indicator("任务1", "净增市场主体", "≥", Decimal(6000), "户", "累计")
MONEY = Indicator("任务1", "固定资产投资", "≥", Decimal(60), "亿元", "累计")
THOUSANDS = Indicator("任务1", "新增就业", "≥", Decimal("1.2"), "万人", "累计")
GROWTH = Indicator("任务1", "生产总值增长", "≥", Decimal(7), "%", "增速")
SHARE = Indicator("任务1", "公办园在园幼儿占比", "≥", Decimal(50), "%", "比率")
COVERED = Indicator("任务1", "垃圾分类覆盖率", "≥", Decimal(95), "%", "比率")
FALL = Indicator("任务1", "能耗变化", "≤", Decimal(-3), "%", "增速")
PLANS = Indicator("任务1", "计划执行率", "≥", Decimal(95), "%", "比率")


def found(indicator: Indicator, value: str) -> list[tuple[str, str]]:
    """Give code and cell of what the checks find in one reported value."""
    sheet = next(table.sheet for table in FORM.tables if table.field(REACHED))
    place = Place("甲局.xlsx", sheet, "G5")
    row = Row(sheet, f"任务1|{indicator.name}", "任务1", Role.LEAD, {REACHED: Answer(Decimal(value), value, place)}, place)
    around = replace(context(), master=replace(MASTER, indicators=(indicator,)))
    return [(one.code.name, one.place.cell) for one in check_return((row,), {}, FORM, around)]


@pytest.mark.parametrize(
    ("indicator", "value", "codes"),
    [
        (HOUSEHOLDS, "3200", []),
        (HOUSEHOLDS, "0", []),
        (HOUSEHOLDS, "3200.5", ["NOT_COUNTED"]),
        (HOUSEHOLDS, "-3", ["NEGATIVE"]),
        (HOUSEHOLDS, "-0.5", ["NOT_COUNTED", "NEGATIVE"]),
        (HOUSEHOLDS, "60000", []),
        (HOUSEHOLDS, "60001", ["FAR_BEYOND"]),
        (HOUSEHOLDS, "6000000", []),  # a thousandfold is Q03's, found across the round
        (THOUSANDS, "0.35", []),
        (MONEY, "12.345", []),
        (MONEY, "-1", ["NEGATIVE"]),
        (MONEY, "700", ["FAR_BEYOND"]),
        (GROWTH, "-2.5", []),
        (GROWTH, "71", ["FAR_BEYOND"]),
        (FALL, "-4.2", []),
        (FALL, "1", []),
        (SHARE, "100", []),
        (SHARE, "101", ["OVER_WHOLE"]),
        (SHARE, "-1", ["NEGATIVE"]),
        (COVERED, "120", ["OVER_WHOLE"]),
        (PLANS, "102", []),
        (replace(HOUSEHOLDS, low=Decimal(100)), "99", ["BELOW_BOUND"]),
        (replace(HOUSEHOLDS, low=Decimal(-100)), "-50", []),
        (replace(HOUSEHOLDS, high=Decimal(8000)), "8001", ["ABOVE_BOUND"]),
        (replace(HOUSEHOLDS, high=Decimal(100000)), "90000", []),
        (replace(SHARE, high=Decimal(150)), "120", []),
    ],
)
def test_a_reported_value_that_can_hardly_be_is_asked_about(indicator: Indicator, value: str, codes: list[str]) -> None:
    """Half a household, a negative count, a value outside the office's bounds or ten times the target, a share above the whole are 待核 at their cell."""
    assert [(code, "G5") for code in codes] == found(indicator, value)


def test_an_indicator_that_the_master_list_no_longer_has_is_not_judged() -> None:
    """A row of an older list, whose indicator has gone, raises nothing."""
    place = Place("甲局.xlsx", "指标进展", "G5")
    row = Row("指标进展", "任务1|没有的指标", "任务1", Role.LEAD, {REACHED: Answer(Decimal(-3), "-3", place)}, place)

    assert [] == list(check_return((row,), {}, FORM, context()))

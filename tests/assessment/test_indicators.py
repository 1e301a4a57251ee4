"""Whether an indicator is where it should be."""

from decimal import Decimal

import pytest

from tests.views.rounds import make_indicator, make_round, shipped_rules, with_quarter
from toolkit.assessment.assess import assess


def judged(name: str, value: str | None, quarter: int, **kind: str) -> tuple[str, Decimal | str]:
    """Judge one indicator with the target 100; gives 是否达标 and its yardstick."""
    state = with_quarter(make_round(indicators=[make_indicator(name, "100", value, **kind)]), quarter)
    assessment = assess(state, shipped_rules())
    return assessment.reached[0], assessment.yardsticks[0]


@pytest.mark.parametrize(
    ("value", "quarter", "reached"), [("25", 1, "是"), ("24.99", 1, "否"), ("50", 2, "是"), ("74", 3, "否"), ("99", 4, "否"), ("100", 4, "是")]
)
def test_a_cumulative_quantity_owes_its_share_of_the_year(value: str, quarter: int, reached: str) -> None:
    """A quantity that adds up is held against the part of its target that the year has used up."""
    assert (reached, Decimal(25 * quarter)) == judged("新增企业", value, quarter)


@pytest.mark.parametrize(("value", "reached"), [("100", "是"), ("99", "否")])
def test_a_growth_rate_owes_its_whole_target_at_any_time(value: str, reached: str) -> None:
    """A growth rate is compared with the whole target already in the first quarter."""
    assert (reached, "—") == judged("增速", value, 1, measure="增速")


@pytest.mark.parametrize("comparator", ["≤", "不超过"])
@pytest.mark.parametrize(("value", "reached"), [("100", "是"), ("0", "是"), ("101", "否")])
def test_an_upper_limit_is_kept_or_broken_at_any_time(comparator: str, value: str, reached: str) -> None:
    """What may not be exceeded is reached as long as it is not exceeded, whatever its measure."""
    assert (reached, "—") == judged("能耗", value, 1, comparator=comparator, measure="累计")


@pytest.mark.parametrize("measure", ["比率", "存量", "项目", ""])
def test_ratios_stocks_and_projects_wait_for_the_years_end(measure: str) -> None:
    """Before the year's end only the unit's plan nodes can tell what is missing; what has the whole target is reached early."""
    assert ("按节点", "按节点") == judged("占比", "99", 3, measure=measure)
    assert ("是", "按节点") == judged("占比", "100", 3, measure=measure)
    assert ("否", "—") == judged("占比", "99", 4, measure=measure)


def test_silence_is_not_a_miss() -> None:
    """An indicator without a value is 未报, not 否."""
    assert ("未报", Decimal(25)) == judged("新增企业", None, 1)

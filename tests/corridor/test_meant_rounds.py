"""The round that a clerk means: by how it lies to today, in whatever words; and what is offered where none or several fit."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.small import MASTER, small_workspace
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.period_lookup import period_meant, periods_meant
from toolkit.model.command_error import CommandError
from toolkit.model.master import Deadline

FORM = "季度进展"
KEYS = ("2022W52", "2023W01", "2023W02", "2022M12", "2023M01", "2022Q4", "2023Q1", "2023Q2")


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """Make a workspace with rounds around a turn of the year."""
    rounds = (*((key, FORM) for key in KEYS), ("2023Q1_预算执行", "预算执行"))
    calendar = tuple(Deadline(key, form, date(2023, 1, 1), date(2023, 3, 30)) for key, form in rounds)
    return small_workspace(tmp_path, replace(MASTER, calendar=calendar))


@pytest.mark.parametrize(
    ("today", "typed", "meant"),
    [
        (date(2023, 1, 4), "上周", "2022W52"),
        (date(2023, 1, 4), "本周", "2023W01"),
        (date(2023, 1, 4), "下周", "2023W02"),
        (date(2023, 1, 1), "本周", "2022W52"),
        (date(2022, 12, 30), "下周", "2023W01"),
        (date(2023, 1, 31), "上个月", "2022M12"),
        (date(2022, 12, 31), "下月", "2023M01"),
        (date(2023, 1, 31), "上季度", "2022Q4"),
        (date(2022, 10, 1), "下一季度/季度进展", "2023Q1"),
        (date(2023, 5, 1), "一季度预算执行", "2023Q1_预算执行"),
        (date(2023, 5, 1), "２０２３年第二季度", "2023Q2"),
    ],
)
def test_a_round_is_known_by_how_it_lies_to_today(space: Workspace, today: date, typed: str, meant: str) -> None:
    """
    上周, 本月, 下一季度 and the like are the rounds before, around and after today, also over a turn of the year.
    """
    with held(today):
        assert [meant] == [str(period) for period in periods_meant(space, typed)]


def test_what_fits_no_round_is_answered_with_the_near_ones(space: Workspace) -> None:
    """
    Words that fit no round of the calendar, and a form that a span has not, are refused, and what is near is offered.
    """
    said = []
    for typed in ("三季度", "一季度/安全检查"):
        with pytest.raises(CommandError) as refused:
            period_meant(space, typed)
        said.append(refused.value.message)

    assert ["日程里没有“三季度”这一期。", "日程里没有“一季度/安全检查”这一期。"] == said

"""The light of a task."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.views.rounds import make_round, make_task, shipped_rules
from toolkit.assessment.assess import assess
from toolkit.model.standing import Ruling, TaskStanding


def lights(*tasks: TaskStanding) -> list[str]:
    """Assess a round of these tasks under the shipped rules (yellow from 10 points, red above 30)."""
    assessment = assess(make_round(tasks), shipped_rules())
    return [assessment.lights[task.task.number] for task in tasks]


@pytest.mark.parametrize(
    ("progress", "planned", "light"),
    [("25", "25", "绿"), ("40", "25", "绿"), ("15.1", "25", "绿"), ("15", "25", "黄"), ("20", "50", "黄"), ("19.9", "50", "红"), ("9.9", "19.9", "黄")],
)
def test_a_gap_below_the_first_threshold_is_green_up_to_the_second_yellow_beyond_red(progress: str, planned: str, light: str) -> None:
    """Behind by less than 10 points is green, by 10 to 30 yellow, by more than 30 red; both thresholds belong to yellow."""
    assert [light] == lights(make_task("任务1", status="推进中", progress=progress, planned=planned))


def test_what_is_finished_is_blue_however_far_it_says_it_is() -> None:
    """A finished task is blue, also past its deadline and whatever its percentage."""
    assert ["蓝", "蓝", "蓝"] == lights(
        make_task("任务1", status="已完成", progress=100),
        make_task("任务2", status="已完成", planned=100),
        make_task("任务3", status="已完成", progress=100, overdue=True),
    )


def test_silence_is_grey_and_not_begun_counts_as_nothing_done() -> None:
    """Nothing reported is grey, and so is a task under way without a number; one not begun is behind by its whole plan."""
    assert ["灰", "灰", "黄", "绿", "红"] == lights(
        make_task("任务1"),
        make_task("任务2", status="推进中"),
        make_task("任务3", status="未启动", planned=25),
        make_task("任务4", status="未启动", planned=0),
        make_task("任务5", status="未启动", planned=50),
    )


def test_past_the_deadline_unfinished_is_red_but_silence_stays_grey() -> None:
    """A task that has reported and is past its deadline unfinished is red; of one that has not reported nobody knows."""
    assert ["红", "红", "灰"] == lights(
        make_task("任务1", status="推进中", progress=99, overdue=True),
        make_task("任务2", status="推进中", overdue=True),
        make_task("任务3", overdue=True),
    )


def test_a_ruling_overrides_everything() -> None:
    """The light that the office ruled holds whatever the numbers say."""
    ruled = Ruling("绿", "现场核实")

    assert ["绿", "绿", "绿"] == lights(
        make_task("任务1", ruling=ruled),
        make_task("任务2", status="已完成", ruling=ruled),
        make_task("任务3", status="推进中", progress=0, planned=100, overdue=True, ruling=ruled),
    )


def test_thresholds_come_from_the_rules() -> None:
    """Other thresholds in the rules give other lights."""
    rules = shipped_rules()
    strict = replace(
        rules, parameters=tuple(parameter._replace(value=Decimal(5) if parameter.code == "yellow_gap" else Decimal(6)) for parameter in rules.parameters)
    )
    tasks = [make_task("任务1", status="推进中", progress=20), make_task("任务2", status="推进中", progress=18)]

    assert {"任务1": "黄", "任务2": "红"} == assess(make_round(tasks), strict).lights

"""总览 over the quarters: returns and lights by quarter, which lights moved, how the classes score."""

from dataclasses import replace
from decimal import Decimal

from tests.views.rounds import busy_round, make_round, make_task, shipped_rules, with_quarter
from tests.views.test_overview import after, lines
from toolkit.assessment.assess import assess
from toolkit.model.period import Period
from toolkit.model.sheet import SheetPlan
from toolkit.model.standing import Quarter, Round
from toolkit.views.consolidated.consolidated_book import consolidated

LIGHTS = {"任务1": "黄", "任务2": "绿", "任务3": "绿", "任务4": "绿", "任务5": "绿", "任务6": "红"}


def before() -> Quarter:
    state = busy_round()
    lights = {task.task.number: LIGHTS.get(task.task.number, assess(state, shipped_rules()).lights[task.task.number]) for task in state.tasks}
    return Quarter(Period(2023, 1), state.tasks, lights, state.units[:3], ())


def overview(state: Round, *history: Quarter) -> SheetPlan:
    rules = shipped_rules()
    return consolidated(state, rules, assess(state, rules), history).sheets[0]


def test_quarters_stand_side_by_side() -> None:
    """Each quarter has its returns and lights; the present one's are those of the sheets."""
    table = lines(overview(with_quarter(busy_round(), 2), before()))

    assert [
        ["季度", "应报", "已报", "按时", "★蓝", "●绿", "▲黄", "■红", "○灰", "已完成占比", "滞后占比"],
        ["2023年第一季度", "3", "3", "2", "0", "4", "3", "2", "2", "0%", "45%"],
        ["2023年第二季度", "4", "3", "2", "1", "1", "4", "2", "3", "9%", "55%"],
    ] == after(table, "季度", 3)


def test_lights_that_moved_are_counted_and_listed_by_gravity() -> None:
    """Newly red come first, then newly finished, worse and better, with both lights and both progresses."""
    table = lines(overview(with_quarter(busy_round(), 2), before()))

    assert [
        ["■新变红 1 项", "★新完成 1 项", "↓变差 2 项", "↑变好 2 项"],
        ["变化", "编号", "目标任务", "牵头单位", "上季灯", "本季灯", "上季进度", "本季进度"],
        ["■新变红", "任务3", "任务3的内容。", "区商务局", "绿", "红", "5", "5"],
        ["★新完成", "任务4", "任务4的内容。", "区发改局", "绿", "蓝", "100", "100"],
        ["↓变差", "任务2", "任务2的内容。", "张湾街道", "绿", "黄", "10.4", "10.4"],
        ["↓变差", "任务5", "任务5的内容。", "经开投公司", "绿", "灰", "", ""],
        ["↑变好", "任务1", "任务1的内容。", "区发改局、区商务局", "黄", "绿", "40", "40"],
        ["↑变好", "任务6", "任务6的内容。", "区发改局", "红", "黄", "", ""],
    ] == after(table, "■新变红 1 项", 8)


def test_the_first_quarter_has_nothing_to_compare() -> None:
    """Without an earlier quarter there is no course, and two charts."""
    plan = overview(busy_round())

    assert [] == [line for line in lines(plan) if line[0] == "季度"]
    assert ["doughnut", "column"] == [chart.kind for chart in plan.charts]


def test_the_line_chart_reads_the_quarters() -> None:
    """Five lines, one a light, over the rows of the quarters."""
    chart = overview(with_quarter(busy_round(), 2), before()).charts[2]

    assert ("line", 5) == (chart.kind, len(chart.series))
    assert 1 == len({series.categories for series in chart.series})
    assert 5 == len({series.values for series in chart.series})


def test_a_year_stands_at_its_newest_quarter() -> None:
    """A year's present quarter is the newest one, judged as the year's tasks are; it is not listed twice."""
    state = replace(busy_round(), period=Period(2023), newest=Period(2023, 2))
    second = Quarter(Period(2023, 2), state.tasks, {task.task.number: "灰" for task in state.tasks}, state.units, ())

    table = lines(overview(state, before(), second))

    assert [["2023年第一季度", "3"], ["2023年第二季度", "4"]] == [line[:2] for line in after(table, "季度", 3)[1:]]
    assert ["1", "1", "4", "2", "3"] == after(table, "季度", 3)[2][4:9]
    assert any("截至2023年第二季度" in line[0] for line in table)
    assert Decimal(50) == state.schedule


def test_classes_are_scored_on_the_overview() -> None:
    """Each class has its averages and grades: 93 (all well) and 71.1 (yellow 60 × 0.7, late 97 × 0.3) make 82.05."""
    tasks = [make_task("任务1", status="推进中", progress=30), make_task("任务2", leads=("区商务局",), status="推进中", progress=10)]

    table = lines(overview(make_round(tasks, units=busy_round().units[:2])))

    assert ["类别", "参评单位", "平均总分", "平均结果分", "平均过程分", "优秀", "良好", "合格", "不合格"] in table
    assert ["区直部门", "2", "82.05", "75.00", "98.50", "0", "0", "2", "0"] in table


def test_months_are_not_called_quarters() -> None:
    """Where the rounds are months, neither the heading of their course nor the chart speaks of quarters."""
    state = replace(busy_round(), period=Period(2023, month=2), newest=None)
    plan = overview(state, before()._replace(period=Period(2023, month=1)))

    assert "各期的灯（项）" == plan.charts[2].title
    assert [True] == ["各期情况" in line[0] for line in lines(plan) if line[0].endswith("情况") and "各" in line[0]]

"""总览: the numbers, tallies, laggards and returns that it tells."""

from dataclasses import replace
from decimal import Decimal

from tests.views.rounds import busy_round, make_round, make_task, shipped_rules
from toolkit.assessment.assess import assess
from toolkit.model.sheet import Formula, Link, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated.consolidated_book import consolidated
from toolkit.views.consolidated.laggards import MOST


def overview(state: Round) -> SheetPlan:
    rules = shipped_rules()
    return consolidated(state, rules, assess(state, rules)).sheets[0]


def lines(plan: SheetPlan) -> list[list[str]]:
    """Give the sheet as a reader sees it: row by row what is written, from left to right."""
    cells = [(cell.row, cell.column, cell.value) for cell in plan.every_cell()] + [(area.top, area.left, value) for area, value, _ in plan.merges]
    table: dict[int, list[str]] = {}
    for row, _, value in sorted(cells, key=lambda cell: cell[:2]):
        shown = value.value if isinstance(value, Formula) else value.words if isinstance(value, Link) else value
        table.setdefault(row, []).append("" if shown is None else f"{shown:f}" if isinstance(shown, Decimal) else str(shown))
    return [table[row] for row in sorted(table)]


def after(table: list[list[str]], first: str, count: int) -> list[list[str]]:
    """Give so many lines from the one that begins with a text."""
    start = next(number for number, line in enumerate(table) if line[0] == first)
    return table[start : start + count]


def test_first_screen_has_title_ways_and_big_numbers() -> None:
    """At the top stand the period, ways to the other sheets, and how many returned, lag, are reached and are wrong."""
    assert [
        ["2023年第一季度目标任务进展汇总"],
        ["期间 2023Q1　·　截止日期 2023-03-30　·　表单 季度进展　·　区政府工作报告责任分解方案"],
        ["任务进展", "量化指标", "单位考核", "报送情况", "问题清单", "填报明细", "变动对照", "任务计分", "扣分明细", "参数与图例"],
        ["4", "3", "1", "2", "11", "1", "1", "4", "2", "3", "2", "2"],
        ["应报单位", "已报", "未报", "按时", "目标任务", "★已完成", "●达进度或超进度", "▲欠进度", "■严重滞后", "○未报", "指标达标", "填报错误"],
        ["", "75%", "25%", "50%", "", "9%", "9%", "36%", "18%", "27%", "共6项", "待核1处"],
    ] == lines(overview(busy_round()))[:6]


def test_sections_and_classes_are_counted_and_add_up() -> None:
    """Every task is counted once by section, a task without section by its category, and once by the class of its first lead."""
    table = lines(overview(busy_round()))

    assert [
        ["章节", "任务数", "★蓝", "●绿", "▲黄", "■红", "○灰", "已完成占比", "滞后占比", "未报占比"],
        ["(一)坚持质效提升", "7", "0", "1", "3", "1", "2", "0%", "57%", "29%"],
        ["(二)民生", "3", "1", "0", "0", "1", "1", "33%", "33%", "33%"],
        ["工作任务", "1", "0", "0", "1", "0", "0", "0%", "100%", "0%"],
        ["合计", "11", "1", "1", "4", "2", "3", "9%", "55%", "27%"],
    ] == after(table, "章节", 5)
    assert [
        ["区直部门", "8", "1", "1", "2", "2", "2", "13%", "50%", "25%"],
        ["街道乡", "1", "0", "0", "1", "0", "0", "0%", "100%", "0%"],
        ["企业及其他", "1", "0", "0", "0", "0", "1", "0%", "0%", "100%"],
        ["未明确", "1", "0", "0", "1", "0", "0", "0%", "100%", "0%"],
    ] == after(table, "区直部门", 4)


def test_laggards_stand_red_first_and_furthest_behind_first() -> None:
    """Laggards are listed with their plan, their progress and the unit's own reason."""
    table = lines(overview(busy_round()))

    assert [
        ["灯", "编号", "目标任务", "牵头单位", "计划进度", "累计进度", "问题和原因"],
        ["红", "任务3", "任务3的内容。", "区商务局", "50", "5", "单位没有说明。"],
        ["红", "任务8", "任务8的内容。", "区发改局", "25", "99", "已过完成时限。单位没有说明。"],
        ["黄", "任务6", "任务6的内容。", "区发改局", "25", "", "单位没有说明。"],
        ["黄", "任务2", "任务2的内容。", "张湾街道", "25", "10.4", "资金没有到位"],
        ["黄", "任务10", "任务10的内容。", "区发改局", "19.9", "9.9", "单位没有说明。"],
        ["黄", "任务9", "任务9的内容。", "", "25", "30", "单位没有说明。"],
    ] == after(table, "灯", 7)


def test_a_long_list_of_laggards_is_cut_and_says_so() -> None:
    """Fifteen laggards are listed; the rest are counted, with the way to them."""
    table = lines(overview(make_round([make_task(f"任务{number}", status="推进中", progress=0) for number in range(1, 21)])))

    assert ["其余 5 项见“任务进展”"] == after(table, "灯", MOST + 2)[-1]


def test_who_is_missing_late_or_not_taken_is_named() -> None:
    """Units that sent nothing, came late or were not taken are named, and files that are nobody's."""
    table = lines(overview(busy_round()))

    assert [
        ["未报（1）", "经开投公司"],
        ["迟报（1）", "区商务局（03-31）"],
        ["没有收下（1）", "张湾街道（不予接收：封签与内容不符）"],
        ["不知是谁的文件（1）", "通讯录.xlsx（不予接收）"],
    ] == after(table, "未报（1）", 4)


def test_an_empty_round_is_still_a_workbook() -> None:
    """A period in which nothing has come yet has an overview of noughts."""
    table = lines(overview(replace(make_round(), due=None)))

    assert ["0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0", "0"] == table[3]
    assert ["没有滞后的任务。"] in table


def test_charts_read_the_cells_that_count() -> None:
    """The doughnut reads the big numbers, the columns read the tally of sections, a series a light in the light's own colour."""
    plan = overview(busy_round())
    doughnut, columns = plan.charts

    assert ["'总览'!$F$5:$J$5"] == [series.values for series in doughnut.series]
    assert [light.strong for light in shipped_rules().lights] == [series.colour for series in columns.series] == list(doughnut.point_colours)
    assert len({series.values for series in columns.series}) == 5

"""The consolidated workbook: sheets, columns, live formulas, links."""

import re

import pytest

from tests.views.rounds import busy_round, shipped_rules
from toolkit.assessment.assess import assess
from toolkit.model.sheet import BookPlan, Formula, Link, SheetPlan
from toolkit.views.consolidated.consolidated_book import consolidated

CONTRACT = {
    "任务进展": "编号 类别 章节 小节 目标任务 牵头单位 责任单位 计划进度 累计进度 差距 灯 进展状态 本季进展情况 存在问题 下一步措施 责任单位进展 "
    "一季度 二季度 三季度 四季度 认定灯 认定说明 来源",
    "量化指标": "编号 指标 比较 目标值 单位 累计完成值 完成率 序时进度 是否达标 牵头单位 来源",
    "单位考核": "单位 类别 牵头任务数 配合任务数 已完成 正常 滞后 严重滞后 未报 结果分 过程分 加减分 总分 名次 等次",
    "变动对照": "单位 编号 栏目 上次 本次 说明",
    "任务计分": "单位 编号 角色 是否已报 任务灯 计分灯 灯分 权数 得分",
    "扣分明细": "单位 项目 编号 分值 日期 依据 来源",
    "报送情况": "单位 结果 报送时间 是否按时 版本数 错误数 待核数 来源",
    "问题清单": "代码 级别 单位 文件 工作表 单元格 栏目 问题 建议",
}
OWN = {
    "任务进展": ["原认定"],
    "报送情况": ["文件号", "处理", "处理说明", "收到时间", "更正收到时间", "更正理由", "延期至", "延期理由"],
    "问题清单": ["处理", "处理说明", "编号", "原认定", "认定号"],
}
ORDER = ["总览", "任务进展", "量化指标", "单位考核", "报送情况", "问题清单", "填报明细", "变动对照", "任务计分", "扣分明细", "参数与图例"]
CLASSIC = {"AVERAGEIF", "IF", "AND", "OR", "NOT", "SUM", "COUNTIF", "COUNTIFS", "COUNTA", "COUNTBLANK", "SUMIF", "SUMPRODUCT", "ROUND", "MAX", "MIN", "ABS"}
CLASSIC |= {"INDEX", "MATCH", "VLOOKUP", "IFERROR", "ISNUMBER", "INT", "TEXT", "LEN", "TRIM", "N", "SUMIFS"}


@pytest.fixture(scope="module")
def book() -> BookPlan:
    """The plan of a round in which everything occurs once."""
    state, rules = busy_round(), shipped_rules()
    return consolidated(state, rules, assess(state, rules))


def sheet(book: BookPlan, name: str) -> SheetPlan:
    return next(one for one in book.sheets if one.name == name)


def rows(plan: SheetPlan) -> list[list[object]]:
    """Give a sheet's values as rows, formulas by their computed value, links by their words."""
    cells = list(plan.every_cell())
    width = 1 + max(cell.column for cell in cells)
    table: list[list[object]] = [[None] * width for _ in range(1 + max(cell.row for cell in cells))]
    for cell in cells:
        value = cell.value
        table[cell.row][cell.column] = value.value if isinstance(value, Formula) else value.words if isinstance(value, Link) else value
    return table


def column(plan: SheetPlan, title: str) -> list[object]:
    table = rows(plan)
    return [row[table[0].index(title)] for row in table[1:]]


def test_sheets_and_columns_are_the_contract(book: BookPlan) -> None:
    """Sheets stand in the agreed order, each data sheet with its agreed columns in the first row, the clerk's own behind them."""
    assert ORDER == [one.name for one in book.sheets]
    for name, titles in CONTRACT.items():
        found = rows(sheet(book, name))[0]
        assert titles.split() == found[: len(titles.split())]
        assert OWN.get(name, []) == found[len(titles.split()) :]


def test_lights_follow_progress_schedule_deadline_and_ruling(book: BookPlan) -> None:
    """Each task's light follows from its gap, its deadline and status; a ruling overrides it."""
    lights = dict(zip(column(sheet(book, "任务进展"), "编号"), column(sheet(book, "任务进展"), "灯"), strict=True))

    expected = {"任务1": "绿", "任务2": "黄", "任务3": "红", "任务4": "蓝", "任务5": "灰", "任务6": "黄", "任务8": "红", "任务9": "黄", "任务10": "黄"}
    assert expected == {number: light for number, light in lights.items() if number in expected}


def test_light_and_gap_are_live_formulas(book: BookPlan) -> None:
    """Every light and every gap is a formula over the row and the thresholds of 参数与图例."""
    plan = sheet(book, "任务进展")
    titles = rows(plan)[0]
    live = [cell.value for cell in plan.every_cell() if cell.row and cell.column in {titles.index("灯"), titles.index("差距")}]

    assert all(isinstance(value, Formula) for value in live)
    assert 22 == len(live)
    assert any("yellow_gap" in value.text for value in live if isinstance(value, Formula))
    assert {"yellow_gap", "red_gap"} <= set(book.names)


def test_only_classic_functions_are_used(book: BookPlan) -> None:
    """Formulas use only functions that Excel 2010 and WPS know."""
    texts = [cell.value.text for one in book.sheets for cell in one.every_cell() if isinstance(cell.value, Formula)]
    used = {name for text in texts for name in re.findall(r"([A-Z][A-Z0-9.]*)\(", text)}

    assert used
    assert set() == used - CLASSIC


def test_the_leads_row_is_the_task_and_supports_stand_beside_it(book: BookPlan) -> None:
    """The first lead's words are the task's own; the other lead and the supports are named beside it, and what they typed stays text."""
    plan = sheet(book, "任务进展")
    beside = str(column(plan, "责任单位进展")[0])

    assert "开工3个项目。" == column(plan, "本季进展情况")[0]
    assert ["张湾街道", "区商务局"] == sorted(("张湾街道", "区商务局"), key=beside.index, reverse=beside.index("张湾街道") > beside.index("区商务局"))
    assert "=1+1" in beside


def test_every_reported_row_links_to_its_original(book: BookPlan) -> None:
    """来源 of each reported task names the cell and leads to the archived original."""
    plan = sheet(book, "任务进展")
    links = [cell.value for cell in plan.every_cell() if isinstance(cell.value, Link) and "records/returns" in cell.value.target]

    assert 9 == len(links)
    assert "external:../../../records/returns/2023Q1/区发改局/区发改局.xlsx#'任务进展'!J7" == links[0].target


def test_returns_are_counted_without_remainder(book: BookPlan) -> None:
    """报送情况 holds every unit once, also the silent one, and every file that belongs to none."""
    names = [name for name in column(sheet(book, "报送情况"), "单位") if name]

    assert ["区发改局", "区商务局", "张湾街道", "经开投公司"] == names[:4]
    assert any("通讯录.xlsx" in str(name) for name in names[4:])
    assert "未报" in column(sheet(book, "报送情况"), "结果")

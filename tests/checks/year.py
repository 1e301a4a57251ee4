"""A played year of a small office: work plans, four quarters, a fault of every check and what only looks like one, through real workbooks."""

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from shutil import copyfile
from typing import NamedTuple

from openpyxl import load_workbook

from tests.small import MASTER as SMALL
from tests.small import header_row, issue, small_workspace, type_into
from toolkit.edges.templates.read_exemptions import CHECKS
from toolkit.edges.workspace import RULES, Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.findings import Code, Finding
from toolkit.model.master import TASK, Deadline, Indicator, Master, Node, Role, Task
from toolkit.model.period import Period
from toolkit.model.standing import Round

PLANNERS, INDUSTRY, TOWN = "云溪县发改局", "云溪县工信局", "东山镇"
LEADS = {
    "任务1": INDUSTRY, "任务2": INDUSTRY, "任务4": INDUSTRY, "任务5": INDUSTRY, "任务6": INDUSTRY, "任务7": INDUSTRY, "任务8": PLANNERS,
    "任务9": PLANNERS, "任务10": PLANNERS, "任务3": TOWN, "任务11": TOWN, "任务12": TOWN,
}  # fmt: skip
WORKS = ("厂房", "低效企业", "技术改造", "标准制定", "展会", "数字车间", "招商引资", "新增企业", "价格监测", "老旧小区", "农村公路", "养老服务")
TARGETS = {
    "任务1": ("新建标准厂房", 80, "万平方米"), "任务3": ("改造小区覆盖率", 96, "%"), "任务4": ("技改投资", 40, "亿元"), "任务5": ("制定标准", 8, "项"),
    "任务6": ("参展企业", 40, "家"), "任务7": ("数字车间", 20, "间"), "任务8": ("到位资金", 60, "亿元"), "任务9": ("新增企业", 100, "家"),
    "任务10": ("监测任务完成率", 100, "%"), "任务11": ("农村公路", 32, "公里"),
}  # fmt: skip
BOUNDS = {"任务7": (Decimal(1), Decimal(50))}
SUPPORTS = {"任务1": (PLANNERS,), "任务2": (TOWN,)}
TWO_LEADS = "任务8"
DUE = {"2023": date(2023, 1, 12), "2023Q1": date(2023, 3, 28), "2023Q2": date(2023, 6, 28), "2023Q3": date(2023, 9, 28), "2023Q4": date(2023, 12, 28)}
QUARTERS = ("2023Q1", "2023Q2", "2023Q3", "2023Q4")
COPIED = "第2批施工图审查已经启动，召开推进会2次。"

HEAD = (
    "# 检查演练",
    "",
    "一个小办公室演练一年（工作方案、四个季度，真实的表格）：每条检查都埋设了错误，也放了只是看着像的情况。本表由测试生成，不要手改。",
    "",
    "| 代码 | 问题 | 埋设 | 找到 | 看着像的 | 误报 |",
    "|---|---|---|---|---|---|",
)


class Planted(NamedTuple):
    """What a unit types into one row of a quarter instead of the plain truth; `fault` False where it only looks like the fault."""

    code: Code
    period: str
    unit: str
    number: str
    said: Mapping[str, object]
    fault: bool = True


def _of(code: Code, period: str, unit: str, number: str, *, fault: bool = True, **said: object) -> Planted:
    return Planted(code, period, unit, number, said, fault)


_EXPLAINED = {"存在问题": "用地没有落实。"}
_EARLY = {"进展状态": "已完成", "累计进度": 100, "佐证材料": "验收报告1份", "本季进展情况": "养老服务中心全部竣工验收。", "下一步措施": "归档。"}
PLANTED = (
    _of(Code.FINISHED_NOT_FULL, "2023Q4", INDUSTRY, "任务5", 累计进度=90),
    _of(Code.FINISHED_NOT_FULL, "2023Q4", TOWN, "任务2", fault=False, 累计进度=None),
    _of(Code.FULL_NOT_FINISHED, "2023Q4", INDUSTRY, "任务6", 进展状态="推进中"),
    _of(Code.FULL_NOT_FINISHED, "2023Q4", PLANNERS, "任务9", fault=False, 进展状态="推进中", 累计进度=99),
    _of(Code.LAGGING_UNEXPLAINED, "2023Q1", INDUSTRY, "任务4", 累计进度=5),
    _of(Code.LAGGING_UNEXPLAINED, "2023Q1", INDUSTRY, "任务5", fault=False, 累计进度=5, **_EXPLAINED),
    _of(Code.LAGGING_UNEXPLAINED, "2023Q1", INDUSTRY, "任务6", fault=False, 累计进度=16),
    _of(Code.FINISHED_UNPROVEN, "2023Q4", INDUSTRY, "任务7", 佐证材料="无"),
    _of(Code.FINISHED_UNPROVEN, "2023Q4", INDUSTRY, "任务1", fault=False, 佐证材料="无异议公示截图"),
    _of(Code.DUE_PAST, "2023Q1", TOWN, "任务11", 预计完成时间=date(2023, 3, 1)),
    _of(Code.DUE_PAST, "2023Q1", TOWN, "任务3", fault=False, 预计完成时间=date(2023, 4, 1)),
    _of(Code.DUE_LATE, "2023Q2", TOWN, "任务11", 预计完成时间=date(2024, 2, 1)),
    _of(Code.DUE_LATE, "2023Q2", TOWN, "任务3", fault=False, 预计完成时间=date(2023, 12, 31)),
    _of(Code.NO_SUBSTANCE, "2023Q1", INDUSTRY, "任务7", 本季进展情况="各项工作按计划正常推进。"),
    _of(Code.NO_SUBSTANCE, "2023Q1", PLANNERS, "任务10", fault=False, 本季进展情况="按计划推进，已设监测点4个。"),
    _of(Code.COPY_OF_LAST, "2023Q2", PLANNERS, "任务10", 本季进展情况="按计划推进，已设监测点 4 个", 存在问题="第2批施工图审查没有启动。"),
    _of(Code.COPY_OF_LAST, "2023Q3", PLANNERS, "任务10", fault=False, 本季进展情况="按计划推进，已设监测点9个，第3批施工图审查已经启动。"),
    _of(Code.COPY_OF_TASK, "2023Q1", PLANNERS, "任务9", 本季进展情况="完成新增企业年度工作"),
    _of(Code.COPY_OF_TASK, "2023Q2", PLANNERS, "任务9", fault=False, 本季进展情况="完成新增企业年度工作的一半，第2批施工图审查已经启动。"),
    _of(Code.COPY_OF_ROWS, "2023Q2", INDUSTRY, "任务2", 本季进展情况=COPIED),
    _of(Code.COPY_OF_ROWS, "2023Q2", INDUSTRY, "任务5", fault=False, 本季进展情况="第2批施工图审查已经启动，召开推进会3次。"),
    *(_of(Code.ALL_ALIKE, "2023Q4", TOWN, number, 本季进展情况="年度任务全部办结，通过验收。") for number in ("任务2", "任务3", "任务11", "任务12")),
    _of(Code.UNSIGNED, "2023Q3", INDUSTRY, ""),
    _of(Code.SUPPORT_NOT_STARTED, "2023Q4", INDUSTRY, "任务1"),
    _of(Code.SUPPORT_NOT_STARTED, "2023Q2", TOWN, "任务2", fault=False, 进展状态="未启动", 本季进展情况="等待牵头单位方案。"),
    _of(Code.INDICATOR_DIFFERS, "2023Q4", PLANNERS, TWO_LEADS, 本年累计完成值=61),
    _of(Code.INDICATOR_DIFFERS, "2023Q1", INDUSTRY, TWO_LEADS, fault=False, 本年累计完成值="15.0"),
    _of(Code.MAGNITUDE, "2023Q4", INDUSTRY, "任务4", 本年累计完成值=400000),
    _of(Code.MAGNITUDE, "2023Q1", INDUSTRY, "任务4", fault=False, 本年累计完成值="0.4"),
    _of(Code.VALUE_FALLS, "2023Q3", PLANNERS, "任务9", 本年累计完成值=45),
    _of(Code.VALUE_FALLS, "2023Q3", INDUSTRY, "任务1", fault=False, 本年累计完成值=38, 说明="按验收口径核减2万平方米。"),
    _of(Code.PROGRESS_FALLS, "2023Q2", INDUSTRY, "任务1", 累计进度=20, **_EXPLAINED),
    _of(Code.PROGRESS_FALLS, "2023Q3", INDUSTRY, "任务4", fault=False, 累计进度=45, 存在问题="工程量重新测算。", 原因="设计变更。"),
    _of(Code.PROMISE_DROPPED, "2023Q2", INDUSTRY, "任务7", 本季进展情况="上线系统2套，培训操作人员30人次。", 下一步措施="再改造车间3间。"),
    _of(Code.PROMISE_DROPPED, "2023Q2", INDUSTRY, "任务6", fault=False, 本季进展情况="筹备展会1场。", 存在问题="第2批施工图审查没有启动。"),
    _of(Code.NO_CHANGE, "2023Q3", INDUSTRY, "任务2", 累计进度=24, **_EXPLAINED),
    _of(Code.NO_CHANGE, "2023Q2", INDUSTRY, "任务2", fault=False, 累计进度=24, **_EXPLAINED),
    _of(Code.NODE_MISSED, "2023Q1", TOWN, "任务12", 进展状态="未启动", 累计进度=0, 本季进展情况="正在选址。", **_EXPLAINED),
    _of(Code.NODE_MISSED, "2023Q1", PLANNERS, "任务1", fault=False, 进展状态="未启动", 本季进展情况="等待牵头单位安排。"),
    _of(Code.NOT_COUNTED, "2023Q3", INDUSTRY, "任务5", 本年累计完成值=6.5),
    _of(Code.NOT_COUNTED, "2023Q2", INDUSTRY, "任务1", fault=False, 本年累计完成值=40.5),
    _of(Code.NEGATIVE, "2023Q1", INDUSTRY, "任务6", 本年累计完成值=-3),
    _of(Code.NEGATIVE, "2023Q1", INDUSTRY, "任务5", fault=False, 本年累计完成值=0),
    _of(Code.BELOW_BOUND, "2023Q1", INDUSTRY, "任务7", 本年累计完成值=0),
    _of(Code.BELOW_BOUND, "2023Q2", INDUSTRY, "任务7", fault=False, 本年累计完成值=1),
    _of(Code.ABOVE_BOUND, "2023Q4", INDUSTRY, "任务7", 本年累计完成值=51),
    _of(Code.ABOVE_BOUND, "2023Q3", INDUSTRY, "任务7", fault=False, 本年累计完成值=50),
    _of(Code.FAR_BEYOND, "2023Q4", TOWN, "任务11", 本年累计完成值=321),
    _of(Code.FAR_BEYOND, "2023Q4", INDUSTRY, "任务6", fault=False, 本年累计完成值=400),
    _of(Code.OVER_WHOLE, "2023Q4", TOWN, "任务3", 本年累计完成值=120),
    _of(Code.OVER_WHOLE, "2023Q4", PLANNERS, "任务10", fault=False, 本年累计完成值=102),
    _of(Code.NODE_AHEAD, "2023Q1", INDUSTRY, "任务4", 节点·实际日期=date(2023, 4, 20)),
    _of(Code.NODE_AHEAD, "2023Q1", INDUSTRY, "任务5", fault=False, 节点·实际日期=date(2023, 3, 28)),
    _of(Code.NODE_EXPECTED_PAST, "2023Q2", TOWN, "任务11", 节点·预计日期=date(2023, 6, 1)),
    _of(Code.NODE_EXPECTED_PAST, "2023Q2", TOWN, "任务3", fault=False, 节点·预计日期="6月底"),
    _of(Code.NODE_BEFORE_YEAR, "2023Q1", INDUSTRY, "任务6", 节点·实际日期=date(2022, 12, 20)),
    _of(Code.NODE_BEFORE_YEAR, "2023Q1", INDUSTRY, "任务7", fault=False, 节点·实际日期=date(2022, 12, 30), 节点·说明="上年提前办结。"),
    _of(Code.NODES_CROSSED, "2023Q1", PLANNERS, "任务10", 节点·实际日期=date(2023, 3, 15)),
    _of(Code.NODES_CROSSED, "2023Q4", PLANNERS, "任务10", fault=False),
    _of(Code.NODES_OPEN, "2023Q4", INDUSTRY, "任务1", 节点·实际日期=None, 节点·预计日期=date(2023, 12, 30), 节点·说明="等待验收。"),
    _of(Code.NODES_OPEN, "2023Q4", INDUSTRY, "任务4", fault=False),
    _of(Code.NODE_SLIP, "2023Q3", INDUSTRY, "任务2", 节点·预计日期=date(2023, 12, 30)),
    _of(Code.NODE_SLIP, "2023Q3", INDUSTRY, "任务4", fault=False, 节点·预计日期=date(2023, 12, 20)),
    _of(Code.NODE_SILENT, "2023Q2", PLANNERS, "任务9"),
    _of(Code.NODE_SILENT, "2023Q3", PLANNERS, "任务9", fault=False, 节点·实际日期=date(2023, 6, 30), 节点·说明="等待批复。"),
    _of(Code.NODE_NOT_LED, "2023", INDUSTRY, "1"),
    _of(Code.NODE_HALF, "2023", INDUSTRY, "2"),
    _of(Code.NODE_TWICE, "2023", INDUSTRY, "4"),
    _of(Code.NODE_TWICE, "2023", INDUSTRY, "3", fault=False),
    _of(Code.CLOSING_NOT_LED, "2023Q2", INDUSTRY, "1"),
    _of(Code.CLOSING_NOT_LED, "2023Q2", INDUSTRY, "2", fault=False),
    _of(Code.BASELINE_MOVED, "2023", PLANNERS, "1"),
    _of(Code.BASELINE_MOVED, "2023", INDUSTRY, "3", fault=False),
    _of(Code.FORECAST_DISAGREES, "2023Q3", INDUSTRY, "任务2", 年底预判="能完成"),
    _of(Code.FORECAST_DISAGREES, "2023Q2", INDUSTRY, "任务2", fault=False, 年底预判="能完成"),
    *(_of(Code.FORECAST_WORSE, period, TOWN, "任务11", fault=False, 年底预判="能完成") for period in ("2023Q1", "2023Q3")),
    _of(Code.FORECAST_WORSE, "2023Q2", TOWN, "任务11", 年底预判="有风险"),
    *(_of(Code.COPY_OF_LAST, period, TOWN, "任务12", fault=False, **_EARLY) for period in QUARTERS[1:3]),
)
# What is planted in more rows than the one that the finding names.
BESIDE = (
    _of(Code.COPY_OF_ROWS, "2023Q2", INDUSTRY, "任务4", 本季进展情况=COPIED),
    _of(Code.SUPPORT_NOT_STARTED, "2023Q4", PLANNERS, "任务1", 进展状态="未启动", 本季进展情况="没有接到任务。"),
    _of(Code.INDICATOR_DIFFERS, "2023Q4", INDUSTRY, TWO_LEADS, 本年累计完成值=60),
)


END = date(2023, 12, 15)  # when most milestones are due
NODES = (
    *(Node(number, "通过验收", END) for number in ("任务1", "任务2", "任务3", "任务4", "任务5", "任务6", "任务7", "任务11")),
    Node("任务10", "通过验收", END),
    Node("任务10", "完成初验", date(2023, 12, 1)),
    Node("任务9", "取得批复", date(2023, 5, 15)),
)
OPEN_AT_END = ("任务1", "任务2", "任务3", "任务4", "任务6", "任务8", "任务10", "任务11")  # whose first milestone that is left is reached in the last quarter
LISTED = {  # what work plans list; the second line of one replaces the first in a plan that is sent again
    INDUSTRY: (("任务3", "别家的节点", END), ("任务5", "没有日子", None), ("任务6", "同名节点", END), ("任务6", "同名节点", END)),
    PLANNERS: (("任务8", "签约", date(2023, 12, 1)),),
}
AGAIN = {PLANNERS: (("任务8", "签约", date(2023, 12, 10)),)}


# What units ask to close: of another's task, and of their own with a full-width number.
ASKED = {("2023Q2", INDUSTRY): tuple((number, "申请办结", None, None, "提前完成。", "验收单") for number in ("任务3", "５"))}


def master() -> Master:
    """Make the office's master list: twelve tasks, ten indicators, one task with two leads."""
    tasks = [
        Task(number, TASK, "(一)产业", "", f"完成{work}年度工作。", (lead, INDUSTRY) if number == TWO_LEADS else (lead,), SUPPORTS.get(number, ()))
        for (number, lead), work in zip(LEADS.items(), WORKS, strict=True)
    ]
    indicators = tuple(
        Indicator(number, name, "≥", Decimal(target), unit, "累计", "", *BOUNDS.get(number, ())) for number, (name, target, unit) in TARGETS.items()
    )
    calendar = tuple(Deadline(period, "季度进展" if "Q" in period else "工作方案", date(2023, 1, 1), due) for period, due in DUE.items())
    return replace(SMALL, tasks=tuple(tasks), indicators=indicators, calendar=calendar, nodes=NODES)


class Tally(NamedTuple):
    """How a check did over the year: faults planted and found, look-alikes planted, false alarms."""

    code: Code
    planted: int
    found: int
    lookalikes: int
    false: int


def play(folder: Path) -> list[Tally]:
    """Play the year in a new workspace with every check switched on; gives a tally for each."""
    space = small_workspace(folder, master())
    _switch_on(space)
    found: Counter[tuple[Code, str, str, str]] = Counter()
    for period in (Period.parse(text) for text in DUE):
        _fill_in(space, period)
        collect(space, progress=lambda items, _: items)
        state = consolidate(space, period).round
        found.update(_spot(finding, state) for finding in state.findings if finding.code in CHECKS)
    faults = {_row(one) for one in PLANTED if one.fault}
    return [
        Tally(
            code,
            sum(row[0] is code for row in faults),
            sum(row[0] is code for row in faults & found.keys()),
            sum(one.code is code for one in PLANTED if not one.fault),
            sum(count for row, count in (found - Counter(faults)).items() if row[0] is code),
        )
        for code in CHECKS
    ]


def table(tallies: list[Tally]) -> str:
    """Write the tallies for the manual."""
    lines = [
        f"| {tally.code.text.id} | {tally.code.text.message} | {tally.planted} | {tally.found} | {tally.lookalikes} | {tally.false} |" for tally in tallies
    ]
    totals = [sum(tally[column] for tally in tallies) for column in range(1, 5)]
    return "\n".join((*HEAD, *lines, f"| 合计 | | {' | '.join(str(total) for total in totals)} |", ""))


def _switch_on(space: Workspace) -> None:
    book = load_workbook(space.templates / RULES)
    for row in book["检查"].iter_rows(min_row=2):
        row[2].value = "启用"
    book.save(space.templates / RULES)


def _fill_in(space: Workspace, period: Period) -> None:
    """Let every unit fill in its workbook and send it on the day, one after the other."""
    folder = issue(space, period)
    for hour, unit in enumerate((PLANNERS, INDUSTRY, TOWN), 9):
        source = next(folder.glob(f"{unit}_*.xlsx"))
        target = space.inbox / source.name
        type_into(source, target, dict(_plan(unit) if not period.quarter else _report(unit, period)))
        if period.quarter:
            _list(target, "申请事项", ASKED.get((str(period), unit), ()))
        else:
            _list(target, "节点", LISTED.get(unit, ()))
        if not any(one.code is Code.UNSIGNED and (one.period, one.unit) == (str(period), unit) for one in PLANTED):
            _sign(target)
        moment = datetime.combine(DUE[str(period)], time(hour)).timestamp()
        os.utime(target, (moment, moment))
        if not period.quarter and unit in AGAIN:
            again = target.with_stem(f"{target.stem}（再报）")
            copyfile(target, again)
            _list(again, "节点", AGAIN[unit])
            os.utime(again, (moment + 600, moment + 600))


def _list(path: Path, name: str, lines: Sequence[Sequence[object]]) -> None:
    """Type lines into a sheet of a return, from its first free row on."""
    book = load_workbook(path)
    sheet = book[name]
    for row, line in enumerate(lines, header_row(sheet) + 1):
        for column, value in enumerate(line, 1):
            sheet.cell(row, column).value = value  # type: ignore[assignment]
    book.save(path)


def _sign(path: Path) -> None:
    book = load_workbook(path)
    for sheet in book:
        for row in sheet.iter_rows(values_only=False):
            for cell in row:
                if cell.value in {"填报人：", "审核人：", "日期：", "审核领导：", "联系电话：", "填报日期："}:
                    cell.value = f"{cell.value}已填"
    book.save(path)


def _duties(unit: str) -> Iterator[tuple[str, str, Role]]:
    office = master()
    works = dict(zip(LEADS, WORKS, strict=True))
    return ((task.number, works[task.number], role) for task, role in office.duties(unit))


def _plan(unit: str) -> Iterator[tuple[tuple[str, str, str], object]]:
    for number, work, role in _duties(unit):
        said: dict[str, object] = {"具体措施": f"分四批办理{work}。", "责任科室": "综合科", "责任人": "某某", "联系电话": "027-12345678"}
        if role is Role.LEAD:
            said |= {"年度工作目标": f"全部完成{work}。", "完成时限": date(2023, 12, 20), "分管领导": "某某"}
            said |= {f"{name}季度节点": f"第{at}批{work}" for at, name in enumerate("一二三四", 1)}
            said |= {f"{name}季度计划进度": at * 25 for at, name in enumerate("一二三四", 1)}
        yield from ((("工作方案", number, title), value) for title, value in said.items())


def _report(unit: str, period: Period) -> Iterator[tuple[tuple[str, str, str], object]]:
    """Give what a unit types: the plain truth of each row, and over it what is planted there."""
    quarter = period.quarter
    for number, work, role in _duties(unit):
        done = f"第{quarter}批施工图审查已经启动，{work}新增{quarter * 7}处。"
        said: dict[str, object] = {"进展状态": "已完成" if quarter == 4 else "推进中", "本季进展情况": done}
        if quarter == 4:
            said["佐证材料"] = f"{work}验收报告"
        if role is Role.LEAD:
            said |= {"累计进度": 100 if quarter == 4 else quarter * 25 - 1, "下一步措施": f"启动第{quarter + 1}批施工图审查。"}
            if number in TARGETS:
                said["本年累计完成值"] = TARGETS[number][1] * quarter // 4
        if quarter == 4 and role is Role.LEAD and number in OPEN_AT_END and (number != TWO_LEADS or unit == PLANNERS):
            said["节点·实际日期"] = date(2023, 12, 10)
        for one in (*PLANTED, *BESIDE):
            if (one.period, one.unit, one.number) == (str(period), unit, number):
                said |= one.said
        yield from ((_cell(title, number), value) for title, value in said.items())


def _cell(title: str, number: str) -> tuple[str, str, str]:
    if title.startswith("节点·"):
        return "节点进展", number, title.removeprefix("节点·")
    return "指标进展" if title in {"本年累计完成值", "说明"} else "任务进展", number, title


def _row(one: Planted) -> tuple[Code, str, str, str]:
    return one.code, one.period, one.unit, "" if one.code.text.id.startswith("W") else one.number


def _spot(finding: Finding, state: Round) -> tuple[Code, str, str, str]:
    """Give the row that a finding points at, '' for one about the whole book."""
    line = finding.place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    rows = (detail.row for detail in state.details if detail.unit == finding.unit and detail.row.table == finding.place.sheet)
    number = next((row.number for row in rows if row.place.cell == f"A{line}"), "")
    return finding.code, str(state.period), finding.unit, "" if finding.code.text.id.startswith("W") else number

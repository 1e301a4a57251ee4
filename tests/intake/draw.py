"""Sheets drawn as text in a test, a small form and its issue, and what reading them gives."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from toolkit.intake.read_answers import read_rows
from toolkit.model.column_kinds import KINDS, Limits, PercentCell
from toolkit.model.findings import Finding
from toolkit.model.form import Field, Form, Required, Source, Subject, Table
from toolkit.model.issue import Issue, IssuedRow
from toolkit.model.master import Role
from toolkit.model.returns import Grid, GridSheet

STATES = ("未启动", "推进中", "已完成")


def field(code: str, title: str, kind: str, source: Source = Source.FILLED, *, aliases: tuple[str, ...] = (), taken: str = "", **limits: object) -> Field:
    """Make a column."""
    return Field(code, title, source, KINDS[kind], aliases, taken, Required.NO, Limits(**limits))  # type: ignore[arg-type]


PRE = Source.PREFILLED
TASKS = Table(
    "任务进展",
    Subject.TASK,
    (
        field("number", "编号", "文本", PRE, aliases=("序号",), taken="编号"),
        field("task", "目标任务", "文本", PRE, taken="目标任务"),
        field("lead", "牵头单位", "文本", PRE, taken="牵头单位"),
        field("plan", "计划进度", "百分比", PRE, taken="计划进度"),
        field("status", "进展状态", "选项", choices=STATES),
        field("progress", "累计进度", "百分比"),
        field("done", "本季进展情况", "文本", aliases=("进展情况", "完成情况")),
        field("problem", "存在问题", "文本"),
        field("due", "预计完成时间", "日期"),
    ),
)
INDICATORS = Table(
    "指标进展",
    Subject.INDICATOR,
    (
        field("number", "编号", "文本", PRE, taken="编号"),
        field("name", "指标", "文本", PRE, taken="指标"),
        field("target", "年度目标", "小数", PRE, taken="目标值"),
        field("unit", "单位", "文本", PRE, taken="单位"),
        field("reached", "本年累计完成值", "小数", aliases=("累计完成值",)),
        field("remark", "说明", "文本"),
    ),
)
FORM = Form("progress", "1", "季度进展", False, "{期间}目标任务进展情况报送表", (), ("填报人", "审核人"), (TASKS, INDICATORS), {})
WORK = (
    ("任务1", "新建标准厂房80万平方米以上", "甲局"),
    ("任务2", "完成老旧小区改造12个", "甲局、乙镇"),
    ("任务3", "组织招聘会不少于30场", "甲局"),
    ("任务5", "推进农村公路提档升级", "丙局"),
)
ISSUE = Issue(
    "K7MP-X3R8-Q", "progress", "1", "2023Q1", "甲局", 1, date(2023, 3, 30),
    {
        "任务进展": tuple(IssuedRow(number, number, Role.LEAD, {"number": number, "task": task, "lead": lead, "plan": "25"}) for number, task, lead in WORK),
        "指标进展": (
            IssuedRow("任务1|标准厂房", "任务1", Role.LEAD, {"number": "任务1", "name": "标准厂房", "target": "80", "unit": "万平方米"}),
            IssuedRow("任务1|技改投资", "任务1", Role.LEAD, {"number": "任务1", "name": "技改投资", "target": "12.5", "unit": "亿元"}),
        ),
    },
)  # fmt: skip
CLEAN = """
    == 任务进展
    | 2023年第一季度目标任务进展情况报送表
    | 填报单位：甲局    期间：2023年第一季度    回执编号：K7MP-X3R8-Q
    | 编号  | 目标任务                   | 牵头单位   | 计划进度 | 进展状态 | 累计进度 | 本季进展情况     | 存在问题   | 预计完成时间 |
    | 任务1 | 新建标准厂房80万平方米以上 | 甲局       | 25       | 推进中   | 31       | 建成厂房二十万平 | 用地紧张   | @2023-12-01  |
    | 任务2 | 完成老旧小区改造12个       | 甲局、乙镇 | 25       | 已完成   | 100      | 十二个小区完工   |            |              |
    | 任务3 | 组织招聘会不少于30场       | 甲局       | 25       | 推进中   | 27       | 办了八场招聘会   | 岗位不够   | @2023-11-30  |
    | 任务5 | 推进农村公路提档升级       | 丙局       | 25       | 未启动   | 0        | 等待上级批复     | 批复没有下 |              |
    |
    | 填报人：张三 | | 审核人：李四
    == 指标进展
    | 填报单位：甲局    期间：2023年第一季度    回执编号：K7MP-X3R8-Q
    | 编号  | 指标     | 年度目标 | 单位     | 本年累计完成值 | 说明     |
    | 任务1 | 标准厂房 | 80       | 万平方米 | 20.5           |          |
    | 任务1 | 技改投资 | 12.5     | 亿元     | 3.2            | 快报数   |
"""
TRUTH: Mapping[tuple[str, str], str] = {
    ("任务1", "status"): "推进中", ("任务1", "progress"): "31", ("任务1", "done"): "建成厂房二十万平",
    ("任务1", "problem"): "用地紧张", ("任务1", "due"): "2023-12-01",
    ("任务2", "status"): "已完成", ("任务2", "progress"): "100", ("任务2", "done"): "十二个小区完工",
    ("任务3", "status"): "推进中", ("任务3", "progress"): "27", ("任务3", "done"): "办了八场招聘会",
    ("任务3", "problem"): "岗位不够", ("任务3", "due"): "2023-11-30",
    ("任务5", "status"): "未启动", ("任务5", "progress"): "0", ("任务5", "done"): "等待上级批复", ("任务5", "problem"): "批复没有下",
    ("任务1|标准厂房", "reached"): "20.5", ("任务1|技改投资", "reached"): "3.2", ("任务1|技改投资", "remark"): "快报数",
}  # fmt: skip


class Read(NamedTuple):
    """What reading gave: (cell, code) of each finding in order, values by (row key, field code) as text, and the findings themselves."""

    said: list[tuple[str, str]]
    values: dict[tuple[str, str], str]
    findings: tuple[Finding, ...]
    places: dict[tuple[str, str], str]


def drawn(text: str, file: str = "甲局.xlsx") -> Grid:
    """Turn drawn sheets into a grid: '== 名称' begins a sheet ('(隐藏)' hides it), cells stand between bars, @ a date, %0.45 a percent cell."""
    sheets: list[GridSheet] = []
    for line in (line.strip() for line in text.splitlines() if line.strip()):
        if line.startswith("=="):
            name = line.removeprefix("==").strip()
            sheets.append(GridSheet(name.removesuffix("(隐藏)"), (), name.endswith("(隐藏)")))
        else:
            cells = tuple(_value(cell.strip()) for cell in line.removeprefix("|").removesuffix("|").split("|"))
            sheets[-1] = sheets[-1]._replace(rows=(*sheets[-1].rows, cells))
    return Grid(file, tuple(sheets))


def read(grid: Grid | str) -> Read:
    """Read a grid, or drawn sheets, as a return of the small issue."""
    rows, findings = read_rows(drawn(grid) if isinstance(grid, str) else grid, ISSUE, FORM)
    answers = {(row.key, code): answer for row in rows for code, answer in row.answers.items()}
    return Read(
        [(finding.place.cell, finding.code.name) for finding in findings],
        {key: str(answer.value) for key, answer in answers.items()},
        findings,
        {key: str(answer.place) for key, answer in answers.items()},
    )


def _value(cell: str) -> object:
    if cell.startswith("@"):
        return date.fromisoformat(cell[1:])
    if cell.startswith("%"):
        return PercentCell(cell[1:])
    try:
        return float(Decimal(cell)) if cell else None
    except ArithmeticError:
        return cell

"""A small office with milestones: its work plans list some, its own list another; hands that type what units say of them."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from openpyxl import load_workbook

from tests.small import MASTER, filled_row, header_row, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.model.master import Deadline, Node
from toolkit.model.period import Period

YEAR, Q1, Q2 = Period(2023), Period(2023, 1), Period(2023, 2)
FACTORY, HOUSES, IDLE = "云溪县工信局", "东山镇", "云溪县发改局"
OWN = Node("任务3", "居民签约", date(2023, 2, 28))
Lines = Sequence[tuple[str, str, object]]


def node_workspace(folder: Path, *nodes: Node) -> Workspace:
    """Make a workspace whose office lists its own milestones; all four quarters stand in its calendar."""
    late = (Deadline("2023Q3", "季度进展", date(2023, 7, 1), date(2023, 9, 30)), Deadline("2023Q4", "季度进展", date(2023, 10, 1), date(2023, 12, 30)))
    return small_workspace(folder, replace(MASTER, nodes=nodes, calendar=(*MASTER.calendar, *late)))


def send_plan(space: Workspace, unit: str, numbers: Sequence[str], nodes: Lines, *, on: date = date(2023, 1, 10), name: str = "") -> None:
    """Let a unit send its work plan, in which every task that it leads is told, with its milestones."""
    source = space.out(YEAR, "发放") / f"{unit}_2023年工作方案.xlsx"
    target = space.inbox / (name or source.name)
    cells: dict[tuple[str, str, str], object] = {}
    for number in numbers:
        told = {"年度工作目标": "全面完成年度目标。", "具体措施": f"{number}分三步实施。", "责任科室": "综合科", "责任人": "某某一", "联系电话": "000-88000001"}
        told |= {f"{quarter}季度节点": f"{quarter}季度到位" for quarter in "一二三四"} | {"分管领导": "某某二", "完成时限": "2023-12-20"}
        plans: Mapping[str, object] = {f"{quarter}季度计划进度": share for quarter, share in zip("一二三四", (25, 50, 75, 100), strict=True)}
        cells |= {("工作方案", number, title): value for title, value in {**told, **plans}.items()}
    type_into(source, target, cells)
    book = load_workbook(target)
    sheet = book["节点"]
    first = header_row(sheet) + 1
    for at, line in enumerate(nodes):
        for column, value in enumerate(line, 1):
            sheet.cell(first + at, column).value = value  # type: ignore[assignment]
    contacts = book["督办联络员"]
    head = next(row[0].row or 0 for row in contacts.iter_rows(max_row=12) if row[0].value == "姓名")
    contacts.cell(head + 1, 1).value, contacts.cell(head + 1, 3).value = "某某三", "000-88000002"
    book.save(target)
    stamp(target, on)


def send_quarter(
    space: Workspace, period: Period, unit: str, rows: Mapping[str, Mapping[str, object]], nodes: Mapping[tuple[str, str], Mapping[str, object]], on: date
) -> None:
    """Let a unit send a quarter: of each task what is not as usual, of each milestone (task, name) what it types, by column title."""
    source = space.out(period, "发放") / f"{unit}_{period.label}进展.xlsx"
    target = space.inbox / f"{unit}{period}.xlsx"
    cells: dict[tuple[str, str, str], object] = {}
    for number, told in rows.items():
        cells |= filled_row(number, progress=30) | {("任务进展", number, title): value for title, value in told.items()}
    type_into(source, target, cells)
    book = load_workbook(target)
    for (number, name), told in nodes.items():
        sheet = book["节点进展"]
        head = header_row(sheet)
        titles = {cell.value: cell.column or 0 for cell in sheet[head]}
        at = next(row[0].row or 0 for row in sheet.iter_rows(min_row=head + 1) if (row[0].value, row[titles["节点"] - 1].value) == (number, name))
        for title, value in told.items():
            sheet.cell(at, titles[title]).value = value  # type: ignore[assignment]
    book.save(target)
    stamp(target, on)


def stamp(path: Path, on: date) -> None:
    """Date a file at nine in the morning of a day."""
    moment = datetime(on.year, on.month, on.day, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(path, (moment, moment))


def take_in(space: Workspace) -> None:
    """Collect what is in the inbox."""
    collect(space, progress=lambda items, _: items)


def planned_office(folder: Path) -> Workspace:
    """Make an office whose plan round is taken in: two milestones of 任务1 and one of 任务2 planned, one of 任务3 the office's own."""
    space = node_workspace(folder, OWN)
    issue(space, YEAR)
    lines = (("任务1", "厂房主体封顶", date(2023, 3, 20)), ("1", "竣工验收", "6月底"), ("任务2", "低效企业名单", date(2023, 4, 15)))
    send_plan(space, FACTORY, ("任务1", "任务2"), lines)
    take_in(space)
    return space

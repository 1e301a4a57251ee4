"""A clerk's and a unit's hands for the tests of time: returns sent on a day, cells typed into a consolidated workbook, and what stands there."""

import os
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

from tests.small import MASTER, Q1, filled_row, issue, made_once, small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import Collected, collect
from toolkit.model.master import Master
from toolkit.model.period import Period

Cells = Mapping[tuple[str, str, str], object]
TOWN = filled_row("任务2", lead=False) | filled_row("任务3")
IDLE: Cells = TOWN | {("任务进展", "任务2", "进展状态"): "未启动", ("任务进展", "任务2", "本季进展情况"): "等县里统一安排后启动。"}
FINISHED = {("任务进展", "任务2", "进展状态"): "已完成", ("任务进展", "任务2", "累计进度"): 100, ("任务进展", "任务2", "佐证材料"): "验收单3份"}
LEAD: Cells = filled_row("任务1") | filled_row("任务2") | FINISHED | {("指标进展", "任务1", "本年累计完成值"): 20}


def send(space: Workspace, unit: str, cells: Cells, name: str = "来件.xlsx", *, day: int = 20, month: int = 3, period: Period = Q1) -> None:
    """Lay a unit's filled-in form in the inbox, saved on a day of 2023."""
    suffix = f"{unit}_{period.label}{'进展' if period.quarter else '工作方案'}.xlsx"
    type_into(space.out(period, "发放") / suffix, space.inbox / name, cells)
    saved_on(space.inbox / name, day, month=month)


def saved_on(path: Path, day: int, *, month: int = 3) -> None:
    """Give a file the time of a day of 2023, at nine."""
    moment = datetime(2023, month, day, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(path, (moment, moment))


def run(space: Workspace) -> Collected:
    """Collect."""
    return collect(space, progress=lambda items, _: items)


def quarrel(folder: Path, master: Master | None = None) -> Workspace:
    """Make a workspace in which the lead of 任务2 reports it finished and the town not begun."""
    return made_once(folder, lambda root: _quarrel(root, master or MASTER), "quarrel", master)


def _quarrel(folder: Path, master: Master) -> Workspace:
    space = small_workspace(folder, master)
    issue(space)
    send(space, "云溪县工信局", LEAD, "工信.xlsx")
    send(space, "东山镇", IDLE, "镇.xlsx", day=24)
    run(space)
    return space


def type_row(path: Path, sheet: str, where: Mapping[str, str], values: Mapping[str, object]) -> None:
    """Type into the first row of a workbook's sheet whose columns say what `where` says, by column titles."""
    book = load_workbook(path)
    page = book[sheet]
    columns = {cell.value: cell.column for cell in page[1]}
    row = next(cells[0].row for cells in page.iter_rows(min_row=2) if all(str(cells[columns[title] - 1].value or "") == text for title, text in where.items()))
    for title, value in values.items():
        page.cell(row, columns[title]).value = value  # type: ignore[assignment]
    book.save(path)


def rows(path: Path, sheet: str) -> list[dict[str, object]]:
    """Give a sheet's rows by column titles; [] where there is no such sheet."""
    with closing(load_workbook(path, data_only=True, read_only=True)) as book:  # read-only: no other sheet is read
        if sheet not in book.sheetnames:
            return []
        titles, *lines = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, titles), line, strict=True)) for line in lines if any(value is not None for value in line)]

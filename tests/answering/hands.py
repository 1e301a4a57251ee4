"""A town that answers its receipt: what it sends, what comes back to it, what the office's book says."""

import os
from contextlib import closing
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

from tests.small import Q1, filled_row, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.unit_history import current_rows
from toolkit.model.findings import Code
from toolkit.model.period import Period

TOWN = filled_row("任务2", lead=False) | filled_row("任务3")
DOUBTED = TOWN | {
    ("任务进展", "任务3", "进展状态"): "已完成",
    ("任务进展", "任务3", "累计进度"): 60,
    ("任务进展", "任务3", "佐证材料"): "验收意见（云建〔2023〕5号）",
}  # one doubt: finished, and not 100
Cells = dict[tuple[str, str, str], object]


def run(space: Workspace) -> Collected:
    """Take in what lies in the inbox."""
    return collect(space, progress=lambda items, _: items)


def blank_form(space: Workspace, period: Period = Q1, unit: str = "东山镇") -> Path:
    """Name the form as it was issued."""
    return next(space.out(period, "发放").glob(f"{unit}_*.xlsx"))


def receipt(space: Workspace, kind: str = "退改.xlsx", period: Period = Q1, unit: str = "东山镇") -> Path:
    """Name what went back to a unit."""
    return space.out(period, "退回") / f"{blank_form(space, period, unit).stem}_{kind}"


def send(space: Workspace, source: Path, cells: Cells, *, day: int = 20, name: str = "来件.xlsx") -> Collected:
    """Type into a form, send it on a day of March, have it taken in."""
    type_into(source, space.inbox / name, cells)
    moment = datetime(2023, 3, day, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(space.inbox / name, (moment, moment))
    return run(space)


def says(space: Workspace, number: str, code: str, unit: str = "东山镇") -> object:
    """Give what holds of a task's column."""
    with open_office(space) as office:
        return next((row.value(code) for row in current_rows(office, Q1)[unit] if row.number == number), None)


def to_mend(space: Workspace, unit: str = "东山镇") -> list[tuple[str, str]]:
    """Give what the first sheet of the receipt asks for: column and problem; [] where there is only a short receipt."""
    path = receipt(space, unit=unit)
    if not path.exists():
        return []
    rows = load_workbook(path).worksheets[0].iter_rows(min_row=5, values_only=True)
    return [(str(row[4] or ""), str(row[5])) for row in rows if isinstance(row[0], int | float)]


def table(path: Path, sheet: str) -> list[dict[str, object]]:
    """Give the rows of a sheet of the office's book by column title."""
    with closing(load_workbook(path, read_only=True)) as book:  # read-only: no other sheet is read
        head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def found_in(space: Workspace) -> list[Code]:
    """List what was found in every file of the round, oldest first."""
    with open_office(space) as office:
        records = [file.id for file in office.ledger.all_files(str(Q1))]
        return [one.code for _, one in office.ledger.findings_of(records)]

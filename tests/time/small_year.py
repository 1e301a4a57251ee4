"""A small office whose year has four quarters, on days that the test names; hands that issue, return, collect and consolidate."""

import os
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from openpyxl import load_workbook

from tests import small
from tests.small import MASTER, filled_row, made_once, small_workspace, type_into
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing import close_period
from toolkit.flows.closing.close_period import Closed
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.documents import documents
from toolkit.model.master import Deadline, Master
from toolkit.model.period import Period

YEAR = Period(2023)
Q1, Q2, Q3, Q4 = YEAR.quarters()
DUE = {Q1: date(2023, 3, 30), Q2: date(2023, 6, 30), Q3: date(2023, 9, 30), Q4: date(2023, 12, 30)}
OPENS = {Q1: date(2023, 1, 1), Q2: date(2023, 4, 1), Q3: date(2023, 7, 1), Q4: date(2023, 10, 1)}
WHOLE_YEAR: Master = replace(
    MASTER, calendar=(MASTER.calendar[0], *(Deadline(str(period), "季度进展", OPENS[period], DUE[period]) for period in YEAR.quarters()))
)
TOWN, BUREAU, PLANNERS = "东山镇", "云溪县工信局", "云溪县发改局"
ROWS = {TOWN: (("任务3", True), ("任务2", False)), BUREAU: (("任务1", True), ("任务2", True)), PLANNERS: (("任务1", False),)}


def office(folder: Path) -> Workspace:
    """Make the small office's workspace, with a key that is the same in every test."""
    space = small_workspace(folder, WHOLE_YEAR)
    (space.records / "seal.key").write_text("ab" * 32)
    return space


def quietly(items: object, _: str) -> object:
    """Go through items without a word."""
    return items


def issue(space: Workspace, period: Period) -> None:
    """Issue a quarter on the day it opens."""
    with held(OPENS[period]):
        small.issue(space, period)


def lay(space: Workspace, period: Period, unit: str, *, progress: int = 30, on: date | None = None, name: str = "") -> Path:
    """Let a unit fill in its workbook of a period and send it on a day (the fifth before the deadline), without collecting it."""
    form = space.root / "outbox" / str(period) / "发放" / f"{unit}_{period.label}进展.xlsx"
    cells: dict[tuple[str, str, str], object] = {}
    for task, leads in ROWS[unit]:
        cells |= filled_row(task, lead=leads, progress=progress)
    path = space.inbox / (name or f"{unit}_{period}_{progress}.xlsx")
    type_into(form, path, cells)
    sent_on(path, on or DUE[period].replace(day=25))
    return path


def sent_on(path: Path, day: date) -> None:
    """Give a file the time that it was sent."""
    moment = datetime.combine(day, time(9)).timestamp()
    os.utime(path, (moment, moment))


def take_in(space: Workspace, day: date) -> Collected:
    """Collect on a day."""
    with held(day):
        return collect(space, progress=quietly)  # type: ignore[arg-type]


def book(space: Workspace, period: Period, day: date) -> bytes:
    """Consolidate on a day; give the workbook's bytes."""
    with held(day):
        return consolidate(space, period).path.read_bytes()


def close(space: Workspace, period: Period, day: date, *, with_open: bool = True, confirm: bool = False) -> Closed:
    """Close a period on a day."""
    with held(day):
        return close_period.close(space, period, with_open=with_open, confirm=confirm, progress=quietly)  # type: ignore[arg-type]


def files_of(space: Workspace, period: Period, *, papers: date | None = None) -> dict[str, bytes]:
    """Give a period's book and papers by name, brought up to date on a day where one is given."""
    if papers is not None:
        with held(papers):
            consolidate(space, period)
            documents(space, period, yellow=False, progress=quietly)  # type: ignore[arg-type]
    root = space.root / "outbox" / str(period)
    return {path.relative_to(root).as_posix(): path.read_bytes() for name in ("汇总", "文书") for path in sorted((root / name).rglob("*")) if path.is_file()}


def sheet(space: Workspace, period: Period, name: str) -> list[dict[str, object]]:
    """Give the rows of a sheet of a period's book as it lies there, by column title; [] where there is no such sheet."""
    with closing(load_workbook(space.out(period, "汇总") / f"{period.label}目标任务进展汇总.xlsx", read_only=True)) as book:
        if name not in book.sheetnames:
            return []
        head, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def type_ruling(space: Workspace, period: Period, number: str, light: str, why: str) -> None:
    """Type a light and its reason into a period's book, as the clerk does."""
    path = space.out(period, "汇总") / f"{period.label}目标任务进展汇总.xlsx"
    book = load_workbook(path)
    page = book["任务进展"]
    at = {cell.value: cell.column for cell in page[1]}
    row = next(row[0].row for row in page.iter_rows(min_row=2) if row[at["编号"] - 1].value == number)
    page.cell(row, at["认定灯"]).value, page.cell(row, at["认定说明"]).value = light, why
    book.save(path)


def two_reported(folder: Path) -> Workspace:
    """Make an office in whose first quarter two units of three have reported in time."""
    return made_once(folder, _two_reported, "two reported")


def _two_reported(folder: Path) -> Workspace:
    space = office(folder)
    issue(space, Q1)
    for unit in (TOWN, BUREAU):
        lay(space, Q1, unit, progress=20)
    take_in(space, DUE[Q1])
    return space

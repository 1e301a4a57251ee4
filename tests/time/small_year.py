"""A small office whose year has four quarters, on days that the test names; hands that issue, return, collect and consolidate."""

import os
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from tests.small import MASTER, filled_row, small_workspace, type_into
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.collect import Collected, collect
from toolkit.flows.consolidate import consolidate
from toolkit.flows.generate import generate
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
        generate(space, period, only=(), progress=quietly)  # type: ignore[arg-type]


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

"""A task with several leads stands as the first one that wrote something says, and so it does in the books of later quarters."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.small import filled_row, small_workspace, type_into
from tests.time.small_year import BUREAU, DUE, PLANNERS, Q1, Q2, TOWN, WHOLE_YEAR, book, issue, sent_on, sheet, take_in
from toolkit.edges.workspace import Workspace
from toolkit.model.master import Indicator
from toolkit.model.period import Period

SHARED = "任务3"  # led by the town, then by the planners
MASTER = replace(
    WHOLE_YEAR,
    tasks=tuple(replace(task, leads=(TOWN, PLANNERS)) if task.number == SHARED else task for task in WHOLE_YEAR.tasks),
    indicators=(Indicator(SHARED, "改造户数", "≥", Decimal(400), "户", "累计", "改造400户以上"),),
)
ROW: Mapping[tuple[str, str, str], object] = filled_row(SHARED, progress=20)
REACHED = ("指标进展", SHARED, "本年累计完成值")


def send(space: Workspace, period: Period, unit: str, cells: Mapping[tuple[str, str, str], object]) -> None:
    """Let a unit fill in some cells of its form and send it in time."""
    path = space.inbox / f"{period}_{unit}.xlsx"
    type_into(space.out(period, "发放") / f"{unit}_{period.label}进展.xlsx", path, cells)
    sent_on(path, DUE[period].replace(day=25))


def shared(space: Workspace, period: Period, day: date, name: str = "任务进展") -> dict[str, object]:
    """Give what a period's book says of the task, made on a day."""
    book(space, period, day)
    return next(row for row in sheet(space, period, name) if row["编号"] == SHARED)


def test_an_empty_row_hides_no_other_lead(tmp_path: Path) -> None:
    """The first lead wrote only the indicator: progress is the second's. It wrote of the task alone: the indicator is the second's."""
    space = small_workspace(tmp_path, MASTER)
    issue(space, Q1)
    send(space, Q1, TOWN, {REACHED: 90})
    send(space, Q1, PLANNERS, {**ROW, REACHED: 120})
    take_in(space, DUE[Q1])
    task, indicator = shared(space, Q1, DUE[Q1]), shared(space, Q1, DUE[Q1], "量化指标")
    issue(space, Q2)
    send(space, Q2, TOWN, filled_row(SHARED, progress=45))
    send(space, Q2, PLANNERS, {**ROW, REACHED: 210})
    take_in(space, DUE[Q2])

    assert (20, "推进中", 90) == (task["累计进度"], task["进展状态"], indicator["累计完成值"])
    assert (45, 210) == (shared(space, Q2, DUE[Q2])["累计进度"], shared(space, Q2, DUE[Q2], "量化指标")["累计完成值"])


def test_a_later_book_shows_the_progress_of_the_quarters_own(tmp_path: Path) -> None:
    """Both leads reported, whoever came first and however the units are listed: 一季度 is what the first quarter's book says."""
    space = small_workspace(tmp_path, replace(MASTER, units=tuple(reversed(MASTER.units))))
    issue(space, Q1)
    for unit, progress in ((TOWN, 12), (PLANNERS, 24)):
        send(space, Q1, unit, filled_row(SHARED, progress=progress))
    take_in(space, DUE[Q1])
    own = shared(space, Q1, DUE[Q1])["累计进度"]
    issue(space, Q2)
    send(space, Q2, BUREAU, filled_row("任务1", progress=50))
    take_in(space, DUE[Q2])

    assert (12, 12) == (own, shared(space, Q2, DUE[Q2])["一季度"])

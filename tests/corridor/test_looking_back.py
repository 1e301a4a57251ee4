"""What a return is held against: the quarter before its own, whenever and in whatever company it comes."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake import archive_returns
from toolkit.flows.intake.collect import Collected, collect
from toolkit.model.findings import Code
from toolkit.model.period import Period

Q2 = Period(2023, 2)
TOWN = filled_row("任务2", lead=False) | filled_row("任务3", progress=60)
OFFICE = filled_row("目标1", progress=60) | filled_row("任务1", lead=False)
TOLD = ("任务进展", "任务3", "本季进展情况")


def put(space: Workspace, period: Period, unit: str, name: str, cells: dict[tuple[str, str, str], object]) -> None:
    """Lay a filled workbook into the inbox."""
    type_into(next(space.out(period, "发放").glob(f"{unit}_*.xlsx")), space.inbox / name, cells)
    moment = datetime(2023, period.quarter * 3, 28, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(space.inbox / name, (moment, moment))


def copies(done: Collected) -> list[str]:
    """Name the files in which last quarter's text was found again."""
    return [finding.place.file for arrival in done.arrivals for finding in arrival.findings if finding.code is Code.COPY_OF_LAST]


def take_in(space: Workspace) -> Collected:
    return collect(space, progress=lambda items, _: items)


def test_both_quarters_in_one_collect_are_held_against_each_other(tmp_path: Path) -> None:
    """A second quarter that repeats the first is found although the first came in the same run, after another unit's second quarter."""
    space = small_workspace(tmp_path)
    issue(space)
    issue(space, Q2)
    put(space, Q2, "云溪县发改局", "1.xlsx", OFFICE)
    put(space, Q1, "东山镇", "2.xlsx", TOWN)
    put(space, Q2, "东山镇", "3.xlsx", TOWN | {("任务进展", "任务2", "本季进展情况"): "盘活厂房3处。"})

    assert ["3.xlsx"] == copies(take_in(space))


def test_it_is_the_same_when_every_file_is_recorded_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read before of another period is read again once a file of an earlier one is recorded."""
    monkeypatch.setattr(archive_returns, "_TOGETHER", 1)
    test_both_quarters_in_one_collect_are_held_against_each_other(tmp_path)


def test_a_late_first_quarter_is_not_held_against_the_second(tmp_path: Path) -> None:
    """A correction of the first quarter that repeats what the second says has no quarter before it."""
    space = small_workspace(tmp_path)
    issue(space)
    put(space, Q1, "东山镇", "1.xlsx", TOWN)
    take_in(space)
    issue(space, Q2)
    put(space, Q2, "东山镇", "2.xlsx", TOWN | {TOLD: "主体封顶，二次结构进场。"})
    take_in(space)
    put(space, Q1, "东山镇", "3.xlsx", TOWN | {TOLD: "主体封顶，二次结构进场。"})

    assert [] == copies(take_in(space))

"""How a round stands does not depend on the order in which returns are collected, nor on how often it is consolidated."""

import os
from datetime import datetime
from itertools import permutations
from pathlib import Path

import pytest

from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.report.consolidate import consolidate

TOWN = filled_row("任务2", lead=False)
RETURNS = {
    "先.xlsx": ("东山镇", 9, TOWN | filled_row("任务3", progress=20)),
    "后.xlsx": ("东山镇", 11, TOWN | filled_row("任务3", progress=35)),
    "别.xlsx": ("云溪县工信局", 10, filled_row("任务1") | filled_row("任务2")),
}


def stands(space: Workspace, order: tuple[str, ...]) -> list[object]:
    """Issue, collect the returns one by one in an order, and say how every task and unit stands."""
    folder = issue(space)
    for name in order:
        unit, hour, cells = RETURNS[name]
        type_into(folder / f"{unit}_2023年第一季度进展.xlsx", space.inbox / name, cells)
        moment = datetime(2023, 3, 20, hour).timestamp()  # noqa: DTZ001 - file times are local
        os.utime(space.inbox / name, (moment, moment))
        collect(space, progress=lambda items, _: items)
    done = consolidate(space, Q1)
    tasks = [(task.task.number, task.status, task.progress, task.quarters, task.lead and task.lead.row) for task in done.round.tasks]
    return [*tasks, sorted((detail.unit, repr(detail.row)) for detail in done.round.details)]


def test_the_order_of_returns_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In each of six orders the same values stand, those of the return that was sent last."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-03")
    found = [stands(small_workspace(tmp_path / str(number)), order) for number, order in enumerate(permutations(RETURNS))]

    assert [found[0]] * 6 == found


def test_consolidated_twice_is_consolidated_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same ledger gives the same bytes."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-03")
    space = small_workspace(tmp_path)
    stands(space, tuple(RETURNS))
    first = consolidate(space, Q1).path.read_bytes()

    assert first == consolidate(space, Q1).path.read_bytes()

"""What was decided stays decided: faults that were found by running the product, each as the right outcome. Issuing and lateness are here."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.small import MASTER, Q1, issue, small_workspace
from tests.time.clerk import TOWN, run, saved_on, send
from toolkit.edges.files import write_file
from toolkit.edges.templates.write_master import master_bytes
from toolkit.edges.workspace import Workspace
from toolkit.flows.issue.generate import generate
from toolkit.flows.report.consolidate import consolidate


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """The small office in its first quarter, issued; the town has reported."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-10")
    space = small_workspace(tmp_path)
    issue(space)
    send(space, "东山镇", TOWN, "甲.xlsx", day=9)
    run(space)
    return space


def test_four_edits_at_once_change_only_the_forms_whose_rows_changed(space: Workspace) -> None:
    """A moved 截止, a contact, a heading and one task's text: one form is issued anew, with what its unit had said, and the list says why."""
    calendar = tuple(replace(line, due=date(2023, 4, 8)) if line.period == "2023Q1" else line for line in MASTER.calendar)
    units = tuple(replace(unit, contact="某某") if unit.name == "东山镇" else unit for unit in MASTER.units)
    tasks = (*MASTER.tasks[:2], replace(MASTER.tasks[2], section="(一)产业发展"), replace(MASTER.tasks[3], text="完成老旧小区改造12个。"))
    write_file(space.master, master_bytes(replace(MASTER, calendar=calendar, units=units, tasks=tasks)))

    done = generate(space, Q1, only=(), progress=lambda items, _: items)

    assert [("东山镇", "换发", "任务3：目标任务有变")] == [(dispatch.unit, dispatch.deed.value, dispatch.why) for dispatch in done.dispatches]
    assert ["云溪县发改局", "云溪县工信局"] == sorted(done.unchanged)
    assert done.listed.is_file()


def test_a_file_that_is_copied_after_it_came_in_time_is_not_late(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What came in time and is saved again after the deadline makes nobody late, and takes no points off."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-10")
    send(space, "东山镇", TOWN | {("任务进展", "任务3", "累计进度"): 31}, "副本.xlsx")
    saved_on(space.inbox / "副本.xlsx", 9, month=4)
    run(space)

    done = consolidate(space, Q1)

    assert [True] == [unit.on_time for unit in done.round.units if unit.unit == "东山镇"]
    assert [] == [deduction for deduction in done.assessment.scores.deductions if deduction.item == "迟报" and deduction.unit == "东山镇"]

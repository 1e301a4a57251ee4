"""A form that comes back after the list was changed: what it lacks is asked for, what is no longer its unit's is said, a unit that is gone is told so."""

from pathlib import Path

import pytest

from tests.clerk import add_row
from tests.small import Q1, filled_row, issue, small_workspace
from tests.time.clerk import LEAD, TOWN, rows, run, send
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.verify import verify
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import consolidate


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """The small office, its first quarter issued."""
    space = small_workspace(tmp_path)
    issue(space)
    return space


def hand_over(space: Workspace) -> None:
    """Give the town's task to the bureau, which has been asked for two others, and issue anew."""
    add_row(space.master, 编号="任务3", 事项="牵头单位", 现="云溪县工信局", 自期间="2023Q1")
    issue(space)


def issues(space: Workspace) -> list[tuple[str, str]]:
    """Give unit and code of what a quarter's book asks about that has to do with a change of the list."""
    found = rows(consolidate(space, Q1).path, "问题清单")
    return [(str(row["单位"]), str(row["代码"])) for row in found if row["代码"] in {"S31", "S32", "S33", "Q66"}]


def test_an_older_form_is_asked_for_what_was_added_since(space: Workspace) -> None:
    """The bureau returns the form of before the change: it is taken, not called complete, and what it gets back asks for the new task too."""
    old = space.out(Q1, "发放")
    kept = {path.name: path.read_bytes() for path in old.glob("*.xlsx")}
    hand_over(space)
    for name, content in kept.items():
        (old / name).write_bytes(content)
    send(space, "云溪县工信局", LEAD)
    send(space, "东山镇", TOWN, "镇.xlsx")

    done = run(space)

    assert [("云溪县工信局", "S31")] == issues(space)
    assert "云溪县工信局" in done.receipts.to_mend
    note = (space.out(Q1, "退回") / "东山镇_2023年第一季度进展_回执.txt").read_text("utf-8-sig")
    assert "任务3现在不由本单位填报，本件里的这些行不计入。" in note


def test_who_reported_before_a_task_came_to_it_is_asked_for_it(space: Workspace) -> None:
    """The bureau had reported when the town's task was handed to it: the book says that this one is missing, until the new form is back."""
    send(space, "云溪县工信局", LEAD)
    run(space)
    hand_over(space)
    assert [("云溪县工信局", "Q66")] == issues(space)

    send(space, "云溪县工信局", LEAD | filled_row("任务3"), "新.xlsx", day=22)
    run(space)

    assert [] == issues(space)


def test_who_leads_what_it_supported_is_asked_for_it(space: Workspace) -> None:
    """The town had reported as one that helps; it leads the task now, and has not told what a lead tells."""
    send(space, "东山镇", TOWN)
    run(space)
    assert [] == issues(space)
    add_row(space.master, 编号="任务2", 事项="牵头单位", 现="东山镇", 自期间="2023Q1")

    assert [("东山镇", "Q66")] == issues(space)


def test_a_unit_that_was_merged_is_told_where_to_report(space: Workspace) -> None:
    """What it reported before stays verified and asks for nothing any more; what comes from it afterwards is refused with the unit that follows it."""
    form = space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx"
    content = form.read_bytes()
    send(space, "东山镇", {**TOWN, ("任务进展", "任务3", "累计进度"): 300})
    run(space)
    add_row(space.master, 编号="东山镇", 事项="合并", 现="云溪县工信局", 自期间="2023Q1")
    issue(space)
    with open_office(space) as office:
        assert [] == office.ledger.sent_back(str(Q1))
    consolidate(space, Q1)
    assert () == verify(space, Q1, progress=lambda items, _: items).differences

    form.write_bytes(content)
    send(space, "东山镇", TOWN, "再报.xlsx", day=23)
    (arrival,) = run(space).arrivals

    assert ["FORMER_UNIT"] == [finding.code.name for finding in arrival.findings]
    assert "“东山镇”自 2023Q1 起已合并" in arrival.reason
    assert "请由云溪县工信局在自己的表里报。" in arrival.findings[0].advice

"""A unit that was split is in no register any more; who still names it is not told that it is unknown."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.clerk import add_row, codes, registered, type_cells
from tests.small import Q1, issue, small_workspace
from tests.time.clerk import rows
from toolkit.cli.main import _run
from toolkit.edges.workspace import Workspace
from toolkit.flows.issue.generate import generate
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.upkeep.doctor import doctor
from toolkit.flows.upkeep.examined import Health
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period

Q2 = Period(2023, 2)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A workspace whose first quarter was issued before one of its units was split."""
    space = small_workspace(tmp_path / "办公室")
    issue(space, Q1)
    add_row(space.master, 编号="东山镇", 事项="拆分", 现="东山北镇、东山南镇", 自期间="2023Q2")
    registered(space)
    return space


def test_a_task_without_a_successor_is_asked_about_and_past_quarters_go_on(space: Workspace) -> None:
    """The task that still names the unit is asked about, once, in its own words; the quarter before is consolidated."""
    assert ["NO_SUCCESSOR"] == codes(space)
    assert consolidate(space, Q1).path.exists()


def test_what_nobody_has_taken_over_is_loud(space: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Generate ends with 1, names the task, in whose forms it is missing and where to answer; status and doctor repeat it until it is answered."""
    words = "任务3还写着“东山镇”，它自 2023Q2 起已拆分，不知道由谁接；答复以前不在任何单位的表里。"

    for command in (["generate", "2023Q2"], ["generate", "2023Q2", "--json"], ["status"]):
        code = _run(["--workspace", str(space.root), *command])
        shown = "".join("".join(capsys.readouterr()).split())
        assert command[0] != "generate" or code == 1
        assert words.replace(" ", "") in shown
        assert "请在“任务”表里改成“东山北镇、东山南镇”中的一个" in shown

    assert [f"任务总表.xlsx!任务：{words}"] == [found.seen for found in doctor(space) if found.thing == space.master.name]
    type_cells(space.master, "任务", {"F5": "东山北镇"})
    assert _run(["--workspace", str(space.root), "generate", "2023Q2"]) in {0, 1}
    assert "不知道由谁接" not in "".join(capsys.readouterr())
    assert list(space.out(Q2, "发放").glob("东山北镇*"))


def test_those_that_follow_are_members_where_it_was_one(space: Workspace) -> None:
    """A collective of which a split unit was a member means those that follow it from then on, and they get its tasks; the quarter before does not change."""
    with open_office(space) as office:
        members = [office.at(period).master.resolve("各镇").members for period in (Q1, Q2)]  # type: ignore[union-attr]
    folder = generate(space, Q2, only=(), progress=lambda items, _: items).folder

    assert [("东山镇",), ("东山北镇", "东山南镇")] == members
    assert {"东山北镇", "东山南镇"} <= {path.name.partition("_")[0] for path in folder.glob("*.xlsx")}
    assert "东山北镇、东山南镇" in [row["成员"] for row in rows(space.master, "单位")]


def test_points_given_to_a_unit_that_was_split_stay(space: Workspace) -> None:
    """A row of 加减分 names the unit that is no more: the rules hold, and the quarter in which it worked has its points."""
    path = space.templates / "考核规则.xlsx"
    rules = load_workbook(path)
    rules["加减分"].append(["东山镇", 2, "受到表彰", date(2023, 2, 1), "某府办〔2023〕3号"])
    rules.save(path)

    done = consolidate(space, Q1)

    assert [("东山镇", 2)] == [(line.unit, line.points) for line in done.assessment.scores.deductions if line.item == "加分"]
    assert [Health.GOOD] == [found.health for found in doctor(space) if found.thing == path.name]


def test_a_unit_that_nobody_ever_knew_still_stops_the_work(space: Workspace) -> None:
    """A name that is in no register and was in none is an error, beside a unit that was split."""
    type_cells(space.master, "任务", {"F2": "西山镇"})

    assert "UNKNOWN_UNIT" in codes(space)
    with pytest.raises(CommandError, match="单位“西山镇”不在“单位”表中") as stopped:
        consolidate(space, Q1)
    assert "东山镇" not in stopped.value.message

"""Changes dated where no round begins: they are registered, and their cell is named."""

from datetime import date
from pathlib import Path

import pytest

from tests.clerk import add_row, ledger_rows, registered, type_cells
from tests.small import Q1, issue, small_workspace
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.flows.upkeep.examine_workspace import examine_workspace
from toolkit.model.amendment_sheet import SHEET


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """The small office, its first quarter issued; its calendar ends with 2023Q2."""
    space = small_workspace(tmp_path)
    issue(space)
    return space


def told(space: Workspace) -> list[tuple[str, str]]:
    """Give cell and sentence of what a command that registers says of days that no round uses."""
    return [(one.place.cell, one.message) for one in registered(space) if one.code.name == "IDLE_SINCE"]


@pytest.mark.parametrize(
    ("since", "effect"),
    [
        ("2024Q1", "不在 2023 年，2023 年没有一期用得上这一行"),
        ("2024-03-05", "不在 2023 年，2023 年没有一期用得上这一行"),
        ("2022Q3", "比 2023 年早，按年初起算，2023 年各期都用这一行"),
        ("2023-05-10", "日程里最后一期 2023Q2 从 2023-04-01 算起，比它晚，没有一期用得上这一行"),
        ("2023Q2", ""),
        ("2023-04-01", ""),
    ],
)
def test_a_day_that_no_round_uses_is_told_at_its_cell(space: Workspace, since: str, effect: str) -> None:
    """A row of another year, or of a day behind the last round's first, is registered, and the command says what that means; doctor goes on saying it."""
    add_row(space.master, 编号="任务1", 事项="目标值", 现="70", 自期间=since)

    assert ([("E2", f"“自期间”是“{since}”，{effect}。")] if effect else []) == told(space)
    assert [("70", since)] == [(row["现"], row["自期间"]) for row in ledger_rows(space.master)]
    assert [] == told(space)
    assert bool(effect) == any("“自期间”" in one.seen and "E2" in one.seen for one in examine_workspace(space))
    type_cells(space.master, SHEET, {"E2": "2023Q2"})
    assert [] == told(space)
    assert not any("“自期间”" in one.seen for one in examine_workspace(space))


def test_a_row_dated_anew_is_looked_at_again(space: Workspace) -> None:
    """A registered row whose day is moved to the next year is told; one that was taken back says nothing any more."""
    add_row(space.master, 编号="任务1", 事项="目标值", 现="70", 自期间="2023Q1")
    assert [] == told(space)
    type_cells(space.master, SHEET, {"E2": "2024Q1"})

    assert ["E2"] == [cell for cell, _ in told(space)]
    with open_office(space) as office:
        assert [80] == [int(one.target) for one in office.at(Q1).master.indicators]
    type_cells(space.master, SHEET, {"L2": "作废"})
    assert [] == told(space)


def test_what_the_program_dates_itself_is_said_once(space: Workspace) -> None:
    """Where every round of the year is over and settled, a change holds from the next year on: that is said when it is registered, and not by doctor."""
    with held(date(2023, 12, 1)):
        add_row(space.master, 编号="任务1", 事项="目标值", 现="70", 自期间="2024")
        assert ["E2"] == [cell for cell, _ in told(space)]
        assert not any("“自期间”" in one.seen for one in examine_workspace(space))

"""调整台账 typed over, copied and written twice: nothing that the clerk typed is dropped without a word, nothing registered is changed by it."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.clerk import add_row, codes, ledger_rows, registered, type_cells
from tests.small import issue, small_workspace
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.model.amendment_sheet import SHEET
from toolkit.model.period import Period

Q2, Q4 = Period(2023, 2), Period(2023, 4)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """The small office, its first quarter issued, its one target brought to 70 from the fourth quarter on."""
    space = small_workspace(tmp_path)
    issue(space)
    add_row(space.master, 编号="任务1", 事项="目标值", 现="70", 自期间="2023Q4")
    registered(space)
    return space


def target(space: Workspace, period: Period) -> str:
    """Give the small office's one target in a period."""
    with open_office(space) as office:
        return f"{office.at(period).master.indicators[0].target:f}"


@pytest.mark.parametrize(("cell", "typed"), [("A2", "任务2"), ("B2", "完成时限"), ("C2", "90"), ("D2", "65"), ("K2", "9"), ("L2", "废")])
def test_what_is_registered_is_not_typed_over_in_silence(space: Workspace, cell: str, typed: str) -> None:
    """A registered row that says something else is pointed at, keeps what was typed until it is put right, and changes nothing."""
    before = load_workbook(space.master)[SHEET][cell].value
    type_cells(space.master, SHEET, {cell: typed})

    (found,) = registered(space)

    assert ("FIXED_CELL", cell) == (found.code.name, found.place.cell)
    assert typed == load_workbook(space.master)[SHEET][cell].value
    assert "70" == target(space, Q4)
    type_cells(space.master, SHEET, {cell: before})
    assert [] == codes(space)


def test_a_row_written_as_a_copy_of_another_is_a_new_one(space: Workspace) -> None:
    """The clerk copies a registered row with its number and writes another value and date into the copy: both rows hold."""
    book = load_workbook(space.master)
    copied = [cell.value for cell in book[SHEET][2]]
    copied[3:5] = ["75", "2023Q2"]
    book[SHEET].append(copied)
    book.save(space.master)

    assert ["AMENDED"] == codes(space)
    assert ["1", "2"] == [row["序号"] for row in ledger_rows(space.master)]
    assert ("75", "70") == (target(space, Q2), target(space, Q4))


def test_the_same_value_from_another_day_is_asked_about(space: Workspace) -> None:
    """The target of the fourth quarter written once more from the second on is asked about; the very same again is not."""
    add_row(space.master, 编号="任务1", 事项="目标值", 现="70", 自期间="2023Q4")
    assert [] == codes(space)

    add_row(space.master, 编号="任务1", 事项="目标值", 现="70", 自期间="2023Q2", 文号="某政发〔2023〕9号")
    (found,) = registered(space)

    assert ("NOTHING_NEW", "D2") == (found.code.name, found.place.cell)
    assert "第 1 号调整已经改成这样（自 2023Q4 起）" in found.message
    assert "某政发〔2023〕9号" == ledger_rows(space.master)[0]["文号"]
    assert ("80", "70") == (target(space, Q2), target(space, Q4))


def test_a_row_and_its_cell_that_say_two_things_are_asked_about(space: Workspace) -> None:
    """60 in a row and 65 in 量化指标, both typed now: neither is taken, both stay as they were typed; made alike, it is one change."""
    type_cells(space.master, "量化指标", {"D2": 65})
    add_row(space.master, 编号="任务1", 事项="目标值", 现="60", 自期间="2023Q2")

    assert ["TYPED_TWICE"] == codes(space) == codes(space)
    assert (65, "60") == (load_workbook(space.master)["量化指标"]["D2"].value, ledger_rows(space.master)[0]["现"])
    type_cells(space.master, SHEET, {"D2": "65"})
    assert (["AMENDED"], "65") == (codes(space), target(space, Q2))


def test_a_unit_is_not_ended_while_tasks_name_it(space: Workspace) -> None:
    """撤销单位 of a unit that still leads a task and is in a collective is refused; with rows that give these to others it holds."""
    add_row(space.master, 编号="东山镇", 事项="撤销单位", 自期间="2023Q2")

    (found,) = registered(space)

    assert "UNIT_LEFT" == found.code.name
    assert "“东山镇”还列在任务3、“各镇”的成员里" in found.message
    add_row(space.master, 编号="任务3", 事项="牵头单位", 现="云溪县发改局", 自期间="2023Q2")
    add_row(space.master, 编号="各镇", 事项="成员", 现="", 自期间="2023Q2")
    assert ["AMENDED"] * 3 == codes(space)

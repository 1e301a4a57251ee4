"""The turn of the year: what was left unfinished is offered in the new list, and stays offered however often the notice is imported."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.clerk import type_cells
from tests.time.small_year import BUREAU, Q2, Q3, TOWN, issue, lay, take_in, two_reported
from toolkit.edges.clock import held
from toolkit.edges.templates.next_year_sheet import take_over
from toolkit.edges.workspace import Workspace
from toolkit.flows.issue.import_notice import import_notice


def test_a_second_import_keeps_the_offer_and_its_answers(tmp_path: Path) -> None:
    """The notice of the new year imported twice: 上年结转 has its rows, and what the clerk answered in it."""
    space = two_reported(tmp_path)
    table = tmp_path / "2024.xlsx"
    table.write_bytes(space.master.read_bytes())
    with held(date(2024, 1, 5)):
        import_notice(space, table, 2024)
        type_cells(space.master, "上年结转", {"G2": "否"})
        offered = list(load_workbook(space.master)["上年结转"].iter_rows(values_only=True))
        import_notice(space, table, 2024)

    assert ["旧编号", "任务1", "任务2", "任务3"] == [row[0] for row in offered]
    assert offered == list(load_workbook(space.master)["上年结转"].iter_rows(values_only=True))


def _offered(space: Workspace, folder: Path) -> list[tuple[object, ...]]:
    """Import next year's notice; give number, status and progress of what is offered."""
    table = folder / "2024.xlsx"
    table.write_bytes(space.master.read_bytes())
    with held(date(2024, 1, 5)):
        import_notice(space, table, 2024)
    return [(row[0], row[4], row[5]) for row in load_workbook(space.master)["上年结转"].iter_rows(min_row=2, values_only=True)]


def test_the_last_word_of_a_task_is_offered_whatever_quarter_it_is_of(tmp_path: Path) -> None:
    """任务3 was reported in the second quarter, the others in the first, none in the third: each comes with its last word and the quarter of it."""
    space = two_reported(tmp_path)
    issue(space, Q2)
    lay(space, Q2, TOWN, progress=45)
    take_in(space, date(2023, 6, 29))
    issue(space, Q3)

    said = "推进中（2023年第{}季度报，此后未报）"
    assert [("任务1", said.format("一"), "20"), ("任务2", said.format("一"), "20"), ("任务3", said.format("二"), "45")] == _offered(space, tmp_path)
    type_cells(space.master, "上年结转", {"G4": "是"})
    (taken,) = take_over(space.master)
    (row,) = [row for row in load_workbook(space.master)["任务"].iter_rows(values_only=True) if row[0] == taken[1]]
    assert "上年结转，旧编号 任务3，上年末推进中（2023年第二季度报，此后未报），累计进度 45%" in row


def test_what_was_said_in_the_newest_quarter_names_no_other(tmp_path: Path) -> None:
    """A word of the newest quarter stands as it is; of what was not reported in it the quarter is named."""
    space = two_reported(tmp_path)
    issue(space, Q2)
    lay(space, Q2, BUREAU, progress=45)
    take_in(space, date(2023, 6, 29))

    assert [("任务1", "推进中", "45"), ("任务2", "推进中", "45"), ("任务3", "推进中（2023年第一季度报，此后未报）", "20")] == _offered(space, tmp_path)

"""The turn of the year: what was left unfinished is offered in the new list, and stays offered however often the notice is imported."""

from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from tests.clerk import type_cells
from tests.time.small_year import two_reported
from toolkit.edges.clock import held
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

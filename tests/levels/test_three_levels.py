"""A community that has groups below it adopts its street's form as the street adopted the district's: the district traces down to the group."""

import shutil
from pathlib import Path

from openpyxl import load_workbook

from tests.levels.offices import Q1, STREETS, adopted, district, issued, report, row, send_up, taken_in
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.trace import trace

STREET = STREETS[0]


def test_three_levels(tmp_path: Path) -> None:
    """
    What two groups typed is the community's sum, the street's and the district's; the district's trace names each group's file and cell as level 2.
    """
    above = district(tmp_path / "district")
    street, _ = adopted(issued(above)[STREET], tmp_path / "street", {"甲社区": "任务1", "乙社区": "任务1"})
    forms = issued(street)
    community, _ = adopted(forms["甲社区"], tmp_path / "community", {"一网格": "", "二网格": ""})
    figures = {"一网格": 3, "二网格": 4}
    report(community, issued(community), lambda unit: row("任务1", "推进中", 50, f"改造{figures[unit]}个。", figures[unit]))
    shutil.copy(send_up(community, street).path, tmp_path / "社区.xlsx")
    report(street, {"乙社区": forms["乙社区"]}, lambda _: row("任务1", "推进中", 20, "改造2个。", 2))
    done = send_up(street, above)
    taken_in(above)
    steps = [(step.level, step.unit, step.place, step.typed) for step in trace(above, Q1, "任务1", STREET, field="reached").lower]
    book = load_workbook(consolidate(above, Q1).path)

    assert (9, ()) == (load_workbook(done.path)["指标进展"]["G5"].value, done.asked)
    assert [
        (1, "甲社区", "指标进展!G5", "7"),
        (2, "甲社区 › 一网格", "指标进展!G5", "3"),
        (2, "甲社区 › 二网格", "指标进展!G5", "4"),
        (1, "乙社区", "指标进展!G5", "2"),
    ] == steps
    assert 9 == book["量化指标"]["F2"].value

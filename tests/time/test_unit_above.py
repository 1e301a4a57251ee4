"""上级单位 holds from a period, like any name: it stands in 报送情况 and in the list of what was sent, and follows a rename."""

from pathlib import Path

from openpyxl import load_workbook

from tests.clerk import add_row
from tests.time.small_year import BUREAU, DUE, OPENS, PLANNERS, Q1, Q2, TOWN, book, issue, office, sheet
from toolkit.edges.clock import held
from toolkit.flows.office.office_context import open_office


def test_the_unit_above_stands_where_units_are_listed_from_its_period_on(tmp_path: Path) -> None:
    """The first quarter, in which no unit had one, has no such column; the second has it, with the newest name of the unit above."""
    space = office(tmp_path)
    issue(space, Q1)
    add_row(space.master, 编号=TOWN, 事项="上级单位", 现=BUREAU, 自期间="2023Q2")
    add_row(space.master, 编号=BUREAU, 事项="更名", 现="云溪县工业局", 自期间="2023Q2")
    with held(OPENS[Q2]), open_office(space, alone=True):
        pass
    issue(space, Q2)
    for period in (Q1, Q2):
        book(space, period, DUE[period])

    above = {row["单位"]: row.get("上级单位") for row in sheet(space, Q2, "报送情况")}
    listed = load_workbook(next((space.root / "outbox" / "2023Q2").rglob("*发放清单*.xlsx"))).active

    assert all("上级单位" not in row for row in sheet(space, Q1, "报送情况"))
    assert {TOWN: "云溪县工业局", "云溪县工业局": None, PLANNERS: None} == above
    assert listed is not None
    assert ("上级单位", "云溪县工业局") == (listed.cell(1, 8).value, {row[0].value: row[7].value for row in listed.iter_rows(min_row=2)}[TOWN])

"""A district, its streets and their communities: what a community types is in the district's book, with its cell."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.levels.offices import COMMUNITIES, Q1, STREETS, Cells, adopted, district, issued, report, row, send_up
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.trace import trace
from toolkit.model.returns import Outcome

REACHED = {"青江一社区": 4, "青江二社区": 5, "青江三社区": 2, "柳河一社区": 3, "柳河二社区": 1, "柳河三社区": 7}


def _fill(unit: str) -> Cells:
    cells = row("任务1", "已完成" if REACHED[unit] > 6 else "推进中", REACHED[unit] * 10, f"{unit}改造小区{REACHED[unit]}个。", REACHED[unit])
    if unit.startswith("青江"):
        cells |= row("任务2", "已完成", 100, "隐患全部整治。")
        cells["任务进展", "任务2", "佐证材料"] = "整治台账"
        return cells
    return cells | {("任务进展", "任务2", "进展状态"): "推进中", ("任务进展", "任务2", "累计进度"): 40, ("任务进展", "任务2", "本季进展情况"): "排查隐患两处。",
                    ("任务进展", "任务2", "下一步措施"): "继续。"}  # fmt: skip


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workspace, dict[str, Workspace]]:
    """Play a quarter over two levels."""
    folder = tmp_path_factory.mktemp("levels")
    above, streets = district(folder / "district"), {}
    forms = issued(above)
    for street in STREETS:
        streets[street], _ = adopted(forms[street], folder / street, dict.fromkeys(COMMUNITIES[street], ""))
        report(streets[street], issued(streets[street]), _fill)
        send_up(streets[street], above)
    return above, streets


def test_the_districts_figure_is_the_sum_of_all_communities(played: tuple[Workspace, dict[str, Workspace]]) -> None:
    """
    What the district has of a cumulative indicator is the sum of what all communities typed, and progress the mean.
    """
    from tests.levels.offices import collect  # noqa: PLC0415

    above, _ = played
    done = collect(above, progress=lambda items, _: items)
    with open_office(above) as office:
        state = period_standing(office, Q1)

    assert [Outcome.MERGED] * 2 == [arrival.outcome for arrival in done.arrivals], [finding.message for arrival in done.arrivals for finding in arrival.findings]
    assert Decimal(sum(REACHED.values())) == state.indicators[0].reached
    assert "推进中" == state.tasks[0].status

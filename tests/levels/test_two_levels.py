"""A district, its streets and their communities: what a community types is in the district's book, with its cell."""

from decimal import Decimal
from io import BytesIO
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from tests.levels.offices import COMMUNITIES, Q1, STREETS, Cells, adopted, district, issued, report, row, send_up, taken_in
from toolkit.edges.inbox import digest_of
from toolkit.edges.workspace import Workspace
from toolkit.flows.levels.answer import Answer
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.trace import trace
from toolkit.model import seal
from toolkit.model.lower_source import COLUMNS
from toolkit.model.returns import Arrival

REACHED = {"青江一社区": 4, "青江二社区": 5, "青江三社区": 2, "柳河一社区": 3, "柳河二社区": 1, "柳河三社区": 7}
_COMMUNITY = "青江二社区"


class Played(NamedTuple):
    """A quarter that was played: the district, the streets' workspaces and answers by street, the forms they were issued, what the district took in."""

    district: Workspace
    streets: dict[str, Workspace]
    answers: dict[str, Answer]
    forms: dict[str, bytes]
    arrivals: tuple[Arrival, ...]


def _fill(unit: str) -> Cells:
    cells = row("任务1", "推进中", REACHED[unit] * 10, f"改造小区{REACHED[unit]}个。", REACHED[unit])
    if unit.startswith("青江"):
        return cells | row("任务2", "已完成", 100, "隐患全部整治。") | {("任务进展", "任务2", "佐证材料"): "整治台账"}
    return cells | row("任务2", "推进中", 40, "排查隐患两处。")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """Play a quarter over two levels: district, 2 streets, 6 communities."""
    folder = tmp_path_factory.mktemp("levels")
    above, streets, answers = district(folder / "district"), {}, {}
    forms = issued(above)
    for street in STREETS:
        streets[street], _ = adopted(forms[street], folder / street, dict.fromkeys(COMMUNITIES[street], ""))
        report(streets[street], issued(streets[street]), _fill)
        answers[street] = send_up(streets[street], above)
    return Played(above, streets, answers, {name: path.read_bytes() for name, path in forms.items()}, taken_in(above).arrivals)


def test_the_districts_figure_is_the_sum_of_all_communities(played: Played) -> None:
    """
    What the district has of a cumulative indicator is the sum of what all communities typed, its progress the mean of the streets'.
    """
    with open_office(played.district) as office:
        state = period_standing(office, Q1)
    means = [sum(10 * REACHED[name] for name in COMMUNITIES[street]) / Decimal(3) for street in STREETS]

    assert Decimal(sum(REACHED.values())) == state.indicators[0].reached
    assert round(sum(round(mean, 2) for mean in means) / 2, 2) == state.tasks[0].progress
    assert ["推进中", "已完成"] == [task.status for task in state.tasks]


def test_an_answer_is_taken_in_as_any_return(played: Played) -> None:
    """
    An office above takes an answer in without a word about the sheet that says whose word each value is: it is late, and that is all.
    """
    assert [{"LATE"}, {"LATE"}] == [{finding.code.name for finding in arrival.findings} for arrival in played.arrivals]


def test_a_communitys_cell_is_traced_from_the_district(played: Played) -> None:
    """
    The district sees on whose word the street's figure rests: the community, its file and cell, what stood there, the original's digest.
    """
    street = STREETS[0]
    found = [step for step in trace(played.district, Q1, "任务1", street, field="reached").lower if step.unit == _COMMUNITY]
    original = next(path for path in (played.streets[street].returns / "2023Q1" / _COMMUNITY).iterdir() if path.is_file())

    assert [("合计", 1, f"{_COMMUNITY}_2023年第一季度进展.xlsx", "指标进展!G5", "5", digest_of(original.read_bytes()))] == [
        (step.how, step.level, step.file, step.place, step.typed, step.digest) for step in found
    ]
    assert 5 == load_workbook(original)["指标进展"]["G5"].value


def test_the_districts_book_shows_the_level_below(played: Played) -> None:
    """
    The district's book has a sheet 下级来源 with a row for each community's word, and each task leads to its own.
    """
    book = load_workbook(consolidate(played.district, Q1).path)
    titles = [cell.value for cell in book["下级来源"][1]]
    rows = [dict(zip(titles, (cell.value for cell in cells), strict=True)) for cells in book["下级来源"].iter_rows(min_row=2)]
    sums = {row["下级单位"]: row["下级所写"] for row in rows if row["栏目"] == "改造老旧小区：本年累计完成值"}

    assert {name: str(value) for name, value in REACHED.items()} == sums
    assert "下级来源" == [cell.value for cell in book["任务进展"][1]][-1]


def test_an_answer_is_the_form_that_came(played: Played) -> None:
    """
    The answer has the seal, the sheets and their state, the protection, rules, names, marks and cells' looks of the form that came, and one sheet more.
    """
    street = STREETS[0]
    came, went = load_workbook(BytesIO(played.forms[street])), load_workbook(played.answers[street].path)
    sheet, again = came["任务进展"], went["任务进展"]

    assert [*came.sheetnames[:-1], "数据来源", came.sheetnames[-1]] == went.sheetnames
    assert [cell.value for row in came[seal.SHEET] for cell in row] == [cell.value for row in went[seal.SHEET] for cell in row]
    assert [other.sheet_state for other in came.worksheets] == [other.sheet_state for other in went.worksheets if other.title != "数据来源"]
    assert (sheet.protection.sheet, len(sheet.data_validations.dataValidation)) == (again.protection.sheet, len(again.data_validations.dataValidation))
    assert [prop.value for prop in came.custom_doc_props.props] == [prop.value for prop in went.custom_doc_props.props]
    assert set(came.defined_names) == set(went.defined_names)
    assert [[cell.number_format, cell.fill.fgColor.rgb, cell.protection.locked] for cell in sheet[5]] == [
        [cell.number_format, cell.fill.fgColor.rgb, cell.protection.locked] for cell in again[5]
    ]
    assert list(COLUMNS) == [cell.value for cell in went["数据来源"][1]]


def test_nothing_of_the_key_above_leaves_it(played: Played) -> None:
    """
    Neither the form nor the workspace made of it holds the key of the office above.
    """
    key = (played.district.records / "seal.key").read_bytes().strip()
    files = [path for path in played.streets[STREETS[0]].root.rglob("*") if path.is_file()]

    assert [] == [path for path in files if key in path.read_bytes() or bytes.fromhex(key.decode()) in path.read_bytes()]
    assert key != (played.streets[STREETS[0]].records / "seal.key").read_bytes().strip()


def test_the_list_below_is_of_the_form_above(played: Played) -> None:
    """
    A street's list has the rows of its form with their deadlines, indicators and measures; all communities answer for each in parts; the street is above them.
    """
    with open_office(played.streets[STREETS[0]]) as office:
        master = office.master

    assert [("任务1", "2023-12-20", ("各下级单位",), True), ("任务2", "", ("各下级单位",), True)] == [
        (task.number, task.deadline, task.leads, task.parted) for task in master.tasks
    ]
    assert [("改造老旧小区", Decimal(30), "累计")] == [(found.name, found.target, found.measure) for found in master.indicators]
    assert {STREETS[0]} == {unit.parent for unit in master.addressees()}
    assert set(COMMUNITIES[STREETS[0]]) == {unit.name for unit in master.addressees()}

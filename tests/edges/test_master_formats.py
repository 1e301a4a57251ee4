"""The master list as LibreOffice writes it: formulas with their results, and other formats under the same name."""

from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from tests.office import convert, has_office
from tests.small import MASTER
from toolkit.edges.templates.read_master import load_master
from toolkit.edges.templates.write_master import master_bytes
from toolkit.model.master import Master

pytestmark = pytest.mark.skipif(not has_office(), reason="LibreOffice is not installed")
FORMATS = ("xlsx", "xls", "ods")


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Master, list[tuple[str, str]]]]:
    """Read a list with odd values, saved by LibreOffice in each format under the name 任务总表.xlsx; with what is said, as code and cell."""
    folder = tmp_path_factory.mktemp("formats")
    source = folder / "任务总表.xlsx"
    source.write_bytes(master_bytes(MASTER))
    book = load_workbook(source)
    book["量化指标"]["D2"], book["量化指标"]["E2"] = "=13/200", "%"
    book["量化指标"]["D2"].number_format = "0.0%"
    book["日程"]["D3"], book["日程"]["D4"] = "=DATE(2023,4,10)", "6月30日"
    book["任务"]["I3"], book["任务"]["I4"] = "=1/0", 1.5
    book.save(source)
    found = {}
    for ending in FORMATS:
        made = convert(source, ending, folder / ending)
        master, faults = load_master(made.rename(made.with_suffix(".xlsx")))
        found[ending] = master, [(fault.code.name, fault.place.cell) for fault in faults]
    return found


@pytest.mark.parametrize("ending", FORMATS)
def test_each_format_gives_what_a_person_sees(lists: dict[str, tuple[Master, list[tuple[str, str]]]], ending: str) -> None:
    """A percentage, a day and a weight, computed or typed, are the same in each format; a formula's error is named with its cell; a lost title is said."""
    master, said = lists[ending]

    assert Decimal("6.5") == master.indicators[0].target
    assert [date(2023, 1, 15), date(2023, 4, 10), date(2023, 6, 30)] == [line.due for line in master.calendar]
    assert [Decimal(1), Decimal(1), Decimal("1.5")] == [task.weight for task in master.tasks[:3]]
    lost = [] if ending == "xlsx" else [("NOT_XLSX", "")]
    assert sorted([("OFFICE_READ_AS", "D4"), ("OFFICE_CELL_ERROR", "I3"), *lost]) == sorted(said)

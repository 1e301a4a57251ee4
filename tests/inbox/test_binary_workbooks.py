"""Returns as .xlsb, whose records tell what the fast reader does not, as .xls of Excel 97, and as .xls of Excel 95, which it cannot read."""

import csv
from pathlib import Path

import pytest

from tests.hostile.books import low_limits
from tests.hostile import xls
from tests.hostile.xlsb import PERCENT, Error, Formula, binary_workbook, sheet
from tests.inbox.test_precheck_and_sandbox import outcome
from tests.office import convert
from toolkit.edges.reading.read_workbooks import Unreadable, read_grid
from toolkit.model.returns import CellFault
from toolkit.model.values import PercentCell

__all__ = ["low_limits"]  # a fixture
ROWS = [
    (0, [(0, 0, "编号"), (1, 0, 7.0), (2, PERCENT, 0.5), (3, 0, Error(0x17))]),
    (2, [(0, 0, Error(0x2A)), (1, PERCENT, Formula(2.0)), (2, 0, None)]),
]
BOOK = binary_workbook(sheet(ROWS, [(0, 1, 0, 0)]))
OLD_CELLS = [
    (0, 0, 15, "编号"), (0, 1, 15, 7.0), (0, 2, xls.PERCENT, 0.5), (0, 3, 15, Error(0x17)),
    (1, 0, 15, xls.DIVIDED), (1, 1, xls.PERCENT, Formula(2.0)), (1, 2, xls.TENTHS, 0.125), (1, 3, 15, Error(0x2A)),
]  # fmt: skip
OLD_BOOK, LATER_BOOK = (xls.workbook("任务进展", OLD_CELLS, old=old) for old in (True, False))


def test_errors_percent_formats_and_merges_are_told() -> None:
    """An error is no blank, 0.5 in a percent cell is 50 %, merged cells are known – also where nothing else stands behind them."""
    read = read_grid(BOOK, "来件.xlsb").sheets[0]

    assert (("编号", 7.0, PercentCell(0.5), CellFault("#REF!")), (), (CellFault("#N/A"), PercentCell(2.0))) == read.rows
    assert [PercentCell, PercentCell, float] == [type(read.rows[row][column]) for row, column in ((0, 2), (2, 1), (0, 1))]
    assert ("填报", ((0, 0, 1, 0),)) == (read.name, read.merges)


def test_a_workbook_of_excel_95_is_refused() -> None:
    """The fast reader makes rubbish of its Chinese texts and blanks of its errors; a refusal says how to save it anew."""
    with pytest.raises(Unreadable, match="不是 Excel 97 以后的格式"):
        read_grid(OLD_BOOK, "来件.xls")
    assert "UNREADABLE" == outcome(OLD_BOOK)


def test_a_workbook_of_excel_97_is_told_in_full() -> None:
    """Errors of constants and of formulas, percent formats of its own list and of everybody's."""
    read = read_grid(LATER_BOOK, "来件.xls").sheets[0]

    first, second = ("编号", 7.0, PercentCell(0.5), CellFault("#REF!")), (CellFault("#DIV/0!"), PercentCell(2.0), PercentCell(0.125), CellFault("#N/A"))
    assert ("任务进展", (first, second)) == (read.name, read.rows)
    assert [PercentCell] * 3 == [type(read.rows[row][column]) for row, column in ((0, 2), (1, 1), (1, 2))]


@pytest.mark.parametrize("odd", ["\x07", "\x1b", "\ufffe", "\x85", "\r"])
def test_a_sheet_with_a_name_that_nothing_can_show_is_called_otherwise(odd: str) -> None:
    """Links of the consolidated workbook name the sheet: one such sign there, and no program opens it."""
    read = read_grid(xls.workbook(f"任务{odd}进展", OLD_CELLS, old=False), "来件.xls").sheets[0]

    assert ("任务\ufffd进展", CellFault("#REF!")) == (read.name, read.rows[0][3])


@pytest.mark.usefixtures("low_limits")
def test_cells_that_reach_too_far_are_refused() -> None:
    """The fast reader would lay out the whole rectangle."""
    assert "TOO_BIG" == outcome(binary_workbook(sheet([(0, [(0, 0, 1.0)]), (1, [(702, 0, 1.0)])])))


@pytest.mark.office
@pytest.mark.xdist_group("office")
def test_libreoffice_sees_the_same(tmp_path: Path) -> None:
    """The workbooks that these tests make by code are such: a real office program shows their cells as we read them."""
    shown, *others = (_shown(tmp_path / name, content) for name, content in (("来件.xlsb", BOOK), ("旧件.xls", OLD_BOOK), ("新件.xls", LATER_BOOK)))

    assert [["编号", "7", "50%", "#REF!"], ["#DIV/0!", "200%", "12.5%", "#N/A"]] * 2 == sum(others, [])
    assert ["编号", "7", "50%", "#REF!"] == [text.replace("50.0%", "50%") for text in shown[0]]
    assert ["#N/A", "200%", ""] == [text.replace("200.0%", "200%") for text in shown[2][:3]]


def _shown(path: Path, content: bytes) -> list[list[str]]:
    path.write_bytes(content)
    return list(csv.reader(convert(path, "csv:Text - txt - csv (StarCalc):44,34,76", path.parent).read_text("utf-8").splitlines()))

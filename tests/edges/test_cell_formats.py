"""Number formats that decide what a person saw."""

import io

import pytest
import xlsxwriter

from toolkit.edges.reading.cell_marks import cell_marks
from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_format import Format, Precheck
from toolkit.edges.reading.read_workbooks import read_grid
from toolkit.model.values import PercentCell


@pytest.mark.parametrize("shape", ["0%", "0.00%", "0.0 %", "[红色]0%;-0%"])
def test_a_number_with_a_percent_format_is_told_from_a_bare_one(shape: str) -> None:
    """1 in a percent cell was seen as 100%, 1 in any other as 1; texts and blanks in percent cells stay what they are."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("填报")
    percent = book.add_format({"num_format": shape})
    for column, value in enumerate((1, 0.45, "45%", None)):
        sheet.write(1, column, value, percent)
    sheet.write(2, 0, 1)
    book.close()

    rows = read_grid(out.getvalue(), "a.xlsx").sheets[0].rows

    assert (1.0, 0.45, "45%") == rows[1]
    assert [True, True, False] == [isinstance(value, PercentCell) for value in rows[1]]
    assert not isinstance(rows[2][0], PercentCell)


@pytest.mark.parametrize("shape", [Format.XLSX, Format.ODS, Format.XLSB, Format.XLS])
def test_marks_that_cannot_be_told_are_not_taken_for_none(shape: Format) -> None:
    """Where the look for errors and percent formats fails, the file is not read on as if it had none."""
    with pytest.raises(ValueError, match="marks"):
        cell_marks(Package(b"", shape, stream=b"\x85\0\2\0ab"), Precheck(shape, second_look=True))


def test_merged_cells_are_known() -> None:
    """The ranges that were made one cell come with the sheet."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("填报")
    sheet.merge_range("B3:B5", "三行一格")
    book.close()

    found = read_grid(out.getvalue(), "a.xlsx").sheets[0]

    assert ((2, 1, 4, 1),) == found.merges
    assert ((2, 1), (2, 1), None) == (found.merged_from(3, 1), found.merged_from(4, 1), found.merged_from(2, 1))

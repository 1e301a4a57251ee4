"""Workbooks that nobody foresaw."""

from datetime import date, datetime, time, timedelta
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.draw import CLEAN, drawn, read
from toolkit.intake.identify import identify
from toolkit.model.column_kinds import PercentCell
from toolkit.model.returns import CellFault, Grid, GridSheet

WORDS = sorted({str(value) for sheet in drawn(CLEAN).sheets for row in sheet.rows for value in row if value is not None})
SEAL = "TASKSEAL1.a.签名.YWJj"  # a seal whose signature is none
CELL = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.text(max_size=12),
    st.floats(),
    st.booleans(),
    st.integers(),
    st.sampled_from([date(1900, 1, 1), datetime(2023, 3, 5, 8, 30), time(3), timedelta(days=2), PercentCell(0.5), CellFault("#REF!"), "TASKSEAL1.a.b.c", SEAL]),  # noqa: DTZ001
)
ROW = st.lists(CELL, max_size=10).map(tuple)
SHEET = st.builds(GridSheet, st.sampled_from(["任务进展", "指标进展", "Sheet1", "_封签", ""]), st.lists(ROW, max_size=8).map(tuple), st.booleans())


@settings(max_examples=300, deadline=None)
@given(st.lists(SHEET, max_size=4))
def test_no_workbook_makes_reading_fail(sheets: list[GridSheet]) -> None:
    """
    Whatever stands in a workbook, reading it ends with rows and findings that make sentences, and identifying it with a verdict.
    """
    grid = Grid("来件.xlsx", tuple(sheets))

    assert all(finding.message for finding in read(grid).findings)
    assert all(finding.message for finding in identify(grid, b"k" * 32, lambda _: None).findings)


@pytest.mark.parametrize("text", [SEAL, "TASKSEAL1.a.\ud800.YWJj", "TASKSEAL1....", "TASKSEAL1.a.b.签"])
def test_no_seal_makes_identifying_fail(text: str) -> None:
    """
    Whatever stands where a seal should, the workbook is looked at by what else it carries.
    """
    grid = Grid("来件.xlsx", (GridSheet("_封签", (("提示",), (text,)), hidden=True),))

    assert [None] == [identify(grid, b"k" * 32, lambda _: None).issue]


def test_thousands_of_columns_cost_no_more_than_their_number() -> None:
    """
    A sheet with six thousand columns of nobody's is read in seconds, and each of them is named.
    """
    grid = drawn(CLEAN)
    more = tuple(f"多{number}" for number in range(6_000))
    rows = tuple((*row, *[None] * (9 - len(row)), *more) if 2 <= at < 7 else row for at, row in enumerate(grid.sheets[0].rows))
    began = process_time()

    done = read(grid._replace(sheets=(grid.sheets[0]._replace(rows=rows), *grid.sheets[1:])))

    assert 6_000 == [code for _, code in done.said].count("COLUMN_EXTRA")
    assert process_time() - began < 10

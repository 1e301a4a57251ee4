"""LibreOffice computes in the year's book and in every scorecard the value that is stored there."""

from dataclasses import replace
from pathlib import Path

import pytest
import python_calamine

from tests.office import convert
from tests.scoring.drawn_books import cards, year_book
from tests.scoring.drawn_years import fixed_year
from tests.views.test_recalculation import same, spoiled, written
from toolkit.edges.writing.write_workbooks import draw
from toolkit.model.place import address
from toolkit.model.sheet import BookPlan

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]


def differing(book: BookPlan, folder: Path) -> list[object]:
    """Give the cells in which LibreOffice, given wrong values, computes something else than we would have written."""
    path = folder / "book.xlsx"
    path.write_bytes(draw(replace(book, sheets=tuple(spoiled(sheet) for sheet in book.sheets))))
    seen = python_calamine.load_workbook(str(convert(path, "ods", folder / "out")))
    found: list[object] = []
    for plan in book.sheets:
        table = seen.get_sheet_by_name(plan.name).to_python(skip_empty_area=False)
        for row, column, ours in written(plan):
            theirs = table[row][column] if row < len(table) and column < len(table[row]) else ""
            if not same(ours, theirs):
                found.append((plan.name, address(row, column), ours, theirs))
    return found


@pytest.mark.parametrize("year", [fixed_year(1), fixed_year(2, tie_order=0, tie_up=1, quota_rounding=2)], ids=["按季加权", "并列都进"])
def test_the_year_is_what_every_cell_computes(tmp_path: Path, year: object) -> None:
    """Sheets 年度考核, 一票否决, 单位考核 and all others, with appeals, vetoes and weights."""
    assert [] == differing(year_book(year), tmp_path)  # type: ignore[arg-type]


def test_every_scorecard_computes_its_scores(tmp_path: Path) -> None:
    """All units of a weighed year on one book, and of one that is judged by its end on another."""
    for number, year in enumerate((fixed_year(3), fixed_year(4, quarter_weight1=0, quarter_weight2=0, quarter_weight3=0, quarter_weight4=0))):
        books = cards(year)
        sheets = tuple(replace(plan.sheets[0], name=f"单位{at}", charts=()) for at, plan in enumerate(books))
        (tmp_path / str(number)).mkdir()
        assert [] == differing(replace(books[0], sheets=sheets), tmp_path / str(number))

"""Sheets that are too long are cut between units, with an index; scores and links follow."""

from collections.abc import Sequence

import pytest

from tests.views.contest import contest, contest_rules
from tests.views.test_recalculation import written
from toolkit.assessment.assess import assess
from toolkit.model.sheet import BookPlan, Formula, Link, SheetPlan
from toolkit.views.consolidated.consolidated_book import consolidated
from toolkit.views.consolidated.split_sheets import Block, blocks, parts


@pytest.mark.parametrize(
    ("units", "most", "expected"),
    [
        ("", 2, [("表", "")]),
        ("aab", 3, [("表", "aab")]),
        ("aabb", 3, [("表", "aa"), ("表2", "bb")]),
        ("aabbc", 3, [("表", "aa"), ("表2", "bbc")]),
        ("abbbbc", 3, [("表", "a"), ("表2", "bbb"), ("表3", "bc")]),
        ("aaaaaa", 3, [("表", "aaa"), ("表2", "aaa")]),
    ],
)
def test_rows_are_cut_between_units(units: str, most: int, expected: Sequence[tuple[str, str]]) -> None:
    """No sheet is longer than the limit, no unit is torn apart unless it alone is longer than a sheet."""
    assert expected == [(part.sheet, units[part.rows]) for part in parts("表", list(units), most)]


def test_a_units_block_is_its_rows_on_its_sheet() -> None:
    """A block names the sheet and the first and last row, the header being row 1."""
    units = list("aabbc")

    assert {"a": Block("表", 2, 3), "b": Block("表2", 2, 3), "c": Block("表2", 4, 4)} == blocks(units, parts("表", units, 3))


@pytest.fixture(scope="module")
def book() -> BookPlan:
    """The contest's book with at most 20 records a sheet."""
    state, rules = contest(), contest_rules()
    return consolidated(state, rules, assess(state, rules), most_rows=20)


def sheets(book: BookPlan, name: str) -> list[SheetPlan]:
    return [sheet for sheet in book.sheets if sheet.name.startswith(name)]


@pytest.mark.parametrize("name", ["填报明细", "任务计分", "扣分明细"])
def test_long_sheets_are_cut_and_lose_nothing(book: BookPlan, name: str) -> None:
    """Together the sheets hold what one sheet would have held, each at most 20 records below the same header."""
    state, rules = contest(), contest_rules()
    whole = sheets(consolidated(state, rules, assess(state, rules)), name)
    cut = sheets(book, name)

    def units(plans: list[SheetPlan]) -> list[object]:
        return [value for plan in plans for row, column, value in written(plan) if row and not column]

    assert 1 == len(whole) < len(cut)
    assert units(whole) == units(cut)
    assert 20 >= max(row for plan in cut for row, _, _ in written(plan))
    assert 1 == len({tuple(value for row, _, value in written(plan) if not row) for plan in cut})


def test_the_index_says_where_to_find_whom(book: BookPlan) -> None:
    """总览 lists every part with its first and last unit and its length, and leads there."""
    overview = book.sheets[0]
    targets = [value.target for area, value, _ in overview.merges if isinstance(value, Link)]

    for name in ("填报明细", "任务计分", "扣分明细"):
        for plan in sheets(book, name):
            assert f"internal:'{plan.name}'!A1" in targets


def test_scores_read_the_sheet_that_holds_the_unit(book: BookPlan) -> None:
    """Each unit's formulas and its link name the one part that holds its rows."""
    scores = sheets(book, "单位考核")[0]
    holders = {value: plan.name for plan in sheets(book, "任务计分") for row, column, value in written(plan) if row and not column}
    rows: dict[int, dict[int, object]] = {}
    for cell in scores.every_cell():
        rows.setdefault(cell.row, {})[cell.column] = cell.value
    for row in list(rows.values())[1:]:
        link, leads = row[0], row[2]
        assert isinstance(link, Link)
        assert isinstance(leads, Formula)
        assert f"'{holders[link.words]}'!" in leads.text
        assert link.target.startswith(f"internal:'{holders[link.words]}'!A")

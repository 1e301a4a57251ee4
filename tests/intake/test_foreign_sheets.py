"""Sheets that are none of ours: a few are named one by one, many in one line."""

import pytest

from tests.intake.draw import CLEAN, TRUTH, drawn, read
from toolkit.model.returns import GridSheet


@pytest.mark.parametrize(("count", "said"), [(2, ["SHEET_EXTRA", "SHEET_EXTRA"]), (15, ["SHEETS_EXTRA"])])
def test_many_foreign_sheets_are_one_line(count: int, said: list[str]) -> None:
    """Fifteen sheets of a unit's own do not bury what else is said; the values are read all the same."""
    grid = drawn(CLEAN)
    foreign = tuple(GridSheet(f"台账{at}", (("日期", "事项"), ("3月1日", "会议"))) for at in range(count))
    done = read(grid._replace(sheets=(*grid.sheets, *foreign)))

    found = [finding for finding in done.findings if finding.code.name.startswith("SHEET")]
    assert (TRUTH.keys(), said) == (done.values.keys(), [finding.code.name for finding in found])
    assert count == 2 or found[0].facts["count"] == str(count)

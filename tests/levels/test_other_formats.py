"""A form that WPS or LibreOffice saved as .xls or .ods before it was adopted: the answer is an .xlsx with the same seal, and what was typed stays."""

from pathlib import Path

import pytest

from tests.levels.offices import STREETS, adopted, district, issued, report, row, send_up, taken_in
from tests.office import convert
from tests.small import type_into

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
STREET = STREETS[0]


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_form_in_another_format_is_adopted_and_answered(kind: str, tmp_path: Path) -> None:
    """
    The list comes out of the form whatever its format; the answer carries the form's own seal and is taken in by the office above.
    """
    above = district(tmp_path / "district")
    typed = tmp_path / "表.xlsx"
    type_into(issued(above)[STREET], typed, {("任务进展", "任务2", "本季进展情况"): "自查一遍。"})
    street, done = adopted(convert(typed, kind, tmp_path / "other"), tmp_path / "street", {"甲社区": "任务1"})
    report(street, issued(street), lambda _: row("任务1", "推进中", 40, "改造4个。", 4))
    went = send_up(street, above)
    arrivals = taken_in(above).arrivals

    assert (2, ".xlsx", 1) == (done.tasks, went.path.suffix, went.by_hand)
    assert [True] == [arrival.outcome.counts for arrival in arrivals]
    assert not {finding.code.name for arrival in arrivals for finding in arrival.findings} - {"LATE", "BLANK"}

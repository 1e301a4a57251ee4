"""The short way for workbooks that stand as they were issued gives what the long way gives."""

import pytest

from tests.intake import draw
from tests.intake.draw import CLEAN, FORM, ISSUE, drawn
from tests.intake.spoil import SPOILS
from toolkit.intake import read_answers as reader
from toolkit.intake.office_text import OfficeText
from toolkit.intake.read_answers import read_rows
from toolkit.intake.unchanged_tables import unchanged_tables


def test_a_clean_workbook_takes_the_short_way() -> None:
    """A workbook that was only filled in is recognised as standing as issued; most spoiled ones are not."""
    ours = OfficeText(FORM, ISSUE)

    assert unchanged_tables(drawn(CLEAN), ISSUE, FORM, ours) is not None
    taken = [name for name, spoil in SPOILS.items() if unchanged_tables(spoil(drawn(CLEAN)), ISSUE, FORM, ours) is not None]
    assert len(taken) < len(SPOILS) / 4


@pytest.mark.parametrize("name", ["", *SPOILS])
def test_both_ways_give_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows and findings are the same whichever way is taken, for a clean workbook and for every spoilage."""
    grid = SPOILS[name](drawn(CLEAN)) if name else drawn(CLEAN)
    short = read_rows(grid, ISSUE, FORM)
    monkeypatch.setattr(reader, "untouched", lambda *_: None)

    assert draw.read_rows(grid, ISSUE, FORM) == short

"""Two spoilages at a time: never a wrong value without a finding, and nothing gone without a word."""

import re
from itertools import permutations

import pytest

from tests.intake.draw import CLEAN, TRUTH, Read, drawn, read
from tests.intake.spoil import SPOILS
from toolkit.model.findings import Code, Level

WHOLE_COLUMN = {Code.PLACED, Code.RETITLED, Code.COLUMN_ALIAS}


def pointed_at(done: Read, place: str) -> bool:
    """Whether a finding points at a cell, or at the head of its column."""
    _, sheet, cell = place.split("!")
    column = re.sub(r"\d", "", cell)
    return any(
        finding.place.sheet == sheet and (finding.place.cell == cell or (finding.code in WHOLE_COLUMN and re.sub(r"\d", "", finding.place.cell) == column))
        for finding in done.findings
    )


@pytest.mark.parametrize("first", SPOILS)
def test_two_spoilages_never_give_a_wrong_value_in_silence(first: str) -> None:
    """
    Whatever two things were done to a workbook, each value read is the one typed for that task and column, or a finding points at it.
    """
    for second in (two for one, two in permutations(SPOILS, 2) if one == first):
        try:
            spoiled = SPOILS[second](SPOILS[first](drawn(CLEAN)))
        except LookupError:  # the second finds nothing left to spoil
            continue

        done = read(spoiled)

        wrong = [(second, key, value) for key, value in done.values.items() if value != TRUTH.get(key) and not pointed_at(done, done.places[key])]
        assert [] == wrong
        gone = [key for key in TRUTH if key not in done.values]
        assert not gone or any(finding.level is not Level.NOTE for finding in done.findings), (second, gone)

"""A played year: every planted fault is found, nothing else is, and the manual's table says so."""

from pathlib import Path

import pytest

from tests.checks.year import Tally, play, table

MANUAL = Path(__file__).parents[2] / "docs" / "检查.md"


@pytest.fixture(scope="module")
def tallies(tmp_path_factory: pytest.TempPathFactory) -> list[Tally]:
    """Play the year once."""
    return play(tmp_path_factory.mktemp("year"))


def test_every_planted_fault_is_found_and_nothing_else(tallies: list[Tally]) -> None:
    """For each check: at least one fault planted, all found, no false alarm."""
    assert [] == [tally for tally in tallies if not tally.planted or tally.found != tally.planted or tally.false]


def test_the_manuals_table_is_current(tallies: list[Tally]) -> None:
    """docs/检查.md is what this year's play gives; tools/make_docs.py writes it."""
    assert MANUAL.read_text("utf-8") == table(tallies)

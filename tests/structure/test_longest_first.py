"""The list of the longest test files names files that are there."""

from pathlib import Path

from tests.longest_first import LONGEST

TESTS = Path(__file__).resolve().parents[1]


def test_every_file_that_begins_first_is_there() -> None:
    """
    Each file of the list exists and stands in it once.
    """
    assert [] == [name for name in LONGEST if not (TESTS / name).is_file()]
    assert len(set(LONGEST)) == len(LONGEST)

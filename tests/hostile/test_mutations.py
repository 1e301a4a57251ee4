"""Hundreds of damaged files in the inbox: each ends in an outcome with a sentence, in time, and never by a fault of ours.

The files are always the same here; `python -m tests.hostile.fuzz --minutes 20` makes others for as long as one likes.
"""

from pathlib import Path

import pytest

from tests.hostile.fuzz import office, run
from tests.hostile.seeds import seeds

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
MANY = 400


def test_damaged_files_end_in_an_outcome_with_a_sentence(tmp_path: Path) -> None:
    """Each of some hundred damaged files, most of them saved by a real program, ends in one outcome with a sentence, in time and with bounded memory."""
    space, case = office(tmp_path / "office")

    done = run(space, seeds(case, tmp_path), range(MANY), tmp_path / "kept")

    assert ([], []) == (done.wrong, done.trouble)

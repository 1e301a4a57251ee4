"""Hundreds of damaged files in the inbox: each ends in an outcome with a sentence, in time, and never by a fault of ours.

The files are always the same here; `python -m tests.hostile.fuzz --minutes 20` makes others for as long as one likes.
"""

from pathlib import Path

import pytest

from tests.hostile.fuzz import GATES, faults_of, office, run
from tests.hostile.seeds import seeds
from tests.spoiled.office import drop, issued_office, take_in

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
MANY = 400


def test_damaged_files_end_in_an_outcome_with_a_sentence(tmp_path: Path) -> None:
    """Each of some hundred damaged files, most of them saved by a real program, ends in one outcome with a sentence, in time and with bounded memory."""
    space, case = office(tmp_path / "office")

    done = run(space, seeds(case, tmp_path), range(MANY))

    assert ([], []) == (done.wrong, done.trouble)


def test_files_that_once_did_harm_stay_harmless(tmp_path: Path) -> None:
    """Every file that a run of damaged files has found to end wrongly ends in an outcome with a sentence now."""
    space, _ = issued_office(tmp_path / "office", 1)
    gates = sorted(GATES.glob("*.bin"))
    for path in gates:
        drop(space, path.name, path.read_bytes())

    taken = take_in(space)

    assert ([], (), 0) == (faults_of(taken, [path.name for path in gates]), taken.done.left, taken.done.faults)

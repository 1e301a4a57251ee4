"""Hundreds of damaged files in the inbox: each ends in an outcome with a sentence, in time, and never by a fault of ours.

The files are always the same here; `python -m tests.hostile.fuzz --minutes 20` makes others for as long as one likes.
"""

import os
import sys
from pathlib import Path

import pytest

from tests.hostile.fuzz import main, office, run
from tests.hostile.seeds import seeds

pytestmark = [pytest.mark.office, pytest.mark.xdist_group("office")]
MANY = int(os.environ.get("TASK_TOOLKIT_DAMAGED", "200"))


def test_damaged_files_end_in_an_outcome_with_a_sentence(tmp_path: Path) -> None:
    """Each of some hundred damaged files, most of them saved by a real program, ends in one outcome with a sentence, in time and with bounded memory."""
    space, case = office(tmp_path / "office")

    done = run(space, seeds(case, tmp_path), range(MANY), tmp_path / "kept")

    assert ([], []) == (done.wrong, done.trouble)


def test_nothing_that_is_found_is_kept_in_the_repository(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder in the repository is refused before the first file is made."""
    monkeypatch.setattr(sys, "argv", ["fuzz", "--minutes", "0", "--keep", str(Path(__file__).with_name("kept"))])

    with pytest.raises(SystemExit):
        main()

    assert "lies in the repository" in capsys.readouterr().err

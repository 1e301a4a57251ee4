"""Two halves of one return through collect: the screen judges them together, a second run finds nothing new, a run cut off between them is carried on."""

import os
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.intake.dying_writer import writer_that_dies
from tests.small import Q1, accepted, filled_row, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.office.office_context import open_office
from toolkit.model.findings import Code

BUREAU = "云溪县工信局"
SENT = datetime(2023, 3, 20, 9)  # noqa: DTZ001 - file times are local


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A small office to which one unit's two divisions have each sent their row."""
    space = small_workspace(tmp_path / "space")
    folder = issue(space)
    for at, number in enumerate(("任务1", "任务2")):
        target = space.inbox / f"{at}处.xlsx"
        type_into(folder / f"{BUREAU}_{Q1.label}进展.xlsx", target, filled_row(number))
        moment = (SENT + timedelta(hours=at)).timestamp()
        os.utime(target, (moment, moment))
    return space


def run(space: Workspace) -> Collected:
    """Collect."""
    return collect(space, progress=lambda items, _: items)


def test_the_screen_judges_halves_together(space: Workspace) -> None:
    """A cell that the other half fills is not told as missing; the file's own values stand in the ledger, and a second run takes in nothing."""
    done = run(space)

    blank = [finding.place for arrival in done.arrivals for finding in arrival.findings if finding.code is Code.BLANK]
    assert [] == [place for place in blank if place.sheet == "任务进展"]
    assert [["任务1"], ["任务2"]] == [[row.number for row in rows if row.answers] for rows in accepted(space).values()]
    assert ((), 0) == (run(space).arrivals, run(space).again)


@pytest.mark.parametrize("taken", [0, 1, 2])
def test_cut_off_between_halves_it_is_carried_on(space: Workspace, taken: int) -> None:
    """Cut off after any of the halves was recorded and run again, ledger and screen end as those of an undisturbed run."""
    whole = open_workspace(Path(shutil.copytree(space.root, space.root.parent / "whole")))
    run(whole)
    if taken < 2:
        with writer_that_dies(after=taken):
            run(space)
    run(space)

    assert accepted(whole) == accepted(space)
    assert ends(whole) == ends(space)


def ends(space: Workspace) -> list[tuple[str, str, str]]:
    """Give what the ledger says of every file."""
    with open_office(space) as office:
        return [(file.name, file.unit, file.outcome.name) for file in office.ledger.all_files()]

"""A round of returns made at random stands the same however it was collected, and consolidating it again changes nothing."""

import os
import random
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from tests.properties.examples import some
from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.report.consolidate import consolidate

LEADS = {"云溪县工信局": ("任务1", "任务2"), "东山镇": ("任务3",)}


class Version(NamedTuple):
    """One return: whose, the minute it was sent in, the progress it tells of every task, the problem it names ('' for none)."""

    unit: str
    minute: int
    progress: int
    problem: str


VERSIONS = st.builds(Version, st.sampled_from(sorted(LEADS)), st.integers(0, 2), st.integers(2, 99), st.sampled_from(["", "用地紧张", "资金没有到位"]))


def lay(space: Workspace, folder: Path, number: int, one: Version) -> None:
    """Fill in a unit's workbook and put it into the inbox under the number of its version."""
    cells: dict[tuple[str, str, str], object] = {}
    for task in LEADS[one.unit]:
        cells |= filled_row(task, progress=one.progress)
        cells["任务进展", task, "存在问题"] = one.problem or None
    path = space.inbox / f"{number}.xlsx"
    type_into(folder / f"{one.unit}_2023年第一季度进展.xlsx", path, cells)
    moment = datetime(2023, 3, 20, 9, one.minute).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(path, (moment, moment))


def stands(versions: Sequence[Version], order: Sequence[int], cuts: int) -> list[object]:
    """Collect the versions in an order, some of them together, and say how everything stands; consolidated twice."""
    with tempfile.TemporaryDirectory() as place:
        space = small_workspace(Path(place))
        folder = issue(space)
        for at, number in enumerate(order):
            lay(space, folder, number, versions[number])
            if cuts >> at & 1 or at + 1 == len(order):
                collect(space, progress=lambda items, _: items)
        done = consolidate(space, Q1)
        once = done.path.read_bytes()
        assert once == consolidate(space, Q1).path.read_bytes()
        tasks = [(task.task.number, task.status, task.progress, task.quarters) for task in done.round.tasks]
        values = [
            (detail.unit, detail.row.key, {code: (str(answer.value), answer.place) for code, answer in detail.row.answers.items()})
            for detail in done.round.details
        ]
        return [tasks, sorted(values, key=repr), [(unit.unit, unit.sent, unit.versions) for unit in done.round.units]]


@some(2, share=0.03, shrink=False)
@given(versions=st.lists(VERSIONS, min_size=2, max_size=4, unique_by=lambda version: version[2:]), seed=st.integers(0, 999), cuts=st.integers(0, 15))
@example(versions=[Version("东山镇", 0, 20, ""), Version("东山镇", 0, 35, "用地紧张")], seed=1, cuts=15)
def test_how_a_round_stands_does_not_depend_on_how_it_was_collected(versions: list[Version], seed: int, cuts: int) -> None:
    """Several versions of several units, some sent in the same minute, in any order and any number of collects: the same values, from the same files."""
    order = list(range(len(versions)))
    random.Random(seed).shuffle(order)  # noqa: S311 - repeatable
    straight = list(range(len(versions)))

    assert stands(versions, straight, 0) == stands(versions, order if order != straight else order[::-1], cuts)

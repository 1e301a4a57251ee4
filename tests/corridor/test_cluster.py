"""Returns read by a real Dask cluster on this machine: a scheduler and two workers, one of which dies."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.local_cluster import Cluster
from tests.hostile.books import with_parts, workbook
from tests.small import Q1, accepted, filled_row, issue, small_workspace, type_into
from toolkit.edges.reading.cluster import CHUNK, ClusterReaders
from toolkit.edges.reading.sandbox_process import Job, as_it_is
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Finding
from toolkit.model.returns import Grid

_SENT = 1679300000  # a day of March 2023


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for a scheduler that is not there no longer than a moment; one that is there may be slow on a busy machine."""
    monkeypatch.setattr("toolkit.edges.reading.cluster._CONNECT_SECONDS", 3)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """A cluster for the tests of this file."""
    found = Cluster(tmp_path_factory.mktemp("dask"))
    yield found
    found.stop()


def round_of(folder: Path) -> Workspace:
    """An office with one good return, one fault, one hostile file and one that is no workbook."""
    space = small_workspace(folder)
    (space.records / "seal.key").write_text("ab" * 32)
    issue(space)
    type_into(next(space.out(Q1, "发放").glob("东山镇*.xlsx")), space.inbox / "东山镇.xlsx", filled_row("任务2", lead=False) | filled_row("任务3"))
    (space.inbox / "坏.xlsx").write_bytes(with_parts({"../../x": b"x"}))
    (space.inbox / "说明.txt").write_text("请查收", "utf-8")
    for path in space.inbox.iterdir():
        os.utime(path, (_SENT, _SENT))
    return space


def test_a_cluster_reads_what_this_machine_reads(cluster: Cluster, tmp_path: Path) -> None:
    """Outcomes, findings and accepted rows are the same; a hostile file costs its own finding there too."""
    here, there = round_of(tmp_path / "本机"), round_of(tmp_path / "集群")

    plain = collect(here, progress=lambda items, _: items)
    spread = collect(there, progress=lambda items, _: items, cluster=cluster.address)

    assert [(arrival.sent.name, arrival.outcome, arrival.findings) for arrival in plain.arrivals] == [
        (arrival.sent.name, arrival.outcome, arrival.findings) for arrival in spread.arrivals
    ]
    assert accepted(here) == accepted(there) != {}
    assert () == spread.left


def test_a_worker_that_dies_in_the_middle_costs_only_time(cluster: Cluster) -> None:
    """One of two workers is killed while files are under way: every file is read, in order."""
    files = 12 * CHUNK
    found = []
    with ClusterReaders(cluster.address, as_it_is) as readers:
        for at, grid in enumerate(readers.read(Job(f"{number}.xlsx", workbook()) for number in range(files))):
            if at == CHUNK:
                cluster.workers[0].kill()
                cluster.workers[0].wait()
            found.append(grid.file if isinstance(grid, Grid) else grid.code.name)
    cluster.workers[0] = cluster.worker()

    assert [f"{number}.xlsx" for number in range(files)] == found
    assert () == readers.sentences


@pytest.mark.usefixtures("_impatient")
def test_a_cluster_that_goes_away_is_said_and_the_files_are_read_here(tmp_path: Path) -> None:
    """The scheduler dies with files under way: all are read on this machine, and a sentence says so."""
    cluster = Cluster(tmp_path)
    try:
        with ClusterReaders(cluster.address, as_it_is) as readers:
            cluster.stop()
            time.sleep(1)
            found = list(readers.read(Job(f"{number}.xlsx", workbook()) for number in range(3)))
    finally:
        cluster.stop()

    assert not [one for one in found if isinstance(one, Finding)]
    assert ["集群没有读成其中 3 个文件"] == [said.partition("（")[0] for said in readers.sentences]


class OfAnotherVersion:
    """What a worker with another version of the program sends: here nothing can be made of it."""

    def __reduce__(self) -> tuple[object, ...]:
        return _not_known_here, ()


def _not_known_here() -> None:
    raise AttributeError


def read_by_another_version(grid: Grid) -> object:
    """Read as it is on this machine, by another version on the cluster's."""
    return OfAnotherVersion() if "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED" in os.environ else grid


def test_workers_of_another_version_are_said_and_the_files_are_read_here(cluster: Cluster) -> None:
    """What the workers send back cannot be understood: all files are read on this machine, and a sentence says so."""
    with ClusterReaders(cluster.address, read_by_another_version) as readers:
        found = list(readers.read(Job(f"{number}.xlsx", workbook()) for number in range(3)))

    assert ["0.xlsx", "1.xlsx", "2.xlsx"] == [grid.file if isinstance(grid, Grid) else "" for grid in found]
    assert ["集群没有读成其中 3 个文件（AttributeError）"] == [said.partition("，")[0] for said in readers.sentences]


@pytest.mark.usefixtures("_impatient")
def test_an_address_where_nobody_listens_is_said() -> None:
    """A wrong address stops before anything is taken from the inbox."""
    with pytest.raises(CommandError, match="连不上 Dask 调度程序"), ClusterReaders("tcp://127.0.0.1:9", as_it_is):
        pass

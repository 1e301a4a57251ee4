"""A ledger in a file: written ahead on a disk of this machine, plainly on a network drive, only read where nothing can be written."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.killed.test_trouble import mounted, returned
from tests.small import Q1, small_workspace
from toolkit.edges import disks
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.intake.list_returns import list_returns
from toolkit.flows.report.status import status
from toolkit.flows.upkeep.doctor import doctor
from toolkit.flows.upkeep.examined import Examined, Health
from toolkit.model.command_error import CommandError


def quiet(items: object, _: str) -> object:
    return items


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """An office with three returns taken in."""
    space = returned(small_workspace(tmp_path / "办公室 一"))
    collect(space, progress=quiet)  # type: ignore[arg-type]
    return space


@pytest.fixture
def network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system say that the office lies on a network drive, as Linux writes it."""
    mounts = tmp_path / "mounts"
    place = str(tmp_path / "办公室 一").replace(" ", "\\040")
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/offices {place} nfs4 rw 0 0\n", "utf-8")
    monkeypatch.setattr(disks, "_MOUNTS", mounts)


def place_of(space: Workspace) -> Examined:
    return next(one for one in doctor(space) if one.thing == "台账位置")


def journal(space: Workspace) -> tuple[str, int, list[str]]:
    """Give how the ledger is written by this program, how safely, and what lies beside the file once it is closed."""
    with closing(Ledger(space.ledger_url())) as ledger, ledger.reading() as connection:
        said = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
    return str(said[0]), int(str(said[1])), sorted(path.name for path in space.records.glob("ledger.db-*"))


def test_on_a_local_disk_it_is_written_ahead(space: Workspace) -> None:
    """WAL, flushed at every commit, in one file again once it is closed; doctor says where it is."""
    assert ("wal", 2, []) == journal(space)
    assert (Health.GOOD, "本机，ledger.db（SQLite，WAL）") == place_of(space)[1:3]


@pytest.mark.usefixtures("network")
def test_on_a_network_drive_it_is_written_plainly(space: Workspace) -> None:
    """On a network drive the rollback journal is used, flushed at every commit, and doctor says so with a remedy."""
    assert ("delete", 2, []) == journal(space)
    line = place_of(space)
    assert (Health.FAIR, True, True) == (line.health, line.seen.startswith("网络盘，ledger.db（SQLite，DELETE）"), "PostgreSQL" in line.remedy)


def test_a_ledger_moves_between_disks(space: Workspace, tmp_path: Path) -> None:
    """From a local disk to a network drive and back the ledger is the same, each time written as that disk wants it."""
    before = list_returns(space, Q1)
    modes = []
    for kind in ("ext4", "nfs4", "cifs", "fuse.sshfs", "fuseblk", "ext4"):
        mounts = tmp_path / "mounts"
        mounts.write_text(f"none / {kind} rw 0 0\n", "utf-8")
        with pytest.MonkeyPatch.context() as moved:
            moved.setattr(disks, "_MOUNTS", mounts)
            modes.append(journal(space)[0])
            assert before == list_returns(space, Q1)
    assert ["wal", "delete", "delete", "delete", "wal", "wal"] == modes


def test_a_ledger_that_another_machine_has_open_locally_is_left_alone(space: Workspace, request: pytest.FixtureRequest) -> None:
    """While a program on its own disk writes ahead, one that comes over the network does not touch the ledger, and says what would help."""
    with closing(Ledger(space.ledger_url())) as local, local.reading() as connection:
        connection.exec_driver_sql("select count(*) from files")
        request.getfixturevalue("network")
        with pytest.raises(CommandError, match="另一个程序正用着它") as said:
            Ledger(space.ledger_url())
    assert "docs/多人共用.md" in said.value.advice
    assert "delete" == journal(space)[0]


@pytest.mark.skipif(os.name != "posix", reason="mount points are those of Linux")
def test_this_machines_own_disks_are_local(tmp_path: Path) -> None:
    """The disk that the tests run on, and a small disk in memory, are not taken for network drives."""
    assert not disks.is_on_network(tmp_path)
    with mounted(tmp_path, "-t", "tmpfs", "tmpfs"):
        assert not disks.is_on_network(tmp_path / "ledger.db")


def test_what_was_committed_before_a_kill_is_there(space: Workspace) -> None:
    """What stands in the log beside the file when the program is killed is read by the next one, and by a backup program too."""
    code = (
        "import os, signal, sys\nfrom toolkit.edges.ledger.ledger import Ledger\nfrom toolkit.edges.ledger.event_log import EventKind, append\n"
        "ledger = Ledger(sys.argv[1])\nwith ledger.writing() as connection:\n    append(connection, EventKind.WATCH, said='last')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, space.ledger_url()], cwd=Path(__file__).parents[2], check=False)

    assert -signal.SIGKILL == ended.returncode
    beside = {path.name: oct(path.stat().st_mode & 0o777) for path in space.records.glob("ledger.db*")}
    assert {"ledger.db": "0o600", "ledger.db-wal": "0o600", "ledger.db-shm": "0o600"} == beside
    with closing(sqlite3.connect(space.records / "ledger.db")) as ledger:
        assert '{"said":"last"}' == ledger.execute("select details from events order by number desc").fetchone()[0]
    assert ("wal", 2, []) == journal(space)


def test_on_a_read_only_disk_it_can_be_looked_at(tmp_path: Path) -> None:
    """A workspace on a disk that takes nothing (an archive, a CD) still shows its returns and standing; nothing is laid beside the ledger."""
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted(disk, "-t", "tmpfs", "tmpfs"):
        space = returned(small_workspace(disk / "space"))
        collect(space, progress=quiet)  # type: ignore[arg-type]
        before, stands = list_returns(space, Q1), status(space, Q1)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

        assert (before, stands) == (list_returns(space, Q1), status(space, Q1))
        assert ["ledger.db"] == [path.name for path in space.records.glob("ledger.db*")]

"""A server's ledger in the backup, and a ledger that moves: from a file onto a server, from a backup onto a new server."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.killed.test_trouble import UNITS, returned
from tests.ledger.conftest import behind_the_back
from tests.ledger.machines import lay
from tests.server import Server
from tests.small import Q1, accepted, filled_row, keep_ledger_at, small_workspace
from toolkit.cli.main import _run
from toolkit.edges.ledger.audit import audit
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.ledger.ledger_tables import metadata, versions
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.verify import verify
from toolkit.flows.intake.collect import collect
from toolkit.flows.upkeep.backup import move_ledger
from toolkit.model.command_error import CommandError


def quiet(items: object, _: str) -> object:
    return items


def rows(space: Workspace) -> dict[str, list[str]]:
    """Give every row of every table."""
    with behind_the_back(space) as ledger:
        return {table.name: sorted(map(repr, ledger.execute(table.select()))) for table in metadata.sorted_tables if table is not versions}


def point_to(space: Workspace, address: str) -> None:
    """Write another address for the ledger into the settings."""
    settings = space.root / "settings.toml"
    old = space.settings()["ledger"]
    settings.write_text(settings.read_text("utf-8").replace(f'ledger = "{old}"', f'ledger = "{address}"'), "utf-8")


def goes_on(space: Workspace, folder: Path) -> None:
    """The ledger takes in one more return, its numbers go on, its log holds, its originals verify."""
    lay(space.inbox / "后来.xlsx", folder / "东山镇_2023年第一季度进展.xlsx", UNITS["东山镇"] | filled_row("任务3", progress=60), 30)
    assert [True] == [arrival.outcome.counts for arrival in collect(space, progress=quiet).arrivals]  # type: ignore[arg-type]
    with closing(Ledger(space.ledger_url())) as ledger, ledger.reading() as connection:
        assert ("", 4) == (audit(connection)[1], len(ledger.all_files()))
    assert () == verify(space, Q1, progress=quiet).differences  # type: ignore[arg-type]


def test_an_office_that_grows_moves_its_ledger_to_a_server(server: Server, tmp_path: Path) -> None:
    """Every row moves, the file stays as it was, and work goes on; where there is a ledger already nothing is moved."""
    space = returned(small_workspace(tmp_path))
    collect(space, progress=quiet)  # type: ignore[arg-type]
    before, known = rows(space), accepted(space)
    file = space.records / "ledger.db"
    content = file.read_bytes()
    keep_ledger_at(space, server.new())

    assert sum(map(len, before.values())) == move_ledger(space, file)
    after = rows(space)
    moved = [one for one in after.pop("events") if one not in before["events"]]
    before.pop("events")
    assert (before, 1, True, known) == (after, len(moved), "恢复" in moved[0], accepted(space))
    assert content == file.read_bytes()
    with pytest.raises(CommandError, match="已经有一本台账了"):
        move_ledger(space, file)
    goes_on(space, space.out(Q1, "发放"))


def test_a_backup_holds_what_the_server_holds(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With the server gone, the backup's copy brings the whole ledger back on another server, and every step is said."""
    space = small_workspace(tmp_path / "甲机")
    keep_ledger_at(space, server.new())
    collect(returned(space), progress=quiet)  # type: ignore[arg-type]
    before, other = rows(space), tmp_path / "乙机"

    assert 0 == _run(["--workspace", str(space.root), "backup", str(tmp_path / "备份.zip")])
    assert "台账在服务器上，备份里是它现在的副本" in capsys.readouterr().out
    assert 0 == _run(["--workspace", str(other), "restore", str(tmp_path / "备份.zip")])
    said = capsys.readouterr().out
    assert ("没有动它" in said, "move-ledger records/服务器台账副本.db" in said) == (True, True)
    assert before == rows(space)

    restored = Workspace(other)
    point_to(restored, server.new())
    copy = restored.records / "服务器台账副本.db"
    assert 0 == _run(["--workspace", str(other), "move-ledger", str(copy)])
    assert f"搬了 {sum(map(len, before.values()))} 条登记" in capsys.readouterr().out
    goes_on(restored, space.out(Q1, "发放"))


def test_a_restored_workspace_is_not_replaced_in_silence(server: Server, tmp_path: Path) -> None:
    """A workspace whose ledger is on a server is one, too: without --replace a restore does not touch it."""
    space = small_workspace(tmp_path / "甲机")
    keep_ledger_at(space, server.new())
    returned(space)
    assert 0 == _run(["--workspace", str(space.root), "backup", str(tmp_path / "备份.zip")])

    assert 1 == _run(["--workspace", str(space.root), "restore", str(tmp_path / "备份.zip")])
    assert 0 == _run(["--workspace", str(space.root), "restore", str(tmp_path / "备份.zip"), "--replace"])


def test_no_backup_is_made_without_the_ledger(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A server that is away fails the backup aloud, and no file is left that looks like one."""
    space = small_workspace(tmp_path / "甲机")
    keep_ledger_at(space, "postgresql://office@127.0.0.1:9/office")

    assert 1 == _run(["--workspace", str(space.root), "backup", str(tmp_path / "备份.zip")])
    assert "连不上台账服务器" in capsys.readouterr().err
    assert ["甲机"] == [path.name for path in tmp_path.iterdir()]


def test_a_ledger_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    """A wrong path is a sentence and makes no file."""
    space = small_workspace(tmp_path)

    with pytest.raises(CommandError, match="找不到台账文件"):
        move_ledger(space, tmp_path / "没有.db")

"""A whole round on a file and on a server: the same words, the same books, the same entries."""

import os
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from tests.hostile.books import zipped
from tests.killed.instants import all_files
from tests.ledger.conftest import behind_the_back
from tests.server import Server
from tests.small import filled_row, keep_ledger_at, small_workspace, type_into
from toolkit.cli.main import _run
from toolkit.edges.workspace import Workspace
from toolkit.flows.upkeep.doctor import doctor

TOWN = filled_row("任务2", lead=False) | filled_row("任务3", progress=45)
ROUND = (
    *("collect --json", "returns 2023Q1", "returns 2023Q1 --exclude 2 --note 重复", "returns 2023Q1 --restore 2", "consolidate 2023Q1"),
    *("documents 2023Q1 --yellow", "status", "status --json", "verify 2023Q1", "trace 2023Q1 任务3 东山镇", "trace 2023Q1 任务1 云溪县工信局 --json"),
    *("remind 2023Q1", "generate 2023Q2", "collect", "consolidate 2023Q1", "consolidate 2023", "backup {root}/备份.zip", "send 2023Q2"),
)
ENTRIES = "select number, what, period, unit, details, previous, hash from events order by number"
_OWN = {"台账位置", "磁盘", "工作区"}  # what doctor tells of this machine and of where things are


def laid_out(space: Workspace) -> None:
    """Fill the inbox: a clean return, one with faults, one in an archive, a mail with one, a broken file, a system's own."""
    folder = space.root / "outbox" / "2023Q1" / "发放"
    type_into(folder / "云溪县发改局_2023年第一季度进展.xlsx", space.inbox / "甲.xlsx", filled_row("任务1", lead=False))
    type_into(folder / "东山镇_2023年第一季度进展.xlsx", space.inbox / "乙.xlsx", TOWN | {("任务进展", "任务3", "累计进度"): 130})
    type_into(folder / "云溪县工信局_2023年第一季度进展.xlsx", space.root / "丙.xlsx", filled_row("任务1") | filled_row("任务2"))
    (space.inbox / "丙.zip").write_bytes(zipped({"丙.xlsx": (space.root / "丙.xlsx").read_bytes()}))
    (space.root / "丙.xlsx").unlink()
    (space.inbox / "坏.xlsx").write_bytes(b"PK\x03\x04 half")
    (space.inbox / "Thumbs.db").write_bytes(b"x")
    moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
    for path in space.inbox.iterdir():
        os.utime(path, (moment, moment))


def test_a_round_on_a_server_is_that_on_a_file(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every word on the screen, every exit code, every byte that goes out, every original and every entry of the log is the same."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-03")
    told, left, entries = [], [], []
    file, other = small_workspace(tmp_path / "file"), small_workspace(tmp_path / "server")
    keep_ledger_at(other, server.new())
    for space in (file, other):
        (space.records / "seal.key").write_text("ab" * 32)
        assert 0 == _run(["--workspace", str(space.root), "generate", "2023Q1"])
        if space is file:
            laid_out(space)
        else:
            shutil.rmtree(space.inbox)
            shutil.copytree(tmp_path / "inbox", space.inbox)
        shutil.copytree(space.inbox, tmp_path / "inbox", dirs_exist_ok=True)
        capsys.readouterr()
        said = [(words, _run(["--workspace", str(space.root), *words.format(root=space.root).split()]), *capsys.readouterr()) for words in ROUND]
        told.append([*(line for one in said for line in lines_of(one, space)), *(str(one) for one in doctor(space) if one.thing not in _OWN)])
        left.append((all_files(space.root / "outbox"), all_files(space.returns), all_files(space.inbox)))
        with behind_the_back(space) as ledger:
            entries.append([tuple(row) for row in ledger.exec_driver_sql(ENTRIES)])

    assert told[0] == told[1]
    assert left[0] == left[1]
    assert entries[0] == entries[1]
    assert 20 < len(entries[0])


def lines_of(said: tuple[object, ...], space: Workspace) -> list[str]:
    """Give the lines of a command as they would be on any machine and for any ledger."""
    text = re.sub(r"[ ─━]+", " ", "\n".join(map(str, said)).replace(str(space.root), "/office"))
    return [line for line in text.splitlines() if not any(name in line for name in ("台账在服务器上", "个文件："))]

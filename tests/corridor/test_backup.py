"""A backup brings everything back, or says why not and changes nothing."""

import hashlib
import json
import os
import random
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges import backups
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.flows.closing.verify import verify
from toolkit.flows.intake.collect import collect
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.status import status
from toolkit.flows.upkeep.backup import backup, restore
from toolkit.model.command_error import CommandError

TOWN = filled_row("任务2", lead=False) | filled_row("任务3")


def quiet(items: object, _: str) -> object:
    return items


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    space = small_workspace(tmp_path / "甲机")
    issue(space)
    type_into(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx", space.inbox / "来件.xlsx", TOWN)
    moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(space.inbox / "来件.xlsx", (moment, moment))
    collect(space, progress=quiet)  # type: ignore[arg-type]
    return space


@pytest.mark.parametrize("password", ["", "某某口令"])
def test_a_backup_comes_back_on_another_machine(space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    """Restored elsewhere, the status is the same, every original verifies, and returns of forms issued before are still known."""
    if password:
        monkeypatch.setenv("TASK_TOOLKIT_BACKUP_PASSWORD", password)
    before = status(space, Q1)
    done = backup(space, tmp_path / "备份.zip", progress=quiet)  # type: ignore[arg-type]

    back = restore(tmp_path / "乙机", tmp_path / "备份.zip", replace=False, progress=quiet)  # type: ignore[arg-type]

    other = open_workspace(tmp_path / "乙机")
    assert (done.files, bool(password), None) == (back.files, done.locked, back.aside)
    assert before == status(other, Q1)
    type_into(space.out(Q1, "发放") / "云溪县发改局_2023年第一季度进展.xlsx", other.inbox / "后来.xlsx", filled_row("任务1", lead=False))
    assert ["云溪县发改局"] == [arrival.unit for arrival in collect(other, progress=quiet).arrivals]  # type: ignore[arg-type]
    consolidate(other, Q1)
    assert () == verify(other, Q1, progress=quiet).differences  # type: ignore[arg-type]
    assert 0o600 == (other.records / "seal.key").stat().st_mode & 0o777


def test_a_workspace_is_only_replaced_when_told_to_and_moved_aside(space: Workspace, tmp_path: Path) -> None:
    """Without --replace nothing is touched; with it the old one lies whole beside the restored one."""
    backup(space, tmp_path / "备份.zip", progress=quiet)  # type: ignore[arg-type]
    (space.root / "settings.toml").write_text('office = "某某"\n', "utf-8")

    with pytest.raises(CommandError, match="已经有一个工作区"):
        restore(space.root, tmp_path / "备份.zip", replace=False, progress=quiet)  # type: ignore[arg-type]
    done = restore(space.root, tmp_path / "备份.zip", replace=True, progress=quiet)  # type: ignore[arg-type]

    assert done.aside is not None
    assert "某某" in (done.aside / "settings.toml").read_text("utf-8")
    assert (done.aside / "records" / "ledger.db").exists()
    assert "某某" not in (space.root / "settings.toml").read_text("utf-8")


def test_a_backup_that_was_changed_is_not_restored(space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cut file, a changed member, a member that leads outside and a missing password are sentences, and nothing is written."""
    whole = tmp_path / "备份.zip"
    backup(space, whole, progress=quiet)  # type: ignore[arg-type]
    cut, changed, outside, locked = (tmp_path / f"{name}.zip" for name in ("断", "改", "外", "锁"))
    cut.write_bytes(whole.read_bytes()[:-100])
    for target, name in ((changed, "settings.toml"), (outside, "../外面.txt")):
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(target, "w") as copy:
            for one in source.namelist():
                copy.writestr(one, b"x" if one == name else source.read(one))
            if target is outside:
                copy.writestr(name, b"x")
    monkeypatch.setenv("TASK_TOOLKIT_BACKUP_PASSWORD", "口令")
    backup(space, locked, progress=quiet)  # type: ignore[arg-type]
    monkeypatch.delenv("TASK_TOOLKIT_BACKUP_PASSWORD")

    for source, words in ((cut, "不是完好的备份"), (changed, "已损坏"), (outside, "对不上"), (locked, "设了密码"), (tmp_path / "没有.zip", "找不到备份")):
        with pytest.raises(CommandError, match=words):
            restore(tmp_path / "乙机", source, replace=False, progress=quiet)  # type: ignore[arg-type]
    assert not (tmp_path / "乙机").exists()
    assert not (tmp_path / "外面.txt").exists()


@pytest.mark.parametrize("password", ["", "某某口令"])
def test_a_damaged_backup_is_a_sentence_and_leaves_nothing(space: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    """Wherever bytes of a backup were lost or changed, locked or not, the restore is whole or says why not, and leaves nothing behind where it was to go."""
    if password:
        monkeypatch.setenv("TASK_TOOLKIT_BACKUP_PASSWORD", password)
    backup(space, tmp_path / "备份.zip", progress=quiet)  # type: ignore[arg-type]
    whole, dice = (tmp_path / "备份.zip").read_bytes(), random.Random(7)  # noqa: S311 - repeatable
    target, damaged = tmp_path / "乙机", tmp_path / "坏.zip"
    target.mkdir()
    ends = list[bool]()
    for number in range(40):
        data = bytearray(whole)
        if number % 4 == 0:
            data = data[: dice.randrange(len(data))]
        else:
            start = dice.randrange(len(data) - 3000, len(data)) if number % 2 else dice.randrange(len(data) - 64)
            data[start : start + dice.randint(1, 40)] = dice.randbytes(dice.randint(1, 40))
        damaged.write_bytes(data)
        try:
            restore(target, damaged, replace=True, progress=quiet)  # type: ignore[arg-type]
            ends.append(True)
        except CommandError:
            ends.append(False)
            assert sum(ends) or [] == list(target.iterdir())
        assert not [path for path in target.iterdir() if path.name.startswith(".恢复")]

    assert 30 < ends.count(False)


def made(path: Path, members: dict[str, bytes], manifest: object = None) -> Path:
    """Write a zip that is a backup by its manifest."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in members.items()}
        archive.writestr(backups.MANIFEST, json.dumps({"files": digests} if manifest is None else manifest))
    return path


@pytest.mark.parametrize(
    ("members", "manifest", "words"),
    [
        ({"records/ledger.db": b"x" * 5_000}, None, "里的台账不能用，没有恢复"),
        ({"records/returns": b"x", "records/returns/a": b"x"}, None, "恢复不了“a”"),
        ({f"records/{'长' * 90}": b"x"}, None, "文件名太长"),
        ({"settings.toml": b""}, ["settings.toml"], "与它的清单对不上"),
        ({"settings.toml": b""}, {"files": {"settings.toml": 7}}, "已损坏"),
        ({"records/大.bin": bytes(3 << 20)}, None, "大得反常"),
    ],
)
def test_what_is_no_backup_of_ours_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, members: dict[str, bytes], manifest: object, words: str
) -> None:
    """A ledger that is none, names that cannot lie on a disk, a manifest of another shape and a bomb are said, and nothing is left behind."""
    monkeypatch.setattr(backups, "_ALWAYS_FINE", 1 << 20)

    with pytest.raises(CommandError, match=words):
        restore(tmp_path / "乙机", made(tmp_path / "备份.zip", members, manifest), replace=False, progress=quiet)  # type: ignore[arg-type]

    assert not (tmp_path / "乙机").exists()


def test_a_backup_holds_a_file_whose_name_is_no_text(space: Workspace, tmp_path: Path) -> None:
    """A file in the inbox with a GBK name does not stop a backup; it comes back by the numbers of its bytes."""
    (space.inbox / os.fsdecode("来件.txt".encode("gb18030"))).write_bytes(b"x")
    backup(space, tmp_path / "备份.zip", progress=quiet)  # type: ignore[arg-type]
    restore(tmp_path / "乙机", tmp_path / "备份.zip", replace=False, progress=quiet)  # type: ignore[arg-type]

    assert ["%C0%B4%BC%FE.txt"] == [path.name for path in (tmp_path / "乙机" / "inbox").iterdir() if path.suffix == ".txt"]

"""A program that is killed at any instant and started again ends where an undisturbed one does.

TASK_TOOLKIT_KILLS sets at how many instants each command is killed (a few by default): half of them before a deed on the disk, in the ledger or on the line
(dying.py counts them), half at random times. `-s` shows the matrix.
"""

import os
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.hostile.books import zipped
from tests.killed.instants import KILLS, all_files, cut_off, instants_of, ledger, run, say
from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges.backups import MANIFEST

TOWN = filled_row("任务2", lead=False) | filled_row("任务3")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose inbox holds a clean return, a wrong one, an archive with a third, a book of two units, and a broken file."""
    space = small_workspace(tmp_path_factory.mktemp("killed") / "start")
    folder = issue(space)
    type_into(folder / "云溪县发改局_2023年第一季度进展.xlsx", space.inbox / "甲.xlsx", filled_row("任务1", lead=False))
    type_into(folder / "东山镇_2023年第一季度进展.xlsx", space.inbox / "乙.xlsx", TOWN | {("任务进展", "任务3", "累计进度"): 130})
    type_into(folder / "云溪县工信局_2023年第一季度进展.xlsx", space.root / "丙.xlsx", filled_row("任务1") | filled_row("任务2"))
    (space.inbox / "丙.zip").write_bytes(zipped({"丙.xlsx": (space.root / "丙.xlsx").read_bytes()}))
    (space.root / "丙.xlsx").unlink()
    both = load_workbook(folder / "东山镇_2023年第一季度进展.xlsx")
    for row in load_workbook(folder / "云溪县发改局_2023年第一季度进展.xlsx")["任务进展"].iter_rows(values_only=True):
        both["任务进展"].append(row)
    both["任务进展"]["J5"] = "推进中"
    both.save(space.inbox / "两家.xlsx")
    (space.inbox / "坏.xlsx").write_bytes(b"PK\x03\x04 half")
    moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
    for path in space.inbox.iterdir():
        os.utime(path, (moment, moment))
    return space.root


def result(space: Path) -> tuple[object, ...]:
    """What a run has left: the ledger, the originals, the inbox, what goes out."""
    return ledger(space), all_files(space / "records" / "returns"), all_files(space / "outbox"), sorted(path.name for path in (space / "inbox").iterdir())


@pytest.mark.parametrize("words", [("collect",), ("consolidate", str(Q1)), ("generate", "2023Q2")], ids=lambda words: str(words[0]))
def test_killed_at_any_instant_and_started_again_it_ends_the_same(start: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Killed with SIGKILL at any instant and run again, ledger, originals, inbox and every byte that goes out are those of an undisturbed run."""
    before = tmp_path / "before"
    shutil.copytree(start, before)
    if words[0] != "collect":
        assert run(before, "collect") == 0
    whole = tmp_path / "whole"
    shutil.copytree(before, whole)
    told = instants_of(whole, *words)

    for instant in told.some():
        cut = tmp_path / "cut"
        shutil.copytree(before, cut)
        cut_off(cut, instant, *words)
        assert run(cut, *words) == 0
        assert result(whole) == result(cut), instant
        shutil.rmtree(cut)
    say(words[0], told)


def inside(backup: Path) -> dict[str, bytes]:
    """Read every member of a backup, but for the list with its time."""
    with zipfile.ZipFile(backup) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != MANIFEST}


def test_a_backup_that_is_cut_off_leaves_the_last_one(start: Path, tmp_path: Path) -> None:
    """Killed at any instant, a backup file is the old one or a whole new one, never a part."""
    target, space = tmp_path / "备份.zip", tmp_path / "space"
    shutil.copytree(start, space)
    told = instants_of(space, "backup", str(target))
    old, kept = target.read_bytes(), tmp_path / "kept.zip"
    (space / "inbox" / "后来.txt").write_text("x", "utf-8")
    assert run(space, "backup", str(kept)) == 0
    ends = [inside(target), inside(kept)]

    for instant in told.some(KILLS // 2):
        target.write_bytes(old)
        cut_off(space, instant, "backup", str(target))
        assert inside(target) in ends, instant
    say("backup", told)


def test_a_restore_that_is_cut_off_is_carried_on(start: Path, tmp_path: Path) -> None:
    """Killed at any instant and run again, the restored workspace is whole, the old one lies whole beside it, and no other command works in between."""
    before, backup = tmp_path / "before", tmp_path / "备份.zip"
    shutil.copytree(start, before)
    assert run(before, "backup", str(backup)) == 0
    assert run(before, "collect") == 0
    (before / "settings.toml").write_text('office = "某某办"\n', "utf-8")
    whole = tmp_path / "whole"
    shutil.copytree(before, whole)
    words = ("restore", str(backup), "--replace")
    told = instants_of(whole, *words)
    kept = {name: content for name, content in all_files(whole).items() if not name.startswith("旧工作区")}
    old = {name: content for name, content in all_files(before).items() if not name.startswith("outbox")}

    for instant in told.some():
        cut = tmp_path / "cut"
        shutil.copytree(before, cut)
        cut_off(cut, instant, *words)
        is_half = any(cut.glob(".恢复[换就]*"))
        assert (1 if is_half else 0) == run(cut, "status"), instant
        assert run(cut, *words) == 0
        first = min(cut.glob("旧工作区-*"), key=lambda path: len(path.name))
        assert old == all_files(first), instant
        assert kept == {name: content for name, content in all_files(cut).items() if not name.startswith("旧工作区")}, instant
        shutil.rmtree(cut)
    say("restore", told)

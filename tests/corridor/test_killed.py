"""A program that is killed at any instant and started again ends where an undisturbed one does. TASK_TOOLKIT_KILLS sets how often (a few by default)."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from tests.hostile.books import zipped
from tests.small import Q1, filled_row, issue, small_workspace, type_into

HOME = Path(__file__).parents[2]
KILLS = int(os.environ.get("TASK_TOOLKIT_KILLS", "2"))
TOWN = filled_row("任务2", lead=False) | filled_row("任务3")
QUERIES = (
    "select digest, name, sent, outcome, reason, unit, period, path, votes from files",
    "select f.name, a.sheet, a.key, a.answers, a.blanks from answers a join files f on f.id = a.file",
    "select f.name, x.code, x.cell, x.facts from findings x join files f on f.id = x.file",
    "select receipt, unit, number, digest, seal from issues",
    "select distinct period, unit, faults from receipts",
)


def command(space: Path, *words: str) -> subprocess.Popen[bytes]:
    """Start the program as a clerk does."""
    clean = os.environ | {"PYTHONPATH": str(HOME), "TASK_TOOLKIT_TODAY": "2023-04-03"}
    line = [sys.executable, "-m", "toolkit.cli", "--workspace", str(space), *words]
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=clean, cwd=HOME)


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose inbox holds a clean return, a wrong one, an archive with a third, and a broken file."""
    space = small_workspace(tmp_path_factory.mktemp("killed") / "start")
    folder = issue(space)
    type_into(folder / "云溪县发改局_2023年第一季度进展.xlsx", space.inbox / "甲.xlsx", filled_row("任务1", lead=False))
    type_into(folder / "东山镇_2023年第一季度进展.xlsx", space.inbox / "乙.xlsx", TOWN | {("任务进展", "任务3", "累计进度"): 130})
    type_into(folder / "云溪县工信局_2023年第一季度进展.xlsx", space.root / "丙.xlsx", filled_row("任务1") | filled_row("任务2"))
    (space.inbox / "丙.zip").write_bytes(zipped({"丙.xlsx": (space.root / "丙.xlsx").read_bytes()}))
    (space.root / "丙.xlsx").unlink()
    (space.inbox / "坏.xlsx").write_bytes(b"PK\x03\x04 half")
    moment = datetime(2023, 3, 20, 9).timestamp()  # noqa: DTZ001 - file times are local
    for path in space.inbox.iterdir():
        os.utime(path, (moment, moment))
    return space.root


def result(space: Path) -> tuple[object, ...]:
    """What a run has left: the ledger, the originals, the inbox, what goes out."""
    with sqlite3.connect(space / "records" / "ledger.db") as ledger:
        tables = tuple(sorted(map(repr, ledger.execute(query).fetchall())) for query in QUERIES)
    originals = {path.relative_to(space).as_posix(): path.read_bytes() for path in (space / "records" / "returns").rglob("*") if path.is_file()}
    out = {path.relative_to(space).as_posix(): path.read_bytes() for path in (space / "outbox").rglob("*") if path.is_file()}
    return *tables, originals, out, sorted(path.name for path in (space / "inbox").iterdir())


@pytest.mark.parametrize("words", [("collect",), ("consolidate", str(Q1)), ("generate", "2023Q2")], ids=lambda words: str(words[0]))
def test_killed_at_any_instant_and_started_again_it_ends_the_same(start: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Killed with SIGKILL at random instants and run again, ledger, originals, inbox and every byte that goes out are those of an undisturbed run."""
    before = tmp_path / "before"
    shutil.copytree(start, before)
    if words[0] != "collect":
        assert command(before, "collect").wait() == 0
    whole = tmp_path / "whole"
    shutil.copytree(before, whole)
    began = time.monotonic()
    assert command(whole, *words).wait() == 0
    lasts = time.monotonic() - began
    dice = random.Random(2023)  # noqa: S311 - repeatable instants

    for turn in range(KILLS):
        cut = tmp_path / f"cut{turn}"
        shutil.copytree(before, cut)
        running = command(cut, *words)
        time.sleep(dice.uniform(0.3, 1.0) * lasts)
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert command(cut, *words).wait() == 0
        assert result(whole) == result(cut)
        shutil.rmtree(cut)

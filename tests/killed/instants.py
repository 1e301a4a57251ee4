"""Kills the program at chosen instants, and looks at what it left."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tests import command
from toolkit.edges import parsed_cache
from toolkit.edges.ledger.audit import audit
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.reading import known_sound

HOME = Path(__file__).parents[2]
DYING = Path(__file__).with_name("dying.py")
KILLS = int(os.environ.get("TASK_TOOLKIT_KILLS", "4"))
_WITHOUT = {"id", "file", "newest"}  # numbers that a killed run may have used up


class Told(NamedTuple):
    """How a whole run went: how many instants it passed, and how long it took."""

    instants: int
    seconds: float

    def some(self, many: int = KILLS) -> Iterator[int | float]:
        """Choose instants over the whole run: numbers of deeds, and seconds from the start."""
        dice = random.Random(2023)  # noqa: S311 - repeatable
        deeds = min(max(many // 2, 1), self.instants)
        yield from (round((place + 0.5) * self.instants / deeds) for place in range(deeds))
        yield from (dice.uniform(0.3, 1.0) * self.seconds for _ in range(many - deeds))


def instants_of(space: Path, *words: str) -> Told:
    """Run a command to its end, and count its instants."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        count = Path(folder) / "count"
        assert _start(space, 0, count, *words).wait() == 0
        return Told(int(count.read_text("ascii")), time.monotonic() - began)


def cut_off(space: Path, instant: float, *words: str) -> None:
    """Run a command until an instant: before the deed of a number, or after as many seconds."""
    with tempfile.TemporaryDirectory() as folder:
        running = _start(space, instant if isinstance(instant, int) else 0, Path(folder) / "count", *words)
        if not isinstance(instant, int):
            time.sleep(instant)
            running.send_signal(signal.SIGKILL)
        ended = running.wait()
    assert ended in ({-signal.SIGKILL} if isinstance(instant, int) else {-signal.SIGKILL, 0}), (instant, ended)


def run(space: Path, *words: str) -> int:
    """Run a command to its end as a clerk does who starts it anew: in this process, with nothing of the office in its memory."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TASK_TOOLKIT_TODAY", _world()["TASK_TOOLKIT_TODAY"])
        patch.setattr(parsed_cache, "_recent", {})
        patch.setattr(known_sound, "_sound", set())
        return command.run(space, *words)[0]


def start(space: Path, *words: str, before: Callable[[], None] = lambda: None) -> subprocess.Popen[bytes]:
    """Start a command in a process group of its own, as a terminal does, and let it run; the new process does `before` first."""

    def made() -> None:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell lets what it runs in the background ignore Ctrl-C, and so would what we start
        before()

    line = [sys.executable, "-m", "toolkit.cli.main", "--workspace", str(space), *words]
    return subprocess.Popen(
        line,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=_world(),
        cwd=HOME,
        start_new_session=True,
        preexec_fn=made,  # noqa: PLW1509
    )


def ledger(space: Path) -> Mapping[str, list[str]]:
    """Give every row of every table, without the numbers of rows; rows name their file, and a row that stands twice counts once.

    The event log is left out, since it tells of what was begun again, but its chain must hold and bear out the tables.
    """
    found: dict[str, list[str]] = {}
    opened = Ledger(f"sqlite:///{space / 'records' / 'ledger.db'}")
    with opened.reading() as connection:
        assert not (broken := audit(connection)[1]), broken
    opened.close()
    with sqlite3.connect(space / "records" / "ledger.db") as base:
        base.row_factory = sqlite3.Row
        files = {row["id"]: row["name"] for row in base.execute("select id, name from files")}
        for (table,) in base.execute("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and name <> 'events'").fetchall():
            rows = [dict(row) for row in base.execute(f"select * from {table}")]  # noqa: S608 - our own tables
            for row in rows:
                row["of"] = files.get(row.get("file"), "")
            found[table] = sorted({repr({name: value for name, value in row.items() if name not in _WITHOUT}) for row in rows})
    base.close()
    return found


def all_files(folder: Path) -> dict[str, bytes]:
    """Read every file below a folder, but for locks and for what is kept of reading, which may go at any time."""
    left_out = {".lock", ".kept"}
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in left_out}


def say(command: str, told: Told) -> None:
    """Print a line of the matrix."""
    print(f"\nmatrix | {command} | {told.instants} deeds, {told.seconds:.1f} s | killed {KILLS} times | the same end")  # noqa: T201 - shown by -s


def _start(space: Path, instant: int, count: Path, *words: str) -> subprocess.Popen[bytes]:
    line = [sys.executable, str(DYING), str(instant), str(count), "--workspace", str(space), *words]
    return subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_world(), cwd=HOME)


def _world() -> dict[str, str]:
    return {"TASK_TOOLKIT_TODAY": "2023-04-03", **os.environ, "PYTHONPATH": str(HOME), "PYTHONUTF8": "1"}

"""Reading processes that are forked before a command has opened anything: they read as others do, and leave nothing behind."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psutil
import pytest

from tests.waiting import wait_until
from toolkit.edges.reading import start_processes

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="forks are Linux's")
BEGIN = """
import os, signal, sys, time
from multiprocessing import active_children
from tests.hostile.books import workbook
from tests.inbox.test_forked_readers import dies
from toolkit.edges.reading.sandbox import Readers
from toolkit.edges.reading.sandbox_process import Job
from toolkit.edges.reading.start_processes import forked_ahead
"""


def dies(grid: object) -> object:
    """Die where the file's name says so."""
    if "死" in grid.file:  # type: ignore[attr-defined]
        os.kill(os.getpid(), signal.SIGKILL)
    return grid


def run(code: str, *words: str) -> "subprocess.Popen[str]":
    root = Path(__file__).parents[2]
    around = {**os.environ, "PYTHONPATH": str(root)}
    return subprocess.Popen([sys.executable, "-c", BEGIN + code, *words], stdout=subprocess.PIPE, text=True, env=around)


def test_they_read_and_one_that_dies_is_replaced() -> None:
    """Forty files for two: the one that kills its reader is told, all others are read, and at the end no process is left."""
    code = """
with forked_ahead(40, workers=2):
    print(len(active_children()))
    with Readers(dies, workers=2) as readers:
        found = list(readers.read(Job("死" if at == 25 else f"好{at}", workbook()) for at in range(40)))
print([getattr(one, "code", None) and one.code.name for one in found if hasattr(one, "code")], sum(hasattr(one, "sheets") for one in found), active_children())
"""
    out, _ = run(code).communicate()

    assert ["2", "['READER_DIED'] 39 []"] == out.splitlines()


def test_files_decide_how_many_and_those_that_nobody_takes_end() -> None:
    """None for no file, one for a handful, never more than asked for; afterwards none."""
    code = """
for files in (0, 1, 17, 900):
    with forked_ahead(files, workers=3):
        print(len(active_children()), end=" ")
print(active_children())
"""
    out, _ = run(code).communicate()

    assert "0 1 2 3 []" == out.strip()


def test_they_end_when_the_command_is_killed() -> None:
    """A command that is gone with kill -9 leaves no reader that waits for it."""
    code = """
with forked_ahead(900, workers=3):
    print(*(child.pid for child in active_children()), flush=True)
    time.sleep(3600)
"""
    command = run(code)
    assert command.stdout is not None
    children = [psutil.Process(int(pid)) for pid in command.stdout.readline().split()]
    command.kill()
    command.communicate()

    assert 3 == len(children)
    assert wait_until(lambda: not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children))


def test_none_is_forked_beside_a_thread() -> None:
    """The page has threads and connections: a reader must not begin with these."""
    end = threading.Event()
    thread = threading.Thread(target=end.wait)
    thread.start()
    try:
        with start_processes.forked_ahead(900, workers=2):
            assert [] == start_processes._ahead
    finally:
        end.set()
        thread.join()


def test_none_is_forked_once_a_ledger_was_opened(tmp_path: Path) -> None:
    """A menu runs one command after another: what a reader begins with must not have held the key."""
    code = """
from pathlib import Path
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.workspace import open_workspace
from toolkit.flows.intake.read_files import readers_ahead
space = open_workspace(Path(sys.argv[1]))
(space.inbox / "a.xlsx").write_bytes(workbook())
for _ in range(2):
    with readers_ahead(space):
        print(len(active_children()))
    Ledger(space.ledger_url()).close()
"""
    out, _ = run(code, str(tmp_path)).communicate()

    assert ["1", "0"] == out.splitlines()

"""What mail tests do again and again: run a command as the clerk does, and as a process that can be killed."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests import command
from tests.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]


class Run(NamedTuple):
    """How a command ended and everything that it said."""

    code: int
    said: str


def start(home: Path, *words: str) -> subprocess.Popen[str]:
    """Start a command in a process of its own."""
    line = [sys.executable, "-m", "toolkit.cli.main", "--workspace", str(home), *words]
    return subprocess.Popen(line, env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def run(home: Path, *words: str) -> Run:
    """Run a command to its end, in this process; what it says of itself stands behind what it says."""
    code, said, aside = command.run(home, *words)
    return Run(code, said + aside)


def kill_when(process: subprocess.Popen[str], seen: Callable[[], bool]) -> None:
    """Kill a process (-9) as soon as something is seen."""
    wait_until(lambda: seen() or process.poll() is not None)
    assert process.poll() is None, f"it ended before: {process.communicate()[0]}"
    process.kill()
    process.communicate()

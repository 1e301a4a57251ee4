"""Commands as the clerk types them: in this process, which has everything loaded, or in one of their own, as it is outside of tests."""

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

from tests.waiting import PATIENCE
from toolkit.cli import screen
from toolkit.cli.main import _run


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command on a workspace; gives exit code, standard output, standard error."""
    out, aside = io.StringIO(), io.StringIO()
    spoken = list(screen._spoken)
    try:
        with redirect_stdout(out), redirect_stderr(aside):
            code = _run(["--workspace", str(folder), *arguments])
    finally:
        screen._spoken[:] = spoken  # the language that a command speaks is its own
    return code, out.getvalue(), aside.getvalue().strip()


def run_alone(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """Run a command on a workspace in a process of its own; gives what `run` gives."""
    command = [sys.executable, "-X", "utf8", "-m", "toolkit.cli.main", "--workspace", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=PATIENCE, cwd=Path(__file__).parents[1])
    return done.returncode, done.stdout, done.stderr.strip()

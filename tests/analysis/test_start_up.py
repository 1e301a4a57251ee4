"""pandas is loaded by the commands that need it, and by no other."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.small import small_workspace

RUN = "import sys; from toolkit.cli.main import _run; _run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"


@pytest.mark.parametrize(
    "words", [("status",), ("doctor",), ("generate", "2023Q1"), ("collect",), ("consolidate", "2023Q1"), ("returns", "2023Q1")], ids=lambda words: words[0]
)
def test_a_command_that_needs_no_pandas_does_not_load_it(tmp_path: Path, words: tuple[str, ...]) -> None:
    """The daily commands, from generate to the consolidated workbook of a quarter, run without pandas."""
    space = small_workspace(tmp_path)
    lines = [("generate", "2023Q1"), words] if words[0] in {"consolidate", "returns"} else [words]
    for line in lines:
        done = subprocess.run(
            [sys.executable, "-c", RUN, "--workspace", str(space.root), *line],
            cwd=Path(__file__).parents[2],
            env={**os.environ, "PYTHONUTF8": "1", "TASK_TOOLKIT_TODAY": "2023-01-05"},
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
        )

    assert "toolkit.cli" in done.stderr.split()
    assert "pandas" not in done.stderr.split()

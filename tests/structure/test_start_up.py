"""What the program loads before it does anything: help comes at once, so no library of the work is loaded for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"openpyxl", "xlsxwriter", "python_calamine", "pandas", "numpy", "sqlalchemy", "lxml", "docx", "rapidfuzz", "holidays", "filelock", "schedule"}
HEAVY |= {"msoffcrypto", "pdfplumber", "imap_tools", "xlwings", "keyring", "distributed", "packaging", "rich", "pydantic", "email", "ssl", "zoneinfo"}
RUN = "import sys; from toolkit.cli.main import _run; _run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"


def loaded_by(*words: str) -> set[str]:
    """Which libraries a command has loaded when it ends."""
    done = subprocess.run([sys.executable, "-c", RUN, *words], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True, encoding="utf-8")
    return {name.split(".")[0] for name in done.stderr.split()}


@pytest.mark.parametrize("words", [("--help",), ("collect", "--help"), ("generate", "--help"), ("documents", "--help"), ("bundle", "--help")], ids=" ".join)
def test_help_loads_no_library_of_the_work(words: tuple[str, ...]) -> None:
    """The help of the program and of every kind of command is shown without a library for workbooks, the ledger, mail or typed-in values."""
    assert set() == HEAVY & loaded_by(*words)


def test_a_command_without_options_reads_no_typed_in_value(tmp_path: Path) -> None:
    """The menu and status, started without a word, do not load what typer checks typed-in values with."""
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "TASK_TOOLKIT_HOME": str(tmp_path), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
        stdin=subprocess.DEVNULL,
    )

    assert "typer" in done.stderr.split()
    assert "pydantic" not in done.stderr.split()


def test_an_office_that_begins_loads_openpyxl_for_nothing(tmp_path: Path) -> None:
    """Templates as they came, a list that nobody has touched, forms written and read: none of it needs openpyxl, nor numpy, which comes with it."""
    loaded = loaded_by("demo", "--quick", "--to", str(tmp_path))

    assert (tmp_path / "outbox" / "2023Q1" / "汇总").is_dir()
    assert {"xlsxwriter", "python_calamine", "sqlalchemy"} <= loaded
    assert set() == loaded & {"openpyxl", "numpy", "pandas", "pydantic", "holidays"}

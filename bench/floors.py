"""Floors of an office's commands: the same libraries loaded in a cold process and made to do the bare part of the work, without anything of the program.

What they take against the other checkout's command is what no way of writing this program on these libraries, a process a command, can go below.
"""

import os
import statistics
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.cold_office import BARE, Cost, Office, spent

_ROOT = Path(__file__).parents[1]
_RECORD = """
import pickle
import sys
from pathlib import Path
from bench.bare import Recorder
from toolkit.edges.workspace import open_workspace
from toolkit.edges.writing.write_workbooks import draw
from toolkit.flows.issue.plan_forms import PlannedForms
from toolkit.flows.office.office_context import open_office
from toolkit.model import seal
from toolkit.model.period import Period
period = Period(2023, 1)
with open_office(open_workspace(Path(sys.argv[1]))) as office, Recorder() as recorder:
    context = office.at(period)
    planned = PlannedForms(context, context.form_of(period), period)
    for unit in context.master.addressees():
        issue = planned.issue(unit)
        draw(planned.plan(unit, issue, seal.close(issue, office.key)))
Path(sys.argv[2]).write_bytes(pickle.dumps(recorder.books))
"""
_LOAD = """
import sqlalchemy
import sqlalchemy.dialects.sqlite
import typer
import xlsxwriter
"""
_WRITE = """
import pickle
import sys
from pathlib import Path
from bench.replay import replayed
for at, calls in enumerate(pickle.loads(Path(sys.argv[-1]).read_bytes())):
    Path(sys.argv[-2], f"{at}.xlsx").write_bytes(replayed(calls))
"""
_ALL_IN_ONE = f"""
import openpyxl
{_LOAD}
{_WRITE}
{_WRITE}
{BARE[0]}
sys.argv[1:] = sys.argv[2:]
{BARE[1]}
"""


def measure(ours: Office, theirs: Office | None, rounds: int) -> Iterator[dict[str, dict[str, float]]]:
    """Give for each floor its medians, and the medians of its ratios to the other program's command, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        calls, out, ledger, book = (Path(folder) / name for name in ("calls", "out", "bare.db", "bare.xlsx"))
        out.mkdir()
        around = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"}
        subprocess.run([ours.python, "-c", _RECORD, ours.done, calls], env=around, cwd=_ROOT, check=True)  # noqa: S603 - our own words

        def cold(script: str, *words: Path) -> Cost:
            ledger.unlink(missing_ok=True)
            return spent(["/usr/bin/env", f"PYTHONPATH={_ROOT}", str(ours.python), "-c", script, *map(str, words)])

        floors: dict[str, tuple[Callable[[], Cost], Callable[[Office], Cost]]] = {
            "generate: its libraries loaded, no more": (lambda: cold(_LOAD), Office.issuing),
            "generate: libraries loaded, 63 forms by bare xlsxwriter": (lambda: cold(_LOAD + _WRITE, out, calls), Office.issuing),
            "demo --quick: libraries loaded, 63 forms written twice, read, put into a ledger, two tables out": (
                lambda: cold(_ALL_IN_ONE, ours.full / "inbox", ledger, book, out, calls),
                Office.rehearsing,
            ),
        }
        for name, (floor, command) in floors.items():
            pairs = [(command(theirs) if theirs else None, floor()) for _ in range(rounds)]
            found = {"processor": statistics.median(cost.processor for _, cost in pairs), "seconds": statistics.median(cost.seconds for _, cost in pairs)}
            against = [(cost, other) for other, cost in pairs if other]
            if against:
                found["other processor"] = statistics.median(other.processor for _, other in against)
                found["ratio of processor"] = statistics.median(cost.processor / other.processor for cost, other in against)
                found["ratio of seconds"] = statistics.median(cost.seconds / other.seconds for cost, other in against)
            yield {f"floor of {name}": found}

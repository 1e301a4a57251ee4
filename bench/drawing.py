"""How long the consolidated workbook of the notice's 63 units takes to plan and to draw, in this program and in another checkout of it.

Run: python -m bench.drawing FOLDER [rounds]. FOLDER is another checkout with a .venv, e.g. `git worktree add FOLDER b1390d5`. Processor seconds of one
`consolidate` in a process of its own, in turn. Writes nothing but a folder of its own; the figures are printed.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.cold_office import Office

_ROOT = Path(__file__).parents[1]
_TIMED = """
import importlib
import json
import sys
import time
from pathlib import Path
from toolkit.edges.workspace import open_workspace
from toolkit.model.period import Period

try:
    flow = importlib.import_module("toolkit.flows.report.consolidate")
except ModuleNotFoundError:
    flow = importlib.import_module("toolkit.flows.consolidate")
spent = {}

def timed(name, work):
    def run(*given, **named):
        start = time.process_time()
        made = work(*given, **named)
        spent[name] = spent.get(name, 0) + time.process_time() - start
        if name == "plan":
            spent["cells"] = sum(1 for sheet in made.sheets for _ in sheet.every_cell())
        return made
    return run

flow.consolidated, flow.draw = timed("plan", flow.consolidated), timed("draw", flow.draw)
flow.consolidate(open_workspace(Path(sys.argv[1])), Period(2023, 1))
print(json.dumps(spent))
"""


def drawn(office: Office) -> dict[str, float]:
    """Give the processor seconds of planning and of drawing in one consolidate, and how many cells were drawn."""
    around = {**os.environ, "PYTHONPATH": str(office.program), "TASK_TOOLKIT_HOME": str(office.program)}
    done = subprocess.run([office.python, "-P", "-c", _TIMED, office.done], env=around, capture_output=True, check=True, text=True)  # noqa: S603 - our own words
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    seconds = found["plan"] + found["draw"]
    return {**found, "together": seconds, "1,000 cells": seconds / found["cells"] * 1000}


def main() -> None:
    """Measure both in turn; print medians and the median of the pairs' own ratios."""
    other, rounds = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 7
    with tempfile.TemporaryDirectory() as name:
        ours, theirs = Office(_ROOT, Path(name) / "ours"), Office(other, Path(name) / "theirs")
        pairs = [(drawn(theirs), drawn(ours)) for _ in range(rounds + 1)][1:]
    print(f"load {os.getloadavg()[0]:.0f}, cells {pairs[0][0]['cells']:,} → {pairs[0][1]['cells']:,}")
    for what in ("plan", "draw", "together", "1,000 cells"):
        before, now = (statistics.median(pair[at][what] for pair in pairs) for at in range(2))
        print(f"{what}: {before:.4f} s → {now:.4f} s ({statistics.median(pair[1][what] / pair[0][what] for pair in pairs):.2f} ×)")


if __name__ == "__main__":
    main()

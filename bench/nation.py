"""The nation run: one round from generate to consolidate, each stage in a process of its own: python -m bench.nation STAGE FOLDER UNITS ROWS."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bench import office

_ROOT = Path(__file__).parents[1]


def _generate(folder: Path, units: int, rows: int) -> object:
    return office.province(folder, units, rows)


def _fill_in(folder: Path, _units: int, _rows: int) -> object:
    """The units' part, which the office does not wait for."""
    from toolkit.edges.workspace import open_workspace

    return office.returns(open_workspace(folder))


def _collect(folder: Path, _units: int, _rows: int) -> object:
    from toolkit.edges.workspace import open_workspace
    from toolkit.flows.intake.collect import collect

    return collect(open_workspace(folder), progress=lambda items, _: items)


def _consolidate(folder: Path, _units: int, _rows: int) -> object:
    from toolkit.edges.workspace import open_workspace
    from toolkit.flows.report.consolidate import consolidate

    return consolidate(open_workspace(folder), office.PERIOD)


STAGES: Mapping[str, Callable[[Path, int, int], object]] = {
    "generate": _generate,
    "fill in": _fill_in,
    "collect": _collect,
    "consolidate": _consolidate,
}


def measure(units: int, rows: int, folder: Path | None = None) -> dict[str, Any]:
    """Give for each stage its seconds, processor seconds and the peak of its largest process in MiB; the workspace stays where a folder is named."""
    with tempfile.TemporaryDirectory() as scratch:
        place = folder or Path(scratch) / "工作区"
        place.mkdir(parents=True, exist_ok=True)
        return {stage: _apart(stage, place, units, rows) for stage in STAGES}


def _apart(stage: str, folder: Path, units: int, rows: int) -> dict[str, float]:
    words = [sys.executable, "-m", "bench.nation", stage, str(folder), str(units), str(rows)]
    with subprocess.Popen(words, cwd=_ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own words
        output = process.stdout.read() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)  # what it and all its own processes used
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{stage} of {units} units did not finish")
    found = {"seconds": float(output.splitlines()[-1]), "processor": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss / 1024}
    print(f"  {units} units: {stage} {found['seconds']:.1f} s, {found['processor']:.1f} s of processor, peak {found['peak']:.0f} MiB", flush=True)
    return found


def main(stage: str, folder: str, units: str, rows: str) -> None:
    """Run one stage and print how many seconds it took."""
    os.sync()  # what the stage before has left to be written is not this one's
    start = time.perf_counter()
    STAGES[stage](Path(folder), int(units), int(rows))
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main(*sys.argv[1:])

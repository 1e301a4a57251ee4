"""Times every contender on the same returns, side by side: each round runs all of them, each in a process of its own."""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.contenders import CONTENDERS, FLOOR, RIVAL
from bench.office import province, returns, saved_by_office

_ROOT = Path(__file__).parents[1]


def measure(files: int, rows: int, rounds: int, names: Sequence[str] = tuple(CONTENDERS), *, by_office: bool = False) -> dict[str, Any]:
    """Give for each contender the seconds of each round and their median, the medians of its ratios to the round's own floor and rival, the peak in MiB.

    A shared machine is faster at one time than at another: within a round all meet the same. `by_office`: LibreOffice has saved the returns.
    """
    taken: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root) / "office"
        folder.mkdir()
        space = province(folder, files, rows)
        returns(space)
        if by_office:
            saved_by_office(space)
        for _ in range(rounds):
            for name in names:
                words = [sys.executable, "-m", "bench.apart", name, str(folder)]
                done = subprocess.run(words, cwd=_ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own words
                taken[name].append(json.loads(done.stdout.splitlines()[-1]))
                print(f"  {files} files: {name} {taken[name][-1]['seconds']:.2f} s, {taken[name][-1]['processor']:.2f} s of processor", flush=True)
    seconds = {name: [run["seconds"] for run in found] for name, found in taken.items()}
    found: dict[str, Any] = {
        name: {
            "seconds": statistics.median(seconds[name]),
            "each": seconds[name],
            "processor": [run["processor"] for run in taken[name]],
            "peak": max(run["peak"] for run in taken[name]),
        }
        for name in taken
    }
    for word, other in (("floor", FLOOR), ("rival", RIVAL)):
        for name in found if other in seconds else ():
            found[name][word] = statistics.median(mine / its for mine, its in zip(seconds[name], seconds[other], strict=True))
    return found

"""Times the start of the program against bare Python's."""

import statistics
import subprocess
import sys
from pathlib import Path

from bench.timing import timed

_ROOT = Path(__file__).parents[1]


def measure(rounds: int) -> dict[str, float]:
    """Give median seconds of Python doing nothing, of --help and of one command's help."""
    commands = {
        "bare Python": ["-c", "pass"],
        "--help": ["-m", "toolkit.cli.main", "--help"],
        "collect --help": ["-m", "toolkit.cli.main", "collect", "--help"],
    }
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(rounds):
        for name, words in commands.items():
            taken[name].append(timed(lambda words=words: subprocess.run([sys.executable, *words], cwd=_ROOT, capture_output=True, check=True)))  # type: ignore[misc]  # noqa: S603 - our own words
    return {name: statistics.median(found) for name, found in taken.items()}

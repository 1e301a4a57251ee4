"""Damages files at random and collects them, for as long as one likes: `python -m tests.hostile.fuzz --minutes 20 --seed 1` (LibreOffice makes some seeds).

Each file goes the whole way: inbox, envelopes, precheck, the reading processes, rooms, archive, ledger. It must end in one outcome with a sentence, in time,
with the program's own memory bounded, and never as a fault of ours. One that does not is kept outside the repository (--keep): it is somebody's trigger.
What is learnt of it goes into the tests in words, and as harmless input to the guard that should have held.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tests.hostile.mutate import mutated
from tests.hostile.seeds import seeds
from tests.spoiled.office import Case, Round, book_of, drop, issued_office, take_in, unit_name
from toolkit.edges.inbox import digest_of
from toolkit.edges.workspace import Workspace
from toolkit.model.findings import Code

HOME = Path(__file__).parents[2]
KEPT = Path(tempfile.gettempdir()) / "task-toolkit-fuzz"
BATCH = 250  # files that are collected together
PATIENCE = 0.2  # seconds a file on average, with one that takes the reader's whole time among them
SLOWEST = 40.0  # seconds: twice the time that one file may take
MEMORY = 1 << 29  # bytes that the collecting process may grow by


class Batch(NamedTuple):
    """How a batch went: the names of files that did not end as they must, what else was wrong, seconds, ends by their word and code."""

    wrong: list[str]
    trouble: list[str]
    seconds: float
    ends: Counter[str]


def faults_of(taken: Round, names: Sequence[str]) -> list[str]:
    """Name the files that did not end as they must."""
    ends = {arrival.sent.name: arrival for arrival in taken.done.arrivals}
    wrong = [name for name in names if name not in ends or not ends[name].reason]
    ours = [arrival.sent.name.partition("/")[0] for arrival in taken.done.arrivals if any(finding.code is Code.OUR_FAULT for finding in arrival.findings)]
    mute = [
        arrival.sent.name.partition("/")[0] for arrival in taken.done.arrivals if not all(finding.message and finding.advice for finding in arrival.findings)
    ]
    return sorted({*wrong, *ours, *mute})


def run(space: Workspace, some: Sequence[bytes], numbers: range, keep: Path) -> Batch:
    """Collect the files of some numbers; what ends wrongly is kept in a folder."""
    files = {f"{number}.xlsx": mutated(some, number) for number in numbers}
    for name, content in files.items():
        drop(space, name, content)
    before = forget_peak()
    began = time.monotonic()
    taken = take_in(space)
    seconds = time.monotonic() - began
    known = {digest_of(content) for content in files.values()}  # the same damage twice is one file
    wrong = faults_of(taken, [name for name, content in files.items() if content and len(known) == len(files)])
    for name in wrong:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / f"{digest_of(files[name])[:16]}.bin").write_bytes(files[name])
    trouble = [*taken.done.left, *([f"{taken.done.faults} faults"] if taken.done.faults else [])]
    grown = peak() - before
    trouble += [f"{grown >> 20} MiB more"] if grown > MEMORY else []
    ends = Counter(f"{arrival.outcome.value} {arrival.findings[0].code.name if arrival.findings else ''}" for arrival in taken.done.arrivals)
    return Batch(wrong, trouble, seconds, ends)


def peak() -> int:
    """Give the most memory that this process has had, in bytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    return int(status.read_text("ascii").partition("VmHWM:")[2].split()[0]) << 10 if status.exists() else 0


def forget_peak() -> int:
    """Let the peak begin again at what this process has now, which is given, in bytes: what ran here before is not the collecting's."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", "ascii")
    return peak()


def office(folder: Path) -> tuple[Workspace, Case]:
    """Make an office that has issued its first quarter to a unit; gives also the unit with its workbook."""
    space, rest = issued_office(folder, 1)
    return space, Case(unit_name(0), book_of(space, unit_name(0)), rest)


def main() -> int:
    """Go on until the time is over; the exit code says whether anything ended wrongly."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--minutes", type=float, default=20)
    words.add_argument("--seed", type=int, default=date.today().toordinal(), help="today's number by default: another day, other files")  # noqa: DTZ011
    words.add_argument("--keep", type=Path, default=KEPT, help="folder for files that ended wrongly, outside the repository")
    given = words.parse_args()
    if given.keep.resolve().is_relative_to(HOME):
        words.error(f"--keep {given.keep} lies in the repository; what is found is somebody's trigger")
    until, number, ends, bad, seconds = time.monotonic() + given.minutes * 60, given.seed * 1_000_000, Counter[str](), 0, 0.0
    with tempfile.TemporaryDirectory() as place:
        some = seeds(office(Path(place) / "seed")[1], Path(place))
        while time.monotonic() < until:
            with tempfile.TemporaryDirectory() as fresh:
                batch = run(office(Path(fresh))[0], some, range(number, number + BATCH), given.keep)
            if batch.seconds > SLOWEST + PATIENCE * BATCH:
                batch.trouble.append(f"{batch.seconds:.0f} s for {BATCH} files")
            number, bad, seconds = number + BATCH, bad + len(batch.wrong) + len(batch.trouble), seconds + batch.seconds
            ends += batch.ends
            done = number - given.seed * 1_000_000
            print(f"{done} files, {seconds:.0f} s, peak {peak() >> 20} MiB, wrong {bad}", *batch.wrong, *batch.trouble, flush=True)  # noqa: T201
    for what, count in ends.most_common():
        print(f"{count:7} {what}")  # noqa: T201
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

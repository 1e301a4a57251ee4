"""What commands of an office of 63 units would cost if a process that has loaded everything stood ready: it forks for each command, nothing is loaded again.

Run: python -m bench.warm FOLDER [rounds]. FOLDER is another checkout with a .venv, e.g. `git worktree add FOLDER b1390d5`. Processor seconds, in turn with
cold commands, the other checkout and the pandas script. A client that hands the command over would come on top. Only on Linux; the figures are printed.
"""

import ctypes
import gc
import os
import resource
import statistics
import sys
import tempfile
from multiprocessing import forkserver, resource_tracker
from pathlib import Path

from bench.cold_office import SUBREAPER, Office, spent, waited_for_all
from toolkit.cli.main import main as run_command

_ROOT = Path(__file__).parents[1]
_PERIOD = "2023Q1"


def run_here(space: Path, *words: str) -> None:
    """Run a command in this process, without a word on the screen."""
    sys.argv = ["run.py", "--workspace", str(space), *words]
    nowhere = os.open(os.devnull, os.O_RDWR)
    kept = [(stream, os.dup(stream)) for stream in range(3)]
    try:
        for stream, _ in kept:
            os.dup2(nowhere, stream)
        run_command()
    except SystemExit:
        pass
    finally:
        for stream, copy in kept:
            os.dup2(copy, stream)
            os.close(copy)
        os.close(nowhere)


def forked(space: Path, *words: str) -> float:
    """Give the processor seconds of a command in a process forked from this one, with all that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    if not os.fork():
        try:
            run_here(space, *words)
        finally:
            os._exit(0)
    waited_for_all()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def load_everything(office: Office) -> None:
    """Run each command once here, so that all it needs is loaded; end the helpers of multiprocessing, which would be waited for."""
    run_here(office.fresh(office.full), "collect")
    for words in (("consolidate", _PERIOD), ("generate", "2023Q2")):
        run_here(office.fresh(office.done), *words)
    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # noqa: SLF001 - there is no public way
    resource_tracker._resource_tracker._stop()  # type: ignore[attr-defined]  # noqa: SLF001
    gc.freeze()


def taking_in(office: Office) -> float:
    """Collect 63 returns and consolidate them, both warm."""
    space = office.fresh(office.full)
    return forked(space, "collect") + forked(space, "consolidate", _PERIOD)


def main() -> None:
    """Measure in turn; print medians, and medians of the rounds' own ratios."""
    other, rounds = Path(sys.argv[1]).resolve(), int(sys.argv[2]) if len(sys.argv) > 2 else 5
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as name:
        ours, theirs = Office(_ROOT, Path(name) / "ours"), Office(other, Path(name) / "theirs")
        load_everything(ours)
        script = [str(ours.python), "-c", ours.script, str(ours.full / "inbox"), str(Path(name) / "all.xlsx")]
        taken = [(taking_in(ours), ours.taking_in().processor, spent(script).processor) for _ in range(rounds)]
        issued = [(forked(ours.fresh(ours.done), "generate", "2023Q2"), ours.issuing().processor, theirs.issuing().processor) for _ in range(rounds)]
    for what, rows, measure in (("63 returns: collect + consolidate", taken, "pandas script"), ("generate 63 forms", issued, other.name)):
        warm, cold, beside = (statistics.median(row[at] for row in rows) for at in range(3))
        ratios = [statistics.median(row[at] / row[2] for row in rows) for at in range(2)]
        print(f"{what}: warm {warm:.2f} s ({ratios[0]:.2f} ×), cold {cold:.2f} s ({ratios[1]:.2f} ×), {measure} {beside:.2f} s")
    print(f"load {os.getloadavg()[0]:.0f}")


if __name__ == "__main__":
    main()

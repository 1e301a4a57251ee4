"""Runs one contender in a process of its own and prints what it took: python -m bench.apart NAME FOLDER."""

import json
import os
import resource
import sys
import tempfile
import time
from multiprocessing import forkserver
from pathlib import Path

from bench.contenders import CONTENDERS, copied


def main(name: str, source: str) -> None:
    """Prepare, then time the work; the peak is that of the largest process, in MiB.

    The copy is left beside the source: to take thousands of files away again keeps the disk busy in the next contender's time.
    """
    work = CONTENDERS[name](copied(Path(source), Path(tempfile.mkdtemp(dir=Path(source).parent)) / "工作区"))
    os.sync()  # what copying the files has left to be written is not this contender's
    start, used = time.perf_counter(), _used()
    work()
    seconds = time.perf_counter() - start
    forkserver._forkserver._stop()  # type: ignore[attr-defined]  # noqa: SLF001 - what the reading processes used is known once they have ended
    processor = _used() - used
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(json.dumps({"seconds": seconds, "processor": processor, "peak": peak}))


def _used() -> float:
    """Give the processor seconds of this process and of those that it started and that have ended."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Runs one contender in a process of its own and prints what it took: python -m bench.apart NAME FOLDER."""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from bench.contenders import CONTENDERS, copied


def main(name: str, source: str) -> None:
    """Prepare, then time the work; the peak is that of the largest process, in MiB."""
    with tempfile.TemporaryDirectory() as folder:
        work = CONTENDERS[name](copied(Path(source), Path(folder) / "工作区"))
        start = time.perf_counter()
        work()
        seconds = time.perf_counter() - start
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(json.dumps({"seconds": seconds, "peak": peak}))


if __name__ == "__main__":
    main(*sys.argv[1:])

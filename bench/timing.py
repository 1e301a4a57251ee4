"""How long a piece of work takes."""

import gc
import os
import time
from collections.abc import Callable


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def worked_by_all(work: Callable[[], object]) -> float:
    """Give the processor seconds that a piece of work takes, in this process and those that it starts and ends."""
    before = sum(os.times()[:4])
    work()
    return sum(os.times()[:4]) - before


def worked(work: Callable[[], object]) -> float:
    """Give the processor seconds that a piece of work takes."""
    gc.collect()
    gc.freeze()
    start = time.process_time()
    work()
    taken = time.process_time() - start
    gc.unfreeze()
    return taken

"""What runs in a reading process: files come through a pipe, what was made of them goes back; its memory is limited, its errors are told."""

import gc
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from enum import Enum
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place
from toolkit.model.returns import Grid

READY = "ready"
_SOON = 0.2  # seconds after which a worker tells what it has, so that the screen moves on


class Job(NamedTuple):
    """A file to read: its name, its bytes, the passwords to try; one that is `given` its result already only keeps its place in line."""

    name: str
    content: bytes
    passwords: Sequence[str] = ()
    given: Finding | None = None


class Takes(Enum):
    """What is handed to the function that a reading process serves: the grid of each file, or the job with its bytes as they are."""

    GRID = 1
    BYTES = 2


class Progress:
    """How far a worker is, in memory that it shares with us: it may die or hang with results that it has not told yet."""

    def __init__(self, context: Any) -> None:
        """Begin with no file."""
        # files begun in its life; when the last one was, by the clock that all processes share; processor seconds used till then
        self._shared = context.RawArray("d", 3)

    def begin(self) -> None:
        """Say that a file is begun, with the time of both clocks; called by the worker alone."""
        self._shared[2] = time.process_time()
        self._shared[1] = time.monotonic()
        self._shared[0] += 1

    @property
    def used_before(self) -> float:
        """Seconds of processor time that the worker had used when it began with the file it is at."""
        return float(self._shared[2])

    @property
    def begun(self) -> int:
        """How many files the worker has begun, the one it is at included."""
        return int(self._shared[0])

    @property
    def since(self) -> float:
        """When the last one was begun, in seconds of the monotonic clock, which all processes of a machine share."""
        return float(self._shared[1])


def as_it_is(grid: Grid) -> Grid:
    """Give the grid itself: for who wants what was read and nothing made of it."""
    return grid


def finding_on(job: Job, code: Code, **facts: str) -> Finding:
    """Say of a whole file what became of it: the finding stands at the file, with the facts of its code."""
    return Finding(code, Place(job.name), facts)


def serve(pipe: Connection, progress: Progress) -> None:
    """Read what comes through the pipe until it is closed; first comes what is made of each grid, how many bytes that may take, and what is handed over."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    from toolkit.edges.reading.read_workbooks import read_grid  # noqa: F401 - loaded before memory is counted

    _silence()
    try:
        then, memory, takes = pipe.recv()
    except (EOFError, OSError):
        return
    _limit_memory(memory)
    gc.freeze()  # what is loaded stays: looking through it, even once, costs more than starting, and again and again a fifth of the time
    gc.set_threshold(100_000, 20, 50)  # rows of values hold no circles
    pipe.send(READY)
    while True:
        try:
            jobs = pipe.recv()
        except (EOFError, OSError):
            return
        done: list[tuple[Job, object]] = []
        last = time.monotonic()
        for job in jobs:
            progress.begin()
            result, worn = _read(job, then, takes)
            done.append((job, result))
            if worn or time.monotonic() - last > _SOON:
                _tell(pipe, done, worn=worn)
                done, last = [], time.monotonic()
        if done:
            _tell(pipe, done)


def _tell(pipe: Connection, done: Sequence[tuple[Job, object]], *, worn: bool = False) -> None:
    """Send results, and whether this process should be replaced; one that is too much for the pipe becomes a finding."""
    try:
        pipe.send(([result for _, result in done], worn))
    except (MemoryError, ValueError):
        if len(done) > 1:
            for job in done:
                _tell(pipe, [job], worn=worn and job is done[-1])
        else:
            pipe.send(([finding_on(done[0][0], Code.TOO_BIG, what="内容太多")], True))


def _read(job: Job, then: Callable[[Any], object], takes: Takes) -> tuple[object, bool]:
    """Read one file; says also whether this process should be replaced."""
    from toolkit.edges.reading.read_workbooks import Unreadable, read_grid

    try:
        return then(job if takes is Takes.BYTES else read_grid(job.content, job.name, job.passwords)), False
    except Unreadable as error:
        return error.finding(job.name), type(error.__cause__).__name__ == "PanicException"
    except MemoryError:
        return finding_on(job, Code.TOO_BIG, what="读取时占用的内存太多"), True
    except BaseException:  # noqa: BLE001 - whatever a reader raises is said of this one file
        return finding_on(job, Code.READER_DIED, how="内部出错"), True


def _silence() -> None:
    """A reader that panics writes to standard error; the screen is the clerk's."""
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)
    os.close(quiet)


def _limit_memory(memory: int) -> None:
    """Limit the address space on Linux; macOS and Windows have the time limit and the precheck's caps only."""
    if sys.platform != "linux":
        return
    import resource
    from pathlib import Path

    taken = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + memory, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

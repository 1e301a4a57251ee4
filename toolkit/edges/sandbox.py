"""Reads workbooks in worker processes: one that hangs, eats memory or dies costs one finding, not the run."""

import gc
import multiprocessing
import os
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from types import ModuleType, TracebackType
from typing import Any, Generic, NamedTuple, Self, TypeVar

from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place
from toolkit.model.returns import Grid

SECONDS = 20.0
MEMORY = 1 << 30
_AHEAD = 24  # files a worker may be ahead of the one that is asked for
_AHEAD_BYTES = 256 << 20
_TOGETHER, _TOGETHER_BYTES = 8, 1 << 20  # files that are sent to a worker together
_READY = "ready"
Result = TypeVar("Result")
_STARTS = 3  # times in a row that a worker may die before it is ready


class Job(NamedTuple):
    """A file to read: its name, its bytes, the passwords to try; one that is `given` its result already only keeps its place in line."""

    name: str
    content: bytes
    passwords: Sequence[str] = ()
    given: Finding | None = None


class _Worker:
    """One process and the pipe to it; `jobs` are the places in line of what it reads, one after the other, none while it is free."""

    def __init__(self, then: Callable[[Grid], object], memory: int) -> None:
        """Start it."""
        context: Any = multiprocessing.get_context("spawn" if sys.platform in {"win32", "darwin"} else "forkserver")
        if sys.platform not in {"win32", "darwin"}:
            context.set_forkserver_preload(["toolkit.edges.workbooks_in", type(then).__module__])  # a replacement then costs a fork, not an import
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_serve, args=(theirs, then, memory), daemon=True)
        with _without_main():
            self.process.start()
        theirs.close()
        self.ready = False
        self.served = 0
        self.jobs = deque[_Waiting]()
        self.deadline = 0.0

    def stop(self) -> int | None:
        """End it at once; gives its exit code."""
        self.process.kill()
        self.process.join()
        code: int | None = self.process.exitcode
        self.pipe.close()
        return code


class _Waiting:
    """A file in line, and its result once there is one."""

    def __init__(self, job: Job) -> None:
        """Put it in line."""
        self.job = job
        self.result: Any = job.given
        self.again = False


class Readers(Generic[Result]):
    """Worker processes that live as long as the `with`, and do with each grid what `then` says; `workers` 0 means one a core."""

    def __init__(self, then: Callable[[Grid], Result], *, workers: int = 0, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        """Set the limits of each file: seconds, and bytes beyond what a fresh worker takes."""
        self._then = then
        self._count = workers or os.cpu_count() or 1
        self._seconds, self._memory = seconds, memory
        self._workers: list[_Worker] = []
        self._unsent = deque[_Waiting]()
        self._failed_starts = 0

    def __enter__(self) -> Self:
        """Start the first worker; the others start when there is work for them."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """End every worker."""
        for worker in self._workers:
            worker.stop()
        self._workers.clear()

    def read(self, jobs: Iterable[Job]) -> Iterator[Result | Finding]:
        """Give what was made of the grid, or the finding that says why there is none, for each file in order; takes only a few files ahead."""
        source, line = iter(jobs), deque[_Waiting]()
        try:
            while self._fill(line, source):
                while line[0].result is None:
                    self._hand_out()
                    self._listen()
                result = line.popleft().result
                self._hand_out()  # so that nobody waits while this result is looked at
                if result is not None:
                    yield result
        finally:
            for worker in [worker for worker in self._workers if worker.jobs]:
                self._retire(worker)
            self._unsent.clear()

    def _fill(self, line: "deque[_Waiting]", source: Iterator[Job]) -> bool:
        """Take files ahead, as many and as large as agreed; says whether any are in line."""
        if len(line) >= self._count * _AHEAD:
            return True
        held = sum(len(waiting.job.content) for waiting in line)
        while len(line) < self._count * _AHEAD and (held < _AHEAD_BYTES or not line):
            job = next(source, None)
            if job is None:
                break
            line.append(_Waiting(job))
            if job.given is None:
                self._unsent.append(line[-1])
            held += len(job.content)
        return bool(line)

    def _hand_out(self) -> None:
        """Give files to workers that are free, several small ones together."""
        unsent = self._unsent
        while unsent:
            worker = next((worker for worker in self._workers if worker.ready and not worker.jobs), None)
            if worker is None:
                if len(self._workers) < self._count and all(worker.ready for worker in self._workers):
                    self._workers.append(_Worker(self._then, self._memory))
                return
            size = 0
            while unsent and len(worker.jobs) < _TOGETHER and size < _TOGETHER_BYTES:
                size += len(unsent[0].job.content)
                worker.jobs.append(unsent.popleft())
            worker.deadline = time.monotonic() + self._seconds
            try:
                worker.pipe.send([waiting.job for waiting in worker.jobs])
            except OSError:
                self._lost(worker)

    def _listen(self) -> None:
        """Wait until a worker says something or has used up its time."""
        now = time.monotonic()
        ends = [worker.deadline for worker in self._workers if worker.jobs]
        said = set(wait([worker.pipe for worker in self._workers], max(0.0, min(ends) - now) if ends else None))
        for worker in list(self._workers):
            if worker.pipe in said:
                self._hear(worker)
            elif worker.jobs and time.monotonic() >= worker.deadline:
                slow = worker.jobs.popleft()
                slow.result = _finding(slow.job, Code.TOO_SLOW, limit=format(self._seconds, "g"))
                self._retire(worker)

    def _hear(self, worker: _Worker) -> None:
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            self._lost(worker)
            return
        if said == _READY:
            worker.ready, self._failed_starts = True, 0
            return
        if worker.jobs:
            worker.jobs.popleft().result, worn = said
            worker.served, worker.deadline = worker.served + 1, time.monotonic() + self._seconds
            if worn:
                self._retire(worker)

    def _lost(self, worker: _Worker) -> None:
        """A worker died: its file is tried once more in a fresh one, unless this one was fresh."""
        waiting, served = worker.jobs.popleft() if worker.jobs else None, worker.served
        how = _words(self._retire(worker))
        if waiting is None:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise RuntimeError(how)
        elif served and not waiting.again:
            waiting.again = True
            self._unsent.appendleft(waiting)
            for other in [other for other in self._workers if not other.jobs and other.served]:
                self._retire(other)
        else:
            waiting.result = _finding(waiting.job, Code.READER_DIED, how=how)

    def _retire(self, worker: _Worker) -> int | None:
        """End a worker; files that it had not come to are sent to another one."""
        self._workers.remove(worker)
        worker.process.join(0 if worker.jobs else 0.2)
        self._unsent.extendleft(reversed(worker.jobs))
        return worker.stop()


def as_it_is(grid: Grid) -> Grid:
    """Give the grid itself."""
    return grid


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the program that runs us: multiprocessing would run it once more in each worker, which costs time and may have effects."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _finding(job: Job, code: Code, **facts: str) -> Finding:
    return Finding(code, Place(job.name), facts)


def _words(code: int | None) -> str:
    """Say how a process ended."""
    if code is None or code >= 0:
        return f"退出码 {code}"
    return {-signal.SIGABRT: "内存不足或内部崩溃", -9: "被系统终止"}.get(code, f"信号 {-code}")


def _serve(pipe: Connection, then: Callable[[Grid], object], memory: int) -> None:
    """Read what comes through the pipe until it is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    from toolkit.edges.workbooks_in import read_grid  # noqa: F401 - loaded before memory is counted

    _silence()
    _limit_memory(memory)
    gc.collect()
    gc.freeze()  # what is loaded stays: looking through it again and again would cost a fifth of the time
    gc.set_threshold(100_000, 20, 50)  # rows of values hold no circles
    pipe.send(_READY)
    while True:
        try:
            jobs = pipe.recv()
        except (EOFError, OSError):
            return
        for job in jobs:
            result, worn = _read(job, then)
            try:
                pipe.send((result, worn))
            except (MemoryError, ValueError):
                pipe.send((_finding(job, Code.TOO_BIG, what="内容太多"), True))


def _read(job: Job, then: Callable[[Grid], object]) -> tuple[object, bool]:
    """Read one file; says also whether this process should be replaced."""
    from toolkit.edges.workbooks_in import Unreadable, read_grid

    try:
        return then(read_grid(job.content, job.name, job.passwords)), False
    except Unreadable as error:
        return error.finding(job.name), type(error.__cause__).__name__ == "PanicException"
    except MemoryError:
        return _finding(job, Code.TOO_BIG, what="读取时占用的内存太多"), True
    except BaseException as error:  # noqa: BLE001 - whatever a reader raises is said of this one file
        return _finding(job, Code.READER_DIED, how=type(error).__name__), True


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

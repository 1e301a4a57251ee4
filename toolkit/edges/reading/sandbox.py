"""Reads workbooks in worker processes: one that hangs, eats memory or dies costs one finding, not the run."""

import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import wait
from types import TracebackType
from typing import Any, Generic, Self, TypeVar

from toolkit.edges.reading.sandbox_process import READY, Job, Takes, finding_on
from toolkit.edges.reading.start_processes import TOGETHER, reading_process
from toolkit.model.findings import Code, Finding

SECONDS = 20.0  # of processor time: a busy machine makes no file slow
_PATIENCE = 10  # times as long by the clock, for a reader that waits and does not work
_SHORTEST = 0.1  # seconds between two looks at a reader that is behind its time
MEMORY = 1 << 30
_AHEAD = 40  # files a worker may be ahead of the one that is asked for
_AHEAD_BYTES = 256 << 20
_TOGETHER_BYTES = 1 << 20  # of files that are sent to a worker together
Result = TypeVar("Result")
_STARTS = 3  # times in a row that a worker may die before it is ready


class _Worker:
    """One process and the pipe to it; `jobs` are the places in line of what it reads, one after the other, none while it is free; `reported` counts results."""

    def __init__(self, then: Callable[[Any], object], memory: int, takes: Takes) -> None:
        """Start it, or take one that was forked ahead."""
        self.process, self.pipe, self._progress = reading_process(then.__module__)
        with suppress(OSError):  # one that is gone is found when it is listened to
            self.pipe.send((then, memory, takes))
        self.ready = False
        self.reported = 0
        self.jobs = deque[_Waiting]()
        self._sent = 0.0
        self.look_at = 0.0

    def send(self, jobs: Iterable["_Waiting"]) -> None:
        """Hand it files. Raises OSError when it is gone."""
        self.jobs.extend(jobs)
        self._sent = time.monotonic()
        self.look_at = 0.0
        self.pipe.send([waiting.job for waiting in self.jobs])

    def since(self) -> float:
        """When it began with the file it is at, or was handed it."""
        return max(self._sent, self._progress.since)

    def ends(self, seconds: float) -> float:
        """When it is to be looked at: at the earliest instant at which its file can have used up so much processor time."""
        return max(self.since() + seconds, self.look_at)

    def worked(self) -> float:
        """Processor time, in seconds, that its file has taken so far; 0 of one that has just gone."""
        import psutil

        try:
            used = psutil.Process(self.process.pid).cpu_times()
        except psutil.Error:
            return 0.0
        return float(used.user + used.system) - self._progress.used_before

    @property
    def at(self) -> Job:
        """The file that it is at."""
        return self.jobs[self._place].job

    @property
    def _place(self) -> int:
        return max(self._progress.begun - self.reported - 1, 0)

    def take_out(self) -> tuple["_Waiting", bool]:
        """Take out the file it is at, and say whether it was the first in its life; what was read before it, not reported, goes behind it, to be read again."""
        at = self._place
        self.jobs.rotate(-at)
        first = self.reported + at == 0
        return self.jobs.popleft(), first

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

    def __init__(
        self,
        then: Callable[[Any], Result],
        *,
        workers: int = 0,
        seconds: float = SECONDS,
        memory: int = MEMORY,
        takes: Takes = Takes.GRID,
        worked: Callable[[_Worker], float] = _Worker.worked,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Set the limits of each file: seconds of processor time, which `worked` tells, and bytes beyond what a fresh worker takes.

        By `clock` a worker may wait ten times as long without working.
        """
        self._then, self._takes, self._worked, self._clock = then, takes, worked, clock
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
                    self._workers.append(_Worker(self._then, self._memory, self._takes))
                return
            some: list[_Waiting] = []
            while unsent and len(some) < TOGETHER and sum(len(waiting.job.content) for waiting in some) < _TOGETHER_BYTES:
                some.append(unsent.popleft())
            try:
                worker.send(some)
            except OSError:
                self._lost(worker)

    def _listen(self) -> None:
        """Wait until a worker says something or has used up its time."""
        ends = [worker.ends(self._seconds) for worker in self._workers if worker.jobs]
        connection_bases = set(wait([worker.pipe for worker in self._workers], max(0.0, min(ends) - time.monotonic()) if ends else None))
        for worker in list(self._workers):
            if worker.pipe in connection_bases:
                self._hear(worker)
            elif worker.jobs and time.monotonic() >= worker.ends(self._seconds):
                self._judge(worker)

    def _judge(self, worker: _Worker) -> None:
        """Look at a worker that is long at one file: at its end when it has worked too long, or has only waited, a second time too; else later."""
        left = self._seconds - self._worked(worker)
        if left > 0 and self._clock() < worker.since() + self._seconds * _PATIENCE:
            worker.look_at = time.monotonic() + max(left, _SHORTEST)
            return
        slow, _ = worker.take_out()
        if left > 0 and not slow.again:  # the machine had no time for it, or slept: when the rest is done, once more
            slow.again = True
            self._unsent.append(slow)
        else:
            slow.result = finding_on(slow.job, Code.TOO_SLOW, limit=format(self._seconds, "g"))
        self._retire(worker)

    def _hear(self, worker: _Worker) -> None:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            self._lost(worker)
            return
        if message == READY:
            worker.ready, self._failed_starts = True, 0
            return
        results, worn = message
        for result in results:
            worker.jobs.popleft().result = result
        worker.reported += len(results)
        if worn:
            self._retire(worker)

    def _lost(self, worker: _Worker) -> None:
        """A worker died: its file is tried once more in a fresh one, unless this one was fresh."""
        waiting, first = worker.take_out() if worker.jobs else (None, False)
        how = _words(self._retire(worker))
        if waiting is None:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise RuntimeError(how)
        elif not first and not waiting.again:
            waiting.again = True
            self._unsent.appendleft(waiting)
            for other in [other for other in self._workers if not other.jobs and other.reported]:
                self._retire(other)
        else:
            waiting.result = finding_on(waiting.job, Code.READER_DIED, how=how)

    def _retire(self, worker: _Worker) -> int | None:
        """End a worker; files that it had not come to are sent to another one."""
        self._workers.remove(worker)
        worker.process.join(0 if worker.jobs else 0.2)
        self._unsent.extendleft(reversed(worker.jobs))
        return worker.stop()


def _words(code: int | None) -> str:
    """Say how a process ended."""
    if code is None or code >= 0:
        return f"退出码 {code}"
    return {-signal.SIGABRT: "内存不足或内部崩溃", -9: "被系统终止"}.get(code, f"信号 {-code}")

"""Starts the processes that read workbooks: forked from this one before it has opened anything, from a server that has loaded what they need, or spawned."""

import math
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from types import ModuleType
from typing import Any, NamedTuple

from toolkit.edges.reading.sandbox_process import Progress, serve

TOGETHER = 16  # files that are sent to a worker together; their results come back together too
_READ = "toolkit.edges.reading.read_workbooks"
_FORKS = sys.platform not in {"win32", "darwin"}


class ReadingProcess(NamedTuple):
    """A process that has been started and waits to be told what to serve: itself, the pipe to it, and how far it is."""

    process: Any
    pipe: Connection
    progress: Progress


_ahead: list[ReadingProcess] = []  # forked by `forked_ahead`, not taken yet


def warm_up(*modules: str) -> None:
    """Begin to load what workers need, in a process that they are forked from and beside what the caller does next.

    Does nothing on systems without forks, and where workers were forked ahead.
    """
    if _FORKS and not _ahead:
        multiprocessing.set_forkserver_preload([_READ, *modules])
        with _without_main(), _deaf():
            forkserver.ensure_running()


@contextmanager
def forked_ahead(files: int, *modules: str, workers: int = 0, later: int = 0) -> Iterator[None]:
    """Fork the workers for so many files from this process, which has loaded most of what they need; they wait until `Readers` take them.

    `later` are further ones, for who reads a second time.

    Only for a process that has done nothing yet: what a worker reads may be hostile, so that no ledger, key, lock or connection may be open where it begins.
    Forks none where there are threads (the page), and on systems without forks: `Readers` start their own.
    """
    if files and _FORKS and threading.active_count() == 1:
        for module in (_READ, *modules):
            import_module(module)
        for _ in range(min(workers or os.cpu_count() or 1, math.ceil(files / TOGETHER)) + later):
            _fork()
    try:
        yield
    finally:
        while _ahead:
            process, pipe, _ = _ahead.pop()
            process.kill()
            process.join()
            pipe.close()


def _fork() -> None:
    context: Any = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    progress = Progress(context)
    not_its = [*(other.pipe for other in _ahead), ours]  # it would keep them open, and the others would not see that we are gone
    process = context.Process(target=_serve_forked, args=(not_its, theirs, progress), daemon=True)
    with _deaf():
        process.start()
    theirs.close()
    _ahead.append(ReadingProcess(process, ours, progress))


def _serve_forked(not_its: Iterable[Connection], pipe: Connection, progress: Progress) -> None:
    for other in not_its:
        other.close()
    serve(pipe, progress)


def reading_process(module: str) -> ReadingProcess:
    """Give one that was forked ahead, else start one that shares nothing with this process: forked from one that has loaded the module, or spawned."""
    if _ahead:
        return _ahead.pop()
    warm_up(module)
    context: Any = multiprocessing.get_context("forkserver" if _FORKS else "spawn")
    ours, theirs = context.Pipe()
    progress = Progress(context)
    process = context.Process(target=serve, args=(theirs, progress), daemon=True)
    with _without_main():
        process.start()
    theirs.close()
    return ReadingProcess(process, ours, progress)


@contextmanager
def _deaf() -> Iterator[None]:
    """Ctrl-C in a terminal reaches every process; what is started now does not hear it, it ends with us."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide the program that runs us: multiprocessing would run it once more in each worker, which costs time and may have effects."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main



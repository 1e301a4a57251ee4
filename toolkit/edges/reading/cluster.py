"""Reads workbooks on many machines: files go out in chunks to the workers of a Dask cluster, and each of them reads in a process apart, as here."""

import pickle
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import ExitStack
from typing import Any, Generic, Self

from toolkit.edges.reading.sandbox import Readers, Result
from toolkit.edges.reading.sandbox_process import Job
from toolkit.edges.reading.start_processes import warm_up
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Finding
from toolkit.model.returns import Grid

CHUNK, _LATER = 32, 64  # files that travel together: few while every thread gets its first ones, more when all are busy
_CHUNK_BYTES = 16 << 20
_AHEAD = 3  # chunks for each thread of the cluster that are under way
_CONNECT_SECONDS = 10
_own = threading.local()  # each thread of a worker reads through a process of its own

Chunk = list[Job]
Packed = bytes | Finding


class ClusterReaders(Generic[Result]):
    """The workers of a Dask cluster, used like `Readers`; a chunk that the cluster cannot bring back is read here, and `said` tells why.

    Workers start processes of their own, so they must not be daemons: `dask worker … --no-nanny`, or with
    DASK_DISTRIBUTED__WORKER__DAEMON=False.
    """

    def __init__(self, address: str, then: Callable[[Grid], Result]) -> None:
        """Name the scheduler (tcp://host:8786), and what is done with each grid."""
        self._address, self._then = address, then
        self._open = ExitStack()
        self._executor: Executor | None = None
        self._most = 1
        self._here, self._reason = 0, ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Say in a sentence that files were read here, and what to look at."""
        if not self._here:
            return ()
        remedy = "请检查调度程序和各台机器；启动 worker 时请加 --no-nanny，各台机器请装同一版本的本程序。"
        return (f"集群没有读成其中 {self._here} 个文件（{self._reason}），已经改在本机读完。{remedy}",)

    def __enter__(self) -> Self:
        """Connect. Raises CommandError when the cluster cannot be used."""
        try:
            from distributed import Client
        except ImportError as error:
            raise CommandError("没有安装多机读表所需的组件。", "请运行 pip install 'task-toolkit[cluster]'，或去掉 --dask。") from error
        try:
            client = self._open.enter_context(Client(self._address, timeout=_CONNECT_SECONDS, set_as_default=False))  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TypeError) as error:
            raise CommandError(f"连不上 Dask 调度程序“{self._address}”。", "请检查地址、端口和防火墙，或去掉 --dask 在本机读表。") from error
        self._most = _AHEAD * max(1, sum(client.nthreads().values()))
        self._executor = self._open.enter_context(client.get_executor(pure=False, retries=2))
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the cluster."""
        self._open.close()

    def read(self, jobs: Iterable[Job]) -> Iterator[Result | Finding]:
        """Give what was made of each file's grid, or the finding that says why there is none, in order; takes only a few chunks ahead."""
        source, line, then = iter(jobs), deque[tuple[Chunk, Future[list[Packed]] | None]](), pickle.dumps(self._then)
        sent = 0
        while True:
            while len(line) < self._most and (chunk := _chunk(source, CHUNK if sent < self._most else _LATER)):
                line.append((chunk, self._sent(then, chunk)))
                sent += 1
            if not line:
                return
            yield from self._back(*line.popleft())

    def _sent(self, then: bytes, chunk: Chunk) -> "Future[list[Packed]] | None":
        """Send a chunk out; None when nobody takes it. It goes as bytes: Dask would look into each job for tasks."""
        try:
            return self._executor.submit(_read_there, then, pickle.dumps([job for job in chunk if job.given is None])) if self._executor else None
        except Exception as error:  # noqa: BLE001 - whatever the cluster has, the files can be read here
            self._reason = type(error).__name__
            return None

    def _back(self, chunk: Chunk, future: "Future[list[Packed]] | None") -> Iterator[Any]:
        try:
            found = iter([_unpacked(content) for content in future.result()]) if future else None
        except (Exception, CancelledError) as error:  # noqa: BLE001 - a cluster that has gone, another version, or a file that kills every worker
            found, self._reason = None, type(error).__name__
        if found is None:
            self._here += len(chunk)
            with Readers(self._then) as readers:
                yield from readers.read(chunk)
        else:
            yield from (job.given or next(found) for job in chunk)


def _chunk(source: Iterator[Job], files: int) -> Chunk:
    """Take at most so many files, and no more than travel together."""
    chunk: Chunk = []
    size = 0
    while len(chunk) < files and size < _CHUNK_BYTES and (job := next(source, None)) is not None:
        chunk.append(job)
        size += len(job.content)
    return chunk


class _Packing(Generic[Result]):
    """Packs what is made of a grid where it is made: the worker in between only passes bytes on."""

    def __init__(self, then: Callable[[Grid], Result]) -> None:
        self._then = then

    def __call__(self, grid: Grid) -> bytes:
        return pickle.dumps(self._then(grid))


def _unpacked(result: Packed) -> Any:
    return pickle.loads(result) if isinstance(result, bytes) else result  # noqa: S301 - it comes from the office's own program


def _read_there(then: bytes, jobs: bytes) -> list[Packed]:
    """Read a chunk on a worker; its reading process lives as long as the worker's thread."""
    if getattr(_own, "then", None) != then:
        made = pickle.loads(then)  # noqa: S301 - it comes from the office's own program
        warm_up(type(made).__module__)
        _own.readers, _own.then = Readers(_Packing(made), workers=1), then
    return list(_own.readers.read(pickle.loads(jobs)))  # noqa: S301 - the same

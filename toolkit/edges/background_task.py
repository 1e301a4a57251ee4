"""One piece of work at a time that goes on beside the caller's: what mostly waits for the disk costs no time so."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from types import TracebackType
from typing import Generic, Self, TypeVar

Result = TypeVar("Result")


class BackgroundTask(Generic[Result]):
    """Starts a deed and gives its result later; leaving the `with` waits for the one that is being done."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._started: Future[Result] | None = None

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Wait for what is being done."""
        self._pool.shutdown()

    def start(self, deed: Callable[[], Result]) -> None:
        """Begin a deed in the thread; the one before must have been waited for. What it raises is raised by the waiting."""
        self._started = self._pool.submit(copy_context().run, deed)  # a rehearsal's day is held in the thread as well

    def wait(self) -> Result | None:
        """Give the result of what was started, None where nothing was. Raises whatever the deed raised."""
        started, self._started = self._started, None
        return started.result() if started else None

"""Now; TASK_TOOLKIT_TODAY=2023-03-28 holds the day still, for tests, and `held` does for rehearsals."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

_HELD: ContextVar[date | None] = ContextVar("held", default=None)


@contextmanager
def held(day: date) -> Iterator[None]:
    """Let it be nine o'clock of a day as long as the `with` lasts."""
    token = _HELD.set(day)
    try:
        yield
    finally:
        _HELD.reset(token)


def now() -> datetime:
    """Give the local time without zone, to the second, as the office's clocks and file times show it."""
    fixed, day = os.environ.get("TASK_TOOLKIT_TODAY"), _HELD.get()
    if day or fixed:
        return datetime.combine(day or date.fromisoformat(str(fixed)), time(9))
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005 - local time is what deadlines are written in

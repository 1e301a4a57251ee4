"""The heartbeat of unattended work (schedule): beats at once and then every few minutes, until it is asked to stop, whatever happens to the clock."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

_LOOKS = 1.0  # seconds between two looks at the clock
_SLIGHT = timedelta(seconds=5)  # what a clock is set right by, now and then
_JUMP = timedelta(hours=12)  # beyond this a day may be another one; summer time and leap seconds are below it
_SETTLES = timedelta(hours=1)  # how long a clock that jumped must go on evenly until it is believed


def even_time() -> timedelta:
    """Give the time since the computer started, which nobody can set; it goes on while the computer sleeps, where the system knows."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)  # Linux; Python's own stops there in sleep
    return timedelta(seconds=time.monotonic() if boot is None else time.clock_gettime(boot))


def wall_time() -> datetime:
    """Give what the computer's clock shows, local time without a zone; it may jump."""
    return datetime.now()  # noqa: DTZ005 - local time, as the scheduler reads it


class Heartbeat:
    """A clock that can be stopped with Ctrl-C or SIGTERM; what it is doing then is finished first.

    `even` and `wall` are a clock that nobody sets, and the one that people set.
    """

    def __init__(self, minutes: int, *, even: Callable[[], timedelta] = even_time, wall: Callable[[], datetime] = wall_time) -> None:
        self._minutes = minutes
        self._even, self._wall = even, wall
        self._stop = threading.Event()
        self._start = wall() - even()
        self._jumped, self._jumped_at = timedelta(0), timedelta(0)

    @property
    def stopping(self) -> bool:
        """Whether somebody asked it to stop (Ctrl-C, a signal); the beat that runs is still ended."""
        return self._stop.is_set()

    def next(self, after: datetime) -> datetime:
        """Give the time of the beat after this one, its minutes later."""
        return after + timedelta(minutes=self._minutes)

    def jump(self) -> timedelta:
        """Say by how much the clock was put forward (back: less than nothing) within the last hour; nothing once it has gone evenly for so long."""
        self._moved()
        if self._jumped and self._even() - self._jumped_at >= _SETTLES:
            self._jumped = timedelta(0)
        return self._jumped

    def run(self, beat: Callable[[], None]) -> None:
        """Beat at once and then every so many minutes until stopped, however the clock is set meanwhile; what a beat raises ends it."""
        import schedule

        scheduler = schedule.Scheduler()
        job = scheduler.every(self._minutes).minutes.do(beat)
        every = timedelta(minutes=self._minutes)
        with self._listening():
            scheduler.run_all()
            due = self._even() + every
            while not self._stop.wait(_LOOKS):
                if self._moved():  # the scheduler goes by the clock that was set
                    job.next_run = self._wall() + max(due - self._even(), timedelta(0))
                last = job.last_run
                scheduler.run_pending()
                if job.last_run != last:
                    due = self._even() + every

    def _moved(self) -> timedelta:
        """Say by how much the clock was set since the last look."""
        start = self._wall() - self._even()
        moved = start - self._start
        if abs(moved) < _SLIGHT:
            return timedelta(0)
        self._start = start
        if abs(moved) > _JUMP:
            self._jumped, self._jumped_at = self._jumped + moved, self._even()
        return moved

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """Take the two signals as a wish to stop, and give them back afterwards."""
        before = {sign: signal.signal(sign, lambda *_: self._stop.set()) for sign in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for sign, handler in before.items():
                signal.signal(sign, handler)

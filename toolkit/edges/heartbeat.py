"""The heartbeat of unattended work (schedule): beats at once and then every few minutes, until it is asked to stop."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

_LOOKS = 1.0  # seconds between two looks at the clock


class Heartbeat:
    """A clock that can be stopped with Ctrl-C or SIGTERM; what it is doing then is finished first."""

    def __init__(self, minutes: int) -> None:
        self._minutes = minutes
        self._stop = threading.Event()

    @property
    def stopping(self) -> bool:
        """Whether somebody asked it to stop."""
        return self._stop.is_set()

    def next(self, after: datetime) -> datetime:
        """Give the time of the beat after this one."""
        return after + timedelta(minutes=self._minutes)

    def run(self, beat: Callable[[], None]) -> None:
        """Beat until stopped."""
        import schedule

        scheduler = schedule.Scheduler()
        scheduler.every(self._minutes).minutes.do(beat)
        with self._listening():
            scheduler.run_all()
            while not self._stop.wait(_LOOKS):
                scheduler.run_pending()

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """Take the two signals as a wish to stop, and give them back afterwards."""
        before = {sign: signal.signal(sign, lambda *_: self._stop.set()) for sign in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for sign, handler in before.items():
                signal.signal(sign, handler)

"""Waiting for events: a test looks again and again, and gives up only after a time that no busy machine needs."""

import time
from collections.abc import Callable

PATIENCE = 900  # seconds; reached only where the event never comes


def wait_until(seen: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Look until something is seen; whether it was."""
    end = time.monotonic() + seconds
    while not (found := seen()) and time.monotonic() < end:
        time.sleep(0.01)
    return found

"""Now; TASK_TOOLKIT_TODAY=2023-03-28 holds the day still, for rehearsals and tests."""

import os
from datetime import date, datetime, time


def now() -> datetime:
    """Give the local time without zone, to the second, as the office's clocks and file times show it."""
    fixed = os.environ.get("TASK_TOOLKIT_TODAY")
    if fixed:
        return datetime.combine(date.fromisoformat(fixed), time(9))
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005 - local time is what deadlines are written in

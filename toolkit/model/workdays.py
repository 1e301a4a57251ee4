"""Working days: Monday to Friday, less the days of rest that are known."""

from collections.abc import Collection
from datetime import date, timedelta

_SATURDAY = 5


def is_working(day: date, rest: Collection[date] = ()) -> bool:
    """Whether a day is one of work: no Saturday, no Sunday, none of the days of rest."""
    return day.weekday() < _SATURDAY and day not in rest


def after(start: date, count: int, rest: Collection[date] = ()) -> date:
    """Give the last of so many working days after a day; the day itself is not counted."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= is_working(day, rest)
    return day

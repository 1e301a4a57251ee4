"""Rest days and working days: weekends, and what the office's sheet 节假日 says against them."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

REST, WORK = "休息", "上班"


class CalendarException(NamedTuple):
    """A day that is not as its weekday says, one row of sheet 节假日: 休息 or 上班, and why."""

    day: date
    what: str
    why: str = ""


class Workdays:
    """Tells working days from rest days; `further` gives the exceptions of a year of which the sheet says nothing, asked when a day of it is."""

    def __init__(self, exceptions: Iterable[CalendarException], further: Callable[[int], Iterable[CalendarException]] | None = None) -> None:
        self._said = {exception.day: exception.what for exception in exceptions}
        self._years, self._further = {day.year for day in self._said}, further

    def works(self, day: date) -> bool:
        """Whether the office works on a day: as sheet 节假日 says, else from Monday to Friday."""
        if self._further is not None and day.year not in self._years:
            self._years.add(day.year)
            self._said |= {exception.day: exception.what for exception in self._further(day.year)}
        return self._said.get(day, REST if day.weekday() >= 5 else WORK) == WORK

    def last(self, day: date) -> date:
        """Give the day itself, or the last working day before it."""
        while not self.works(day):
            day -= timedelta(1)
        return day

    def next(self, day: date) -> date:
        """Give the day itself, or the first working day after it."""
        while not self.works(day):
            day += timedelta(1)
        return day

    def after(self, start: date, count: int) -> date:
        """Give the last of so many working days after a day; the day itself is not counted."""
        day = start
        while count > 0:
            day += timedelta(1)
            count -= self.works(day)
        return day

"""Rest days and shifted working days of a year in China, from the library holidays, which follows the State Council's notices.

What it says of years whose notice is out stands in resources/rest_days.json too (tools/make_rest_days writes it): loading the library takes longer
than all else that a first import does with the calendar. Any other year is asked of the library.
"""

import json
from collections.abc import Iterable
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.model.workdays import REST, WORK, CalendarException

if TYPE_CHECKING:
    from holidays import HolidayBase

_KNOWN = Path(__file__).parents[1] / "resources" / "rest_days.json"


def calendar_exceptions(years: Iterable[int]) -> tuple[CalendarException, ...]:
    """Give each year's days that are not as their weekday says, in order; nothing for a year whose shifted days are not published yet."""
    known = _known_years()
    return tuple(sorted(day for year in years for day in (known.get(year) or published_exceptions(year))))


@cache
def _known_years() -> dict[int, tuple[CalendarException, ...]]:
    text = json.loads(_KNOWN.read_text("utf-8"))
    return {int(year): tuple(CalendarException(date.fromisoformat(day), what, why) for day, what, why in days) for year, days in text.items()}


def published_exceptions(year: int) -> tuple[CalendarException, ...]:
    """Give such days of a year as the library knows them; () for a year whose shifted days it does not know yet."""
    known = _known_to_library(year)
    work = [CalendarException(day, WORK, "调休上班") for day in known.weekend_workdays if day.year == year]
    return tuple(sorted((*_on_weekdays(known), *work))) if work else ()


@cache
def further_rest_days(year: int) -> tuple[CalendarException, ...]:
    """Give the days of a year of which sheet 节假日 says nothing: as published, else the feasts that the law names, which are never shifted."""
    return calendar_exceptions([year]) or tuple(sorted(day for day in _on_weekdays(_known_to_library(year)) if "补假" not in day.why))


def _known_to_library(year: int) -> "HolidayBase":
    import holidays  # only for a year of which nothing is kept

    return holidays.country_holidays("CN", years=year, language="zh_CN")


def _on_weekdays(known: "HolidayBase") -> list[CalendarException]:
    return [CalendarException(day, REST, name) for day, name in known.items() if day.weekday() < 5]

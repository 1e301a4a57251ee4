"""Rest days and shifted working days of a year in China, from the library holidays, which follows the State Council's notices."""

from collections.abc import Iterable
from functools import cache

from toolkit.model.workdays import REST, WORK, CalendarException


def calendar_exceptions(years: Iterable[int]) -> tuple[CalendarException, ...]:
    """Give each year's days that are not as their weekday says, in order; nothing for a year whose shifted days are not published yet."""
    import holidays

    found: list[CalendarException] = []
    for year in years:
        known = holidays.country_holidays("CN", years=year, language="zh_CN")
        work = [day for day in known.weekend_workdays if day.year == year]
        if work:
            found += [CalendarException(day, REST, name) for day, name in known.items() if day.weekday() < 5]
            found += [CalendarException(day, WORK, "调休上班") for day in work]
    return tuple(sorted(found))


@cache
def further_rest_days(year: int) -> tuple[CalendarException, ...]:
    """Give the days of a year of which sheet 节假日 says nothing: as published, else the feasts that the law names, which are never shifted."""
    import holidays

    feasts = holidays.country_holidays("CN", years=year, language="zh_CN").items()
    return calendar_exceptions([year]) or tuple(sorted(CalendarException(day, REST, name) for day, name in feasts if day.weekday() < 5 and "补假" not in name))

"""Rest days and shifted working days of a list's years, put into it where its sheet 节假日 says nothing of them."""

from dataclasses import replace

from toolkit.edges.read_holidays import calendar_exceptions
from toolkit.model.master import Master


def with_rest_days(master: Master) -> Master:
    """Fill in the rest days of the years in which the calendar's rounds begin and are due; of a year that the clerk wrote anything of, nothing."""
    missing = {day.year for line in master.calendar for day in (line.start, line.due)} - {day.day.year for day in master.odd_days}
    return replace(master, odd_days=(*master.odd_days, *calendar_exceptions(sorted(missing))))

"""The rest days that are kept beside the program are those that the library knows; of any other year it is asked."""

import json

from toolkit.edges.read_holidays import calendar_exceptions, published_exceptions
from tools.make_rest_days import TARGET, rest_days_text


def test_the_days_that_are_kept_are_those_of_the_library() -> None:
    """A library that knows a year more is no fault: that year is asked of it until python -m tools.make_rest_days is run."""
    kept, known = json.loads(TARGET.read_text("utf-8")), json.loads(rest_days_text())

    assert set(range(2015, 2027)) <= set(map(int, kept)) <= set(map(int, known))
    assert kept == {year: known[year] for year in kept}


def test_years_that_are_kept_and_years_that_are_not_come_alike() -> None:
    """2014 is not in the file, 2060 is published nowhere; each comes in order, whatever the order that it was asked in."""
    assert "2014" not in json.loads(TARGET.read_text("utf-8"))
    assert calendar_exceptions([2015, 2014]) == (*published_exceptions(2014), *published_exceptions(2015))
    assert calendar_exceptions([2060]) == ()

"""Periods of every kind: what is written is read back, parts tile their year, each follows the one before it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.command_error import CommandError
from toolkit.model.period import Period, named_spans, safe_name
from toolkit.model.period_words import period_in

YEARS = st.integers(2000, 2098)
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=40).map(safe_name).filter(bool)
PARTS = YEARS.flatmap(lambda year: st.sampled_from([Period(year), *(part for kind in FIRSTS for part in kind(year).cut_like())]))
FIRSTS = (
    lambda year: Period(year, quarter=1),
    lambda year: Period(year, month=1),
    lambda year: Period(year, half=1),
    lambda year: Period(year, month=1, piece=1),
    lambda year: Period(year, week=1),
)


@given(PARTS, st.one_of(st.just(""), NAMES), st.one_of(st.just(""), NAMES))
def test_a_key_is_read_back_as_what_was_written(part: Period, name: str, form: str) -> None:
    """The key of every period, with a name or a form, is read back as the same period, and names a folder on Windows."""
    period = Period(part.year, name=name, form=form) if name else Period(*[getattr(part, field) for field in CUTS], form=form)

    assert period == Period.parse(str(period))
    assert not set(str(period)) & set('<>:"/\\|?* \n\t')
    assert str(period) == str(period).rstrip(". ")


CUTS = ("year", "quarter", "month", "half", "piece", "week", "name")


@given(PARTS)
def test_a_label_is_read_back_by_who_reads_words(part: Period) -> None:
    """What a reader is shown of a part of the year is understood when a clerk types it, with or without the year."""
    label = part.label

    assert part == period_in(label)
    assert part == period_in(label.removeprefix(f"{part.year}年") or "全年", year=part.year)


@pytest.mark.parametrize("first", FIRSTS)
@given(year=YEARS)
def test_parts_tile_their_year(first: "object", year: int) -> None:
    """Half-years, quarters, months and halves of months fill the year, weeks the ISO year, without gap or overlap."""
    parts = first(year).cut_like()  # type: ignore[operator]
    days = [part.begins + timedelta(count) for part in parts for count in range((part.ends - part.begins).days + 1)]
    opens, closes = (date.fromisocalendar(year, 1, 1), date.fromisocalendar(year + 1, 1, 1)) if parts[0].week else (date(year, 1, 1), date(year + 1, 1, 1))

    assert [opens + timedelta(count) for count in range((closes - opens).days)] == days


@given(PARTS)
def test_the_part_before_ends_the_day_before(part: Period) -> None:
    """What comes before a part of the year ends the day before it begins; only the first of its kind, and a year, has none."""
    before = part.previous()

    if before is None:
        assert part in (Period(part.year), part.cut_like()[0])
    else:
        assert before.ends + timedelta(1) == part.begins
        assert before < part


@given(PARTS)
def test_the_schedule_grows_with_the_year(part: Period) -> None:
    """序时进度 lies between 0 and 100, is the quarters' 25, 50, 75, 100, and never falls from one part to the next."""
    schedules = [other.schedule for other in part.cut_like()]

    assert schedules == sorted(schedules)
    assert 0 < schedules[0] <= schedules[-1] <= 100
    assert [25, 50, 75, 100] == [quarter.schedule for quarter in part.quarters()]


def test_a_named_span_has_the_days_that_the_calendar_gives_it() -> None:
    """A named span is the same period whether its days are known or not; where a calendar is at hand it has that calendar's."""
    days = (date(2023, 4, 20), date(2023, 6, 10))
    with named_spans({"2023-汛前排查": days}.get):
        known = Period.parse("2023-汛前排查_隐患清单")
        assert days == (known.begins, known.ends)

    assert known == Period.parse("2023-汛前排查_隐患清单")
    assert (date(2023, 1, 1), date(2023, 12, 31)) == (Period.parse("2023-汛前排查").begins, Period.parse("2023-汛前排查").ends)


@pytest.mark.parametrize("text", ["2023W53", "2023-Q1", "2023-03", "2023Q1_", "2023-", "2023H3", "2023M05C", "2023M13A", "2023-汛前/排查", "2023Q1_a:b"])
def test_what_is_no_key_is_refused(text: str) -> None:
    """A week that the year does not have, a name that looks like a part of the year, or one that no folder can bear is no key."""
    with pytest.raises(CommandError):
        Period.parse(text)

"""Working days behind the last day of which sheet 节假日 says anything: feasts of the next year are no working days."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.small import MASTER, Q1, issue, small_workspace
from toolkit.edges.read_holidays import calendar_exceptions, further_rest_days
from toolkit.flows.report.reminder_texts import reminder_texts
from toolkit.model.agenda import Plan, reminder_days
from toolkit.model.workdays import REST, Workdays

OF_2023 = calendar_exceptions([2023])


def test_reminders_after_the_last_deadline_of_the_year_wait_for_a_working_day() -> None:
    """
    The fourth quarter is due on Saturday, 30 December: the reminder a day later is not sent on New Year's Day, the one five days later on a Thursday.
    """
    days = reminder_days(date(2023, 12, 30), Plan(), Workdays(OF_2023, further_rest_days))

    assert [date(2023, 12, 27), date(2023, 12, 29), date(2024, 1, 2), date(2024, 1, 4)] == list(days)


def test_a_year_that_is_not_published_has_its_feasts() -> None:
    """
    Of a year whose shifted days nobody knows yet, the feasts that the law names are no working days; nothing is guessed of shifted ones.
    """
    found = further_rest_days(2040)

    assert {REST} == {day.what for day in found}
    assert {date(2040, 5, 1), date(2040, 10, 1), date(2040, 10, 2)} <= {day.day for day in found}
    assert not [day for day in found if "补假" in day.why]


def test_what_the_sheet_says_of_a_year_holds_alone() -> None:
    """
    Of a year of which the sheet says anything, nothing is added.
    """
    days = Workdays(OF_2023[:1], further_rest_days)

    assert (False, True, False) == (days.works(OF_2023[0].day), days.works(date(2023, 10, 3)), days.works(date(2024, 10, 3)))


def test_an_answer_is_asked_for_on_a_working_day_of_the_next_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    A reminder of 29 December asks for an answer within two working days: by the third of January.
    """
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-12-29")
    space = small_workspace(tmp_path, replace(MASTER, odd_days=OF_2023))
    issue(space)

    assert {True} == {"1月3日" in message.text for message in reminder_texts(space, Q1).messages if message.unit}

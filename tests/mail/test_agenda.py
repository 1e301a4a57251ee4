"""What is due when: a year decided day by day, without an office."""

from collections.abc import Iterable
from datetime import date, timedelta

from toolkit.edges.read_holidays import calendar_exceptions
from toolkit.model.agenda import Duty, Known, Plan, due_actions
from toolkit.model.master import Deadline
from toolkit.model.workdays import Workdays

YEAR = (
    Deadline("2023", "工作方案", date(2023, 1, 3), date(2023, 1, 15)),
    Deadline("2023Q1", "季度进展", date(2023, 3, 1), date(2023, 3, 30)),
    Deadline("2023Q2", "季度进展", date(2023, 6, 1), date(2023, 6, 30)),
    Deadline("2023Q3", "季度进展", date(2023, 9, 1), date(2023, 9, 30)),
    Deadline("2023Q4", "季度进展", date(2023, 12, 1), date(2023, 12, 30)),
)
DAYS = Workdays(calendar_exceptions([2023]))
MARKED = {Duty.OPEN, Duty.REMIND, Duty.CONSOLIDATE}


def played(days: Iterable[date], plan: Plan = Plan(), *, returns: frozenset[date] = frozenset()) -> list[str]:  # noqa: B008 - a frozen value
    """Go through days, doing all that is due at each look, two looks a day; gives a line for each thing that is done once."""
    done, issued, log = set[str](), dict[str, str](), []
    for day in days:
        if day in returns:
            issued = {period: f"{mark}+" for period, mark in issued.items()}
        for _ in range(2):
            for action in due_actions(YEAR, Known(done, issued), day, plan, DAYS):
                done.update(action.names)
                if action.duty is Duty.OPEN:
                    issued[action.period] = "0"
                if action.duty in MARKED:
                    log.append(f"{day:%m-%d} {action.duty}{action.period.removeprefix('2023')}")
    return log


def all_days(*off: tuple[date, date]) -> list[date]:
    every = [date(2023, 1, 1) + timedelta(number) for number in range(365)]
    return [day for day in every if not any(start <= day <= end for start, end in off)]


def test_a_year_on_duty() -> None:
    """Rounds open on their day; reminders leave on working days; the workbook is made the day after the deadline: 2023 with its real rest days."""
    assert [
        "01-03 开期", "01-12 催报", "01-13 催报", "01-16 催报", "01-16 汇总", "01-20 催报",
        "03-01 开期Q1", "03-27 催报Q1", "03-30 催报Q1", "03-31 催报Q1", "03-31 汇总Q1", "04-04 催报Q1",
        "06-01 开期Q2", "06-27 催报Q2", "06-30 催报Q2", "07-01 汇总Q2", "07-03 催报Q2", "07-05 催报Q2",
        "09-01 开期Q3", "09-27 催报Q3", "09-28 催报Q3", "10-01 汇总Q3", "10-07 催报Q3",
        "12-01 开期Q4", "12-27 催报Q4", "12-29 催报Q4", "12-31 汇总Q4",
    ] == played(all_days())  # fmt: skip


def test_what_was_missed_is_caught_up_once() -> None:
    """A machine that was off over the opening and two reminders opens late and reminds once; one that slept through a whole round leaves it closed."""
    assert [
        "01-03 开期", "01-12 催报", "01-13 催报", "01-16 催报", "01-16 汇总", "01-20 催报",
        "03-29 开期Q1", "03-29 催报Q1", "04-10 催报Q1", "04-10 汇总Q1",
        "09-01 开期Q3", "09-27 催报Q3", "09-28 催报Q3", "10-01 汇总Q3", "10-07 催报Q3",
        "12-01 开期Q4", "12-27 催报Q4", "12-29 催报Q4", "12-31 汇总Q4",
    ] == played(all_days((date(2023, 2, 20), date(2023, 3, 28)), (date(2023, 3, 30), date(2023, 4, 9)), (date(2023, 5, 20), date(2023, 7, 10))))  # fmt: skip


def test_late_returns_are_consolidated_again() -> None:
    """Every day on which something came in after the deadline makes the workbook once more, up to forty-five days after."""
    log = played(all_days(), returns=frozenset({date(2023, 4, 6), date(2023, 5, 14), date(2023, 5, 15)}))

    assert ["03-31 汇总Q1", "04-06 汇总Q1", "05-14 汇总Q1"] == [line for line in log if line.endswith("汇总Q1")]


def test_an_office_that_wants_only_reminders() -> None:
    """A duty that is switched off is never due."""
    plan = Plan(frozenset({Duty.REMIND}), before=(10,), after=())
    known = Known(frozenset(), {"2023Q1": "0"})

    due = {day: due_actions(YEAR, known, day, plan, DAYS) for day in all_days()}

    assert [date(2023, 3, 20)] == [day for day, found in due.items() if found][:1]
    assert {Duty.REMIND} == {action.duty for found in due.values() for action in found}

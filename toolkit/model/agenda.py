"""What the unattended office has to do on a day: decided from the calendar, what was done, and what the office wants, and from nothing else."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.master import Deadline
from toolkit.model.workdays import Workdays

_AFTERWARDS = timedelta(45)  # how long after its deadline a round is still looked after


class Duty(StrEnum):
    """A thing that is done unattended; the office sees the words."""

    OPEN = "开期"
    SEND = "发放"
    FETCH = "收信"
    COLLECT = "收表"
    RECEIPTS = "退回"
    REMIND = "催报"
    CONSOLIDATE = "汇总"
    ESCALATE = "督办"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the office wants done unattended, and how often it looks; `before` and `after` are days from the deadline on which it reminds."""

    duties: frozenset[Duty] = frozenset(Duty)
    minutes: int = 10
    before: tuple[int, ...] = (3, 0)
    after: tuple[int, ...] = (1, 5)


TIMELESS = frozenset({Duty.FETCH, Duty.COLLECT})  # duties that do not ask what day it is


class Known(NamedTuple):
    """How things are: names of actions that were done, periods that were issued with a mark of what has come in, periods that are closed.

    `climbs`: whether a row of the ladder of supervision is left to the watch.
    """

    done: Collection[str]
    issued: Mapping[str, str]
    closed: Collection[str] = ()
    climbs: bool = False


class Action(NamedTuple):
    """One thing to do now; `names` is what will have been done with it, empty for what is done at every look."""

    duty: Duty
    period: str = ""
    names: tuple[str, ...] = ()


def due_actions(calendar: Iterable[Deadline], known: Known, today: date, plan: Plan, days: Workdays) -> tuple[Action, ...]:
    """List what is due, in the order to do it. What was missed is due once, however often it was missed; units get mail on working days only."""
    begun = [line for line in calendar if line.start <= today <= line.due + _AFTERWARDS]
    rounds = [line for line in begun if line.period not in known.closed]
    ahead = rounds if days.works(today) else []
    opened = [action for line in ahead if Duty.OPEN in plan.duties and (action := _open(line, known, today))]
    ready = {*known.issued, *(action.period for action in opened)}
    found = [
        *opened,
        *(Action(Duty.SEND, line.period) for line in ahead if line.period in ready and today <= line.due),
        Action(Duty.FETCH),
        Action(Duty.COLLECT),
        *(Action(Duty.RECEIPTS, line.period) for line in (begun if days.works(today) else []) if line.period in ready),
        *(_remind(line, known, today, plan, days) for line in ahead if line.period in ready),
        *(_escalate(line, known, today) for line in ahead if line.period in ready),
        *(_consolidate(line, known, today) for line in rounds),
    ]
    return tuple(action for action in found if action and action.duty in plan.duties)


def passed_over(calendar: Iterable[Deadline], known: Known, since: date, today: date) -> tuple[str, ...]:
    """List the rounds that came and went between two looks without being issued: nothing is made up for them."""
    return tuple(line.period for line in calendar if since < line.due < today and line.start > since and line.period not in known.issued)


def reminder_days(due: date, plan: Plan, days: Workdays) -> Iterator[date]:
    """Give the days of reminders: before the deadline the last working day, after it the next one."""
    yield from (days.last(due - timedelta(many)) for many in sorted(plan.before, reverse=True))
    yield from (days.next(due + timedelta(many)) for many in sorted(plan.after))


def _open(line: Deadline, known: Known, today: date) -> Action | None:
    name = f"{Duty.OPEN}/{line.period}"
    return Action(Duty.OPEN, line.period, (name,)) if name not in known.done and today <= line.due else None


def _remind(line: Deadline, known: Known, today: date, plan: Plan, days: Workdays) -> Action | None:
    past = [f"{Duty.REMIND}/{line.period}/{day}" for day in dict.fromkeys(reminder_days(line.due, plan, days)) if day <= today]
    missed = tuple(name for name in past if name not in known.done)
    return Action(Duty.REMIND, line.period, missed) if missed else None


def _escalate(line: Deadline, known: Known, today: date) -> Action | None:
    """Climb the ladder once a working day, from the day after the deadline on."""
    name = f"{Duty.ESCALATE}/{line.period}/{today}"
    return Action(Duty.ESCALATE, line.period, (name,)) if known.climbs and today > line.due and name not in known.done else None


def _consolidate(line: Deadline, known: Known, today: date) -> Action | None:
    if today <= line.due or line.period not in known.issued:
        return None
    name = f"{Duty.CONSOLIDATE}/{line.period}/{known.issued[line.period]}"
    return Action(Duty.CONSOLIDATE, line.period, (name,)) if name not in known.done else None

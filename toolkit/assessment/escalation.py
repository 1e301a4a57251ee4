"""Which step of the ladder is due for what: never the same level twice, never a level left out unless the rules have no row for it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from toolkit.model.ladder import LEVELS, Cause, Concern, Condition, LadderStep, Level, Rung
from toolkit.model.master import WITHDRAWN, Master
from toolkit.model.rules import RED, YELLOW
from toolkit.model.stages import Stage
from toolkit.model.standing import Round
from toolkit.model.workdays import Workdays

_MOST = 9  # rounds in a row that a condition can name


class Climb(NamedTuple):
    """A step that is due, or will be: the rung, for what, and the first day on which it may be taken."""

    rung: Rung
    concern: Concern
    since: date


def concerns(state: Round, lights: Mapping[str, str], earlier: Sequence[Mapping[str, str]], on: date) -> Iterator[Concern]:
    """Give all that the ladder may be climbed for: units that owe their return, then tasks that are not closed (销号).

    `earlier` are the lights of former rounds, the last first; `on` is the day that milestones are judged on.
    """
    late_nodes = {milestone.node.number for milestone in state.milestones if milestone.overdue(on)}
    for unit in state.units:
        if unit.outcome is None or not unit.outcome.counts:
            yield Concern(unit.unit, "", frozenset({Condition(Cause.SILENT)}))
    for task in state.tasks:
        light, number = lights.get(task.task.number, ""), task.task.number
        found = {Condition(cause) for cause, shown in ((Cause.YELLOW, YELLOW), (Cause.RED, RED)) if light == shown}
        if task.overdue and task.stage is not Stage.FINISHED:
            found.add(Condition(Cause.OVERDUE))
        if number in late_nodes:
            found.add(Condition(Cause.NODE))
        found |= {Condition(Cause.RED_AGAIN, many) for many in range(2, _in_a_row(number, light, earlier) + 1)}
        if found and not task.closed and not state.is_closed(number):
            yield Concern("、".join(task.task.leads), number, frozenset(found))


def _in_a_row(number: str, light: str, earlier: Sequence[Mapping[str, str]]) -> int:
    """Count the rounds in a row, this one included, in which a task is red."""
    count = 0
    for shown in (light, *(lights.get(number, "") for lights in earlier)):
        if shown != RED or count == _MOST:
            break
        count += 1
    return count


def next_climb(rungs: Sequence[Rung], concern: Concern, taken: Sequence[LadderStep], *, begun: date, days: Workdays, answered: bool) -> Climb | None:
    """Give the next step for a concern and since when it is due; None where the ladder ends, rests (`answered`) or has no row for it.

    `taken` are its steps so far. 上一级无反馈 needs a former step; the first step waits from `begun`, one without delay not at all.
    """
    if answered:
        return None
    former = max(taken, key=lambda step: LEVELS.index(step.level), default=None)
    above = LEVELS[LEVELS.index(former.level) + 1 :] if former else LEVELS
    for level in above:
        rows = [rung for rung in rungs if rung.level is level and _applies(rung, concern, former)]
        if rows:
            rung = min(rows, key=lambda row: row.days)
            start = max(former.day, begun) if former else begun
            return Climb(rung, concern, days.after(start, rung.days) if rung.days else date.min)
    return None


def _applies(rung: Rung, concern: Concern, former: LadderStep | None) -> bool:
    return (rung.condition.cause is Cause.UNANSWERED and former is not None) or rung.condition in concern.conditions


def due_steps(climbs: Collection[Climb], today: date) -> list[Climb]:
    """Pick what may be taken today."""
    return [climb for climb in climbs if climb.since <= today]


def is_settled(step: LadderStep, now: Collection[Concern]) -> bool:
    """Whether what a step was taken for is no concern any more."""
    return all((concern.unit, concern.task) != (step.unit, step.task) and not (step.task and concern.task == step.task) for concern in now)


def is_gone(step: LadderStep, master: Master) -> bool:
    """Whether the task of a step was withdrawn, or none of its units is in the register any more: then it is neither mended nor open."""
    if step.task:
        task = master.task(step.task)
        return task is None or task.state == WITHDRAWN
    return all(master.resolve(name) is None for name in step.unit.split("、"))


def of_concern(steps: Collection[LadderStep], concern: Concern) -> list[LadderStep]:
    """Give the steps that were taken for a concern; of a task also those to who led it before."""
    return [step for step in steps if step.task == concern.task and (concern.task or step.unit == concern.unit)]


def climbs_now(
    rungs: Sequence[Rung], now: Sequence[Concern], steps: Collection[LadderStep], answered: Collection[str], *, begun: date, days: Workdays
) -> list[Climb]:
    """Give the next step of every concern; `answered` names the steps (阶梯号) to which there was an answer."""
    found = []
    for concern in now:
        taken = of_concern(steps, concern)
        climb = next_climb(rungs, concern, taken, begun=begun, days=days, answered=any(step.reference in answered for step in taken))
        found += [climb] if climb else []
    return found


def levels_of(steps: Collection[LadderStep]) -> dict[Level, int]:
    """Count steps by level; 0 where none was taken."""
    return {level: sum(step.level is level for step in steps) for level in LEVELS}

"""Makes of work plans which milestones stand, and of what units said in the periods of a year how each of them stands."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from toolkit.merging.filed_return import FiledReturn
from toolkit.merging.halves import in_order
from toolkit.merging.merge_versions import current_files
from toolkit.model.findings import Code, Finding
from toolkit.model.master import Master, Role
from toolkit.model.milestones import ACTUAL, BASELINE, EXPECTED, NODE_NOTE, Milestone, NodeLine, PlannedNode, answer_of, planned_lines
from toolkit.model.returns import Row
from toolkit.model.task_life import LifeState, TaskLife


class Told(NamedTuple):
    """What units said in one period: its name, their rows, and the archived original of each file by its name."""

    period: str
    rows: Mapping[str, Sequence[Row]]
    paths: Mapping[str, str]


def settled_lines(files: Sequence[FiledReturn], numbers: Sequence[str], due: date) -> dict[str, list[NodeLine]]:
    """Give each unit's milestones with the days that hold: those of its plan as it stood when it was due, else of the first that named them.

    `files` are the work plans of a year, oldest first. What a later one says adds milestones; it moves and removes none: that is the office's to do.
    """
    in_time = [file for file in files if file.came.date() <= due]
    found: dict[str, dict[str, NodeLine]] = {}
    for unit, file in current_files(in_time, None).items():
        found[unit] = {line.key: line for line in _led(file, numbers)}
    for file in sorted((file for file in files if file.counts and file.came.date() > due), key=in_order):
        mine = found.setdefault(file.unit, {})
        for line in _led(file, numbers):
            known = mine.get(line.key)
            if known is None or known.day is None:
                mine[line.key] = line
    return {unit: list(lines.values()) for unit, lines in found.items()}


def _led(file: FiledReturn, numbers: Sequence[str]) -> list[NodeLine]:
    """Give the lines of a plan whose tasks the unit led then, as its own rows say."""
    lines = planned_lines(file.rows, numbers)
    sheets = {line.row.table for line in lines}
    roles = {row.number: row.role for row in file.rows if row.table not in sheets}
    return [line for line in lines if roles.get(line.number) is Role.LEAD]


def moved_days(files: Sequence[FiledReturn], planned: Iterable[PlannedNode], numbers: Sequence[str], title: str) -> tuple[Finding, ...]:
    """Point at each day in a unit's newest work plan that is another than the one that holds (BASELINE_MOVED); the office alone moves it."""
    holds = {(node.unit, node.node.key): node.node.baseline for node in planned}
    found = []
    for unit, file in current_files(files, None).items():
        for line in _led(file, numbers):
            day, answer = holds.get((unit, line.key), holds.get(("", line.key))), line.row.answers.get(BASELINE)
            if day is not None and answer is not None and line.day is not None and line.day != day:
                facts = {"node": line.name, "seen": line.day.isoformat(), "baseline": day.isoformat()}
                found.append(Finding(Code.BASELINE_MOVED, answer.place, facts, unit, title))
    return tuple(found)


def milestones(master: Master, planned: Iterable[PlannedNode], told: Sequence[Told]) -> tuple[Milestone, ...]:
    """Say how each milestone stands by what was said of it, period by period, oldest first."""
    found = []
    for node in planned:
        task = master.task(node.node.number)
        found.append(Milestone(node, tuple(master.leads(task)) if task else ()))
    standing = tuple(found)
    for one_period in told:
        standing = heard_in(standing, one_period)
    return standing


def heard_in(standing: Iterable[Milestone], told: Told) -> tuple[Milestone, ...]:
    """Let what was said in a period count: what was said last holds, and a blank clears nothing.

    Where several leads answer for a milestone, the first that says anything of it is heard.
    """
    rows = _by_key(told.rows)
    found = []
    for milestone in standing:
        spoke = ((unit, rows.get((unit, milestone.node.key))) for unit in milestone.answers_for)
        unit, row = next(((unit, row) for unit, row in spoke if row is not None), ("", None))
        found.append(milestone if row is None else _heard(milestone, unit, row, told))
    return tuple(found)


def with_closed(standing: Iterable[Milestone], lives: Mapping[str, TaskLife]) -> tuple[Milestone, ...]:
    """Settle the milestones of tasks that are closed (销号); one that is opened again is as it was."""
    closed = {number for number, life in lives.items() if life.state is LifeState.CLOSED}
    return tuple(milestone._replace(is_settled=milestone.node.number in closed) for milestone in standing)


def _by_key(rows: Mapping[str, Sequence[Row]]) -> dict[tuple[str, str], Row]:
    """Index the rows that say anything of a milestone, if only why it is late; an indicator's row may bear the same key and says nothing of one."""
    said = ((unit, row) for unit, mine in rows.items() for row in mine)
    return {(unit, row.key): row for unit, row in said if any(answer_of(row, code) for code in (EXPECTED, ACTUAL, NODE_NOTE))}


def _heard(milestone: Milestone, unit: str, row: Row, told: Told) -> Milestone:
    expected, actual, note = row.value(EXPECTED), row.value(ACTUAL), row.value(NODE_NOTE)
    place = (answer_of(row, ACTUAL) or answer_of(row, EXPECTED) or next(iter(row.answers.values()))).place
    return milestone._replace(
        expected=expected if isinstance(expected, date) else milestone.expected,
        actual=actual if isinstance(actual, date) else milestone.actual,
        note=str(note or ""),
        said_by=unit,
        said_in=told.period,
        place=place,
        path=told.paths.get(place.file, ""),
    )

"""Checks of milestones: what a work plan lists, and what a return says of when they are, or were, reached."""

import itertools
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from toolkit.model.check_context import CheckContext
from toolkit.model.findings import Code, Finding
from toolkit.model.form import STATUS, Form, Subject, Table
from toolkit.model.milestones import (
    ACTUAL,
    BASELINE,
    EXPECTED,
    NODE,
    NODE_NOTE,
    NODE_NUMBER,
    Milestone,
    answer_of,
    is_node_plan,
    node_sheets,
)
from toolkit.model.returns import Row
from toolkit.model.rules import SLIP_DAYS
from toolkit.model.task_numbers import task_number


class _Told(NamedTuple):
    """A milestone as it stood before, and the row in which a unit tells of it now."""

    milestone: Milestone
    row: Row
    table: Table

    def day(self, code: str) -> date | None:
        """Give the day in a column; None where none stands."""
        value = self.row.value(code)
        return value if isinstance(value, date) else None

    @property
    def name(self) -> str:
        return self.milestone.node.name

    def found(self, code: Code, field: str, **facts: str) -> Iterator[Finding]:
        """Point at a cell of the row, filled or blank; at none where the form has no such column."""
        column, answer = self.table.field(field), answer_of(self.row, field)
        place = answer.place if answer else self.row.blank(field)
        if column is not None and place is not None:
            yield Finding(code, place, facts, title=column.title)


def actual_is_no_promise(told: _Told, context: CheckContext) -> Iterator[Finding]:
    """The day on which a milestone was reached is not after the day the return was sent."""
    actual = told.day(ACTUAL)
    if actual is not None and actual > context.sent:
        yield from told.found(Code.NODE_AHEAD, ACTUAL, seen=actual.isoformat())


def actual_is_of_the_year(told: _Told, context: CheckContext) -> Iterator[Finding]:
    """A milestone of a year is not reached before the year began, unless a word says so."""
    actual = told.day(ACTUAL)
    if actual is not None and actual < date(context.period.year, 1, 1) and not told.row.value(NODE_NOTE):
        yield from told.found(Code.NODE_BEFORE_YEAR, ACTUAL, node=told.name, seen=actual.isoformat())


def expected_is_ahead(told: _Told, context: CheckContext) -> Iterator[Finding]:
    """The day on which a milestone that is not reached is expected has not passed."""
    expected = told.day(EXPECTED)
    if expected is not None and told.day(ACTUAL) is None and expected < context.today:
        yield from told.found(Code.NODE_EXPECTED_PAST, EXPECTED, node=told.name, seen=expected.isoformat())


def overdue_is_told_of(told: _Told, context: CheckContext) -> Iterator[Finding]:
    """Of a milestone whose day has passed, the unit says when it was reached or when it will be; a row that says nothing else is asked too."""
    baseline = told.milestone.node.baseline
    if baseline < context.today and told.day(ACTUAL) is None and told.day(EXPECTED) is None:
        yield from told.found(Code.NODE_SILENT, EXPECTED, node=told.name, baseline=baseline.isoformat())


def slip_is_explained(told: _Told, context: CheckContext) -> Iterator[Finding]:
    """A milestone that is later than its baseline by more days than the rules let pass says why."""
    day = told.day(ACTUAL) or told.day(EXPECTED)
    days = (day - told.milestone.node.baseline).days if day else 0
    if day is not None and days > context.rules.value(SLIP_DAYS) and not told.row.value(NODE_NOTE):
        baseline = told.milestone.node.baseline.isoformat()
        yield from told.found(Code.NODE_SLIP, NODE_NOTE, node=told.name, baseline=baseline, days=str(days), seen=day.isoformat())


NODE_CHECKS = (actual_is_no_promise, actual_is_of_the_year, expected_is_ahead, overdue_is_told_of, slip_is_explained)


def check_nodes(rows: Sequence[Row], form: Form, context: CheckContext) -> Iterator[Finding]:
    """Run every check of milestones on a return; a form without them gives nothing."""
    for table in form.tables:
        if is_node_plan(table):
            yield from _check_plan([row for row in rows if row.table == table.sheet], table, context.led)
    told = _told(rows, form, context)
    for milestone in told:
        for check in NODE_CHECKS:
            yield from check(milestone, context)
    yield from nodes_keep_their_order(told, context)
    yield from finished_tasks_have_no_open_nodes(told, rows, form)


def _told(rows: Sequence[Row], form: Form, context: CheckContext) -> list[_Told]:
    known, sheets = {milestone.node.key: milestone for milestone in context.nodes}, node_sheets(form)
    found = []
    for row in rows:
        table = form.table(row.table) if row.table in sheets else None
        if table is not None and row.key in known:
            found.append(_Told(known[row.key], row, table))
    return found


def nodes_keep_their_order(told: Sequence[_Told], context: CheckContext) -> Iterator[Finding]:
    """Of two milestones of a task, that with the later baseline is not reached, or expected, before the other; one that was reached earlier counts too."""
    rows = {one_row.milestone.node.key: one_row for one_row in told}
    by_task: dict[str, list[Milestone]] = {}
    for milestone in context.nodes:
        by_task.setdefault(milestone.node.number, []).append(milestone)
    for mine in by_task.values():
        order = sorted(mine, key=lambda milestone: milestone.node.baseline)
        for before, after in itertools.pairwise(order):
            later = rows.get(after.node.key)
            if later is None or before.node.baseline == after.node.baseline:
                continue
            earlier, code = _day_of(before, rows.get(before.node.key)), ACTUAL if later.day(ACTUAL) else EXPECTED
            day = later.day(code)
            is_ahead = day is not None and (day < earlier if earlier else code == ACTUAL)
            if day is not None and is_ahead and not later.row.value(NODE_NOTE):
                words = earlier.isoformat() if earlier else "还没有完成"
                yield from later.found(Code.NODES_CROSSED, code, node=later.name, seen=day.isoformat(), other=before.node.name, day=words)


def _day_of(milestone: Milestone, told: _Told | None) -> date | None:
    said = (told.day(ACTUAL) or told.day(EXPECTED)) if told else None
    return said or milestone.actual or milestone.expected


def finished_tasks_have_no_open_nodes(told: Sequence[_Told], rows: Sequence[Row], form: Form) -> Iterator[Finding]:
    """A task called 已完成 has reached all its milestones."""
    tasks = {table.sheet: table for table in form.tables if table.subject is Subject.TASK}
    finished = {row.number for row in rows if row.table in tasks and tasks[row.table].is_finished(row.value(STATUS))}
    for milestone in told:
        if milestone.milestone.node.number in finished and milestone.day(ACTUAL) is None:
            yield from milestone.found(Code.NODES_OPEN, ACTUAL, node=milestone.name)


def _check_plan(rows: Sequence[Row], table: Table, led: Sequence[str]) -> Iterator[Finding]:
    """Hold each line of a work plan's table of milestones against the unit's tasks: whose task, all three cells, once."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        answers = {code: answer_of(row, code) for code in (NODE_NUMBER, NODE, BASELINE)}
        if not any(answers.values()):
            continue
        for code, answer in answers.items():
            column, blank = table.field(code), row.blank(code)
            if answer is None and column is not None and blank is not None:
                yield Finding(Code.NODE_HALF, blank, title=column.title)
        number, name = answers[NODE_NUMBER], answers[NODE]
        known = task_number(str(number.value), led) if number else ""
        column = table.field(NODE_NUMBER)
        if number is not None and column is not None and not known:
            facts = {"seen": str(number.value), "choices": "、".join(led[:3]) or "任务12"}
            yield Finding(Code.NODE_NOT_LED, number.place, facts, title=column.title)
        elif name is not None and known:
            key = (known, " ".join(str(name.value).split()))
            if key in seen:
                yield Finding(Code.NODE_TWICE, name.place, {"number": known, "node": key[1]})
            seen.add(key)


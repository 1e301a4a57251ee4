"""Milestones of tasks: where they stand in forms, how each stands in a period, how far from its day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.form import Form, Subject, Table
from toolkit.model.master import Master, Node
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Row
from toolkit.model.task_numbers import task_number

# Field codes: of a work plan's table of milestones, and of the table in which a quarter tells how they stand.
NODE_NUMBER, NODE, BASELINE = "node_number", "node", "baseline"
EXPECTED, ACTUAL, NODE_NOTE = "node_due", "node_done", "node_note"
OFFICE, PLAN = "任务总表", "单位报送"  # whose milestone it is: where it was named first

NODE_FACTS = ("节点", "基准日期", "上期预计")  # 取自 of prefilled columns of a table of milestones


class NodeState(StrEnum):
    """How a milestone stands on a day."""

    ON_TIME = "按期完成"
    LATE = "推迟完成"
    OVERDUE = "已逾期"
    SLIPPING = "预计推迟"
    AHEAD = "未到期"
    CLOSED = "已销号"  # not reached, of a task that was closed: neither asked nor late any more


class PlannedNode(NamedTuple):
    """A milestone with the unit that answers for it ('' for the office's own: every lead), and where it comes from."""

    node: Node
    unit: str
    source: str


class NodeLine(NamedTuple):
    """A line of a work plan's table of milestones: whose, which, when, in the row it stands in; `day` is None where no day could be read."""

    number: str
    name: str
    day: date | None
    row: Row

    @property
    def key(self) -> str:
        """The key of the row in which it is told of: 任务1|竣工验收."""
        return f"{self.number}|{self.name}"


class Milestone(NamedTuple):
    """How a milestone stands: what was last said of it, by which unit, in which period ('' for nothing said), at which place and in which file.

    `is_settled` where its task is closed (销号): one that is not reached is then neither asked nor overdue.
    """

    planned: PlannedNode
    leads: tuple[str, ...]
    expected: date | None = None
    actual: date | None = None
    note: str = ""
    said_by: str = ""
    said_in: str = ""
    place: Place = Place()
    path: str = ""
    is_settled: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is still to be reached."""
        return self.actual is None and not self.is_settled

    @property
    def node(self) -> Node:
        """The milestone itself: its task, its name, its day."""
        return self.planned.node

    @property
    def answers_for(self) -> tuple[str, ...]:
        """The units that answer for it: the one that planned it, or the leads of its task."""
        return (self.planned.unit,) if self.planned.unit else self.leads

    @property
    def slip(self) -> int | None:
        """Days that it was, or is expected to be, later than its baseline; negative for earlier, None where nobody said when."""
        day = self.actual or self.expected
        return None if day is None else (day - self.node.baseline).days

    def overdue(self, on: date) -> int:
        """Count the days that it is overdue on a day: its baseline has passed and it is still to be reached; 0 where it is not."""
        return max((on - self.node.baseline).days, 0) if self.is_open else 0

    def left(self, on: date) -> int | None:
        """Count the days to its baseline; None where it has passed, is reached already or its task is closed."""
        days = (self.node.baseline - on).days
        return days if self.is_open and days >= 0 else None

    def state(self, on: date) -> NodeState:
        """Say how it stands on a day."""
        if self.actual is not None:
            return NodeState.ON_TIME if self.actual <= self.node.baseline else NodeState.LATE
        if self.is_settled:
            return NodeState.CLOSED
        if self.node.baseline < on:
            return NodeState.OVERDUE
        return NodeState.SLIPPING if self.expected is not None and self.expected > self.node.baseline else NodeState.AHEAD


def is_node_plan(table: Table) -> bool:
    """Whether a table of a form is the one in which a unit lists milestones (工作方案·节点): free rows with a milestone's name and day."""
    return table.subject is Subject.BLANK and table.field(NODE) is not None and table.field(BASELINE) is not None


def node_plan_sheets(form: Form) -> frozenset[str]:
    """Name the sheets of a form that list milestones; an empty set for a form without."""
    return frozenset(table.sheet for table in form.tables if is_node_plan(table))


def node_sheets(form: Form) -> frozenset[str]:
    """Name the sheets of a form in which units tell how milestones stand; an empty set for a form without."""
    return frozenset(table.sheet for table in form.tables if table.subject is Subject.NODE)


def planned_lines(rows: Iterable[Row], numbers: Sequence[str]) -> list[NodeLine]:
    """Give the lines of work plans that name a milestone of one of these tasks, the same milestone once, in their order."""
    found: dict[tuple[str, str], NodeLine] = {}
    for row in rows:
        name, number, day = (row.value(code) for code in (NODE, NODE_NUMBER, BASELINE))
        known = task_number(str(number or ""), numbers)
        if isinstance(name, str) and known:
            clean = " ".join(name.replace("|", "｜").split())
            found.setdefault((known, clean), NodeLine(known, clean, day if isinstance(day, date) else None, row))
    return list(found.values())


def planned_nodes(master: Master, plans: Mapping[str, Sequence[NodeLine]]) -> tuple[PlannedNode, ...]:
    """Give every milestone of the tasks in force, task by task: the office's own, then those of work plans, by unit, in their order.

    A milestone that the office names itself stands with the office's day, and remembers the unit's. One that a former lead planned is its successor's.
    """
    own: dict[str, list[Node]] = {}
    for node in master.nodes:
        own.setdefault(node.number, []).append(node)
    by_task: dict[str, list[tuple[str, NodeLine]]] = {}
    for unit, lines in plans.items():
        for line in lines:
            by_task.setdefault(line.number, []).append((unit, line))
    found: list[PlannedNode] = []
    for task in master.live_tasks():
        mine, theirs = own.get(task.number, []), by_task.get(task.number, [])
        leads = master.leads(task) if mine or theirs else []
        found += [_with_unit_day(node, theirs) for node in mine]
        named = {node.name for node in mine}
        for unit, line in theirs:
            if leads and line.day is not None and line.name not in named:
                owner = unit if unit in leads else leads[0]
                found.append(PlannedNode(Node(line.number, line.name, line.day), owner, PLAN))
    return tuple(dict.fromkeys(found))


def _with_unit_day(node: Node, theirs: Sequence[tuple[str, NodeLine]]) -> PlannedNode:
    """Give an office's milestone; one that a unit planned too tells what the unit's day was where the office has another."""
    _unit, line = next(((unit, line) for unit, line in theirs if line.name == node.name), ("", None))
    if line is None:
        return PlannedNode(node, "", OFFICE)
    moved = line.day is not None and line.day != node.baseline
    return PlannedNode(Node(node.number, node.name, node.baseline, node.original or line.day if moved else node.original, node.basis), "", OFFICE)


def answer_of(row: Row, code: str) -> Answer | None:
    """Give a row's answer that holds a value; None where nothing was said."""
    found = row.answers.get(code)
    return found if found is not None and found.value not in (None, "") else None

"""The master list: tasks, indicators, milestones, units and the calendar."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from toolkit.model.period import Period
from toolkit.model.workdays import CalendarException

GOAL = "预期目标"
TASK = "工作任务"
WITHDRAWN = "撤销"
ITEM, HEADING, FURNITURE, IN_DOUBT = FATES = ("任务", "标题", "页面和说明", "待确认")
TOWN, DEPARTMENT, OTHER = "街道乡", "区直部门", "企业及其他"
COLLECTIVE = "集合"
MAIN_LIST = "主清单"  # what the list without a name is called, where there are others beside it


class Role(StrEnum):
    """What a unit is to a task."""

    LEAD = "牵头"
    SUPPORT = "责任"


@dataclass(frozen=True, slots=True)
class Task:
    """A goal or a task of the notice, one row of sheet 任务; unit names stand as printed.

    `parted` says that each lead reports its own part, and that the task is all of them together.
    """

    number: str
    category: str
    section: str
    subsection: str
    text: str
    leads: tuple[str, ...]
    supports: tuple[str, ...]
    deadline: str = ""
    leader: str = ""
    weight: Decimal = Decimal(1)
    state: str = ""
    note: str = ""
    listed: str = ""
    parted: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """A quantified target of a task, one row of sheet 量化指标; `target` is in `unit`, percent 0–100.

    `low` and `high` bound what may plausibly be reported (in `unit`), None where the office set nothing.
    Where the target was changed in the year, `original` is what the year began with and `basis` since when and on what grounds it is another.
    """

    number: str
    name: str
    comparator: str
    target: Decimal
    unit: str
    measure: str
    quote: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    original: Decimal | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A milestone of a task, one row of sheet 节点: what is to be reached by its `baseline`.

    Where the office moved that day, `original` is the day that the year began with, and `basis` since when and on what grounds it is another.
    """

    number: str
    name: str
    baseline: date
    original: date | None = None
    basis: str = ""

    @property
    def key(self) -> str:
        """What it is known by: its task's number and its name, 任务7|主体封顶; the key of its row in a unit's form too."""
        return f"{self.number}|{self.name}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that tasks name, one row of sheet 单位; a collective has members and gets no workbook.

    A unit is not its name: `id` is the first name that it had ('' where that is its name), `former` are its names in other periods, `parent` is
    the unit above it. `weight` is its share beside the others' where progress of several is weighted.
    """

    name: str
    aliases: tuple[str, ...] = ()
    group: str = DEPARTMENT
    members: tuple[str, ...] = ()
    issued: bool = True
    contact: str = ""
    phone: str = ""
    email: str = ""
    id: str = ""
    former: tuple[str, ...] = ()
    parent: str = ""
    weight: Decimal = Decimal(1)

    @property
    def key(self) -> str:
        """What it is known by for good, whatever it is called: in the ledger, in receipt codes."""
        return self.id or self.name


@dataclass(frozen=True, slots=True)
class Deadline:
    """When a form of a period opens and is due, one row of sheet 日程; the due day itself is in time.

    `period` is the round's key; `name` what else the office calls it, `first` and `last` the days of a named span (None: the key tells them).
    """

    period: str
    form: str
    start: date
    due: date
    name: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def span(self) -> Period:
        """The period, with the days of a named span."""
        return replace(Period.parse(self.period), first=self.first, last=self.last)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the importer read and is not sure of, one row of sheet 待确认.

    `other` is what else it could be, `answer` the clerk's word in 处理, `number` the task's, `code` the finding's id, `listed` the list it belongs to.
    """

    where: str
    read: str
    reason: str
    other: str = ""
    answer: str = ""
    number: str = ""
    code: str = ""
    listed: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes it the same doubt when the notice is read again: the reason, what was read, the list."""
        return self.reason, self.read, self.listed

    @property
    def is_open(self) -> bool:
        """Whether the clerk has not answered it: 处理 is blank."""
        return not self.answer


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line of the notice and what became of it, one row of sheet 原文: `fate` is one of FATES, `number` the task it belongs to (several: 、 between)."""

    where: str
    text: str
    fate: str
    number: str = ""
    listed: str = ""

    def renumbered(self, numbers: Mapping[str, str]) -> "ReadLine":
        """Give the line with its tasks' new numbers; one that has no new number keeps its own."""
        return replace(self, number="、".join(numbers.get(number, number) for number in self.number.split("、")))


@dataclass(frozen=True, slots=True)
class Master:
    """The whole master list; `resolve` finds a unit by any of its names."""

    tasks: tuple[Task, ...]
    indicators: tuple[Indicator, ...]
    units: tuple[Unit, ...]
    calendar: tuple[Deadline, ...]
    doubts: tuple[Doubt, ...] = ()
    title: str = ""
    source: str = ""
    odd_days: tuple[CalendarException, ...] = ()
    lines: tuple[ReadLine, ...] = ()
    nodes: tuple[Node, ...] = ()
    _numbered: dict[str, Task] = field(init=False, repr=False, compare=False, default_factory=dict)
    _by_name: dict[str, Unit] = field(init=False, repr=False, compare=False, default_factory=dict)
    _targets: dict[str, list[Indicator]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _duties: dict[str, list[tuple[Task, Role]]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _roles: dict[tuple[tuple[str, ...], tuple[str, ...]], dict[str, Role]] = field(init=False, repr=False, compare=False, default_factory=dict)
    _former: list[bool] = field(init=False, repr=False, compare=False, default_factory=list)

    def __post_init__(self) -> None:
        """Index tasks by number, and indicators by task."""
        self._numbered.update({task.number: task for task in self.tasks})
        for indicator in self.indicators:
            self._targets.setdefault(indicator.number, []).append(indicator)

    def task(self, number: str) -> Task | None:
        """Find a task by its number as text; None where there is none. A withdrawn one is found too."""
        return self._numbered.get(number)

    def resolve(self, name: str) -> Unit | None:
        """Find the unit that a printed name means: its name, key, alias or name of another period; None where the register has none such."""
        if not self._by_name and self.units:  # indexed when first asked for, as `duties` are: most lists that a command makes on its way are never asked
            self._by_name.update(self._units_by_name())
        return self._by_name.get(name)

    def _units_by_name(self) -> dict[str, Unit]:
        """Index units by name, id, alias, name of another period; the first beats the next."""
        found: dict[str, Unit] = {}
        for names in (lambda unit: unit.former, lambda unit: unit.aliases, lambda unit: (unit.key,)):
            for unit in reversed(self.units):
                found.update(dict.fromkeys(names(unit), unit))
        return found | {unit.name: unit for unit in self.units}

    def has_former_names(self) -> bool:
        """Whether any unit bears another name in another period."""
        if not self._former:
            self._former.append(any(unit.former for unit in self.units))
        return self._former[0]

    def open_doubts(self) -> tuple[Doubt, ...]:
        """Doubts that the clerk has not answered, in the order of sheet 待确认."""
        return tuple(doubt for doubt in self.doubts if doubt.is_open)

    def addressees(self) -> tuple[Unit, ...]:
        """Units that get a workbook, in the order of the register."""
        return tuple(unit for unit in self.units if unit.issued)

    def live_tasks(self) -> tuple[Task, ...]:
        """Tasks that have not been withdrawn, in the order of the list."""
        return tuple(task for task in self.tasks if task.state != WITHDRAWN)

    def lists(self) -> tuple[str, ...]:
        """Give the lists that live side by side, as rows name them ('' for the first one), in their order; () where there is but one."""
        names = tuple(dict.fromkeys(task.listed for task in self.live_tasks()))
        return names if len(names) > 1 else ()

    def of_list(self, name: str) -> "Master":
        """Give one list with its indicators; units and calendar are everybody's."""
        tasks = tuple(task for task in self.tasks if task.listed == name)
        numbers = {task.number for task in tasks}
        indicators = tuple(indicator for indicator in self.indicators if indicator.number in numbers)
        return replace(self, tasks=tasks, indicators=indicators, nodes=tuple(node for node in self.nodes if node.number in numbers))

    def targets(self, number: str) -> list[Indicator]:
        """Give a task's indicators, in the order of the list."""
        return self._targets.get(number, [])

    def duties(self, unit: str) -> list[tuple[Task, Role]]:
        """Give a unit's live tasks with its role in each, in the order of the list."""
        if not self._duties:
            found: dict[str, list[tuple[Task, Role]]] = {}
            for task in self.live_tasks():
                for name, role in self.roles(task).items():
                    found.setdefault(name, []).append((task, role))
            self._duties.update(found)
        return self._duties.get(unit, [])

    def leads(self, task: Task) -> list[str]:
        """List every issued unit that leads a task; a collective stands for its members."""
        return [unit for unit, role in self.roles(task).items() if role is Role.LEAD]

    def roles(self, task: Task) -> dict[str, Role]:
        """Every issued unit of a task → its role, leads first; a collective stands for its members, a name without a unit is passed over."""
        found = self._roles.get((task.leads, task.supports))
        if found is None:
            leads, supports = ([unit.name for unit in self.issued_units(names)] for names in (task.leads, task.supports))
            found = self._roles[task.leads, task.supports] = dict.fromkeys((*leads, *supports), Role.SUPPORT) | dict.fromkeys(leads, Role.LEAD)
        return dict(found)

    def issued_units(self, names: Iterable[str]) -> Iterator[Unit]:
        """Give every issued unit that names stand for: a collective stands for its members, a name without a unit is passed over."""
        for name in names:
            unit = self.resolve(name)
            for member in (unit.members or (unit.name,)) if unit else ():
                real = self.resolve(member)
                if real is not None and real.issued:
                    yield real

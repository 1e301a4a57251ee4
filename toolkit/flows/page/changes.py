"""The wizard for changes of the master list: what the office decided becomes rows of 调整台账, after a look at whom it concerns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from toolkit.amending.amendment_wording import after_of, understand, what_of
from toolkit.amending.in_force import in_force, successors
from toolkit.amending.sheet_edits import grounds_of
from toolkit.edges.clock import now
from toolkit.edges.current_clerk import current_clerk
from toolkit.edges.ledger import amendment_records
from toolkit.edges.workspace import MASTER, Workspace
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.model.amendment_sheet import AFTER, APPROVED, COLUMNS, MATTER, NATURE, REASON, REFERENCE, SHEET, SINCE, SUBJECT, TypedRow
from toolkit.model.amendments import REMOVED, RENAMED, SPLIT, Amendment, AmendmentKind, AmendmentSubject, Change, first_day
from toolkit.model.command_error import CommandError
from toolkit.model.days import day_in
from toolkit.model.master import Master, Role, Task
from toolkit.model.period import Period
from toolkit.model.place import Place

RENAME, DIVIDE, LEAD, POSTPONE, WITHDRAW = KINDS = ("更名", "拆分", "换牵头", "延期", "撤销")


@dataclass(frozen=True)
class Asked:
    """What was filled in: the kind, the unit's name or task's number, what it is to be, since which period, on what grounds.

    `heirs` say of each task of a unit that is split which of its successors takes its place (task number → name).
    """

    kind: str
    subject: str
    after: str = ""
    since: str = ""
    reference: str = ""
    reason: str = ""
    approved: str = ""
    heirs: Mapping[str, str] | None = None


class Row(NamedTuple):
    """One row that will stand in 调整台账: of what, from what, to what, since when."""

    what: str
    before: str
    after: str
    since: str


class Preview(NamedTuple):
    """What a change would do: its rows, a sentence on each unit that it concerns, the tasks that need an heir, the issued periods it reaches, who follows."""

    rows: tuple[Row, ...]
    units: tuple[tuple[str, str], ...]
    heirless: tuple[tuple[str, str], ...]
    issued: tuple[str, ...]
    successors: tuple[str, ...]


class Choices(NamedTuple):
    """What the wizard offers: units, tasks (number and text), periods that a change may begin with, the first that makes sense."""

    units: tuple[str, ...]
    tasks: tuple[tuple[str, str], ...]
    periods: tuple[tuple[str, str], ...]
    since: str
    rows: tuple[Row, ...]


def choices(space: Workspace) -> Choices:
    """Give what can be chosen, and the changes that were registered, the newest first."""
    with open_office(space) as office:
        year = office.lists.year_of(office.master)
        periods = tuple((line.period, Period.parse(line.period).label) for line in office.master.calendar if Period.parse(line.period).is_part)
        issued = set(office.ledger.issued_periods())
        since = next((period for period, _ in periods if period not in issued), periods[-1][0] if periods else str(year))
        known = reversed([amendment for amendment in office.lists.amendments(year) if not amendment.is_void])
        rows = tuple(Row(what_of(amendment.change), amendment.change.before, after_of(amendment.change), amendment.since_text) for amendment in known)
        units = tuple(unit.name for unit in office.master.units)
        return Choices(units, tuple((task.number, task.text) for task in office.master.live_tasks()), periods, since, rows)


def preview(space: Workspace, asked: Asked) -> Preview:
    """Say what a change would do; writes nothing. Raises CommandError for what cannot be."""
    with open_office(space) as office:
        return _preview(office, asked, _amendments(office, asked))


def register(space: Workspace, asked: Asked) -> Preview:
    """Write the rows into 调整台账: into the ledger, and with it into the master list. Raises CommandError for what cannot be."""
    with open_office(space, alone=True) as office:
        made = _amendments(office, asked)
        seen = _preview(office, asked, made)
        if seen.heirless:
            raise CommandError(f"还有 {len(seen.heirless)} 项任务没有定由谁接。", "请给每项任务选一个接替的单位。")
        with office.ledger.writing() as connection:
            amendment_records.add(connection, [replace(amendment, who=current_clerk(office.space), at=now()) for amendment in made])
        office.forget()
    with open_office(space, alone=True):  # the master list shows what was registered
        return seen


def _amendments(office: OfficeContext, asked: Asked) -> tuple[Amendment, ...]:
    year = office.lists.year_of(office.master)
    if office.lists.base(year) is None:
        raise CommandError("这一年还没有发过表，任务总表可以直接改。", f"请打开 templates/{MASTER} 修改；发表以后的变动才要记入调整台账。")
    current = office.lists.current(year) or office.master
    return tuple(_grounded(row, change, asked, year) for row, change in _changes(asked, current))


def _changes(asked: Asked, current: Master) -> list[tuple[TypedRow, Change]]:
    """Understand what was filled in as the rows that a clerk would write into the sheet."""
    return [_understood(texts, asked, current) for texts in _wanted(asked, current)]


def _wanted(asked: Asked, current: Master) -> list[tuple[str, str, str]]:
    """Give the rows as subject, matter and what it is to be. Raises CommandError for what cannot be."""
    task, unit = current.task(asked.subject), current.resolve(asked.subject)
    if task is None and unit is None:
        raise CommandError(f"任务总表里没有“{asked.subject}”。", "请从列表里选一个单位或任务。")
    if asked.kind == LEAD and task:
        return [(task.number, "牵头单位", _names(asked.after, current))]
    if asked.kind == POSTPONE and task:
        return [(task.number, "完成时限", _day(asked.after))]
    if asked.kind == WITHDRAW:
        return [(asked.subject, "撤销任务" if task else "撤销单位", "")]
    if asked.kind == RENAME and unit:
        if current.resolve(asked.after) not in {None, unit}:
            raise CommandError(f"“{asked.after}”已经是另一个单位。", "请核对新的名称；并入别的单位的，请在任务总表的“调整台账”里写“合并”。")
        return [(unit.name, RENAMED, asked.after)]
    if asked.kind == DIVIDE and unit:
        return [(unit.name, SPLIT, "、".join(_split(asked.after))), *_handed_over(unit.name, asked, current)]
    raise CommandError(f"“{asked.kind}”不能用在“{asked.subject}”上。", "更名、拆分选单位，换牵头、延期选任务。")


def _understood(wanted: tuple[str, str, str], asked: Asked, current: Master) -> tuple[TypedRow, Change]:
    """Understand a row as one that a clerk has written into the sheet. Raises CommandError for one that is not understood, or changes nothing."""
    subject, matter, after = wanted
    cells = dict.fromkeys(COLUMNS, "") | {SUBJECT: subject, MATTER: matter, AFTER: after, SINCE: asked.since, NATURE: AmendmentKind.CHANGE.value}
    row = TypedRow(cells | {REFERENCE: asked.reference, REASON: asked.reason, APPROVED: asked.approved}, Place(MASTER, SHEET, "A0"))
    added = _split(asked.after) if asked.kind == DIVIDE else ()
    change, fault = understand(row, current, lambda name: name in added or current.resolve(name) is not None)
    if fault or change is None:
        raise CommandError(fault.message if fault else "看不懂这条变动。", fault.advice if fault else "")
    if change.before == change.after and change.matter not in {SPLIT, REMOVED}:
        raise CommandError(f"“{subject}”的{matter}现在就是“{after}”，没有变。", "请核对要改成什么。")
    return row, change


def _handed_over(unit: str, asked: Asked, current: Master) -> list[tuple[str, str, str]]:
    """Give the rows that put a successor in the place of a unit that is split, task by task, where one was chosen."""
    rows = []
    for task, title, names in _named(unit, current):
        heir = (asked.heirs or {}).get(task.number, "")
        if heir and heir in _split(asked.after):
            rows.append((task.number, title, "、".join(dict.fromkeys(heir if name == unit else name for name in names))))
    return rows


def _named(unit: str, current: Master) -> list[tuple[Task, str, tuple[str, ...]]]:
    """List where a unit is named: task, column, all names that stand there."""
    both = ((task, title, names) for task in current.live_tasks() for title, names in (("牵头单位", task.leads), ("责任单位", task.supports)))
    return [(task, title, names) for task, title, names in both if unit in names]


def _grounded(row: TypedRow, change: Change, asked: Asked, year: int) -> Amendment:
    try:
        since = Period.parse(asked.since)
    except CommandError as error:
        raise CommandError("没有选从哪一期起。", "请选一期。") from error
    made, faults = grounds_of(Amendment(0, year, change, first_day(since), str(since)), row)
    if faults:
        raise CommandError(faults[0].message, faults[0].advice)
    return made


def _preview(office: OfficeContext, asked: Asked, made: Sequence[Amendment]) -> Preview:
    year = office.lists.year_of(office.master)
    base, known = office.lists.base(year) or office.master, tuple(office.lists.amendments(year))
    since = Period.parse(asked.since)
    before = in_force(base, known, since)
    numbered = tuple(replace(amendment, id=10**9 + at) for at, amendment in enumerate(made))
    after = in_force(base, (*known, *numbered), since)
    rows = tuple(Row(what_of(amendment.change), amendment.change.before, after_of(amendment.change), amendment.since_text) for amendment in made)
    following = successors(made[0].change) if asked.kind == DIVIDE else ()
    old = made[0].change.before if following else ""
    stays = old in following
    heirless = () if not following or stays else tuple((task.number, f"{title}：{task.text}") for task, title, _ in _named(old, after))
    reached = (period for period in map(Period.parse, office.ledger.issued_periods()) if period.year == year and first_day(period) >= first_day(since))
    issued = tuple(period.label for period in reached)
    return Preview(rows, _concerned(before, after), heirless, issued, following)


def _concerned(before: Master, after: Master) -> tuple[tuple[str, str], ...]:
    """Say of each unit what becomes otherwise for it: its name, the tasks that it gets, loses, or has in another role or with another deadline."""
    then, now_ = {unit.key: unit for unit in before.units}, {unit.key: unit for unit in after.units}
    found = []
    for key in dict.fromkeys([*then, *now_]):
        old, new = then.get(key), now_.get(key)
        had = {task.number: (role, task) for task, role in before.duties(old.name)} if old else {}
        has = {task.number: (role, task) for task, role in after.duties(new.name)} if new else {}
        words = []
        if old and new and old.name != new.name:
            words.append(f"改名为“{new.name}”")
        if old is None:
            words.append("新单位")
        elif new is None:
            words.append("不再是单位")
        words += [f"不再承担{number}" for number in had if number not in has]
        words += [f"承担{number}（{_word(has[number][0])}）" for number in has if number not in had]
        words += [f"{number}由{_word(had[number][0])}变为{_word(has[number][0])}" for number in has if number in had and had[number][0] != has[number][0]]
        late = [number for number in has if number in had and had[number][1].deadline != has[number][1].deadline]
        words += [f"{number}的完成时限改为“{has[number][1].deadline or '（空）'}”" for number in late]
        if words:
            found.append((new.name if new else old.name if old else key, "；".join(words)))
    return tuple(found)


def _word(role: Role) -> str:
    return "牵头" if role is Role.LEAD else "责任"


def _split(text: str) -> tuple[str, ...]:
    return successors(Change(AmendmentSubject.UNIT, "", SPLIT, "", text))


def _names(text: str, current: Master) -> str:
    """Give the names of units that are known, as a sheet holds them."""
    names = _split(text)
    unknown = [name for name in names if current.resolve(name) is None]
    if not names or unknown:
        raise CommandError(f"单位名录里没有“{'、'.join(unknown) or text}”。", "请从列表里选；新的单位请先在任务总表的“单位”表里加一行。")
    return "、".join(names)


def _day(text: str) -> str:
    if day_in(text, year=0, starts=None) is None:
        raise CommandError(f"“{text}”看不出是哪一天。", "请写日期，如 2023-09-30。")
    return text

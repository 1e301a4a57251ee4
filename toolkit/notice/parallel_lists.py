"""Lists that live side by side in one year: the list of a notice, its own numbers, and a revision that withdraws only inside it."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from toolkit.model.answered_doubts import IGNORE, WITHDRAW
from toolkit.model.findings import Code
from toolkit.model.master import GOAL, WITHDRAWN, Deadline, Doubt, Master, Task, Unit
from toolkit.notice.doubts import doubt
from toolkit.notice.revise_list import Amendment, revise_list
from toolkit.notice.unit_register import look_alikes

_OF_CALENDAR = frozenset(code.text.id for code in (Code.DUE_GUESSED, Code.MONTHLY_REPORTS, Code.YEAR_UNKNOWN, Code.YEAR_CHOSEN))
_MANY = 3  # fewer are no mass, whatever their share
_SHARE = 3  # a third


def as_list(master: Master, name: str) -> Master:
    """Give what a notice says as the list of a name: its tasks are numbered 名称1, 名称2 …; no name: as it is."""
    if not name:
        return master
    new = {task.number: f"{name}{'目标' if task.category == GOAL else ''}{task.number.lstrip('任务目标')}" for task in master.tasks}
    return replace(
        master,
        tasks=tuple(replace(task, number=new[task.number], listed=name) for task in master.tasks),
        indicators=tuple(replace(indicator, number=new[indicator.number]) for indicator in master.indicators),
        doubts=tuple(replace(entry, number=new.get(entry.number, ""), listed=name) for entry in master.doubts),
        lines=tuple(replace(line.renumbered(new), listed=name) for line in master.lines),
    )


def part_of(master: Master, name: str) -> Master:
    """Give one list of a master list: its tasks with their indicators, its doubts and lines; units and calendar are everybody's."""
    return replace(
        master.of_list(name),
        doubts=tuple(entry for entry in master.doubts if entry.listed == name),
        lines=tuple(line for line in master.lines if line.listed == name),
    )


def with_part(master: Master, part: Master, name: str) -> Master:
    """Put a list back in the place of the one of its name; a list that is new comes last."""
    numbers = {task.number for task in (*part_of(master, name).tasks, *part.tasks)}
    order = list(dict.fromkeys([*(task.listed for task in master.tasks), name]))
    tasks = {listed: part.tasks if listed == name else tuple(task for task in master.tasks if task.listed == listed) for listed in order}
    return replace(
        part,
        tasks=tuple(task for listed in order for task in tasks[listed]),
        indicators=(*(indicator for indicator in master.indicators if indicator.number not in numbers), *part.indicators),
        nodes=(*(node for node in master.nodes if node.number not in numbers), *part.nodes),
        doubts=(*(entry for entry in master.doubts if entry.listed != name), *part.doubts),
        lines=(*(line for line in master.lines if line.listed != name), *part.lines),
        title=part.title if not name or not master.title else master.title,
        source=part.source if not name or not master.source else master.source,
    )


def _beside(mine: Master, part: Master, theirs: Master, name: str) -> Master:
    """Give a further list with everybody's units and calendar; what the first one settled is not asked again, a new unit like a known one is."""
    units, calendar = _units(mine.units, theirs.units), _calendar(mine, theirs)
    with_members = {unit.name for unit in mine.units if unit.members}
    settled = _OF_CALENDAR if mine.calendar else frozenset[str]()
    doubts = tuple(
        entry
        for entry in part.doubts
        if entry.code not in settled and not (entry.code == Code.MEMBERS_UNKNOWN.text.id and entry.read in with_members)
    )
    names = {name for unit in mine.units for name in (unit.name, *unit.aliases)}
    answers = {entry.key: entry.answer for entry in mine.doubts if entry.listed == name}
    alike = (
        replace(doubt(Code.SAME_UNIT, "", f"{first} / {second}", how=how), listed=name)
        for first, second, how in look_alikes([unit.name for unit in units if unit.issued])
        if (first in names) is not (second in names)
    )
    known = {entry.read for entry in doubts}
    asked = tuple(replace(entry, answer=answers.get(entry.key, "")) for entry in alike if entry.read not in known)
    return replace(part, units=units, calendar=calendar, doubts=(*doubts, *asked))


def with_notice(base: Master, theirs: Master, name: str) -> Master:
    """Put what a notice says into what the notices said before, as the list of a name: units and calendar are those of all lists together."""
    joined = with_part(base, theirs, name)
    if _is_first(base, name):
        theirs, base = base, theirs
    return replace(joined, units=_units(base.units, theirs.units), calendar=_calendar(base, theirs))


def _is_first(master: Master, name: str) -> bool:
    """Whether a list is the first one, which units and calendar came with."""
    return not master.tasks or master.tasks[0].listed == name


def _units(known: Sequence[Unit], others: Sequence[Unit]) -> tuple[Unit, ...]:
    """Give the known units with the names that others have for them, then those that only the others have; nothing is taken away."""
    more = {unit.name: unit for unit in others}
    names = {name for unit in known for name in (unit.name, *unit.aliases, *unit.former, unit.key)}
    joined = (_with_names(unit, more[unit.name], names) if unit.name in more else unit for unit in known)
    return (*joined, *(unit for unit in others if unit.name not in names))


def _with_names(unit: Unit, other: Unit, names: Collection[str]) -> Unit:
    new = tuple(name for name in other.aliases if name not in names)
    return replace(unit, aliases=(*unit.aliases, *new), members=unit.members or other.members)


def _calendar(known: Master, others: Master) -> tuple[Deadline, ...]:
    periods = {line.period for line in known.calendar}
    return (*known.calendar, *(line for line in others.calendar if line.period not in periods))


def amend_list(base: Master, mine: Master, theirs: Master, name: str) -> Amendment:
    """Bring a revision of one list into the whole master list; a mass withdrawal is asked about and not done until the clerk has said 撤销."""
    ours = part_of(mine, name)
    done = revise_list(part_of(base, name), ours, theirs)
    if not _is_first(mine, name):  # of what is everybody's a further list adds what it knows, and changes nothing
        done = replace(done, master=_beside(mine, done.master, theirs, name))
    withdrawn = [change.number for change in done.changes if change.kind == "撤销"]
    live = [task for task in ours.tasks if task.state != WITHDRAWN]
    asked = next((entry for entry in mine.doubts if entry.listed == name and _asks_withdrawal(entry, theirs)), None)
    mine = replace(mine, doubts=tuple(entry for entry in mine.doubts if not _asks_withdrawal(entry, theirs) or entry.listed == name))
    if len(withdrawn) < _MANY or len(withdrawn) * _SHARE < len(live):
        return replace(done, master=with_part(mine, done.master, name))
    if asked and asked.answer == WITHDRAW:
        return replace(done, master=with_part(mine, done.master, name))
    if asked and asked.answer == IGNORE:
        amendment = _kept(done, ours.tasks, withdrawn)
        return replace(amendment, master=with_part(mine, amendment.master, name))
    question = doubt(
        Code.MASS_WITHDRAWAL,
        withdrawn[0],
        _subject(theirs),
        other="另一份清单",
        number=withdrawn[0],
        count=str(len(withdrawn)),
        share=str(round(100 * len(withdrawn) / len(live))),
    )
    question = replace(question, listed=name)
    others = tuple(entry for entry in mine.doubts if entry.key != question.key and entry != asked)
    return Amendment(replace(mine, doubts=(question, *others)), (), question)


def _asks_withdrawal(entry: Doubt, theirs: Master) -> bool:
    """Whether a doubt asks if all that a revision leaves out is withdrawn."""
    return entry.code == Code.MASS_WITHDRAWAL.text.id and entry.read == _subject(theirs)


def _subject(theirs: Master) -> str:
    return theirs.title or theirs.source


def _kept(done: Amendment, before: Sequence[Task], withdrawn: Sequence[str]) -> Amendment:
    """Give an amendment without its withdrawals."""
    states = {task.number: task.state for task in before}
    tasks = tuple(replace(task, state=states[task.number]) if task.number in withdrawn else task for task in done.master.tasks)
    return Amendment(replace(done.master, tasks=tasks), tuple(change for change in done.changes if change.kind != "撤销"))


def answered_columns(doubts: Sequence[Doubt]) -> dict[str, str]:
    """Give the columns that the clerk has said what they are: header → reading."""
    answered = (entry for entry in doubts if entry.code == Code.COLUMN_NOT_READ.text.id and entry.answer not in {"", IGNORE})
    return {entry.read.partition("：")[0]: entry.answer for entry in answered}

"""Makes of a form that came from above the master list of the office it was issued to, and brings a later form into that list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from toolkit.model.answered_doubts import ACCEPT
from toolkit.model.column_kinds import show_number
from toolkit.model.findings import Code
from toolkit.model.form import Form, Source, Subject
from toolkit.model.handover import HandedList
from toolkit.model.issue import Issue, IssuedRow
from toolkit.model.master import COLLECTIVE, TASK, WITHDRAWN, Deadline, Doubt, Indicator, Master, Task, Unit
from toolkit.model.own_rows import OWN
from toolkit.model.period import Period
from toolkit.model.standing import COMPARATORS
from toolkit.model.unit_below import UnitBelow

ALL_BELOW = "各下级单位"
_TEXTS = {"text": "目标任务", "deadline": "完成时限", "category": "类别", "section": "章节", "subsection": "小节"}
_TARGETS = {"comparator": "比较", "target": "目标值", "unit": "计量单位", "measure": "口径"}


def lower_list(issue: Issue, form: Form, handed: HandedList | None, below: Sequence[UnitBelow], line: Deadline) -> Master:
    """Make the list: the form's rows are its tasks and indicators, each led by the units below that answer for it, the office itself where none does."""
    tasks = tuple(_with_units(task, row, below, issue.unit) for task, row in _tasks(issue, form, handed))
    own = Unit(issue.unit, issued=False)
    used = any(ALL_BELOW in task.leads for task in tasks)
    all_below = (Unit(ALL_BELOW, group=COLLECTIVE, members=tuple(unit.unit.name for unit in below), issued=False),) if used else ()
    indicators = tuple(_indicators(issue, form, handed))
    period = Period.parse(issue.period)
    units = (own, *(unit.unit for unit in below), *all_below)
    return Master(tasks, indicators, units, (line,), title=f"{issue.unit}{period.year}年目标任务", source=f"上级来表 {issue.receipt}")


def own_deadline(issue: Issue, form: Form, above_line: Deadline | None, *, today: date, days: int, due: date | None = None) -> Deadline:
    """Say when the units below are due: `days` before the office itself is, but not before today, or the day that the clerk names.

    `above_line` is the round's line in the calendar of the office above, which knows the days of a named span.
    """
    above = issue.due or (above_line.span if above_line else Period.parse(issue.period)).ends
    day = due or max(min(today, above), above - timedelta(days=days))
    known = (above_line.name, above_line.first, above_line.last) if above_line else ()
    return Deadline(issue.period, form.name, min(today, day), day, *known)


class Brought(NamedTuple):
    """A list after a later form came in: the list, what was added to it, and the doubts that the clerk has to answer."""

    master: Master
    added: tuple[str, ...]
    asked: tuple[Doubt, ...]


def bring_in(mine: Master, theirs: Master, *, is_latest: bool) -> Brought:
    """Bring a later form's list into the one that the clerk has worked on: new rows and periods go in, what differs is asked about, nothing else changes.

    `is_latest` where no later period's form has come, and the form has tasks: what it leaves out is asked about too. Answers in 待确认 are obeyed.
    """
    answers = {doubt.key: doubt.answer for doubt in mine.doubts}
    doubts = list(_doubts(mine, theirs, is_latest=is_latest))
    taken = {doubt.key for doubt, *_ in doubts if answers.get(doubt.key) == ACCEPT}
    tasks, indicators = {task.number: task for task in mine.tasks}, {_key(indicator): indicator for indicator in mine.indicators}
    for doubt, row, field, value in doubts:
        if doubt.key in taken and isinstance(row, Task):
            tasks[row.number] = replace(tasks[row.number], **{field: value})  # type: ignore[arg-type]
        elif doubt.key in taken and isinstance(row, Indicator):
            indicators[_key(row)] = replace(indicators[_key(row)], **{field: value})  # type: ignore[arg-type]
    added = [task for task in theirs.tasks if task.number not in tasks]
    more = [indicator for indicator in theirs.indicators if _key(indicator) not in indicators]
    periods = {line.period for line in mine.calendar}
    asked = tuple(doubt for doubt, *_ in doubts if not answers.get(doubt.key))
    known = {unit.name for unit in mine.units}
    master = replace(
        mine,
        tasks=(*tasks.values(), *added),
        indicators=(*indicators.values(), *more),
        units=(*mine.units, *(unit for unit in theirs.units if unit.name not in known)),
        calendar=(*mine.calendar, *(line for line in theirs.calendar if line.period not in periods)),
        doubts=(*(doubt for doubt in mine.doubts if doubt.key not in {other.key for other in asked}), *asked),
    )
    return Brought(master, (*(task.number for task in added), *(f"{indicator.number} {indicator.name}" for indicator in more)), asked)


def _doubts(mine: Master, theirs: Master, *, is_latest: bool) -> Iterator[tuple[Doubt, Task | Indicator, str, object]]:
    """Give each difference as a doubt, with the row, its field and what that would become."""
    for task in theirs.tasks:
        known = mine.task(task.number)
        if known is not None:
            yield from _differences(known, task, _TEXTS, task.number)
    targets = {_key(indicator): indicator for indicator in mine.indicators}
    for indicator in theirs.indicators:
        if _key(indicator) in targets:
            yield from _differences(targets[_key(indicator)], indicator, _TARGETS, indicator.number, name=indicator.name)
    numbers, from_above = {task.number for task in theirs.tasks}, {task.number for task in mine.tasks if task.note.startswith(_NOTE)}
    for task in mine.tasks if is_latest else ():
        if task.number in from_above - numbers and task.state != WITHDRAWN:
            yield _doubt(Code.UPPER_DROPPED, task.number, f"{task.number}：{task.text[:40]}"), task, "state", WITHDRAWN


def _differences(
    known: Task | Indicator, new: Task | Indicator, columns: Mapping[str, str], number: str, *, name: str = ""
) -> Iterator[tuple[Doubt, Task | Indicator, str, object]]:
    for field, title in columns.items():
        old, value = getattr(known, field), getattr(new, field)
        if value not in ("", old):
            yield _doubt(Code.UPPER_CHANGED, number, f"{name}{title}：上级的是“{_shown(value)}”", kept=_shown(old)), known, field, value


def _doubt(code: Code, number: str, read: str, **facts: str) -> Doubt:
    return Doubt(number, read, code.text.message.format_map(facts).rstrip("。"), number=number, code=code.text.id)


def _shown(value: object) -> str:
    return show_number(value) if isinstance(value, Decimal) else str(value)


def _key(indicator: Indicator) -> tuple[str, str]:
    return indicator.number, indicator.name


_NOTE = "上级："


def _tasks(issue: Issue, form: Form, handed: HandedList | None) -> Iterator[tuple[Task, IssuedRow]]:
    """Give each task of the form's rows once, with the first row that names it; rows of a list (清单) stay in the form's own."""
    known = {task.number: task for task in handed.tasks} if handed else {}
    seen: set[str] = set()
    for table in form.tables:
        shows = {field.taken_from: field.code for field in table.fields if field.source is Source.PREFILLED}
        for row in issue.tables.get(table.sheet, ()) if table.subject not in OWN else ():
            if row.number in seen:
                continue
            seen.add(row.number)
            texts = {name: str(row.shown.get(code, "")) for name, code in shows.items()}
            plain = Task(row.number, texts.get("类别") or TASK, texts.get("章节", ""), texts.get("小节", ""), texts.get("目标任务") or row.number, (), ())
            there = known.get(row.number)
            task = replace(there, text=texts.get("目标任务") or there.text) if there else replace(plain, deadline=texts.get("完成时限", ""))
            yield replace(task, note=_note(row, texts)), row


def _note(row: IssuedRow, texts: Mapping[str, str]) -> str:
    lead = f"，牵头单位{texts['牵头单位']}" if texts.get("牵头单位") else ""
    return f"{_NOTE}本单位{row.role}{lead}"


def _with_units(task: Task, row: IssuedRow, below: Sequence[UnitBelow], office: str) -> Task:
    leads = tuple(unit.unit.name for unit in below if not unit.leads or row.number in unit.leads)
    supports = tuple(unit.unit.name for unit in below if row.number in unit.supports and unit.unit.name not in leads)
    if not leads:
        return replace(task, leads=(office,), supports=supports)
    is_all = len(leads) == len(below) > 1
    return replace(task, leads=(ALL_BELOW,) if is_all else leads, supports=supports, parted=True)


def _indicators(issue: Issue, form: Form, handed: HandedList | None) -> Iterator[Indicator]:
    """Give the indicators of the form's own rows, as the list says them, else as the form shows them."""
    known = {_key(indicator): indicator for indicator in handed.indicators} if handed else {}
    for table in form.tables:
        shows = {field.taken_from: field.code for field in table.fields if field.source is Source.PREFILLED}
        for row in issue.tables.get(table.sheet, ()) if table.subject is Subject.INDICATOR else ():
            name = row.key.partition("|")[2]
            there, found = known.get((row.number, name)), _as_shown(row, name, shows)
            if there is not None and found is not None:  # a receipt brings no list: what it shows may be newer than what came before
                found = replace(there, target=found.target, unit=found.unit or there.unit)
            found = found or there
            if found is not None:
                yield found


def _as_shown(row: IssuedRow, name: str, shows: Mapping[str, str]) -> Indicator | None:
    texts = {title: str(row.shown.get(code, "")) for title, code in shows.items()}
    comparator = texts.get("比较", "")
    try:
        target = Decimal(texts.get("目标值", "").replace(",", ""))
    except InvalidOperation:
        return None
    return Indicator(row.number, name, comparator if comparator in COMPARATORS else "≥", target, texts.get("单位", ""), texts.get("口径", ""))

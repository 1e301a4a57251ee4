"""Brings a revised notice into a master list that the clerk has worked on: nothing of the clerk's is lost, nothing of the notice is missed."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, NamedTuple, TypeVar

from rapidfuzz import fuzz, process

from toolkit.model.findings import Code
from toolkit.model.master import WITHDRAWN, Doubt, Indicator, Master, ReadLine, Task
from toolkit.notice.doubts import doubt

_SAME_TEXT = 82.0  # a reworded task still shares most of its characters; two different ones of one notice share fewer
_SAME_NUMBER = 55.0  # under the same number a stronger rewording is still the same task
_T = TypeVar("_T")
_TASK_COLUMNS = {
    "category": "类别",
    "section": "章节",
    "subsection": "小节",
    "text": "目标任务",
    "leads": "牵头单位",
    "supports": "责任单位",
    "deadline": "完成时限",
    "leader": "责任领导",
}


class Change(NamedTuple):
    """One difference that the revised notice makes: kind is 新增, 修改 or 撤销; column and texts only for 修改."""

    kind: str
    number: str
    column: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """The master list after the revision, and what the revision changes in it; `question` where it must be answered before anything changes."""

    master: Master
    changes: tuple[Change, ...]
    question: Doubt | None = None


def revise_list(base: Master, mine: Master, theirs: Master) -> Amendment:
    """Join three lists: what the last import read, the list as the clerk has it now, what the revised notice says.

    A matched task keeps its number, so that its history stays with it. Where clerk and notice both changed a cell, the clerk's stands and a doubt says so.
    """
    numbers = match_tasks(mine.tasks, theirs.tasks)
    renumbered = {new: old for old, new in numbers.items()}
    doubts = _asked(base.doubts, mine.doubts, theirs.doubts)
    based, revised = {task.number: task for task in base.tasks}, {task.number: task for task in theirs.tasks}
    tasks, changes = [], []
    for task in mine.tasks:
        if task.number not in numbers:
            is_dropped = task.state != WITHDRAWN
            tasks.append(replace(task, state=WITHDRAWN))
            changes += [Change("撤销", task.number, before=task.text)] if is_dropped else []
            continue
        joined, odd = _join_task(based.get(task.number), task, revised[numbers[task.number]])
        doubts += odd
        tasks.append(joined)
        changes += _differences(task, joined)
    for task in _added(theirs.tasks, renumbered, mine.tasks):
        tasks.append(task)
        changes.append(Change("新增", task.number, after=task.text))
    mapped = renumbered | {task.number: new.number for task, new in zip(_new(theirs.tasks, renumbered), tasks[len(mine.tasks) :], strict=True)}
    indicators = _join(
        base.indicators, mine.indicators, [replace(indicator, number=mapped[indicator.number]) for indicator in theirs.indicators], _indicator_key
    )
    doubts = [replace(entry, number=mapped.get(entry.number, entry.number)) if entry.code != Code.EDITED_BY_BOTH.text.id else entry for entry in doubts]
    master = replace(
        mine,
        tasks=tuple(tasks),
        indicators=tuple(indicators),
        units=tuple(_join(base.units, mine.units, theirs.units, lambda unit: unit.name, keep=True)),
        calendar=tuple(_join(base.calendar, mine.calendar, theirs.calendar, lambda line: line.period, keep=True)),
        doubts=tuple(doubts),
        lines=_renumbered(theirs, mapped),
        title=theirs.title,
        source=theirs.source,
    )
    return Amendment(master, tuple(changes))


def _asked(base: Sequence[Doubt], mine: Sequence[Doubt], theirs: Sequence[Doubt]) -> list[Doubt]:
    """Give the revised notice's doubts with the clerk's answers; one whose row the clerk has deleted is not raised again."""
    before, answers = {entry.key for entry in base}, {entry.key: entry.answer for entry in mine}
    return [replace(their, answer=answers.get(their.key, "")) for their in theirs if their.key not in before or their.key in answers]


def match_tasks(old: Sequence[Task], new: Sequence[Task]) -> dict[str, str]:
    """Pair the numbers of old and new tasks that are the same task: by equal text, then by number with kindred text, then by the likest text."""
    pairs: dict[str, str] = {}
    by_text = {task.text: task.number for task in reversed(new)}
    by_number = {task.number: task for task in new}
    for task in old:
        if task.text in by_text and by_text[task.text] not in pairs.values():
            pairs[task.number] = by_text[task.text]
    taken = set(pairs.values())
    for task in old:
        same = by_number.get(task.number)
        if task.number not in pairs and same and same.number not in taken and fuzz.ratio(task.text, same.text) >= _SAME_NUMBER:
            pairs[task.number] = same.number
            taken.add(same.number)
    left = {task.number: task.text for task in new if task.number not in taken}
    for task in old:
        best = process.extractOne(task.text, left, scorer=fuzz.ratio, score_cutoff=_SAME_TEXT) if task.number not in pairs else None
        if best is not None:
            pairs[task.number] = best[2]
            del left[best[2]]
    return pairs


def _join_task(base: Task | None, mine: Task, theirs: Task) -> tuple[Task, list[Doubt]]:
    joined: dict[str, Any] = {}
    doubts = []
    for name, column in _TASK_COLUMNS.items():
        before, ours, new = getattr(base, name) if base else getattr(mine, name), getattr(mine, name), getattr(theirs, name)
        edited = ours != before
        joined[name] = ours if edited else new
        if edited and new not in (before, ours):
            doubts.append(
                doubt(Code.EDITED_BY_BOTH, mine.number, f"{column}：修订稿写“{_text(new)}”", other=_text(new), number=mine.number, kept=_text(ours)),
            )
    note = mine.note
    if theirs.number != mine.number and f"修订稿编号{theirs.number}" not in note:
        note = "；".join(part for part in (note, f"修订稿编号{theirs.number}") if part)
    by_clerk = base is not None and base.state != WITHDRAWN  # the last notice had it: whoever withdrew it since was the clerk
    state = "" if mine.state == WITHDRAWN and not by_clerk else mine.state
    return replace(mine, **joined, note=note, state=state), doubts


def _renumbered(theirs: Master, mapped: Mapping[str, str]) -> tuple[ReadLine, ...]:
    """Give the notice's lines with the numbers that its tasks have in the list."""
    return tuple(line.renumbered(mapped) for line in theirs.lines)


def _differences(before: Task, after: Task) -> list[Change]:
    pairs = ((column, getattr(before, name), getattr(after, name)) for name, column in _TASK_COLUMNS.items())
    found = [Change("修改", before.number, column, _text(old), _text(new)) for column, old, new in pairs if old != new]
    return [*found, Change("修改", before.number, "状态", before.state, after.state)] if before.state != after.state else found


def _new(tasks: Iterable[Task], renumbered: Mapping[str, str]) -> list[Task]:
    return [task for task in tasks if task.number not in renumbered]


def _added(tasks: Iterable[Task], renumbered: Mapping[str, str], mine: Sequence[Task]) -> Iterable[Task]:
    """Give new tasks their own number where it is free, else the next free one."""
    taken = {task.number for task in mine}
    for task in _new(tasks, renumbered):
        kind = task.number.rstrip("0123456789")
        number = task.number
        if number in taken:
            number = f"{kind}{1 + max(int(text.removeprefix(kind)) for text in taken if text.startswith(kind) and text.removeprefix(kind).isdigit())}"
        taken.add(number)
        note = task.note if number == task.number else "；".join(part for part in (task.note, f"修订稿编号{task.number}") if part)
        yield replace(task, number=number, note=note)


def _indicator_key(indicator: Indicator) -> tuple[str, str]:
    return indicator.number, indicator.name


def _join(base: Iterable[_T], mine: Iterable[_T], theirs: Iterable[_T], key: Callable[[_T], Any], *, keep: bool = False) -> list[_T]:
    """Join rows field by field; a row that only the notice dropped goes, unless it is to be kept or the clerk changed it."""
    based, revised = {key(row): row for row in base}, {key(their): their for their in theirs}
    joined = []
    for row in mine:
        before, new = based.get(key(row)), revised.pop(key(row), None)
        if new is None:
            if keep or before is None or row != before:
                joined.append(row)
            continue
        if before is None:  # the clerk's own row: what it says stays
            as_before = [field.name for field in fields(row) if not getattr(row, field.name)]  # type: ignore[arg-type]
        else:
            as_before = [field.name for field in fields(row) if getattr(row, field.name) == getattr(before, field.name)]  # type: ignore[arg-type]
        joined.append(replace(row, **{name: getattr(new, name) for name in as_before}))  # type: ignore[type-var]
    dropped_by_clerk = set(based)
    return [*joined, *(row for name, row in revised.items() if name not in dropped_by_clerk)]


def _text(value: object) -> str:
    return "、".join(value) if isinstance(value, tuple) else str(value)

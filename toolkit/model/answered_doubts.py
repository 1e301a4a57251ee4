"""The clerk's answers in 待确认 put into the master list: what 处理 says is what every command works with."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from toolkit.model.answered_names import called, is_no_unit, understood
from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import COLLECTIVE, WITHDRAWN, Doubt, Indicator, Master, Task, Unit
from toolkit.model.values import parts_outside_brackets

ACCEPT, OTHER, IGNORE, NO_TASK, MERGE, WITHDRAW = ANSWERS = ("采纳", "改用", "忽略", "不是任务", "合并", "撤销")
DONE = "已办："  # before an answer that an import has put into the list for good
_SIGNS = "、,，;；\n"
_UNITS = lazy_pattern(r"(牵头|责任|配合)(?:单位|部门)?\s*[:：]\s*([^;；\n]*)")
_TASK = lazy_pattern(r"^\s*(\S*?\d+)\s+")
_TARGET = lazy_pattern(r"^(?P<name>.*?)\s*(?P<sign>[≥≤=<>])?\s*(?P<value>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\d\s，。,]{1,8})?\s*$")
_COLUMNS = {
    "目标任务": "text",
    "牵头单位": "leads",
    "责任单位": "supports",
    "完成时限": "deadline",
    "责任领导": "leader",
    "章节": "section",
    "小节": "subsection",
    "类别": "category",
}
_NO_DEED = frozenset({ACCEPT, IGNORE})
_AROUND = " \u3000。．.，,；;、！!“”\"'‘’「」"  # what a person puts around a word: “忽略。”


def settle(master: Master) -> tuple[Master, tuple[Doubt, ...]]:
    """Give the list with every answer put in, and the doubts whose answer is not understood. Settling twice gives the same."""
    puzzling = []
    for doubt in master.doubts:
        answer = word_of(doubt.answer)
        if not answer or answer.startswith(DONE) or doubt.code in _LATER:
            continue
        deed = _DEEDS.get(doubt.code)
        if any(is_no_unit(master, name) for name in names_of(doubt)):
            settled = None
        else:
            settled = deed(master, replace(doubt, answer=answer)) if deed else (master if answer in ANSWERS else None)
        if settled is None:
            puzzling.append(doubt)
        else:
            master = settled
    return master, tuple(puzzling)


def word_of(answer: str) -> str:
    """Give an answer trimmed; one of the usual words without the signs around it."""
    word = answer.strip(_AROUND)
    return word if word in ANSWERS else answer.strip()


def names_of(doubt: Doubt) -> tuple[str, ...]:
    """List the units that an answer writes, as they are written; none where it is one of the usual words or is not about units."""
    deed, answer = _DEEDS.get(doubt.code), word_of(doubt.answer)
    if not answer or answer in ANSWERS or answer.startswith(DONE):
        return ()
    if deed is _task:
        return tuple(name for _, names in _UNITS.findall(answer) for name in names_in(names))
    if deed is _members:
        return names_in(answer)
    return (answer,) if deed in (_name, _completed_name) else ()


def waiting(doubts: Iterable[Doubt]) -> bool:
    """Say whether an answer holds that no import has put into the list for good."""
    return any(done(doubt) is not doubt for doubt in doubts)


def done(doubt: Doubt) -> Doubt:
    """Mark an answer as put into the list for good; one that asks for no deed, is marked already or takes effect later stays as it is."""
    keeps = not doubt.answer or doubt.answer.startswith(DONE) or word_of(doubt.answer) in _NO_DEED or doubt.code in _LATER
    return doubt if keeps else replace(doubt, answer=DONE + doubt.answer)


def names_in(text: str) -> tuple[str, ...]:
    """Split names that a clerk typed, at 、 ， ； commas and line breaks outside brackets; empty parts are left out."""
    return parts_outside_brackets(text, _SIGNS)


def _with_units(master: Master, names: Iterable[str]) -> Master:
    """Add to the register what is not in it yet."""
    new = tuple(Unit(name) for name in dict.fromkeys(names) if master.resolve(name) is None)
    return replace(master, units=master.units + new) if new else master


def _tasks(master: Master, change: Callable[[Task], Task]) -> Master:
    return replace(master, tasks=tuple(map(change, master.tasks)))


def _renamed(master: Master, old: str, new: str, *, number: str = "") -> Master:
    """Write a unit's name otherwise, in one task or in all; no name: leave it out. A name that no task has any more leaves the register."""

    def names(given: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(new if name == old else name for name in given if name != old or new))

    changed = _tasks(master, lambda task: replace(task, leads=names(task.leads), supports=names(task.supports)) if number in ("", task.number) else task)
    used = {name for task in changed.tasks for name in (*task.leads, *task.supports)}
    if old not in used:
        changed = replace(changed, units=tuple(unit for unit in changed.units if unit.name != old or unit.contact or unit.phone or unit.email))
    return _with_units(changed, (new,) if new else ())


def _completed_name(master: Master, doubt: Doubt) -> Master | None:
    short, _, full = doubt.read.partition(" → ")
    if doubt.answer in _NO_DEED:
        return master
    return _renamed(master, full, short if doubt.answer == OTHER else called(master, doubt.answer), number=doubt.number)


def _members(master: Master, doubt: Doubt) -> Master | None:
    if doubt.answer in _NO_DEED:
        return master
    members = understood(master, names_in(doubt.answer))
    if doubt.answer in ANSWERS or not members:
        return None
    units = tuple(replace(unit, members=members, group=COLLECTIVE, issued=False) if unit.name == doubt.read else unit for unit in master.units)
    return _with_units(replace(master, units=units), members)


def _name(master: Master, doubt: Doubt) -> Master | None:
    if doubt.answer == ACCEPT:
        return master
    if doubt.answer == IGNORE:
        return _renamed(master, doubt.read, "") if doubt.code == Code.NOT_A_UNIT.text.id else master
    return None if doubt.answer in ANSWERS else _renamed(master, doubt.read, called(master, doubt.answer))


def _merged(master: Master, doubt: Doubt) -> Master | None:
    if doubt.answer in _NO_DEED:
        return master
    pair = tuple(doubt.read.split(" / "))
    if len(pair) != 2 or (doubt.answer != MERGE and doubt.answer not in pair):
        return None
    name = max(pair, key=len) if doubt.answer == MERGE else doubt.answer
    alias = pair[pair[0] == name]
    merged = _renamed(master, alias, name)
    units = tuple(
        replace(unit, aliases=tuple(dict.fromkeys((*unit.aliases, alias)))) if unit.name == name else unit for unit in merged.units if unit.name != alias
    )
    return replace(merged, units=units)


def _task(master: Master, doubt: Doubt) -> Master | None:
    """Obey an answer on a task: it is none, or these are its units; nothing of the notice but the task is touched."""
    if doubt.answer in _NO_DEED:
        return master
    typed = _TASK.match(doubt.answer)
    number = typed[1] if typed and master.task(typed[1]) else doubt.number
    if master.task(number) is None:
        return None
    if doubt.answer == NO_TASK:
        return _tasks(master, lambda task: replace(task, state=WITHDRAWN) if task.number == number else task)
    given = {role: understood(master, names_in(names)) for role, names in _UNITS.findall(doubt.answer)}
    if doubt.answer == OTHER and doubt.code == Code.NAMES_ONLY.text.id:
        given = {"牵头": ()}
    if not given:
        return None
    leads, supports = given.get("牵头", ()), (*given.get("责任", ()), *given.get("配合", ()))
    if not leads and "牵头" not in given:
        leads, supports = given.get("责任", ()), given.get("配合", ())
    added = _with_units(master, (*leads, *supports))
    return _tasks(added, lambda task: replace(task, leads=leads, supports=supports) if task.number == number else task)


def _leader(master: Master, doubt: Doubt) -> Master | None:
    if doubt.answer in _NO_DEED:
        return master
    names = "、".join(names_in(doubt.answer))
    return None if doubt.answer in ANSWERS else _tasks(master, lambda task: replace(task, leader=names) if task.number == doubt.number else task)


def _range(master: Master, doubt: Doubt) -> Master | None:
    """Obey an answer on a target that is a range: another number, or no target."""
    if doubt.answer == ACCEPT:
        return master

    def is_it(indicator: Indicator) -> bool:
        return indicator.number == doubt.number and indicator.quote == doubt.read

    if doubt.answer == IGNORE:
        return replace(master, indicators=tuple(indicator for indicator in master.indicators if not is_it(indicator)))
    try:
        value = Decimal(doubt.answer.replace(",", ""))
    except InvalidOperation:
        return None
    return replace(master, indicators=tuple(replace(indicator, target=value) if is_it(indicator) else indicator for indicator in master.indicators))


def _number(master: Master, doubt: Doubt) -> Master | None:
    """Make a target of a number that was left: as the clerk writes it, or as it was guessed."""
    if doubt.answer == IGNORE:
        return master
    text = doubt.answer
    if text in (ACCEPT, OTHER):
        guess = re.search(r"(\d[\d.]*)\s*(\S{1,4})", doubt.other) or re.search(
            r"(\d[\d,.]*)\s*([^\d\s，。,以]{1,4}?)(?=以|[，。,]|$|[\u4e00-\u9fff]{2})", doubt.read
        )
        text = f"{doubt.read} ≥ {guess[1]} {guess[2]}" if guess else ""
    found = _TARGET.match(text)
    if found is None or not found["name"] or master.task(doubt.number) is None:
        return None
    made = Indicator(
        doubt.number, found["name"].strip(), found["sign"] or "≥", Decimal(found["value"].replace(",", "")), found["unit"] or "", "累计", doubt.read
    )
    known = {(indicator.number, indicator.name) for indicator in master.indicators}
    return master if (made.number, made.name) in known else replace(master, indicators=(*master.indicators, made))


def _revised(master: Master, doubt: Doubt) -> Master | None:
    """Take the revised notice's word for a cell that the clerk had changed."""
    if doubt.answer in _NO_DEED:
        return master
    name = _COLUMNS.get(doubt.read.partition("：")[0])
    if doubt.answer != OTHER or name is None:
        return None
    value: object = names_in(doubt.other) if name in ("leads", "supports") else doubt.other
    return _tasks(master, lambda task: replace(task, **{name: value}) if task.number == doubt.number else task)  # type: ignore[arg-type]


_TASK_CODES = (
    Code.UNITS_SHARED,
    Code.UNITS_INHERITED,
    Code.NAMES_ONLY,
    Code.PARAGRAPH_SPLIT,
    Code.NO_NAMES_READ,
    Code.ITEM_WITHOUT_UNITS,
    Code.UNITS_LEFT_OVER,
    Code.PAGE_UNITS,
    Code.WATCHER_NOT_TAKEN,
    Code.SUBITEMS_TOGETHER,
    Code.UNITS_FROM_ABOVE,
    Code.COLUMNS_GUESSED,
    Code.LEAD_UNKNOWN,
)
_LATER = frozenset(  # answers that the next import or adoption obeys
    code.text.id for code in (Code.COLUMN_NOT_READ, Code.MASS_WITHDRAWAL, Code.UPPER_CHANGED, Code.UPPER_DROPPED)
)
_DEEDS: dict[str, Callable[[Master, Doubt], Master | None]] = {
    **{code.text.id: _task for code in _TASK_CODES},
    Code.NAME_COMPLETED.text.id: _completed_name,
    Code.MEMBERS_UNKNOWN.text.id: _members,
    Code.MEMBERS_LISTED.text.id: _members,
    Code.DIVISION_LEADS.text.id: _name,
    Code.NOT_A_UNIT.text.id: _name,
    Code.SAME_UNIT.text.id: _merged,
    Code.NAMES_RUN_TOGETHER.text.id: _leader,
    Code.TARGET_IS_RANGE.text.id: _range,
    Code.NUMBER_LEFT_OVER.text.id: _number,
    Code.EDITED_BY_BOTH.text.id: _revised,
}

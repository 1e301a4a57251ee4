"""Which list a period is served by: the year's base with every change that holds in the period."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from toolkit.amending.list_parts import PARTS, put_together, shown, with_text
from toolkit.model.amendments import ADDED, MERGED, REMOVED, RENAMED, SPLIT, Amendment, AmendmentKind, AmendmentSubject, Change
from toolkit.model.codec import decode
from toolkit.model.master import Indicator, Master, Node, Unit
from toolkit.model.period import Period


def in_force(base: Master, amendments: Sequence[Amendment], period: Period | None) -> Master:
    """Give the list in force in a period (None: with all changes), units under the names they have in it, wherever they are named.

    Of changes of one cell the one with the later day counts, of one day the later registered; a 更正 counts where what it puts right stands.
    """
    rows: dict[AmendmentSubject, dict[str, Any]] = {about: part.rows(base) for about, part in PARTS.items()}
    for about, subject in dict.fromkeys((amendment.change.about, amendment.change.subject) for amendment in amendments):
        mine = [amendment for amendment in amendments if (amendment.change.about, amendment.change.subject) == (about, subject)]
        _settle(rows[about], about, subject, [amendment for amendment in mine if amendment.holds_in(period)])
    for key, row in rows[AmendmentSubject.INDICATOR].items():
        rows[AmendmentSubject.INDICATOR][key] = _with_original(row, key, PARTS[AmendmentSubject.INDICATOR].rows(base).get(key), amendments, period)
    for key, node in rows[AmendmentSubject.NODE].items():
        rows[AmendmentSubject.NODE][key] = _with_first_day(node, key, PARTS[AmendmentSubject.NODE].rows(base).get(key), amendments, period)
    rows[AmendmentSubject.UNIT] = {key: _with_former(unit, key, amendments) for key, unit in rows[AmendmentSubject.UNIT].items()}
    ended = [amendment for amendment in amendments if amendment.change.matter in {SPLIT, MERGED} and amendment.holds_in(period)]
    ended.sort(key=lambda amendment: (amendment.since, amendment.id))
    names = _succeeded(rows[AmendmentSubject.UNIT], ended)
    return _with_parts(_named(put_together(base, {about: some.values() for about, some in rows.items()}), names), ended)


def _settle(rows: dict[str, Any], about: AmendmentSubject, subject: str, amendments: Sequence[Amendment]) -> None:
    """Bring one row to what its changes say."""
    whole = [amendment for amendment in amendments if amendment.change.matter in {ADDED, REMOVED}]
    for amendment in sorted(whole, key=lambda amendment: (amendment.since, amendment.id)):
        if amendment.change.matter == ADDED:
            _insert(rows, about, subject, amendment.change.after)
        else:
            rows.pop(subject, None)
    if subject not in rows:
        return
    for matter in dict.fromkeys(amendment.change.matter for amendment in amendments if amendment not in whole):
        column = PARTS[about].column(matter)
        if column is not None:
            mine = [amendment for amendment in amendments if amendment.change.matter == matter]
            rows[subject] = with_text(rows[subject], column.field, _value(shown(getattr(rows[subject], column.field)), mine))


def _value(base: str, amendments: Sequence[Amendment]) -> str:
    """Give what a cell says: the last change's word, put right by those corrections that were made of it afterwards."""
    changes = sorted((amendment for amendment in amendments if amendment.nature is AmendmentKind.CHANGE), key=lambda amendment: (amendment.since, amendment.id))
    value, made = (changes[-1].change.after, changes[-1].id) if changes else (base, 0)
    for amendment in amendments:
        if amendment.nature is AmendmentKind.CORRECTION and amendment.id > made and amendment.change.before == value:
            value = amendment.change.after
    return value


def _insert(rows: dict[str, Any], about: AmendmentSubject, subject: str, text: str) -> None:
    """Put a new row behind the one it was written behind, else at the end."""
    row, behind = added_row(about, text)
    order = list(rows)
    at = order.index(behind) + 1 if behind in rows else len(order)
    kept = dict(rows)
    rows.clear()
    for key in [*order[:at], subject, *(key for key in order[at:] if key != subject)]:
        rows[key] = row if key == subject else kept[key]


def added_row(about: AmendmentSubject, text: str) -> tuple[Any, str]:
    """Give the row that an ADDED change brings, and the key of the row before it ('' for none)."""
    added = decode(dict, text)
    return decode(PARTS[about].kind, str(added["row"])), str(added["behind"])


def _with_original(row: Indicator, key: str, base: Indicator | None, amendments: Sequence[Amendment], period: Period | None) -> Indicator:
    """Tell a target that was changed what it was, and on what grounds it is another."""
    mine = [amendment for amendment in amendments if amendment.change[:3] == (AmendmentSubject.INDICATOR, key, "目标值") and amendment.holds_in(period)]
    if base is None or not mine or base.target == row.target:
        return row
    return replace(row, original=base.target, basis=_grounds(mine))


def _with_first_day(node: Node, key: str, base: Node | None, amendments: Sequence[Amendment], period: Period | None) -> Node:
    """Tell a milestone that the office moved, or put in in the year, when it was to be reached before and on what grounds."""
    mine = [amendment for amendment in amendments if amendment.change[:2] == (AmendmentSubject.NODE, key) and amendment.holds_in(period)]
    if not mine or (base is not None and base.baseline == node.baseline):
        return node
    return replace(node, original=base.baseline if base else None, basis=_grounds(mine))


def _grounds(amendments: Sequence[Amendment]) -> str:
    """Say since when and on what authority the last of some changes of a cell holds."""
    last = max(amendments, key=lambda amendment: (amendment.since, amendment.id))
    start = f"自 {last.since_text} 起" if last.nature is AmendmentKind.CHANGE else last.nature.value
    return "，".join(part for part in (start, last.reference, last.reason) if part)


def _with_former(unit: Unit, key: str, amendments: Sequence[Amendment]) -> Unit:
    """Tell a unit its id and all the names that it has in any period."""
    mine = [amendment.change for amendment in amendments if amendment.change[:3] == (AmendmentSubject.UNIT, key, RENAMED) and not amendment.is_void]
    names = dict.fromkeys([key, *(name for change in mine for name in (change.before, change.after))])
    former = tuple(dict.fromkeys([*unit.former, *(name for name in names if name != unit.name)])) if mine else unit.former
    number = "" if unit.name == key else key
    return unit if (unit.id, unit.former) == (number, former) else replace(unit, id=number, former=former)


def _succeeded(rows: dict[str, Any], ended: Sequence[Amendment]) -> dict[str, str]:
    """Take out units that were split or merged, put in those that follow them; gives by whom each is followed where it is by one only."""
    names: dict[str, str] = {}
    for amendment in ended:
        unit = rows.get(amendment.change.subject)
        if unit is None:
            continue
        following = successors(amendment.change)
        for name in following:
            if not any(name in {other.name, other.key} for other in rows.values()):
                rows[name] = Unit(name, group=unit.group, parent=unit.parent)
        if not {unit.name, unit.key} & set(following):
            del rows[amendment.change.subject]
            if len(following) == 1:
                names |= dict.fromkeys((unit.name, unit.key, *unit.former, *unit.aliases), following[0])
    return names


def _with_parts(master: Master, ended: Sequence[Amendment]) -> Master:
    """Put those that follow a unit which was split into its place among a collective's members: each of 各镇 is meant, the new ones as well."""
    here = {unit.name for unit in master.units}
    split = [one.change for one in ended if one.change.matter == SPLIT]
    parts = {name: successors(change) for change in split for name in (change.subject, change.before) if name not in here}
    if not any(parts.keys() & set(unit.members) for unit in master.units):
        return master
    members = {unit.name: (part for name in unit.members for part in parts.get(name, (name,))) for unit in master.units if unit.members}
    return replace(master, units=tuple(replace(unit, members=tuple(dict.fromkeys(members.get(unit.name, ())))) for unit in master.units))


def followed(master: Master, by: Mapping[str, Sequence[str]]) -> Master:
    """Give a list in which units are called otherwise or followed by several, wherever they stand: name → names. What follows is added to the register."""

    def new(some: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(part for name in some for part in by.get(name, (name,))))

    tasks = tuple(replace(task, leads=new(task.leads), supports=new(task.supports)) for task in master.tasks)
    units = {name: replace(unit, name=name, members=new(unit.members)) for unit in master.units for name in by.get(unit.name, (unit.name,))}
    return replace(master, tasks=tasks, units=tuple(units.values()))


def successors(change: Change) -> tuple[str, ...]:
    """Give the names of the units that follow one that was split or merged, as the change lists them (、, or ; between), in that order."""
    return tuple(part.strip() for part in re.split(r"[、,，;；]", change.after) if part.strip())


def _named(master: Master, names: dict[str, str]) -> Master:
    """Write units everywhere under their names: wherever another name of a unit stands that was renamed, or one that another unit follows."""
    names = {**names, **{name: unit.name for unit in master.units for name in unit.former}}
    for unit in master.units:
        names.pop(unit.name, None)  # a name that another unit bears now means that one
    return called(master, names) if names else master


def called(master: Master, names: Mapping[str, str]) -> Master:
    """Give a list with units called otherwise in tasks, collectives and above units: name → name."""

    def new(some: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(names.get(name, name) for name in some))

    tasks = tuple(replace(task, leads=new(task.leads), supports=new(task.supports)) for task in master.tasks)
    units = tuple(replace(unit, members=new(unit.members), parent=names.get(unit.parent, unit.parent)) for unit in master.units)
    return replace(master, tasks=tasks, units=units)

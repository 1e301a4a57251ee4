"""Brings a list that the clerk has worked on together with what the ledger holds: three ways, as it was written, as it stands, as it is by now."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from toolkit.amending.amendment_wording import matter_of, number_of
from toolkit.amending.in_force import added_row, called, in_force, successors
from toolkit.amending.list_differences import differences
from toolkit.amending.list_parts import put_together
from toolkit.amending.needless_rows import sound_rows
from toolkit.amending.sheet_edits import edited_rows, grounds_of, new_rows, unread_rows, without_copied_numbers
from toolkit.model.amendment_sheet import AFTER, ANSWER, ASKS, AT, BEFORE, COLUMNS, HINT, MATTER, NATURE, REASON, SHEET, SINCE, SUBJECT, SheetRow, TypedRow
from toolkit.model.amendments import ADDED, REMOVED, RENAMED, SPLIT, Amendment, AmendmentKind, AmendmentSubject, Change
from toolkit.model.findings import Code, Finding
from toolkit.model.master import WITHDRAWN, Master, Task, Unit
from toolkit.model.place import Place

RENAME, OTHER_UNIT, WITHDRAW, RESTORE, OLD_NUMBER, NEW_TASK, KEEP, TAKE_BACK = (
    "更名", "新单位", "撤销", "恢复", "恢复编号", "新任务", "沿用新版", "恢复旧版",
)  # fmt: skip
_LIST, OLD = "总表", "旧版"
_CHOICES = {
    Code.ASK_RENAME: (RENAME, OTHER_UNIT),
    Code.ASK_REMOVED: (WITHDRAW, RESTORE),
    Code.ASK_NUMBER: (OLD_NUMBER, NEW_TASK),
    Code.ASK_OLD: (KEEP, TAKE_BACK),
}


class Known(NamedTuple):
    """What the ledger holds of a year: its base, its changes, the list as the workbook was last written (None: unknown), what its sheet then showed.

    `old` names when the list `older` was registered that the workbook is a copy of although newer ones followed ('' and None where it is none).
    """

    year: int
    base: Master
    amendments: Sequence[Amendment]
    written: Master | None
    shown: Mapping[str, tuple[str, ...]]
    old: str = ""
    older: Master | None = None

    @property
    def current(self) -> Master:
        """The list with all its changes, whatever the days from which they hold."""
        return in_force(self.base, self.amendments, None)


Trusted = Callable[[Change], bool]  # whether something was taken out of a list on purpose


class Dated(NamedTuple):
    """From when a change holds where nobody said so, and as what."""

    since: date
    text: str
    nature: AmendmentKind


@dataclass
class MergedList:
    """What comes of it: changes to add and to edit, rows that ask, what is asked, the list as the workbook is to show it, rows not taken."""

    target: Master
    added: list[Amendment] = field(default_factory=list)
    edited: list[Amendment] = field(default_factory=list)
    questions: list[SheetRow] = field(default_factory=list)
    asked: list[Finding] = field(default_factory=list)
    unread: list[TypedRow] = field(default_factory=list)


def merge_three_ways(typed: Master, rows: Sequence[TypedRow], known: Known, dated: Callable[[Change], Dated], *, file: str, trusts: Trusted) -> MergedList:
    """Tell what the clerk changed from what came into the ledger meanwhile. `trusts`: what is gone because it was meant to go, by no slip."""
    return _Settling(typed, rows, known, dated, file, trusts).done()


class _Settling:
    """One list being brought together."""

    def __init__(self, typed: Master, rows: Sequence[TypedRow], known: Known, dated: Callable[[Change], Dated], file: str, trusts: Trusted) -> None:
        self._known, self._dated, self._file, self._trusts = known, dated, file, trusts
        self._current = known.current
        self._rows = rows
        self._typed = _identified(_known_names(typed, self._current, known.written), known.written or self._current)
        self._result = MergedList(self._current)
        self._pending: list[Change] = []

    def done(self) -> MergedList:
        """Go through the sheet's own rows, then through what was changed in the others."""
        result = self._result
        self._rows = without_copied_numbers(self._rows, self._known.amendments)
        edits, faults = edited_rows(self._rows, self._known.amendments, self._known.shown)
        result.edited += edits
        result.asked += faults
        written, faults = new_rows(self._rows, self._current, self._typed)
        result.asked += faults
        changes = self._changes_of_old() if self._known.old else self._changes()
        sound = sound_rows(written, changes, self._known.amendments, self._typed)
        result.asked += sound.faults
        self._pending += [change for change in sound.contradicted if change not in self._pending]
        changes = [change for change in changes if change not in self._pending]
        for row, change in sound.rows:
            changes = [other for other in changes if other[:3] != change[:3] and not (other.matter == REMOVED and other[:2] == change[:2])]
            self._add(change, row)
        for change in changes:
            self._take(change)
        self._finish()
        return result

    def _changes_of_old(self) -> list[Change]:
        """Ask about a copy of a list of before; give what its answer lets count: all that differs, only what was typed since, or nothing yet."""
        missing = differences(self._current, self._typed)
        answer = self._answer(_LIST, OLD, "", self._known.old)
        if answer == TAKE_BACK:
            return missing
        if answer == KEEP:
            return self._since(self._known.older or self._typed)
        self._ask(Code.ASK_OLD, (_LIST, OLD, "", self._known.old), {"at": self._known.old, "count": str(len(missing))})
        self._pending += missing
        return []

    def _changes(self) -> list[Change]:
        """Give what the clerk changed since the workbook was written and the ledger does not say yet."""
        return self._since(self._current if self._known.written is None else self._known.written)

    def _since(self, start: Master) -> list[Change]:
        """Give what was typed into a list that said `start`, where the ledger does not say it yet."""
        if start is not self._current:
            start = _known_names(start, self._current, start)
        left = set(differences(self._current, self._typed))
        by_cell = {change[:3]: change for change in left}
        return [by_cell[change[:3]] for change in differences(start, self._typed) if change[:3] in by_cell]

    def _take(self, change: Change) -> None:
        if change.matter == RENAMED:
            self._rename(change)
        elif change.matter == REMOVED and not self._trusts(change):
            self._remove(change)
        elif change not in self._pending:
            self._add(change)

    def _rename(self, change: Change) -> None:
        unit = self._typed.resolve(change.after)
        answer = self._answer(change.subject, RENAMED, change.before, change.after)
        if answer == OTHER_UNIT and unit is not None:
            self._add(Change(AmendmentSubject.UNIT, change.subject, REMOVED, change.before, ""))
            new = put_together(self._typed, {AmendmentSubject.UNIT: [replace(unit, id="")]})
            self._add(differences(put_together(new, {AmendmentSubject.UNIT: []}), new)[0])
        elif answer == RENAME or (unit is not None and change.before in unit.aliases):
            self._add(change, self._answered(change.subject, RENAMED, change.before, change.after))
        else:
            self._ask(Code.ASK_RENAME, (change.subject, RENAMED, change.before, change.after), {"before": change.before, "after": change.after})
            self._pending.append(change)

    def _remove(self, change: Change) -> None:
        twin = self._renumbered(change)
        if twin is not None:
            self._renumber(change, twin)
            return
        texts = (number_of(change), matter_of(change), change.before, "")
        answer = self._answer(*texts)
        if answer == WITHDRAW:
            task = self._current.task(change.subject)
            withdrawn = (
                Change(AmendmentSubject.TASK, change.subject, "状态", task.state, WITHDRAWN) if change.about is AmendmentSubject.TASK and task else change
            )
            self._add(withdrawn, self._answered(*texts))
        elif answer != RESTORE:
            self._ask(Code.ASK_REMOVED, texts, {"what": f"{change.about}“{change.before}”（{number_of(change)}）"})
            self._pending.append(change)

    def _renumbered(self, change: Change) -> Change | None:
        """Find the added task that says the same as one that is gone."""
        if change.about is not AmendmentSubject.TASK:
            return None
        gone = self._current.task(change.subject)
        added = (
            difference for difference in differences(self._current, self._typed) if difference.about is AmendmentSubject.TASK and difference.matter == ADDED
        )
        return next((change for change in added if gone and added_row(change.about, change.after)[0].text == gone.text), None)

    def _renumber(self, gone: Change, twin: Change) -> None:
        answer = self._answer(gone.subject, "编号", gone.subject, twin.subject)
        if answer == NEW_TASK:
            self._add(Change(AmendmentSubject.TASK, gone.subject, "状态", "", WITHDRAWN))
            return
        self._result.added = [amendment for amendment in self._result.added if amendment.change != twin]
        self._pending.append(twin)
        if answer == OLD_NUMBER:
            self._result.added = [amendment for amendment in self._result.added if amendment.change.subject.partition("|")[0] != twin.subject]
            return
        self._pending.append(gone)
        self._ask(Code.ASK_NUMBER, (gone.subject, "编号", gone.subject, twin.subject), {"before": gone.subject, "after": twin.subject})

    def _add(self, change: Change, row: TypedRow | None = None) -> None:
        dated = self._dated(change)
        made = Amendment(0, self._known.year, change, dated.since, dated.text, dated.nature, origin=self._file)
        if row is not None:
            says_when = row.cells[SINCE] and not row.cells[NATURE]
            made, faults = grounds_of(replace(made, nature=AmendmentKind.CHANGE) if says_when else made, row)
            self._result.asked += faults
            if faults and row.cells[AT] != ASKS:
                return
        self._result.added.append(made)

    def _ask(self, code: Code, texts: tuple[str, str, str, str], facts: Mapping[str, str]) -> None:
        rest = {AT: ASKS, REASON: f"{HINT}{'、'.join(_CHOICES[code])}"}
        self._result.questions.append(SheetRow((*texts, *(rest.get(title, "") for title in COLUMNS[len(texts) :])), _CHOICES[code]))
        self._result.asked.append(Finding(code, Place(self._file, SHEET, f"L{len(self._result.questions) + 1}"), facts))

    def _answer(self, *texts: str) -> str:
        """Give what the clerk answered to a question, '' before that."""
        row = self._answered(*texts)
        return row.cells[ANSWER] if row else ""

    def _answered(self, *texts: str) -> TypedRow | None:
        """Find a question's row."""
        asked = (row for row in self._rows if row.cells[AT] == ASKS)
        row = next((row for row in asked if tuple(row.cells[title] for title in (SUBJECT, MATTER, BEFORE, AFTER)) == texts), None)
        if row is None or not row.cells[REASON].startswith(HINT):
            return row
        return row._replace(cells={**row.cells, REASON: ""})

    def _finish(self) -> None:
        """Say which list the workbook is to show: everything in it, and what is asked about as the clerk has it."""
        self._result.unread = unread_rows(self._rows, self._result.asked)
        kept = {amendment.id: amendment for amendment in (*self._known.amendments, *self._result.edited)}
        last = max(kept, default=0)
        new = [replace(amendment, id=number) for number, amendment in enumerate(self._result.added, last + 1)]
        amendments = [*kept.values(), *new]
        pending = [Amendment(last + len(new) + 1 + at, 0, change, date.max, "") for at, change in enumerate(self._pending)]
        target = in_force(self._known.base, [*amendments, *pending], None)
        self._result.target = replace(target, odd_days=self._typed.odd_days, doubts=self._typed.doubts, title=self._typed.title, source=self._typed.source)
        self._result.asked += _without_successor(in_force(self._known.base, amendments, None), amendments, self._file)


def _without_successor(master: Master, amendments: Sequence[Amendment], file: str) -> list[Finding]:
    """Point at tasks that still name a unit that was split."""
    found = []
    for amendment in amendments:
        if amendment.change.matter != SPLIT or amendment.is_void:
            continue
        names = {amendment.change.subject, amendment.change.before}
        facts = {"unit": amendment.change.before, "since": amendment.since_text, "choices": "、".join(successors(amendment.change))}
        found += [
            Finding(Code.NO_SUCCESSOR, Place(file, "任务"), {**facts, "task": task.number, "where": _left_with(task, names)})
            for task in master.live_tasks()
            if names & {*task.leads, *task.supports} and not names & {unit.name for unit in master.units}
        ]
    return found


def _left_with(task: Task, gone: Collection[str]) -> str:
    """Say in whose forms a task still stands."""
    others = [name for name in dict.fromkeys((*task.leads, *task.supports)) if name not in gone]
    return f"只在{'、'.join(others)}的表里" if others else "不在任何单位的表里"


def _known_names(master: Master, current: Master, written: Master | None) -> Master:
    """Write a list with the ids and the newest names of units that the ledger knows, so that only true differences are left.

    A former name is the unit's newest one where the clerk did not type it: the list was so `written`, or nobody knows how it was.
    """
    untouched = {unit.key: unit.name for unit in written.units} if written else None
    ids = {name: unit.key for unit in current.units for name in (unit.name, *unit.former)}
    units = []
    for unit in master.units:
        key = unit.id or ids.get(unit.name, unit.name)
        number = "" if key == unit.name else key
        units.append(unit if unit.id == number else replace(unit, id=number))
    newest = {name: unit.name for unit in current.units for name in unit.former}
    own = {unit.key: unit.name for unit in units}
    renamed = {unit.name: own[unit.key] for unit in current.units if own.get(unit.key, unit.name) != unit.name}
    known = {unit.key: unit for unit in reversed(current.units)}  # looked up: an office of 10,000 units is held against itself otherwise
    return called(replace(master, units=tuple(_at_last(unit, known, untouched) for unit in units)), {**newest, **{new: old for old, new in renamed.items()}})


def _at_last(unit: Unit, units: Mapping[str, Unit], untouched: Mapping[str, str] | None) -> Unit:
    """Take a former name that still stands in the list for the newest one."""
    known = units.get(unit.key)
    if known is None or unit.name not in known.former or (untouched is not None and untouched.get(unit.key) != unit.name):
        return unit if known is None or known.former == unit.former else replace(unit, former=known.former)
    return replace(unit, name=known.name, id=known.id, former=known.former)


def _identified(typed: Master, start: Master) -> Master:
    """Take a unit that is new for one that is gone, where it says so in 别名, or where it stands alone in its very place."""
    known, here = {unit.key: unit for unit in start.units}, {unit.key for unit in typed.units}
    gone = [key for key in known if key not in here]
    order = list(known)
    units = []
    for at, unit in enumerate(typed.units):
        same = [key for key in gone if known[key].name in unit.aliases or (key in order[at : at + 1])] if unit.key not in known else []
        units.append(replace(unit, id=same[0]) if same else unit)
        gone = [key for key in gone if key not in same[:1]]
    return replace(typed, units=tuple(units))

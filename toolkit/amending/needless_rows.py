"""Rows of 调整台账 that would be taken wrongly in silence: they change nothing, contradict another sheet, leave tasks to nobody, or begin in another year."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from toolkit.amending.list_parts import PARTS
from toolkit.amending.sheet_edits import OF_ROWS, since_of
from toolkit.model.amendment_sheet import AFTER, APPROVED, MATTER, NATURE, NUMBER, REASON, REFERENCE, SHEET, SINCE, TypedRow
from toolkit.model.amendments import REMOVED, WITHDRAWN_WORDS, Amendment, AmendmentKind, AmendmentSubject, Change, first_day
from toolkit.model.findings import Code, Finding
from toolkit.model.master import Deadline, Master
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.values import joined_words

Written = Sequence[tuple[TypedRow, Change]]  # rows that were understood
_SHEETS = {AmendmentSubject.TASK: "任务", AmendmentSubject.INDICATOR: "量化指标", AmendmentSubject.NODE: "节点"}


class SoundRows(NamedTuple):
    """Rows to register, each that was typed twice once; what is wrong with the others; what was typed into cells that a row contradicts."""

    rows: list[tuple[TypedRow, Change]]
    faults: list[Finding]
    contradicted: list[Change]


def sound_rows(written: Written, changes: Sequence[Change], amendments: Sequence[Amendment], typed: Master) -> SoundRows:
    """Part rows that were understood from those that cannot be meant so; `changes` are those typed into the other sheets, `typed` is the list with them."""
    taken: dict[tuple[str, ...], tuple[TypedRow, Change]] = {}
    faults, contradicted = [], []
    for row, change in written:
        is_known = change.before == change.after and change.matter not in OF_ROWS
        twice = _typed_twice(row, change, written, changes)
        fault = twice or (_nothing_new(row, change, amendments) if is_known else _unit_left(row, change, written, typed))
        if fault:
            faults.append(fault)
        elif not is_known:
            taken.setdefault(tuple(row.cells.values()), (row, change))
        contradicted += [other for other in changes if twice and other[:3] == change[:3]]
    return SoundRows(list(taken.values()), faults, contradicted)


def idle_dates(amendments: Iterable[Amendment], rows: Sequence[TypedRow], calendar: Sequence[Deadline], year: int, *, file: str) -> Iterator[Finding]:
    """Point at the days of changes that no round of their year begins on or after, and at those of a year before, which hold from its very beginning."""
    spans = sorted((first_day(Period.parse(line.period)), line.period) for line in calendar if line.period[:4] == str(year))
    written = {row.cells[NUMBER].removesuffix(".0"): row for row in rows}
    for amendment in amendments if spans else ():
        effect = _effect(amendment.since, year, spans[-1])
        if effect and amendment.nature is AmendmentKind.CHANGE and not amendment.is_void:
            row = written.get(str(amendment.id))
            facts = {"seen": amendment.since_text, "effect": effect, "year": str(year), "example": spans[-1][1]}
            yield Finding(Code.IDLE_SINCE, row.at(SINCE) if row else Place(file, SHEET), facts)


def _effect(since: date, year: int, last: tuple[date, str]) -> str:
    """Say what a day means that a reader would not expect; '' where a round begins on or after it in its own year. `last` is the newest round's first day."""
    if since.year < year:
        return f"比 {year} 年早，按年初起算，{year} 年各期都用这一行"
    if since.year > year:
        return f"不在 {year} 年，{year} 年没有一期用得上这一行"
    return f"日程里最后一期 {last[1]} 从 {last[0].isoformat()} 算起，比它晚，没有一期用得上这一行" if since > last[0] else ""


def _nothing_new(row: TypedRow, change: Change, amendments: Sequence[Amendment]) -> Finding | None:
    """Point at a row whose value stands there already; None where the row says no more than what was registered of it."""
    same = [amendment for amendment in amendments if (*amendment.change[:3], amendment.change.after) == (*change[:3], change.after) and not amendment.is_void]
    if any(_says_no_more(row, amendment) for amendment in same):
        return None
    standing = "总表里原来就是这样"
    if same:
        standing = f"第 {same[-1].id} 号调整已经改成这样（自 {same[-1].since_text} 起）"
    return Finding(Code.NOTHING_NEW, row.at(AFTER), {"seen": row.cells[AFTER], "standing": standing})


def _says_no_more(row: TypedRow, amendment: Amendment) -> bool:
    known = {NATURE: amendment.nature.value, REFERENCE: amendment.reference, REASON: amendment.reason, APPROVED: amendment.approved}
    since = row.cells[SINCE]
    return (not since or since_of(since) == amendment.since) and all(row.cells[title] in {"", text} for title, text in known.items())


def _typed_twice(row: TypedRow, change: Change, written: Written, others: Sequence[Change]) -> Finding | None:
    """Point at a row that gives a cell another value than was typed into the cell itself, where no other row gives that one."""
    said = {other.after for _, other in written if other[:3] == change[:3]}
    typed = next((other.after for other in others if other[:3] == change[:3] and other.after not in said), None)
    if typed is None or PARTS[change.about].column(change.matter) is None:
        return None
    sheet = f"“{_SHEETS.get(change.about, change.about.value)}”"
    return Finding(Code.TYPED_TWICE, row.at(AFTER), {"seen": row.cells[AFTER], "sheet": sheet, "other": typed or "（空）"})


def _unit_left(row: TypedRow, change: Change, written: Written, typed: Master) -> Finding | None:
    """Point at a row that ends a unit while tasks or collectives still name it, with the other rows and the sheets as they were typed."""
    unit = typed.resolve(change.subject)
    if change.about is not AmendmentSubject.UNIT or change.matter != REMOVED or unit is None:
        return None
    names = {unit.name, unit.key, *unit.former, *unit.aliases}
    left = [f"“{group.name}”的成员" for group in typed.units if names & set(_named(AmendmentSubject.UNIT, group.key, "成员", group.members, written))]
    left = [*_tasks_of(names, written, typed), *left]
    return Finding(Code.UNIT_LEFT, row.at(MATTER), {"unit": unit.name, "where": joined_words(left)}) if left else None


def _tasks_of(names: set[str], written: Written, typed: Master) -> Iterator[str]:
    ended = {change.subject for _, change in written if change.about is AmendmentSubject.TASK and change.matter == "状态" and change.after in WITHDRAWN_WORDS}
    for task in typed.live_tasks():
        about = AmendmentSubject.TASK, task.number
        named = {*_named(*about, "牵头单位", task.leads, written), *_named(*about, "责任单位", task.supports, written)}
        if names & named and task.number not in ended:
            yield task.number


def _named(about: AmendmentSubject, subject: str, matter: str, now: Sequence[str], written: Written) -> Sequence[str]:
    """Give the units of a cell as the last row about it has them, else as the list does."""
    said = [change.after for _, change in written if change[:3] == (about, subject, matter)]
    return said[-1].split("、") if said else now

"""What the clerk edited in rows of 调整台账 that are known, and the rows that the clerk added."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from toolkit.amending.amendment_wording import names_in, sheet_row, understand
from toolkit.amending.list_parts import PARTS
from toolkit.model.amendment_sheet import (
    AFTER,
    ANSWER,
    APPROVED,
    ASKS,
    AT,
    BEFORE,
    EDITABLE,
    MATTER,
    NATURE,
    NUMBER,
    REASON,
    REFERENCE,
    SHEET,
    SINCE,
    SUBJECT,
    VOID,
    TypedRow,
)
from toolkit.model.amendments import ADDED, MERGED, REMOVED, RENAMED, SPLIT, Amendment, AmendmentKind, Change, first_day
from toolkit.model.column_kinds import plain
from toolkit.model.days import day_in
from toolkit.model.findings import Code, Finding
from toolkit.model.master import Master
from toolkit.model.period_words import period_in

OF_ROWS = frozenset({ADDED, REMOVED, SPLIT, MERGED})  # matters of a whole row: what stands there before says nothing
_NAMING = frozenset({"新增单位", ADDED, SPLIT, MERGED, RENAMED})  # matters whose 现 names units that need not be known yet
_FIXED = (SUBJECT, MATTER, BEFORE, AFTER)  # what a registered row says for good
UNREADABLE = frozenset(
    {
        *(Code.BAD_SUBJECT, Code.BAD_MATTER, Code.BAD_AFTER, Code.BAD_SINCE, Code.BAD_NATURE),
        *(Code.FIXED_CELL, Code.NOTHING_NEW, Code.TYPED_TWICE, Code.UNIT_LEFT),
    }
)


def editable_texts(amendment: Amendment) -> tuple[str, ...]:
    """Give what the clerk may edit of a row, in the order of EDITABLE, and the answer."""
    return (amendment.since_text, amendment.nature.value, amendment.reference, amendment.reason, amendment.approved, VOID if amendment.is_void else "")


def edited_rows(rows: Sequence[TypedRow], amendments: Sequence[Amendment], shown: Mapping[str, tuple[str, ...]]) -> tuple[list[Amendment], list[Finding]]:
    """Give the changes whose rows were edited since they were shown, and what is wrong with edits; a row that is not there says nothing."""
    known = {str(amendment.id): amendment for amendment in amendments}
    edited, faults = [], []
    for row in rows:
        number = row.cells[NUMBER].removesuffix(".0")
        if not number:
            continue
        amendment = known.get(number)
        wrong = list(_fixed_cells(row, number, amendment))
        if amendment is None or wrong:
            faults += wrong
            continue
        typed = tuple(row.cells[title] for title in (*EDITABLE, ANSWER))
        before, holds = shown.get(str(amendment.id), editable_texts(amendment)), editable_texts(amendment)
        if all(text in {old, new} for text, old, new in zip(typed, before, holds, strict=True)):
            continue
        mine = tuple(new if text == old else text for text, old, new in zip(typed, before, holds, strict=True))
        made, found = grounds_of(amendment, row._replace(cells={**row.cells, **dict(zip((*EDITABLE, ANSWER), mine, strict=True))}))
        faults += found
        if made != amendment:
            edited.append(made)
    return edited, faults


def without_copied_numbers(rows: Sequence[TypedRow], amendments: Sequence[Amendment]) -> list[TypedRow]:
    """Take the number from rows that were written as a copy of a registered one, which stands beside them as it was: they are new."""
    known = {str(amendment.id): _fixed_texts(amendment) for amendment in amendments}
    original = {number for row in rows if (number := row.cells[NUMBER].removesuffix(".0")) in known and _said(row) == known[number]}
    return [
        row._replace(cells={**row.cells, NUMBER: ""}) if (number := row.cells[NUMBER].removesuffix(".0")) in original and _said(row) != known[number] else row
        for row in rows
    ]


def _fixed_cells(row: TypedRow, number: str, amendment: Amendment | None) -> Iterator[Finding]:
    """Point at the first cell of a registered row that says something else than what was registered, and at a number that nothing was registered under."""
    if amendment is None:
        yield Finding(Code.FIXED_CELL, row.at(NUMBER), {"number": number, "title": NUMBER, "seen": number, "known": "（没有这个号）"})
        return
    changed = zip((*_FIXED, ANSWER), (*_said(row), row.cells[ANSWER]), (*_fixed_texts(amendment), VOID if amendment.is_void else ""), strict=True)
    for title, typed, registered in changed:
        if typed != registered and not (title == ANSWER and typed in {"", VOID}):
            yield Finding(Code.FIXED_CELL, row.at(title), {"number": number, "title": title, "seen": typed or "（空）", "known": registered or "（空）"})
            return


def _said(row: TypedRow) -> tuple[str, ...]:
    return tuple(row.cells[title] for title in _FIXED)


def _fixed_texts(amendment: Amendment) -> tuple[str, ...]:
    return tuple(plain(text) for text in sheet_row(amendment).texts[: len(_FIXED)])


def unread_rows(rows: Iterable[TypedRow], faults: Iterable[Finding]) -> list[TypedRow]:
    """Give the rows of 调整台账 that were not taken, for a fault points at them, in their order; [] where all were."""
    lines = {line_of(fault) for fault in faults}
    return [row for row in rows if row.line in lines]


def line_of(finding: Finding) -> int:
    """Give the row of the sheet that was not taken, 0 for a finding about anything else."""
    is_row = finding.code in {*UNREADABLE, Code.NO_REASON} and finding.place.sheet == SHEET
    return int(finding.place.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) if is_row else 0


def new_rows(rows: Sequence[TypedRow], current: Master, typed: Master) -> tuple[list[tuple[TypedRow, Change]], list[Finding]]:
    """Give the rows that the clerk added, understood (also those that change nothing), and what is wrong with others. Rows that ask are neither.

    Units may be named that the ledger, the sheet 单位 as it was `typed` or another row knows.
    """
    found, faults = [], []
    added = {name for row in rows if row.cells[MATTER] in _NAMING for name in (*names_in(row.cells[AFTER]), row.cells[SUBJECT])}
    for row in rows:
        if row.cells[NUMBER] or _asks(row):
            continue
        change, fault = understand(row, current, lambda name: name in added or any(master.resolve(name) for master in (current, typed)))
        if change is not None:
            found.append((row, change))
        faults += [fault] if fault else []
    return found, faults


def _asks(row: TypedRow) -> bool:
    """Whether a row is a question of ours."""
    return row.cells[AT] == ASKS


def grounds_of(amendment: Amendment, row: TypedRow) -> tuple[Amendment, list[Finding]]:
    """Read when a change holds, as what and on what grounds; what cannot be read stays as it was and is pointed at."""
    faults: list[Finding] = []
    made = replace(amendment, reference=row.cells[REFERENCE], reason=row.cells[REASON], approved=row.cells[APPROVED], is_void=row.cells[ANSWER] == VOID)
    if row.cells[SINCE] and row.cells[SINCE] != amendment.since_text:
        since = since_of(row.cells[SINCE])
        if since is None:
            faults.append(Finding(Code.BAD_SINCE, row.at(SINCE), {"seen": row.cells[SINCE]}))
        else:
            made = replace(made, since=since, since_text=row.cells[SINCE].upper())
    nature = row.cells[NATURE] or amendment.nature.value
    if nature not in list(AmendmentKind):
        faults.append(Finding(Code.BAD_NATURE, row.at(NATURE), {"seen": nature}))
    elif nature == AmendmentKind.CORRECTION and amendment.nature is AmendmentKind.CHANGE and weighs(amendment.change) and not made.reason:
        faults.append(Finding(Code.NO_REASON, row.at(REASON)))
    else:
        made = replace(made, nature=AmendmentKind(nature))
    return made, faults


def weighs(change: Change) -> bool:
    """Whether a change can change a light or a verdict: targets, deadlines, leads, withdrawals; not contacts or notes."""
    column = PARTS[change.about].column(change.matter)
    return column.weighs if column else change.matter in OF_ROWS


def since_of(text: str) -> date | None:
    """Read from which day a row holds: the first of the period that it names, or a day; None where it is neither."""
    period = period_in(text)
    if period is not None:
        return first_day(period)
    day = day_in(text, year=0, starts=None)
    return day.day if day and day.clear else None

"""Decides what goes into the cells of a form from above: what the units below come to, unless the clerk typed something else; and says whose word each is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from toolkit.merging.combine_parts import Combined, combine_rows
from toolkit.merging.merge_round import asked_of
from toolkit.model.form import PROGRESS, REACHED, STATUS, Field, Form, Subject, Table
from toolkit.model.lower_source import TAKE_MERGED, UNDER, CellState, LowerSource, same_text, title_of
from toolkit.model.master import Role, Task
from toolkit.model.numerals import unit_of
from toolkit.model.own_rows import task_of
from toolkit.model.place import Place
from toolkit.model.returns import Row
from toolkit.model.seal import shown_text
from toolkit.model.standing import Round, UnitRow
from toolkit.model.units_of_measure import converted

NOBODY = "下级没有填报"
_RULED = "按本级认定："
_PERCENT, _SHORT = "百分比", 20  # the name of a kind; signs of a value in a sentence


class Origin(NamedTuple):
    """What is known of a file in which a word from below stands: when it was sent, the SHA-256 of its archived original."""

    sent: str
    digest: str


class CellPlan(NamedTuple):
    """A cell of the form from above: where it is, what is to stand in it (None: nothing), whether that has to be written, the rows of 数据来源 on it, and
    which of the units that answer for it said nothing.
    """

    place: Place
    field: Field
    value: object
    writes: bool
    sources: tuple[LowerSource, ...]
    silent: tuple[str, ...] = ()


class _Before(NamedTuple):
    """What the last answer said of a cell: what it put there, what the units below came to, whether that was asked about, the clerk's answer."""

    filled: str
    merged: str
    was_asked: bool
    handling: str


class Standing(NamedTuple):
    """How the form from above stands: its rows, the values that it gave back itself (of one returned for mending), what the last 数据来源 says.

    `added` are lines that units below added, by the empty line (sheet, key) into which each goes.
    """

    rows: Sequence[Row]
    given: Mapping[tuple[str, str], Mapping[str, str]]
    before: Sequence[LowerSource]
    added: Mapping[tuple[str, str], UnitRow] = MappingProxyType({})


def plan_answer(now: Standing, form: Form, state: Round, origins: Mapping[tuple[str, str], Origin]) -> Iterator[CellPlan]:
    """Give every cell of the form that somebody answered or typed into; `origins` are the files of the units below, by unit and name."""
    last = {
        (source.sheet, source.cell): _Before(source.filled, source.merged, source.state == CellState.ASKED, source.handling) for source in reversed(now.before)
    }
    below = {line.place: line.sources for line in state.lower}
    for row in now.rows:
        table = form.table(row.table)
        if table is None:
            continue
        line = now.added.get((row.table, row.key))
        combined = _taken(line) if line or table.subject is Subject.BLANK else _combined(row, table, state)
        for field in table.filled:
            place = row.answers[field.code].place if field.code in row.answers else row.blank(field.code)
            if place is None:  # something stands there that cannot be read: it is the clerk's
                continue
            gave = now.given.get((row.table, row.key), {}).get(field.code, "")
            known = last.get((place.sheet, place.cell)) or _Before(gave, gave, was_asked=False, handling="")
            found = _fitting(combined.get(field.code, Combined(None, NOBODY)), (state.form.table(row.table) or table).field(field.code), field)
            plan = _cell(row, field, place, found, known, is_first=(place.sheet, place.cell) not in last and not gave)
            if plan is not None:
                yield plan._replace(sources=tuple(_with_words(plan.sources[0], field, found, below, origins)), silent=found.silent)


def _cell(row: Row, field: Field, place: Place, found: Combined, known: _Before, *, is_first: bool) -> CellPlan | None:
    """Settle one cell: what stands in it, what was put there last, what it would be now; None where all are blank."""
    answer = row.answers.get(field.code)
    mine, merged = shown_text(answer.value) if answer else "", shown_text(found.value)
    if not mine and not merged and found.value is None and not known.merged and not found.used:
        return None
    source = LowerSource(1, place.sheet, place.cell, row.number, title_of(row.key, field.title), CellState.MERGED.value, merged, merged, found.how)
    by_hand = bool(mine) if is_first else not same_text(mine, known.filled)
    was_by_hand = not is_first and not same_text(known.filled, known.merged)
    if same_text(mine, merged) or not (by_hand or was_by_hand) or known.handling == TAKE_MERGED:
        state = CellState.MERGED if merged else CellState.BLANK
        return CellPlan(place, field, found.value, not same_text(mine, merged), (replace(source, state=state.value),))
    if not merged:
        return CellPlan(place, field, None, False, (replace(source, state=CellState.TYPED.value, filled=mine, how=_said(found)),))
    has_moved = is_first or known.was_asked or not same_text(merged, known.merged)
    asked = has_moved and not known.handling
    what = CellState.ASKED if asked else CellState.CHANGED
    return CellPlan(place, field, None, False, (replace(source, state=what.value, filled=mine),))


def _fitting(found: Combined, own: Field | None, above: Field) -> Combined:
    """Give what a cell of the form above can take: in its unit of measure where the office's own definition has another; blank where it takes no such value."""
    value = found.value
    if value is None or own is None:
        return found
    if above.kind.numeric and isinstance(value, Decimal):
        mine, theirs = _unit(own), _unit(above)
        moved = value if unit_of(mine) == unit_of(theirs) else converted(value, unit_of(mine), unit_of(theirs))
        units = f"本单位的表里按“{mine or '没有写单位'}”填，上级的表里按“{theirs or '没有写单位'}”填"
        if moved is None:
            return found._replace(value=None, how=f"{found.how}；{units}，不能换算，请人工填写")
        if moved != value:
            found, value = found._replace(value=moved, how=f"{units}，已换算；{found.how}"), moved
    longest = above.limits.high
    if isinstance(value, str) and above.kind.is_prose and longest is not None and len(value) > longest:
        return found._replace(value=None, how=f"{found.how}；共 {len(value)} 字，上级的表里最多 {longest:f} 字，请人工填写")
    if not same_text(shown_text(above.kind.read(above.kind.show(value), above.limits).value), shown_text(value)):
        return found._replace(value=None, how=f"{found.how}；“{shown_text(value)[:_SHORT]}”在上级的表里不能填，请人工填写")
    return found


def _unit(field: Field) -> str:
    return "%" if field.kind.name == _PERCENT else field.limits.unit


def _said(found: Combined) -> str:
    return "" if found.how == NOBODY else found.how


def _combined(row: Row, table: Table, state: Round) -> dict[str, Combined]:
    """Give what the units below come to in a row of the form, by field code: the office's own ruling where there is one."""
    task = _task(row, state)
    details = [detail for detail in state.details if detail.row.table == row.table and detail.row.key == row.key]
    if task is None:
        return {}
    own = state.form.table(row.table) or table
    indicator = next((target for target in state.master.targets(row.number) if f"{target.number}|{target.name}" == row.key), None)
    if task.parted:
        found = combine_rows(details, _as_long(own, table), asked_of(task, state.master), indicator)
    else:
        lead = next((detail for detail in details if detail.role is Role.LEAD and detail.row.answers), None)
        found = _taken(lead)
    return found | dict(_ruled(row, table, state, found))


def _as_long(own: Table, above: Table) -> Table:
    """Give the office's own table with texts as long as those of the form above may be: words of several units are joined to that."""
    limits = {field.code: field.limits for field in above.fields if field.kind.is_prose}
    fields = (replace(field, limits=replace(field.limits, high=limits[field.code].high)) if field.code in limits else field for field in own.fields)
    return replace(own, fields=tuple(fields))


def _taken(lead: UnitRow | None) -> dict[str, Combined]:
    """Take what one unit said as it is."""
    return {code: Combined(answer.value, f"取{lead.unit}所报", (lead,)) for code, answer in lead.row.answers.items()} if lead else {}


def _task(row: Row, state: Round) -> Task | None:
    """Give the task that a row is of: that of the office's own list, where the table has one."""
    own = state.form.table(row.table)
    listed = own.list_row(row.number) if own and own.subject is Subject.LIST else None
    return task_of(listed, own, state.form.name) if own and listed else state.master.task(row.number)


def _ruled(row: Row, table: Table, state: Round, found: Mapping[str, Combined]) -> Iterator[tuple[str, Combined]]:
    def ruled(code: str, value: object, why: str) -> tuple[str, Combined]:
        return code, Combined(value, f"{_RULED}{why}", found[code].used if code in found else ())

    if table.subject is Subject.INDICATOR:
        standing = next((entry for entry in state.indicators if f"{entry.indicator.number}|{entry.indicator.name}" == row.key), None)
        if standing and standing.settled:
            yield ruled(REACHED, standing.reached, standing.settled)
        return
    task = next((entry for entry in state.tasks if entry.task.number == row.number), None)
    if task and task.settled:
        yield ruled(STATUS, task.status or None, task.settled)
        yield ruled(PROGRESS, task.progress, task.settled)


def _with_words(
    first: LowerSource, field: Field, found: Combined, below: Mapping[Place, Sequence[LowerSource]], origins: Mapping[tuple[str, str], Origin]
) -> Iterator[LowerSource]:
    """Give a cell's row once for each word on which its value rests, each followed by what stands behind that word."""
    if not found.used:
        yield first
    for detail in found.used:
        yield from _of_unit(first, field, detail, below, origins)


def _of_unit(
    first: LowerSource, field: Field, detail: UnitRow, below: Mapping[Place, Sequence[LowerSource]], origins: Mapping[tuple[str, str], Origin]
) -> Iterator[LowerSource]:
    answer = detail.row.answers.get(field.code)
    if answer is None:
        yield first
        return
    place = answer.place
    origin = origins.get((detail.unit, place.file), Origin("", ""))
    where = f"{place.sheet}!{place.cell}" if place.cell else place.sheet
    yield replace(
        first, unit=detail.unit, file=place.file, place=where, typed=answer.raw, read=shown_text(answer.value), sent=origin.sent, digest=origin.digest
    )
    for deeper in below.get(place, ()):
        if deeper.unit:
            what = (first.sheet, first.cell, first.number, first.title, deeper.state, deeper.filled, deeper.merged, deeper.how)
            about = (f"{detail.unit}{UNDER}{deeper.unit}", deeper.file, deeper.place, deeper.typed, deeper.read, deeper.sent, deeper.digest)
            yield LowerSource(deeper.level + 1, *what, *about)

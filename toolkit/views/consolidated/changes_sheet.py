"""变动对照: what a unit's newest return changed in its last one of the same period, and what fell since last quarter."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.column_kinds import show_number
from toolkit.model.form import PROGRESS, STATUS, Field, Form, Table
from toolkit.model.place import Place
from toolkit.model.returns import Row
from toolkit.model.sheet import SheetPlan
from toolkit.model.stages import Stage
from toolkit.model.standing import Quarter, Round, UnitRow, Version
from toolkit.views.consolidated.data_sheet import Column, data_sheet, text_of
from toolkit.views.consolidated.sheet_names import CHANGES, title_of
from toolkit.views.consolidated.source_links import original


class Change(NamedTuple):
    """A row of the sheet: whose value, of which task and field, what it was and is, and why it is listed (a link where there is an original)."""

    unit: str
    number: str
    title: str
    was: str
    now: str
    words: object


COLUMNS: tuple[Column[Change], ...] = (
    Column("单位", 26, "正文", lambda line: line.unit),
    Column("编号", 9, "居中", lambda line: line.number),
    Column("栏目", 14, "居中", lambda line: line.title),
    Column("上次", 40, "正文", lambda line: line.was, 70),
    Column("本次", 40, "正文", lambda line: line.now, 70),
    Column("说明", 44, "链接", lambda line: line.words),
)
_STEPS = tuple(Stage)
_Key = tuple[str, str, str]


def change_sheet(state: Round, history: Sequence[Quarter], looks: Mapping[str, CellStyle]) -> SheetPlan:
    """Plan the sheet: units in the order of 报送情况, corrections before what fell since last quarter."""
    order = {unit.unit: number for number, unit in enumerate(state.units)}
    rows = sorted([*corrections(state), *fallen(state, history)], key=lambda row: order.get(row.unit, len(order)))
    return data_sheet(CHANGES, COLUMNS, rows, looks=looks, title=title_of(state))


def corrections(state: Round) -> Iterator[Change]:
    """Compare each unit's last two returns that count, cell by cell; a blank where a value stood is said."""
    sent: dict[str, list[Version]] = {}
    for version in state.versions:
        if version.counts:
            sent.setdefault(version.unit, []).append(version)
    current = {(detail.unit, detail.row.table, detail.row.key): detail.row for detail in state.details}
    for versions in sent.values():
        if len(versions) > 1:
            old, new = sorted(versions, key=lambda version: version.sent)[-2:]
            yield from _corrected(state.form, old, new, current)


def fallen(state: Round, history: Sequence[Quarter]) -> Iterator[Change]:
    """Name status and progress that are lower than they were in the round before."""
    before = [quarter for quarter in history if quarter.period.ends < state.period.begins]
    last = before[-1] if before and (not state.period.quarter or before[-1].period == state.period.previous()) else None
    spoken = {_key(detail): detail.row for detail in last.details} if last else {}
    for detail in state.details:
        old = spoken.get(_key(detail))
        for code, words in _falls(old, detail.row, state.form.main) if old else ():
            field = _field(state.form, detail.row, code)
            if field is not None and old is not None and last is not None:
                yield _row(detail, field, old.value(code), detail.row.value(code), f"比{last.period.label}{words}", detail.row.answers[code].place)


def _corrected(form: Form, old: Version, new: Version, current: Mapping[_Key, Row]) -> Iterator[Change]:
    rows = {(row.table, row.key): row for row in new.rows}
    for before in old.rows:
        now = rows.get((before.table, before.key))
        if now is None:
            continue
        for code in dict.fromkeys((*before.answers, *now.answers)):
            field, was, value = _field(form, now, code), before.value(code), now.value(code)
            if field is None or was == value:
                continue
            stands = current.get((new.unit, now.table, now.key))
            words = f"{new.sent:%m-%d} 的报送改了 {old.sent:%m-%d} 的"
            if value is None:
                words = "本次为空" if code in now.blanks else "本次有误，没有采用"
                words += "，仍用上次的值" if stands is not None and stands.value(code) == was else ""
            place = now.answers[code].place if code in now.answers else now.blank(code) or now.place
            yield _row(UnitRow(new.unit, now.role, now, new.path), field, was, value, words, place)


def _row(row: UnitRow, field: Field, was: object, value: object, words: str, place: Place) -> Change:
    link = original(row.path, place, words=f"{words}，见原件") or words
    return Change(row.unit, row.row.number, field.title, _shown(field, was), _shown(field, value), link)


def _shown(field: Field, value: object) -> str:
    """Show a value as text, so that both sides of the comparison look alike."""
    return "" if value is None else text_of(value if isinstance(value, Decimal) else field.kind.show(value))


def _falls(old: Row, new: Row, table: Table) -> Iterator[tuple[str, str]]:
    was, now = table.stage(old.value(STATUS)), table.stage(new.value(STATUS))
    if was is not None and now is not None and _STEPS.index(now) < _STEPS.index(was):
        yield STATUS, "倒退"
    before, progress = old.value(PROGRESS), new.value(PROGRESS)
    if isinstance(before, Decimal) and isinstance(progress, Decimal) and progress < before:
        yield PROGRESS, f"低 {show_number(before - progress)} 个百分点"


def _field(form: Form, row: Row, code: str) -> Field | None:
    table = form.table(row.table)
    return table.field(code) if table else None


def _key(row: UnitRow) -> _Key:
    return row.unit, row.row.table, row.row.key

"""认定记录: every word of the office that this period stands on or once stood on: who, when, about what, before, after, why."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.decisions import ARRIVED_REASON, GRACE_REASON, LIGHT_REASON, OF_ALL_PERIODS, REASON, REPORTED, Decision, DecisionSubject
from toolkit.model.evidence import CHECK_NOTE
from toolkit.model.sheet import SheetPlan
from toolkit.model.standing import Round
from toolkit.model.supervision import without_ordinal
from toolkit.views.consolidated.data_sheet import Column, Extras, data_sheet
from toolkit.views.consolidated.sheet_names import (
    APPEALS,
    CONFLICTS,
    EVIDENCE,
    FINDINGS,
    LADDER,
    LIVES,
    MATTERS_TOLD,
    REQUESTS,
    RULINGS,
    UNITS,
    title_of,
)


class _Line(NamedTuple):
    """A row of the sheet: when, who, on which sheet, about what, what was reported then, the column, what it was before and is now, why."""

    at: datetime
    who: str
    sheet: str
    about: str
    reported: str
    column: str
    before: str
    now: str
    why: str


COLUMNS: tuple[Column[_Line], ...] = (
    Column("时间", 17, "时间", lambda line: line.at),
    Column("认定人", 10, "居中", lambda line: line.who),
    Column("工作表", 11, "居中", lambda line: line.sheet),
    Column("对象", 34, "正文", lambda line: line.about, 70),
    Column("认定时所报", 30, "正文", lambda line: line.reported, 70),
    Column("栏目", 10, "居中", lambda line: line.column),
    Column("原", 14, "居中", lambda line: line.before),
    Column("现", 14, "居中", lambda line: line.now),
    Column("理由", 30, "正文", lambda line: line.why, 80),
)
_SHEETS = {
    DecisionSubject.FINDING: FINDINGS,
    DecisionSubject.FILE: UNITS,
    DecisionSubject.GRACE: UNITS,
    DecisionSubject.REQUEST: REQUESTS,
    DecisionSubject.APPEAL: APPEALS,
    DecisionSubject.CONFLICT: CONFLICTS,
    DecisionSubject.EVIDENCE: EVIDENCE,
    DecisionSubject.LIFE: LIVES,
    DecisionSubject.MATTER: MATTERS_TOLD,
    DecisionSubject.STEP: LADDER,
}
_WHY = (REASON, LIGHT_REASON, ARRIVED_REASON, GRACE_REASON, CHECK_NOTE)
_MARKED = frozenset(
    {DecisionSubject.FINDING, DecisionSubject.CONFLICT, DecisionSubject.REQUEST, DecisionSubject.APPEAL}
)  # whose subjects end in a 认定号, which tells a reader nothing


def ruling_sheet(state: Round, looks: Mapping[str, CellStyle]) -> SheetPlan | None:
    """Plan the sheet, the oldest word first, a line for each that was changed; None where nobody ruled anything."""
    sheets = {**_SHEETS, DecisionSubject.TASK: state.task_form.book_sheet}
    rows = list(_rows([ruling for ruling in state.rulings if ruling.about in sheets], sheets))
    return data_sheet(RULINGS, COLUMNS, rows, looks=looks, title=title_of(state), extras=Extras(frozen=1, large=True)) if rows else None


def _rows(words: Sequence[Decision], sheets: Mapping[DecisionSubject, str]) -> Iterator[_Line]:
    """Give a line a word, with the reason and what was reported that were given with it, or held at the time."""
    held: dict[tuple[DecisionSubject, str], dict[str, str]] = {}
    for decisions in _together(words):
        about, subject, at = decisions[0].about, decisions[0].subject, decisions[0].at
        beside = held.setdefault((about, subject), {})
        beside.update({decision.field: decision.value for decision in decisions})
        why = next((text for name in _WHY if (text := beside.get(name))), "")
        rulings = [decision for decision in decisions if decision.field not in {*_WHY, REPORTED}]
        for ruling in rulings or [decision for decision in decisions if decision.field in _WHY]:
            about_that = (at, ruling.who, sheets[about], _named(about, subject), beside.get(REPORTED, ""))
            yield _Line(*about_that, ruling.field, ruling.before, ruling.value or "（撤回）", why if rulings else "")


def _together(words: Sequence[Decision]) -> Iterator[list[Decision]]:
    """Put together what was typed into one row at one time."""
    some: list[Decision] = []
    for word in words:
        if some and (word[:2] != some[0][:2] or word.at != some[0].at or word.field in {decision.field for decision in some}):
            yield some
            some = []
        some.append(word)
    if some:
        yield some


def _named(about: DecisionSubject, subject: str) -> str:
    """Name what a word is about for a reader."""
    if about is DecisionSubject.FILE:
        return f"{subject} 号文件"
    if about in OF_ALL_PERIODS:
        return without_ordinal(subject) if about is DecisionSubject.SUPERVISION else subject
    if about is DecisionSubject.LIFE:
        return subject.split("|")[1]
    parts = subject.split("|")[1:-1] if about in _MARKED else subject.split("|")[1:]
    return " · ".join(filter(None, parts))

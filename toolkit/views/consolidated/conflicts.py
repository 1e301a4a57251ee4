"""进展不一: what two units report differently, side by side, with a place for the office's word."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolkit.model.conflicts import Conflict
from toolkit.model.decisions import CONFLICT_WORDS, HANDLING, REASON, About
from toolkit.model.form import DONE, REMARK, STATUS
from toolkit.model.look import Look
from toolkit.model.sheet import Guard, SheetPlan
from toolkit.model.standing import Round, UnitRow
from toolkit.views.consolidated.names import CONFLICTS, book_title
from toolkit.views.consolidated.sources import source
from toolkit.views.consolidated.table import Column, Extras, body, data_sheet


class _Line(NamedTuple):
    """A row of the sheet: the conflict, the round it is in, the task's text, what is reported differently."""

    conflict: Conflict
    state: Round
    task: str
    what: str

    @property
    def number(self) -> str:
        """Give the task's number."""
        return self.conflict.first.row.number

    def value(self, said: UnitRow) -> object:
        """Give what a unit reported."""
        return _value(said, self.conflict.field, self.state)

    def decided(self, field: str) -> str:
        """Give the office's word on this pair of units."""
        on = self.state.decided.on(About.CONFLICT, "|".join([str(self.state.period), self.number, self.what, self.conflict.other.unit]))
        return on.get(field, "")


COLUMNS: tuple[Column[_Line], ...] = (
    Column("编号", 8, "居中", lambda one: one.number),
    Column("目标任务", 34, "正文", lambda one: one.task, 80),
    Column("项目", 16, "正文", lambda one: one.what),
    Column("牵头单位", 16, "正文", lambda one: one.conflict.first.unit),
    Column("牵头所报", 10, "居中", lambda one: one.value(one.conflict.first)),
    Column("牵头说明", 34, "正文", lambda one: _words(one.conflict.first), 80),
    Column("牵头来源", 9, "链接", lambda one: source(one.conflict.first)),
    Column("责任单位", 16, "正文", lambda one: one.conflict.other.unit),
    Column("责任所报", 10, "居中", lambda one: one.value(one.conflict.other)),
    Column("责任说明", 34, "正文", lambda one: _words(one.conflict.other), 80),
    Column("责任来源", 9, "链接", lambda one: source(one.conflict.other)),
    Column(HANDLING, 12, "认定", lambda one: one.decided(HANDLING)),
    Column(REASON, 24, "认定", lambda one: one.decided(REASON), 60),
)


def conflict_sheet(found: Sequence[Conflict], state: Round, looks: Mapping[str, Look]) -> SheetPlan:
    """Plan the sheet, one row a pair of units; a decision stays with its pair through every rewrite."""
    texts = {one.task.number: one.task.text for one in state.tasks}
    rows = [_Line(one, state, texts.get(one.first.row.number, ""), _what(one, state)) for one in found]
    extras = Extras(frozen=3, guards=((body(COLUMNS, HANDLING, len(rows)), _GUARD),), large=True)
    return data_sheet(CONFLICTS, COLUMNS, rows, looks=looks, title=book_title(state.period.label), extras=extras)


def _what(conflict: Conflict, state: Round) -> str:
    """Name what is reported differently: the column, or the indicator."""
    table = state.form.table(conflict.first.row.table)
    field = table.field(conflict.field) if table else None
    return conflict.first.row.key.partition("|")[2] or (field.title if field else conflict.field)


def _value(said: UnitRow, code: str, state: Round) -> object:
    table = state.form.table(said.row.table)
    field = table.field(code) if table else None
    value = said.row.value(code)
    return "" if field is None or value is None else field.kind.show(value)


def _words(said: UnitRow) -> str:
    return str(said.row.value(DONE if STATUS in said.row.answers else REMARK) or "")


_GUARD = Guard(
    "list",
    choices=",".join(CONFLICT_WORDS),
    title=HANDLING,
    prompt="请向两边核实后选一个；理由写在右边。需要改亮灯的，请在“任务进展”的认定灯里选。",
    error="请从下拉框中选一个，或者清空。",
)

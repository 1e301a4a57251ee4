"""进展不一: what two units report differently, side by side, with a place for the office's word."""

from collections.abc import Mapping, Sequence

from toolkit.model.conflicts import Conflict
from toolkit.model.decisions import CONFLICT_WORDS, HANDLING, REASON, About
from toolkit.model.form import DONE, REMARK, STATUS
from toolkit.model.look import Look
from toolkit.model.sheet import Guard, SheetPlan
from toolkit.model.standing import Round, UnitRow
from toolkit.views.consolidated.names import CONFLICTS, book_title
from toolkit.views.consolidated.sources import source
from toolkit.views.consolidated.table import Column, Extras, body, data_sheet

COLUMNS = (
    Column("编号", 8, "居中"),
    Column("目标任务", 34, "正文", 80),
    Column("项目", 16, "正文"),
    Column("牵头单位", 16, "正文"),
    Column("牵头所报", 10, "居中"),
    Column("牵头说明", 34, "正文", 80),
    Column("牵头来源", 9, "链接"),
    Column("责任单位", 16, "正文"),
    Column("责任所报", 10, "居中"),
    Column("责任说明", 34, "正文", 80),
    Column("责任来源", 9, "链接"),
    Column(HANDLING, 12, "认定"),
    Column(REASON, 24, "认定", 60),
)


def conflict_sheet(found: Sequence[Conflict], state: Round, looks: Mapping[str, Look]) -> SheetPlan:
    """Plan the sheet, one row a pair of units; a decision stays with its pair through every rewrite."""
    texts = {one.task.number: one.task.text for one in state.tasks}
    rows = [_row(one, state, texts.get(one.first.row.number, "")) for one in found]
    extras = Extras(frozen=3, guards=((body(COLUMNS, HANDLING, len(rows)), _GUARD),), large=True)
    return data_sheet(CONFLICTS, COLUMNS, rows, looks=looks, title=book_title(state.period.label), extras=extras)


def _row(conflict: Conflict, state: Round, task: str) -> tuple[object, ...]:
    first, other = conflict.first, conflict.other
    number, what = first.row.number, _what(conflict, state)
    fields = state.decided.on(About.CONFLICT, "|".join([str(state.period), number, what, other.unit]))
    said = (cell for unit in (first, other) for cell in (unit.unit, _value(unit, conflict.field, state), _words(unit), source(unit)))
    return (number, task, what, *said, fields.get(HANDLING, ""), fields.get(REASON, ""))


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

"""进展不一: what two units report differently, side by side, with a place for the office's word."""

from collections.abc import Mapping, Sequence

from toolkit.model.conflicts import Ruled, conflict_mark, conflict_subject, field_of, name_of
from toolkit.model.decisions import CONFLICT_WORDS, FORMER, HANDLING, MARK, REASON, RULED_VALUE, About
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
    Column(RULED_VALUE, 10, "认定值"),
    Column(FORMER, 12, "正文", 60),
    Column(MARK, 14, "居中"),
)


def conflict_sheet(found: Sequence[Ruled], state: Round, looks: Mapping[str, Look]) -> SheetPlan:
    """Plan the sheet, one row a pair of units; a decision stays with its pair through every rewrite."""
    texts = {one.task.number: one.task.text for one in state.tasks}
    last = state.decided.last_on(About.CONFLICT)
    rows = [_row(one, state, texts.get(one.conflict.first.row.number, ""), last) for one in found]
    guards = ((body(COLUMNS, HANDLING, len(rows)), _GUARD), (body(COLUMNS, RULED_VALUE, len(rows)), _VALUE_GUARD))
    extras = Extras(frozen=3, guards=guards, large=True)
    return data_sheet(CONFLICTS, COLUMNS, rows, looks=looks, title=book_title(state.period.label), extras=extras)


def _row(ruled: Ruled, state: Round, task: str, last: Mapping[str, str]) -> tuple[object, ...]:
    conflict, fields = ruled.conflict, ruled.fields
    said = (cell for unit in (conflict.first, conflict.other) for cell in (unit.unit, _value(unit, conflict.field, state), _words(unit), source(unit)))
    former = "" if fields.get(HANDLING) else last.get(conflict_subject(conflict, state).rpartition("|")[0], "")
    own = (fields.get(name, "") for name in (HANDLING, REASON, RULED_VALUE))
    return (conflict.first.row.number, task, name_of(conflict, state), *said, *own, former, conflict_mark(conflict))


def _value(said: UnitRow, code: str, state: Round) -> object:
    field = field_of(said, code, state)
    value = said.row.value(code)
    return "" if field is None or value is None else field.kind.show(value)


def _words(said: UnitRow) -> str:
    return str(said.row.value(DONE if STATUS in said.row.answers else REMARK) or "")


_GUARD = Guard(
    "list",
    choices=",".join(CONFLICT_WORDS),
    title=HANDLING,
    prompt="请向两边核实后选一个：前三种改变采用的数、亮灯和得分；退回核实写进两家的退改表。理由写在右边，本办认定的数写在“认定值”。",
    error="请从下拉框中选一个，或者清空。",
)
_VALUE_GUARD = Guard("any", title=RULED_VALUE, prompt="选“以本办认定为准”时填：进展写“已完成”“未启动”或百分数，如 60%；指标写数，按它的计量单位。")

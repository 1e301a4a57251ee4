"""进展不一: what two units report differently, side by side, with a place for the office's word."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.conflicts import Ruled, conflict_mark, conflict_subject, field_of, name_of
from toolkit.model.decisions import CONFLICT_WORDS, FORMER, HANDLING, MARK, REASON, RULED_VALUE, DecisionSubject
from toolkit.model.form import DONE, REMARK, STATUS
from toolkit.model.sheet import Guard, SheetPlan
from toolkit.model.standing import Round, UnitRow
from toolkit.views.consolidated.data_sheet import Column, Extras, body, data_sheet
from toolkit.views.consolidated.sheet_names import CONFLICTS, title_of
from toolkit.views.consolidated.source_links import source


class _Line(NamedTuple):
    """A row of the sheet: the conflict with the office's word on it, the round it is in, the task's text, the last word on what is said no more."""

    ruled: Ruled
    state: Round
    task: str
    former: str

    @property
    def lead(self) -> UnitRow:
        """Give what the task's first lead reported."""
        return self.ruled.conflict.first

    @property
    def other(self) -> UnitRow:
        """Give what the other unit reported."""
        return self.ruled.conflict.other

    def value(self, row: UnitRow) -> object:
        """Give what a unit reported."""
        return _value(row, self.ruled.conflict.field, self.state)

    def decided(self, field: str) -> str:
        """Give the office's word on this pair of units."""
        return self.ruled.fields.get(field, "")


COLUMNS: tuple[Column[_Line], ...] = (
    Column("编号", 8, "居中", lambda line: line.lead.row.number),
    Column("目标任务", 34, "正文", lambda line: line.task, 80),
    Column("项目", 16, "正文", lambda line: name_of(line.ruled.conflict, line.state)),
    Column("牵头单位", 16, "正文", lambda line: line.lead.unit),
    Column("牵头所报", 10, "居中", lambda line: line.value(line.lead)),
    Column("牵头说明", 34, "正文", lambda line: _words(line.lead), 80),
    Column("牵头来源", 9, "链接", lambda line: source(line.lead)),
    Column("责任单位", 16, "正文", lambda line: line.other.unit),
    Column("责任所报", 10, "居中", lambda line: line.value(line.other)),
    Column("责任说明", 34, "正文", lambda line: _words(line.other), 80),
    Column("责任来源", 9, "链接", lambda line: source(line.other)),
    Column(HANDLING, 12, "认定", lambda line: line.decided(HANDLING)),
    Column(REASON, 24, "认定", lambda line: line.decided(REASON), 60),
    Column(RULED_VALUE, 10, "认定值", lambda line: line.decided(RULED_VALUE)),
    Column(FORMER, 12, "正文", lambda line: line.former, 60),
    Column(MARK, 14, "居中", lambda line: conflict_mark(line.ruled.conflict)),
)


def conflict_sheet(found: Sequence[Ruled], state: Round, looks: Mapping[str, CellStyle]) -> SheetPlan:
    """Plan the sheet, one row a pair of units; a decision stays with its pair through every rewrite."""
    texts = {task.task.number: task.task.text for task in state.tasks}
    last = state.decided.last_on(DecisionSubject.CONFLICT)
    rows = [_Line(ruled, state, texts.get(ruled.conflict.first.row.number, ""), _former(ruled, state, last)) for ruled in found]
    guards = ((body(COLUMNS, HANDLING, len(rows)), _GUARD), (body(COLUMNS, RULED_VALUE, len(rows)), _VALUE_GUARD))
    extras = Extras(frozen=3, guards=guards, large=True)
    return data_sheet(CONFLICTS, COLUMNS, rows, looks=looks, title=title_of(state), extras=extras)


def _former(ruled: Ruled, state: Round, last: Mapping[str, str]) -> str:
    """Give the last word on something else that was said here; none where there is a word on what is said now."""
    return "" if ruled.fields.get(HANDLING) else last.get(conflict_subject(ruled.conflict, state).rpartition("|")[0], "")


def _value(row: UnitRow, code: str, state: Round) -> object:
    field = field_of(row, code, state)
    value = row.row.value(code)
    return "" if field is None or value is None else field.kind.show(value)


def _words(row: UnitRow) -> str:
    return str(row.row.value(DONE if STATUS in row.row.answers else REMARK) or "")


_GUARD = Guard(
    "list",
    choices=",".join(CONFLICT_WORDS),
    title=HANDLING,
    prompt="请向两边核实后选一个：前三种改变采用的数、亮灯和得分；退回核实写进两家的退改表。理由写在右边，本办认定的数写在“认定值”。",
    error="请从下拉框中选一个，或者清空。",
)
_VALUE_GUARD = Guard("any", title=RULED_VALUE, prompt="选“以本办认定为准”时填：进展写“已完成”“未启动”或百分数，如 60%；指标写数，按它的计量单位。")

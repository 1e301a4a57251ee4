"""督办阶梯台账: what was sent when to whom at which level, how it stands now, what comes next, and a place for what came of it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.decisions import DecisionSubject, Fields
from toolkit.model.ladder import LEFT, LadderLine
from toolkit.model.life_words import RESULT, RESULT_NOTE, RESULT_WORDS, STEP_ID
from toolkit.model.sheet import Condition, Guard, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated.data_sheet import Column, Extras, body, data_sheet, letters
from toolkit.views.consolidated.sheet_names import LADDER, book_title
from toolkit.views.consolidated.source_links import beside


class _Line(NamedTuple):
    """A row of the sheet: a step and how it stands, the text of its task, what the clerk typed."""

    line: LadderLine
    task: str
    fields: Fields


COLUMNS: tuple[Column[_Line], ...] = (
    Column(STEP_ID, 18, "居中", lambda row: row.line.step.reference),
    Column("级别", 9, "居中", lambda row: row.line.step.level.value),
    Column("情形", 13, "居中", lambda row: row.line.step.cause),
    Column("单位", 20, "正文", lambda row: row.line.step.unit),
    Column("编号", 8, "居中", lambda row: row.line.step.task),
    Column("目标任务", 34, "正文", lambda row: row.task, 60),
    Column("日期", 12, "日期", lambda row: row.line.step.day),
    Column("文书", 26, "链接", lambda row: beside(f"../文书/{row.line.step.paper}", row.line.step.paper.rpartition("/")[2])),
    Column("现状", 10, "居中", lambda row: row.line.stands),
    Column("下一级", 22, "正文", lambda row: row.line.next),
    Column(RESULT, 10, "认定灯", lambda row: row.fields.get(RESULT, "")),
    Column(RESULT_NOTE, 34, "认定", lambda row: row.fields.get(RESULT_NOTE, ""), 80),
)


def ladder_sheet(state: Round, lines: Sequence[LadderLine], looks: Mapping[str, CellStyle]) -> SheetPlan | None:
    """Plan the sheet, steps in the order in which they were taken; None where none was."""
    if not lines:
        return None
    texts = {task.task.number: task.task.text for task in state.tasks}
    rows = [_Line(line, texts.get(line.step.task, ""), state.decided.on(DecisionSubject.STEP, line.step.reference)) for line in lines]
    stands = body(COLUMNS, "现状", len(rows))
    condition = Condition(stands, f'=${letters(COLUMNS)["现状"]}2="{LEFT}"', "待核")
    guard = Guard("list", choices=",".join(RESULT_WORDS), title=RESULT, prompt=_PROMPT, error="请从下拉框中选一个，或者清空。")
    extras = Extras(frozen=2, guards=((body(COLUMNS, RESULT, len(rows)), guard),), conditions=(condition,), large=True)
    return data_sheet(LADDER, COLUMNS, rows, looks=looks, title=book_title(state.period.label), extras=extras)


_PROMPT = "单位答复了的选“答复”，整改到位的选“整改”，这件事就不再上升；还没有动静的选“仍未报”。"

"""申请事项: what units ask for, with a place for the office's word; only where there is anything."""

from collections.abc import Mapping
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.decisions import FORMER, HANDLING, MARK, REASON, DecisionSubject
from toolkit.model.requests import REFERENCE, REQUEST_WORDS, Request, requests
from toolkit.model.sheet import Guard, SheetPlan
from toolkit.model.standing import Round
from toolkit.model.task_numbers import task_number
from toolkit.views.consolidated.data_sheet import Column, Extras, body, data_sheet
from toolkit.views.consolidated.sheet_names import REQUESTS, title_of
from toolkit.views.consolidated.source_links import source


class _Line(NamedTuple):
    """A row of the sheet: the request, its task's text, the office's word on it, the last word on what is asked no more."""

    request: Request
    task: str
    fields: Mapping[str, str]
    former: str


COLUMNS: tuple[Column[_Line], ...] = (
    Column("单位", 18, "正文", lambda line: line.request.unit),
    Column("编号", 8, "居中", lambda line: line.request.number),
    Column("类型", 10, "居中", lambda line: line.request.kind),
    Column("目标任务", 30, "正文", lambda line: line.task, 60),
    Column("现", 20, "正文", lambda line: line.request.now, 50),
    Column("申请改为", 20, "正文", lambda line: line.request.to, 50),
    Column("理由", 34, "正文", lambda line: line.request.why, 80),
    Column("依据", 24, "正文", lambda line: line.request.basis, 60),
    Column("来源", 9, "链接", lambda line: source(line.request.unit_row)),
    Column(HANDLING, 10, "认定", lambda line: line.fields.get(HANDLING, "")),
    Column(REFERENCE, 20, "认定", lambda line: line.fields.get(REFERENCE, ""), 40),
    Column(REASON, 24, "认定", lambda line: line.fields.get(REASON, ""), 60),
    Column(FORMER, 12, "正文", lambda line: line.former, 60),
    Column(MARK, 14, "居中", lambda line: line.request.mark),
)


def request_sheet(state: Round, looks: Mapping[str, CellStyle]) -> SheetPlan | None:
    """Plan the sheet, unit by unit; None where nobody asks for anything."""
    found = tuple(requests(state))
    if not found:
        return None
    texts = {task.task.number: task.task.text for task in state.tasks}
    last = state.decided.last_on(DecisionSubject.REQUEST)
    rows = [_line(request, state, texts.get(task_number(request.number, texts), ""), last) for request in found]
    extras = Extras(frozen=3, guards=((body(COLUMNS, HANDLING, len(rows)), _GUARD),), large=True)
    return data_sheet(REQUESTS, COLUMNS, rows, looks=looks, title=title_of(state), extras=extras)


def _line(request: Request, state: Round, task: str, last: Mapping[str, str]) -> _Line:
    subject = request.subject(str(state.period))
    fields = state.decided.on(DecisionSubject.REQUEST, subject)
    return _Line(request, task, fields, "" if fields.get(HANDLING) else last.get(subject.rpartition("|")[0], ""))


_GUARD = Guard(
    "list",
    choices=",".join(REQUEST_WORDS),
    title=HANDLING,
    prompt="同意的，下次运行时写进任务总表的“调整台账”；不同意的、要补充材料的，写进该单位的回执。文号、理由写在右边。",
    error="请从下拉框中选一个，或者清空。",
)

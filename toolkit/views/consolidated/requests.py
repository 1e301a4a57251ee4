"""申请事项: what units ask for, with a place for the office's word; only where there is anything."""

from collections.abc import Mapping

from toolkit.model.decisions import FORMER, HANDLING, MARK, REASON, About
from toolkit.model.look import Look
from toolkit.model.requests import REFERENCE, REQUEST_WORDS, Request, requests
from toolkit.model.sheet import Guard, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated.names import REQUESTS, book_title
from toolkit.views.consolidated.sources import source
from toolkit.views.consolidated.table import Column, Extras, body, data_sheet

COLUMNS = (
    Column("单位", 18, "正文"),
    Column("编号", 8, "居中"),
    Column("类型", 10, "居中"),
    Column("目标任务", 30, "正文", 60),
    Column("现", 20, "正文", 50),
    Column("申请改为", 20, "正文", 50),
    Column("理由", 34, "正文", 80),
    Column("依据", 24, "正文", 60),
    Column("来源", 9, "链接"),
    Column(HANDLING, 10, "认定"),
    Column(REFERENCE, 20, "认定", 40),
    Column(REASON, 24, "认定", 60),
    Column(FORMER, 12, "正文", 60),
    Column(MARK, 14, "居中"),
)


def request_sheet(state: Round, looks: Mapping[str, Look]) -> SheetPlan | None:
    """Plan the sheet, unit by unit; None where nobody asks for anything."""
    found = tuple(requests(state))
    if not found:
        return None
    texts = {number: one.task.text for one in state.tasks for number in (one.task.number, one.task.number.removeprefix("任务"))}
    last = state.decided.last_on(About.REQUEST)
    rows = [_row(one, state, texts.get(one.number, ""), last) for one in found]
    extras = Extras(frozen=3, guards=((body(COLUMNS, HANDLING, len(rows)), _GUARD),), large=True)
    return data_sheet(REQUESTS, COLUMNS, rows, looks=looks, title=book_title(state.period.label), extras=extras)


def _row(one: Request, state: Round, task: str, last: Mapping[str, str]) -> tuple[object, ...]:
    subject = one.subject(str(state.period))
    fields = state.decided.on(About.REQUEST, subject)
    former = "" if fields.get(HANDLING) else last.get(subject.rpartition("|")[0], "")
    own = (fields.get(title, "") for title in (HANDLING, REFERENCE, REASON))
    return (one.unit, one.number, one.kind, task, one.now, one.to, one.why, one.basis, source(one.said), *own, former, one.mark)


_GUARD = Guard(
    "list",
    choices=",".join(REQUEST_WORDS),
    title=HANDLING,
    prompt="同意的，下次运行时写进任务总表的“调整台账”；不同意的、要补充材料的，写进该单位的回执。文号、理由写在右边。",
    error="请从下拉框中选一个，或者清空。",
)

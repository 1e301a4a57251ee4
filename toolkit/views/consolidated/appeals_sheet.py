"""申诉: what units say against their scorecards, with a place for the office's word; only where there is anything."""

from collections.abc import Mapping
from typing import NamedTuple

from toolkit.model.appeals import APPEAL_WORDS, NOT_HEARD, PARTLY, RETURNED, UPHELD, Appeal, Ruled, came_again, ruling_on
from toolkit.model.cell_style import CellStyle
from toolkit.model.decisions import HANDLING, REASON, Decision, DecisionSubject, Fields
from toolkit.model.sheet import Guard, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated.data_sheet import Column, Extras, body, data_sheet, page
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.sheet_names import APPEALS, title_of
from toolkit.views.consolidated.source_links import original


class _Line(NamedTuple):
    """A row of the sheet: the appeal, its task's text, the office's word on it as typed and as understood, who said it and when; `again`: it came later."""

    appeal: Appeal
    task: str
    fields: Fields
    ruled: Ruled
    who: str
    again: bool


def _standing(line: _Line) -> str:
    effect = _effect(line)
    if not line.again:
        return effect
    return f"{effect}；处理以后单位撤回了申诉，请核对" if line.appeal.is_withdrawn else f"{effect}；处理以后单位又提出申诉，请核对"


def _effect(line: _Line) -> str:
    if line.ruled.why:
        return f"没有生效：{line.ruled.why}"
    if line.ruled.back:
        return f"返还 {line.ruled.back.normalize():f} 分"
    if line.appeal.is_withdrawn and not line.ruled.word:
        return "单位已撤回，不用处理"
    return "维持原来的扣分" if line.ruled.word else "待处理"


COLUMNS: tuple[Column[_Line], ...] = (
    Column("单位", 18, "正文", lambda line: line.appeal.unit),
    Column("扣分事项", 10, "居中", lambda line: line.appeal.item),
    Column("编号", 9, "居中", lambda line: line.appeal.number),
    Column("目标任务", 24, "正文", lambda line: line.task, 40),
    Column("扣分", 8, "数字", lambda line: line.appeal.taken),
    Column("申诉意见", 24, "正文", lambda line: line.appeal.opinion, 60),
    Column("理由", 30, "正文", lambda line: line.appeal.why, 80),
    Column("依据", 22, "正文", lambda line: line.appeal.basis, 60),
    Column("收到时间", 16, "时间", lambda line: line.appeal.received),
    Column("是否逾期", 12, "居中", lambda line: f"逾期 {line.appeal.late} 天" if line.appeal.late else "按时"),
    Column("来源", 9, "链接", lambda line: original(line.appeal.path, line.appeal.place)),
    Column(HANDLING, 10, "认定", lambda line: line.fields.get(HANDLING, "")),
    Column(RETURNED, 9, "认定", lambda line: line.fields.get(RETURNED, "")),
    Column(REASON, 26, "认定", lambda line: line.fields.get(REASON, ""), 60),
    Column("处理情况", 24, "正文", _standing, 50),
    Column("经办", 16, "居中", lambda line: line.who),
    Column("扣分号", 15, "居中", lambda line: line.appeal.mark),
)


def appeal_sheet(state: Round, looks: Mapping[str, CellStyle]) -> SheetPlan | None:
    """Plan the sheet, unit by unit; None where nobody appeals."""
    if not state.appeals:
        return None
    texts = {task.task.number: task.task.text for task in state.tasks}
    said = {word.subject: word for word in state.rulings if word.about is DecisionSubject.APPEAL}
    rows = [_line(appeal, state, texts.get(appeal.number, ""), said) for appeal in state.appeals]
    extras = Extras(frozen=2, guards=((body(COLUMNS, HANDLING, len(rows)), _GUARD), (body(COLUMNS, RETURNED, len(rows)), _POINTS)), large=True)
    return data_sheet(APPEALS, COLUMNS, rows, looks=looks, title=title_of(state), extras=extras)


def guide_to_rulings(state: Round, looks: Mapping[str, CellStyle]) -> SheetPlan:
    """Plan the sheet 说明 of the workbook in which the office rules on the appeals of a closed period."""
    board = FreeLayout((110.0,), looks)
    board.line([(f"{state.period.label}成绩申诉处理", "标题", 1)])
    for number, sentence in enumerate(_GUIDE, 1):
        board.line([(f"{number}. {sentence.format(period=state.period)}", "正文", 1)])
    printing = page("说明", title_of(state))
    return SheetPlan("说明", tuple(board.cells), dict(enumerate(board.widths)), board.heights, printing=printing)


_GUIDE = (
    "在“申诉”表浅黄色的三栏里处理：处理选支持、部分支持、不支持或不予受理；返还分值写正数，“支持”空着就是全部返还；处理说明写理由。",
    "逾期的申诉也在表里，“是否逾期”写明晚了几天；受理不受理由办公室决定。",
    "保存、关闭以后运行 scorecards {period}，读入处理结果，写出给单位的答复；再运行 send {period} --what 成绩 发出。",
    "成绩已经定稿，定稿的汇总表不变；返还的分登记为“定稿后更正”，重开（reopen）、再定稿以后计入成绩。",
)


def _line(appeal: Appeal, state: Round, task: str, said: Mapping[str, Decision]) -> _Line:
    subject = appeal.subject(str(state.period))
    fields = state.decided.on(DecisionSubject.APPEAL, subject)
    word = said.get(subject) if fields else None
    who = f"{word.who} {word.at:%Y-%m-%d}".strip() if word else ""
    return _Line(appeal, task, fields, ruling_on(state.decided, subject, appeal.taken), who, came_again(appeal, word.at if word else None))


_GUARD = Guard(
    "list",
    choices=",".join(APPEAL_WORDS),
    title=HANDLING,
    prompt=f"“{UPHELD}”返还全部扣分；“{PARTLY}”在右边写返还几分；逾期不受理的选“{NOT_HEARD}”。理由写在右边，会写进给单位的答复。",
    error="请从下拉框中选一个，或者清空。",
)
_POINTS = Guard("decimal", 0, 1000, title=RETURNED, prompt="返还几分，写正数；“支持”空着就是全部返还。扣分以外的事项要写明几分。", error="请填 0 以上的数。")

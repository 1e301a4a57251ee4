"""销号台账: how far each task is from 交办 to 销号, with the day of every stamp and a place for the office's check; once somebody asks to close one."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.decisions import MARK, DecisionSubject, Fields
from toolkit.model.life_words import CHECK, CHECK_DAY, CHECK_REFERENCE, CHECK_WHY, CHECK_WORDS, SIGNED_ON
from toolkit.model.sheet import Condition, Guard, SheetPlan
from toolkit.model.standing import Round, TaskStanding
from toolkit.model.task_life import LifeEvent, LifeState, TaskLife
from toolkit.views.consolidated.data_sheet import Column, Extras, body, data_sheet, letters
from toolkit.views.consolidated.sheet_names import LIVES, book_title


class _Line(NamedTuple):
    """A row of the sheet: the task's standing, its life, what the clerk typed in this round."""

    standing: TaskStanding
    life: TaskLife
    fields: Fields


def _day(event: LifeEvent) -> Callable[[_Line], date | None]:
    def day(line: _Line) -> date | None:
        stamp = line.life.last(event)
        return stamp.at if stamp else None

    return day


def _back(line: _Line) -> str:
    """Say that a task was returned or opened again, with its day and why; '' for one that was not, or is asked to be closed anew."""
    last = line.life.last(LifeEvent.RETURN, LifeEvent.REOPEN)
    return f"{last.event}（{last.at}）：{line.life.back}" if last and line.life.back else ""


COLUMNS: tuple[Column[_Line], ...] = (
    Column("编号", 8, "居中", lambda line: line.standing.task.number),
    Column("目标任务", 34, "正文", lambda line: line.standing.task.text, 60),
    Column("牵头单位", 16, "正文", lambda line: "、".join(line.standing.task.leads)),
    Column("状态", 9, "居中", lambda line: line.life.state.value),
    Column("交办", 11, "日期", _day(LifeEvent.HAND)),
    Column("签收", 11, "日期", _day(LifeEvent.SIGN)),
    Column("推进", 11, "日期", _day(LifeEvent.REPORT)),
    Column("申请办结", 11, "日期", _day(LifeEvent.ASK)),
    Column("核验通过", 11, "日期", _day(LifeEvent.PASS)),
    Column("销号", 11, "日期", _day(LifeEvent.NUMBER)),
    Column("现文号", 16, "正文", lambda line: line.life.reference, 40),
    Column("申请理由", 26, "正文", lambda line: line.life.ask.why if line.life.ask else "", 60),
    Column("佐证数", 7, "数字", lambda line: line.life.ask.evidence if line.life.ask else None),
    Column("退回或重开", 22, "正文", _back, 60),
    Column(CHECK, 9, "认定灯", lambda line: line.fields.get(CHECK, "")),
    Column(CHECK_REFERENCE, 18, "认定", lambda line: line.fields.get(CHECK_REFERENCE, ""), 40),
    Column(CHECK_DAY, 12, "认定", lambda line: line.fields.get(CHECK_DAY, "")),
    Column(CHECK_WHY, 24, "认定", lambda line: line.fields.get(CHECK_WHY, ""), 60),
    Column(SIGNED_ON, 12, "认定", lambda line: line.fields.get(SIGNED_ON, "")),
    Column(MARK, 14, "居中", lambda line: line.life.mark),
)


def life_sheet(state: Round, looks: Mapping[str, CellStyle]) -> SheetPlan | None:
    """Plan the sheet, tasks in the order of the list; None while nobody has asked to close a task and nobody has ruled on one."""
    if not any(life.ask for life in state.lives.values()) and not state.decided.by.get(DecisionSubject.LIFE):
        return None
    rows = [_Line(task, life, _fields(state, life)) for task in state.tasks if (life := state.lives.get(task.task.number))]
    states, at = body(COLUMNS, "状态", len(rows)), letters(COLUMNS)["状态"]
    conditions = tuple(
        Condition(states, f'=${at}2="{word}"', look) for word, look in ((LifeState.ASKED, "待核"), (LifeState.CHECKED, "待核"), (LifeState.CLOSED, "提示"))
    )
    guard = Guard("list", choices=",".join(CHECK_WORDS), title=CHECK, prompt=_PROMPT, error="请从下拉框中选一个，或者清空。")
    extras = Extras(frozen=2, guards=((body(COLUMNS, CHECK, len(rows)), guard),), conditions=conditions, large=True)
    return data_sheet(LIVES, COLUMNS, rows, looks=looks, title=book_title(state.period.label), extras=extras)


def _fields(state: Round, life: TaskLife) -> Fields:
    subject = f"{state.period}|{life.number}"
    return state.decided.on(DecisionSubject.LIFE, f"{subject}|{life.mark}" if life.mark else subject)


_PROMPT = "申请办结的，选通过（右边填销号文号、日期）或退回（右边写理由）；已销号的确要再办，选重开并写理由。下次运行时生效。"

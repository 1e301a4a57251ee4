"""What 总览 says in words: which tasks lag and why, which indicators are not reached, who has not reported."""

from collections.abc import Collection
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.form import DONE, PROBLEM, LightRule
from toolkit.model.returns import Outcome
from toolkit.model.rules import RED, YELLOW
from toolkit.model.sheet import Area, Condition, Formula
from toolkit.model.standing import Assessment, Round, TaskStanding, UnitStanding
from toolkit.model.values import joined_words
from toolkit.views.consolidated import indicators_sheet
from toolkit.views.consolidated.book_styles import light_look
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.own_task_columns import item_title
from toolkit.views.consolidated.sheet_names import INDICATORS, UNITS
from toolkit.views.consolidated.source_links import internal_link
from toolkit.views.consolidated.task_table import TaskTable, has_indicators
from toolkit.views.consolidated.trend import light_formula

MOST = 15  # laggards that are listed
_MOST_INDICATORS = 8
_REASON = "reason"  # the field code of a form's column 原因, where it has one
_SHOWN = {LightRule.DAY: ("到期日", "剩余天数"), LightRule.AMOUNT: ("序时进度", "执行率")} | dict.fromkeys(
    (LightRule.PROGRESS, LightRule.NONE), ("计划进度", "累计进度")
)  # the headers of the figures by which a task lags
_TASK, _WHY = 48, 54  # characters of a task's text and of its reason


class LaggingTask(NamedTuple):
    """A task that lags: its standing, its light, its row on the sheet of tasks (from 1)."""

    standing: TaskStanding
    light: str
    row: int


def laggards(state: Round, assessment: Assessment) -> list[LaggingTask]:
    """List tasks that lag, red before yellow, furthest behind (in points) first; each with its row in the sheet of tasks, counted from 1."""
    every = [LaggingTask(standing, assessment.lights[standing.task.number], row) for row, standing in enumerate(state.tasks, 2)]
    order = (RED, YELLOW)
    return sorted(
        (lagging_task for lagging_task in every if lagging_task.light in order),
        key=lambda lagging_task: (order.index(lagging_task.light), _behind(lagging_task.standing, state)),
    )


def picked(state: Round, assessment: Assessment, numbers: Collection[str]) -> list[LaggingTask]:
    """Give some tasks by their numbers, those that lag first and furthest behind first, the others (with an overdue milestone alone) in the list's order."""
    lagging = laggards(state, assessment)
    known = {lagging_task.standing.task.number for lagging_task in lagging}
    every = (LaggingTask(standing, assessment.lights[standing.task.number], row) for row, standing in enumerate(state.tasks, 2))
    others = (other for other in every if other.standing.task.number not in known)
    return [lagging_task for lagging_task in (*lagging, *others) if lagging_task.standing.task.number in numbers]


def laggard_table(board: FreeLayout, late: list[LaggingTask], table: TaskTable, state: Round) -> None:
    """Put the furthest behind of so many tasks on the board, and how many more there are."""
    whose, figures = "牵头单位" if has_indicators(state) else "单位", ((title, 1) for title in _SHOWN[state.task_form.light])
    head = (("灯", 1), ("编号", 1), (item_title(state.task_form), 4), (whose, 1), *figures, ("问题和原因", 3))
    board.line([(title, "表头", across) for title, across in head], points=20)
    first = board.row
    for lagging_task in late[:MOST]:
        task = lagging_task.standing.task
        board.line(
            (
                (light_formula(task.number, lagging_task.light, table), "居中", 1),
                (internal_link(table.sheet, task.number, f"A{lagging_task.row}"), "链接", 1),
                (_cut(task.text, _TASK), "正文", 4),
                ("、".join(task.leads), "正文", 1),
                *((value, look, 1) for value, look in _shown(lagging_task.standing, state)),
                (_why(lagging_task.standing, state), "正文", 3),
            )
        )
    if late[:MOST]:
        lamps = Area(first, 0, board.row - 1, 0)
        board.conditions += [Condition(lamps, f'=$A{first + 1}="{name}"', light_look(name)) for name in (RED, YELLOW)]
    if len(late) > MOST:
        board.line(((internal_link(table.sheet, f"其余 {len(late) - MOST} 项见“{table.sheet}”"), "链接", 12),))
    if not late:
        board.line((("没有滞后的任务。", "正文", 12),))


def _behind(standing: TaskStanding, state: Round) -> Decimal:
    """Say how far a task is behind (the smaller the further): in points, or in days to its day."""
    rule, known = state.task_form.light, standing.measured
    if rule is LightRule.DAY:
        return Decimal((known.due - state.as_of).days if known.due else 0)
    if rule is LightRule.AMOUNT:
        return known.share - standing.planned if known.share is not None else Decimal(0)
    return standing.gap or Decimal(0)


def _shown(standing: TaskStanding, state: Round) -> tuple[tuple[object, str], tuple[object, str]]:
    """Give the two figures by which a task lags, with their looks."""
    rule, known = state.task_form.light, standing.measured
    if rule is LightRule.DAY:
        return (known.due, "日期"), ((known.due - state.as_of).days if known.due else None, "数字")
    return (standing.planned, "数字"), (known.share if rule is LightRule.AMOUNT else standing.progress, "数字")


def missed_indicators(board: FreeLayout, state: Round, assessment: Assessment) -> None:
    """Put on the board how many indicators are where they should be, and those that are not."""
    counts = {word: assessment.reached.count(word) for word in ("是", "否", "按节点", "未报")}
    reported = f"共 {len(state.indicators)} 项：达到序时要求 {counts['是']} 项，没有达到 {counts['否']} 项，"
    board.line(((f"{reported}要看工作方案节点 {counts['按节点']} 项，未报 {counts['未报']} 项。", "正文", 12),))
    missed = [(row, standing) for row, (standing, word) in enumerate(zip(state.indicators, assessment.reached, strict=True), 2) if word == "否"]
    if not missed:
        return
    head = (("编号", 1), ("指标", 4), ("目标值", 2), ("累计完成值", 1), ("完成率", 1), ("牵头单位", 3))
    board.line([(title, "表头", across) for title, across in head], points=20)
    for row, standing in missed[:_MOST_INDICATORS]:
        target = f"{standing.indicator.comparator}{standing.indicator.target:f}{standing.indicator.unit}"
        cells = indicators_sheet.cells(row)
        board.line(
            (
                (internal_link(INDICATORS, standing.indicator.number, f"A{row}"), "链接", 1),
                (standing.indicator.name, "正文", 4),
                (target, "居中", 2),
                (standing.reached, "数字", 1),
                (Formula(f"='{INDICATORS}'!{cells['完成率']}", "" if standing.rate is None else standing.rate), "数字", 1),
                (standing.lead, "正文", 3),
            )
        )
    if len(missed) > _MOST_INDICATORS:
        board.line(((internal_link(INDICATORS, f"其余 {len(missed) - _MOST_INDICATORS} 项见“{INDICATORS}”"), "链接", 12),))


def returns(board: FreeLayout, state: Round) -> None:
    """Put on the board who sent nothing, who was late, whose return was not taken, and how many files are nobody's."""
    late = [unit for unit in state.units if unit.outcome and not unit.on_time]
    stuck = [unit for unit in state.units if unit.outcome and not unit.outcome.counts]
    _names(board, "未报", [unit.unit for unit in state.units if unit.outcome is None])
    _names(board, "迟报", [f"{unit.unit}{_when(unit)}" for unit in late])
    _names(board, "没有收下", [f"{unit.unit}（{unit.outcome.words if unit.outcome else ''}：{unit.reason}）" for unit in stuck])
    strays = [file for file in state.other_files if file.outcome.speaks and not file.unit]
    waiting = [file for file in state.other_files if file.outcome is Outcome.WAITING and file.unit]
    _names(board, "不知是谁的文件", [f"{stray.name}（{stray.outcome.words}）" for stray in strays])
    if waiting:
        _names(board, "等待认定", [f"{file.unit}：{file.name}" for file in waiting])
    board.line(((internal_link(UNITS, f"各单位的报送时间、版本、错误数见“{UNITS}”"), "链接", 12),))


def _names(board: FreeLayout, title: str, names: list[str]) -> None:
    board.line(((f"{title}（{len(names)}）", "表头", 2), (joined_words(names) or "没有", "正文", 10)), points=20)


def _when(unit: UnitStanding) -> str:
    moment = unit.received or unit.sent
    return f"（{moment:%m-%d}）" if moment else ""


def _why(standing: TaskStanding, state: Round) -> str:
    codes = (PROBLEM, _REASON) if state.task_form.light is LightRule.PROGRESS else (PROBLEM, _REASON, DONE)
    texts = [str(standing.lead.row.value(code) or "").strip() for code in codes] if standing.lead else []
    words = "；".join(text.rstrip("。；") for text in texts if text)
    late = "已过完成时限。" if standing.overdue else ""
    return late + (_cut(words, _WHY) or ("单位没有说明。" if standing.lead else "牵头单位未报。"))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"

"""任务进展: one row a task, its light a live formula over the row and the parameters."""

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from toolkit.model.decisions import FORMER
from toolkit.model.form import DONE, FINISHED, NEXT, NOT_STARTED, PROBLEM, PROGRESS, STATUS
from toolkit.model.kinds import show_number
from toolkit.model.listing import listing
from toolkit.model.look import Look
from toolkit.model.master import Role
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW, Rules
from toolkit.model.sheet import Condition, Formula, Guard, SheetPlan
from toolkit.model.standing import Assessment, Round, TaskStanding, UnitRow
from toolkit.views.consolidated.looks import light_look
from toolkit.views.consolidated.names import NOTHING_CAME, TASKS, book_title
from toolkit.views.consolidated.sources import go, source
from toolkit.views.consolidated.table import Column, Extras, Styled, at, body, data_sheet, letters

COLUMNS = (
    Column("编号", 8, "居中"),
    Column("类别", 9, "居中"),
    Column("章节", 13, "正文"),
    Column("小节", 11, "正文"),
    Column("目标任务", 36, "正文", 80),
    Column("牵头单位", 14, "正文"),
    Column("责任单位", 15, "正文", 30),
    Column("计划进度", 6, "数字"),
    Column("累计进度", 6, "数字"),
    Column("差距", 7, "数字"),
    Column("灯", 5, "居中"),
    Column("进展状态", 8, "居中"),
    Column("本季进展情况", 38, "正文", 90),
    Column("存在问题", 20, "正文", 60),
    Column("下一步措施", 22, "正文", 60),
    Column("责任单位进展", 32, "正文", 90),
    Column("一季度", 7, "数字"),
    Column("二季度", 7, "数字"),
    Column("三季度", 7, "数字"),
    Column("四季度", 7, "数字"),
    Column("认定灯", 7, "认定灯"),
    Column("认定说明", 16, "认定", 50),
    Column("来源", 9, "链接"),
    Column(FORMER, 10, "正文", 50),
)
_BESIDE = 900  # characters of 责任单位进展 before each unit's words are shortened; 填报明细 has them whole
_SHORTEST = 30
Places = Mapping[tuple[str, str], tuple[str, str]]  # sheet and cell of a unit's row of a task
_HUNDREDTH = Decimal("0.01")
_AT = letters(COLUMNS)


def task_sheet(state: Round, rules: Rules, assessment: Assessment, places: Places, looks: Mapping[str, Look]) -> SheetPlan:
    """Plan the sheet, tasks in the order of the master list; a number leads to the lead's row in 填报明细, else to the first unit's that spoke."""
    rows = [_row(standing, number, assessment.lights[standing.task.number], places) for number, standing in enumerate(state.tasks, 2)]
    lamps = body(COLUMNS, "灯", len(rows))
    first = f"${_AT['灯']}2"
    extras = Extras(
        frozen=at(COLUMNS, "目标任务") + 1,
        guards=((body(COLUMNS, "认定灯", len(rows)), _ruling_guard()),),
        conditions=tuple(Condition(lamps, f'={first}="{light.name}"', light_look(light.name)) for light in rules.lights),
        comments=tuple(_comments(state, lamps.left)),
        large=True,
    )
    return data_sheet(TASKS, COLUMNS, rows, looks=looks, title=book_title(state.period.label), extras=extras)


def _comments(state: Round, lamps: int) -> Iterator[tuple[int, int, str]]:
    for number, one in enumerate(state.tasks, 1):
        if one.overdue and one.status != FINISHED:
            yield number, lamps, _overdue_words(one)
        if one.settled:
            yield number, at(COLUMNS, "进展状态"), one.settled


def gap(standing: TaskStanding) -> Decimal | None:
    """Count the points ahead of plan (negative: behind), as the sheet's formula does; None where nobody said how far the task is."""
    if standing.progress is not None:
        return (standing.progress - standing.planned).quantize(_HUNDREDTH, ROUND_HALF_UP)
    return (Decimal(0) - standing.planned).quantize(_HUNDREDTH, ROUND_HALF_UP) if standing.status == NOT_STARTED else None


def _row(standing: TaskStanding, number: int, light: str, places: Places) -> tuple[object, ...]:
    task, lead = standing.task, standing.lead
    words = (lead.row.value(code) if lead else None for code in (DONE, PROBLEM, NEXT))
    return (
        _number(standing, places),
        task.category,
        task.section,
        task.subsection,
        task.text,
        "、".join(task.leads),
        "、".join(task.supports),
        standing.planned,
        standing.progress,
        _gap_formula(standing, number),
        _light_formula(standing, number, light),
        standing.status,
        *words,
        _beside(standing),
        *standing.quarters,
        standing.ruling.light,
        standing.ruling.note,
        source(lead),
        standing.ruling.former,
    )


def _number(standing: TaskStanding, places: Places) -> object:
    spoke = (one.unit for one in (standing.lead, *standing.others) if one is not None)
    place = next((places[unit, standing.task.number] for unit in spoke if (unit, standing.task.number) in places), None)
    return Styled(go(place[0], standing.task.number, place[1]), "链接居中") if place else standing.task.number


def _gap_formula(standing: TaskStanding, number: int) -> Formula:
    planned, done, status = (f"{_AT[title]}{number}" for title in ("计划进度", "累计进度", "进展状态"))
    value = gap(standing)
    text = f'=IF({done}<>"",ROUND({done}-{planned},2),IF({status}="{NOT_STARTED}",ROUND(-{planned},2),""))'
    return Formula(text, "" if value is None else value)


def _light_formula(standing: TaskStanding, number: int, light: str) -> Formula:
    ruled, status, behind = (f"{_AT[title]}{number}" for title in ("认定灯", "进展状态", "差距"))
    if standing.overdue:
        judged = f'IF(AND({status}="",{behind}=""),"{GREY}","{RED}")'
    else:
        judged = f'IF({behind}="","{GREY}",IF(-{behind}>red_gap,"{RED}",IF(-{behind}>=yellow_gap,"{YELLOW}","{GREEN}")))'
    return Formula(f'=IF({ruled}<>"",{ruled},IF({status}="{FINISHED}","{BLUE}",{judged}))', light)


def _overdue_words(standing: TaskStanding) -> str:
    return f"已过完成时限{standing.task.deadline and f'（{standing.task.deadline}）'}，没有报告完成，所以是红灯。"


def _ruling_guard() -> Guard:
    return Guard(
        "list",
        choices=f"{BLUE},{GREEN},{YELLOW},{RED},{GREY}",
        title="认定灯",
        prompt="选了就以认定为准，清空就恢复按数计算；理由请写在右边。",
        error="请从下拉框中选一个，或者清空。",
    )


def _beside(standing: TaskStanding) -> str:
    """Join what the other units said, further leads first, a line each; say at the end who said nothing."""
    said = sorted(standing.others, key=lambda one: one.role is not Role.LEAD)
    room = max(_SHORTEST, _BESIDE // max(len(said), 1)) if sum(len(str(one.row.value(DONE) or "")) for one in said) > _BESIDE else 0
    silent = [f"{NOTHING_CAME}：{listing(standing.silent)}"] if standing.silent else []
    return "；\n".join(filter(None, (listing([_said(one, room) for one in said], "；\n"), *silent)))


def _said(one: UnitRow, room: int) -> str:
    done, progress = str(one.row.value(DONE) or "").strip().rstrip("。；;"), one.row.value(PROGRESS)
    share = f"{show_number(progress)}%" if isinstance(progress, Decimal) else ""
    state = f"{one.row.value(STATUS) or ''}{share}"
    words = f"{done[:room]}…" if room and len(done) > room else done
    return f"{one.unit}{'（牵头）' if one.role is Role.LEAD else ''}：{'，'.join(part for part in (state, words) if part)}"

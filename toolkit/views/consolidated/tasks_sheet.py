"""任务进展: one row a task, its light a live formula over the row and the parameters."""

from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.column_kinds import show_number
from toolkit.model.decisions import FORMER
from toolkit.model.form import DONE, FINISHED, NEXT, NOT_STARTED, PROBLEM, PROGRESS, STATUS
from toolkit.model.master import MAIN_LIST, Role
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW, Rules
from toolkit.model.sheet import Condition, Formula, Guard, SheetPlan
from toolkit.model.standing import Assessment, Round, TaskStanding, UnitRow
from toolkit.model.values import joined_words
from toolkit.views.consolidated.book_styles import light_look
from toolkit.views.consolidated.criteria import rounded
from toolkit.views.consolidated.data_sheet import Column, Extras, Styled, at, body, data_sheet, letters
from toolkit.views.consolidated.evidence_sheet import counted_pieces
from toolkit.views.consolidated.sheet_names import NOTHING_CAME, TASKS, book_title
from toolkit.views.consolidated.source_links import internal_link, source

_MOST_OF_OTHERS = 900  # characters of 责任单位进展 before each unit's words are shortened; 填报明细 has them whole
_SHORTEST = 30
Places = Mapping[tuple[str, str], tuple[str, str]]  # sheet and cell of a unit's row of a task
_HUNDREDTH = Decimal("0.01")


class _Line(NamedTuple):
    """A row of the sheet: the task's standing, the row's number (from 1), its light, where units' rows of it stand, the letter of 认定灯."""

    standing: TaskStanding
    row: int
    light: str
    places: Places
    ruling: str = ""

    def of_lead(self, code: str) -> object:
        """Give what the lead said in a field; None where no lead spoke."""
        return self.standing.lead.row.value(code) if self.standing.lead else None


def _quarter(number: int) -> Callable[[_Line], object]:
    return lambda line: line.standing.quarters[number]


COLUMNS: tuple[Column[_Line], ...] = (
    Column("编号", 8, "居中", lambda line: _number(line.standing, line.places)),
    Column("类别", 9, "居中", lambda line: line.standing.task.category),
    Column("章节", 13, "正文", lambda line: line.standing.task.section),
    Column("小节", 11, "正文", lambda line: line.standing.task.subsection),
    Column("目标任务", 36, "正文", lambda line: line.standing.task.text, 80),
    Column("牵头单位", 14, "正文", lambda line: "、".join(line.standing.task.leads)),
    Column("责任单位", 15, "正文", lambda line: "、".join(line.standing.task.supports), 30),
    Column("计划进度", 6, "数字", lambda line: line.standing.planned),
    Column("累计进度", 6, "数字", lambda line: line.standing.progress),
    Column("差距", 7, "数字", lambda line: _gap_formula(line.standing, line.row)),
    Column("灯", 5, "居中", lambda line: _light_formula(line, line.light)),
    Column("进展状态", 8, "居中", lambda line: line.standing.status),
    Column("本季进展情况", 38, "正文", lambda line: line.of_lead(DONE), 90),
    Column("存在问题", 20, "正文", lambda line: line.of_lead(PROBLEM), 60),
    Column("下一步措施", 22, "正文", lambda line: line.of_lead(NEXT), 60),
    Column("责任单位进展", 32, "正文", lambda line: _reports_of_others(line.standing), 90),
    Column("一季度", 7, "数字", _quarter(0)),
    Column("二季度", 7, "数字", _quarter(1)),
    Column("三季度", 7, "数字", _quarter(2)),
    Column("四季度", 7, "数字", _quarter(3)),
    Column("认定灯", 7, "认定灯", lambda line: line.standing.ruling.light),
    Column("认定说明", 16, "认定", lambda line: line.standing.ruling.note, 50),
    Column("来源", 9, "链接", lambda line: source(line.standing.lead)),
    Column(FORMER, 10, "正文", lambda line: line.standing.ruling.former, 50),
)
_AT = letters(COLUMNS)
LIST = "清单"
_QUARTERS = ("一季度", "二季度", "三季度", "四季度")


def task_sheet(state: Round, rules: Rules, assessment: Assessment, places: Places, looks: Mapping[str, CellStyle]) -> SheetPlan:
    """Plan the sheet, tasks in the order of the master list; a number leads to the lead's row in 填报明细, else to the first unit's that spoke."""
    shown = task_columns(state)
    ruling = letters(shown)["认定灯"]
    rows = [_Line(standing, number, assessment.lights[standing.task.number], places, ruling) for number, standing in enumerate(state.tasks, 2)]
    lamps = body(COLUMNS, "灯", len(rows))
    first = f"${_AT['灯']}2"
    extras = Extras(
        frozen=at(COLUMNS, "目标任务") + 1,
        guards=((body(shown, "认定灯", len(rows)), _ruling_guard()),),
        conditions=tuple(Condition(lamps, f'={first}="{light.name}"', light_look(light.name)) for light in rules.lights),
        comments=tuple(_comments(state, lamps.left)),
        large=True,
    )
    return data_sheet(TASKS, shown, rows, looks=looks, title=book_title(state.label), extras=extras)


def task_columns(state: Round) -> tuple[Column[_Line], ...]:
    """Give the columns of the sheet: those of quarters where they tell something, pieces of evidence where some came, the list where there are several."""
    shown = COLUMNS if has_quarters(state) else tuple(column for column in COLUMNS if column.title not in _QUARTERS)
    counted = counted_pieces(state)
    pieces: Column[_Line] = Column("佐证份数", 6, "数字", lambda line: counted.get(line.standing.task.number, 0))
    listed: Column[_Line] = Column(LIST, 10, "居中", lambda line: line.standing.task.listed or MAIN_LIST)
    return (*shown, *((pieces,) if counted else ()), *((listed,) if state.master.lists() else ()))


def has_quarters(state: Round) -> bool:
    """Whether the columns of quarters tell something: in a quarter's book and a year's, unless that is made of other spans, and where a quarter spoke."""
    of_year = not state.period.is_part and (state.newest is None or bool(state.newest.quarter))
    return bool(state.period.quarter) or of_year or any(value is not None for task in state.tasks for value in task.quarters)


def _comments(state: Round, lamps: int) -> Iterator[tuple[int, int, str]]:
    for number, standing in enumerate(state.tasks, 1):
        if standing.overdue and standing.status != FINISHED:
            yield number, lamps, _overdue_words(standing)
        if standing.settled:
            yield number, at(COLUMNS, "进展状态"), standing.settled


def gap(standing: TaskStanding) -> Decimal | None:
    """Count the points ahead of plan (negative: behind), as the sheet's formula does; None where nobody said how far the task is."""
    if standing.progress is not None:
        return (standing.progress - standing.planned).quantize(_HUNDREDTH, ROUND_HALF_UP)
    return (Decimal(0) - standing.planned).quantize(_HUNDREDTH, ROUND_HALF_UP) if standing.status == NOT_STARTED else None


def _number(standing: TaskStanding, places: Places) -> object:
    spoke = (row.unit for row in (standing.lead, *standing.others) if row is not None)
    place = next((places[unit, standing.task.number] for unit in spoke if (unit, standing.task.number) in places), None)
    return Styled(internal_link(place[0], standing.task.number, place[1]), "链接居中") if place else standing.task.number


def _gap_formula(standing: TaskStanding, number: int) -> Formula:
    planned, done, status = (f"{_AT[title]}{number}" for title in ("计划进度", "累计进度", "进展状态"))
    value = gap(standing)
    text = f'=IF({done}<>"",{rounded(f"({done}-{planned})", 2)},IF({status}="{NOT_STARTED}",{rounded(f"-{planned}", 2)},""))'
    return Formula(text, "" if value is None else value)


def _light_formula(line: _Line, light: str) -> Formula:
    status, behind = (f"{_AT[title]}{line.row}" for title in ("进展状态", "差距"))
    ruled = f"{line.ruling}{line.row}"
    if line.standing.overdue:
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


def _reports_of_others(standing: TaskStanding) -> str:
    """Join what the other units said, further leads first, a line each; say at the end who said nothing."""
    others = sorted(standing.others, key=lambda other: other.role is not Role.LEAD)
    room = max(_SHORTEST, _MOST_OF_OTHERS // max(len(others), 1)) if sum(len(str(row.row.value(DONE) or "")) for row in others) > _MOST_OF_OTHERS else 0
    silent = [f"{NOTHING_CAME}：{joined_words(standing.silent)}"] if standing.silent else []
    return "；\n".join(filter(None, (joined_words([_report_of(row, room) for row in others], "；\n"), *silent)))


def _report_of(row: UnitRow, room: int) -> str:
    done, progress = str(row.row.value(DONE) or "").strip().rstrip("。；;"), row.row.value(PROGRESS)
    share = f"{show_number(progress)}%" if isinstance(progress, Decimal) else ""
    state = f"{row.row.value(STATUS) or ''}{share}"
    words = f"{done[:room]}…" if room and len(done) > room else done
    return f"{row.unit}{'（牵头）' if row.role is Role.LEAD else ''}：{'，'.join(part for part in (state, words) if part)}"

"""单位考核: one row a unit, every number a live formula over 任务计分, 扣分明细 and the parameters."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.master import Role
from toolkit.model.place import address
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW
from toolkit.model.scoring import EXCELLENT, FAILED, GOOD, PASSED, Deduction, Scores, UnitScore
from toolkit.model.sheet import Condition, Formula, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated import deductions_sheet, points_sheet
from toolkit.views.consolidated.anchors import Anchors, SeatCells
from toolkit.views.consolidated.book_styles import light_look
from toolkit.views.consolidated.criteria import rounded
from toolkit.views.consolidated.data_sheet import Column, Extras, body, data_sheet, letters
from toolkit.views.consolidated.sheet_names import LEGEND, SCORES, title_of
from toolkit.views.consolidated.source_links import internal_link
from toolkit.views.consolidated.split_sheets import Block


class _Line(NamedTuple):
    """A row of the sheet: a unit's score, the row's number (from 1), where its rows of 任务计分 and 扣分明细 stand, and the formulas over its class."""

    score: UnitScore
    row: int
    duties: Block
    process: str
    bonus: str
    rank: str
    grade: str


def _tasks(role: Role, count: Callable[[UnitScore], int]) -> Callable[[_Line], Formula]:
    return lambda line: Formula(f'=COUNTIF({line.duties.ref(points_sheet.AT["角色"])},"{role}")', count(line.score))


def _lights(light: str) -> Callable[[_Line], Formula]:
    return lambda line: Formula(f'=COUNTIF({line.duties.ref(points_sheet.AT["计分灯"])},"{light}")', line.score.counts[light])


COLUMNS: tuple[Column[_Line], ...] = (
    Column("单位", 32, "链接", lambda line: internal_link(line.duties.sheet, line.score.unit, f"A{line.duties.first}")),
    Column("类别", 12, "居中", lambda line: line.score.group),
    Column("牵头任务数", 8, "数字", _tasks(Role.LEAD, lambda score: score.leads)),
    Column("配合任务数", 8, "数字", _tasks(Role.SUPPORT, lambda score: score.supports)),
    Column("已完成", 8, "数字", _lights(BLUE)),
    Column("正常", 8, "数字", _lights(GREEN)),
    Column("滞后", 8, "数字", _lights(YELLOW)),
    Column("严重滞后", 8, "数字", _lights(RED)),
    Column("未报", 8, "数字", _lights(GREY)),
    Column("结果分", 9, "得分", lambda line: _outcome(line.score, line.duties)),
    Column("过程分", 9, "得分", lambda line: Formula(line.process, line.score.process)),
    Column("加减分", 9, "得分", lambda line: Formula(line.bonus, line.score.bonus)),
    Column("总分", 9, "得分", lambda line: _total(line.score, line.row)),
    Column("名次", 7, "数字", lambda line: Formula(line.rank, line.score.rank)),
    Column("等次", 9, "居中", lambda line: Formula(line.grade, line.score.grade)),
)
AT = letters(COLUMNS)
_GRADES = ((EXCELLENT, light_look(BLUE)), (GOOD, light_look(GREEN)), (FAILED, light_look(RED)))


def score_sheet(
    state: Round, scores: Scores, anchors: Anchors, duties: Mapping[str, Block], off: Mapping[str, Block], looks: Mapping[str, CellStyle]
) -> SheetPlan:
    """Plan the sheet: classes in the register's order, units by rank as it is now."""
    taken: dict[str, list[Deduction]] = {}
    for deduction in scores.deductions:
        taken.setdefault(deduction.unit, []).append(deduction)
    count = len(scores.units)
    groups, totals = (body(COLUMNS, title, count).ref(absolute=True) for title in ("类别", "总分"))
    rows = []
    for row, score in enumerate(scores.units, 2):
        group = f"{AT['类别']}{row}"
        rank = f'=COUNTIFS({groups},{group},{totals},">"&{AT["总分"]}{row})+1'
        end = f"'{LEGEND}'!{address(anchors.ties.top + row - 2, anchors.ties.left, absolute=True)}"
        grade = _grade(row, end, anchors.seats[score.group])
        process, bonus = _process_and_bonus(off.get(score.unit), taken.get(score.unit, ()))
        rows.append(_Line(score, row, duties[score.unit], process, bonus, rank, grade))
    grades = body(COLUMNS, "等次", count)
    conditions = tuple(Condition(grades, f'=${AT["等次"]}2="{grade}"', look) for grade, look in _GRADES)
    return data_sheet(SCORES, COLUMNS, rows, looks=looks, title=title_of(state), extras=Extras(conditions=conditions))


def _outcome(score: UnitScore, duties: Block) -> Formula:
    shares, earned = duties.ref(points_sheet.AT["权数"]), duties.ref(points_sheet.AT["得分"])
    return Formula(f"=IF(SUM({shares})=0,0,{rounded(f'SUM({earned})/SUM({shares})', 2)})", score.outcome)


def _process_and_bonus(off: Block | None, taken: Sequence[Deduction]) -> tuple[str, str]:
    """Write the formulas over a unit's rows of 扣分明细: those that the rules take off come first, then those that the office typed."""
    lost = sum(bool(deduction.code) for deduction in taken)
    each = deductions_sheet.AT["分值"]
    summed = f"+SUM({off._replace(last=off.first + lost - 1).ref(each)})" if off and lost else ""
    typed = off._replace(first=off.first + lost).ref(each) if off and lost < len(taken) else ""
    given = f'MIN(bonus_cap,SUMIF({typed},">0"))+SUMIF({typed},"<0")' if typed else "0"
    return f"={rounded(f'MAX(0,full_marks{summed})', 2)}", f"={rounded(f'({given})', 2)}"


def _total(score: UnitScore, row: int) -> Formula:
    outcome, process, bonus = (f"{AT[title]}{row}" for title in ("结果分", "过程分", "加减分"))
    weighed = f"({outcome}*outcome_weight+{process}*process_weight)/100+{bonus}"
    return Formula(f"={rounded(f'MAX(0,MIN(total_cap,{weighed}))', 2)}", score.total)


def _grade(row: int, end: str, seats: SeatCells) -> str:
    rank, total = f"{AT['名次']}{row}", f"{AT['总分']}{row}"
    last = f"IF(tie_up=1,{rank},{end})"
    passed = f'IF({last}<={seats.excellent},"{EXCELLENT}",IF({last}<={seats.taken}+{seats.good},"{GOOD}","{PASSED}"))'
    return f'=IF({total}<pass_mark,"{FAILED}",{passed})'

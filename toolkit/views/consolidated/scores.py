"""单位考核: one row a unit, every number a live formula over 任务计分, 扣分明细 and the parameters."""

from collections.abc import Mapping, Sequence

from toolkit.model.look import Look
from toolkit.model.master import Role
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW
from toolkit.model.scoring import EXCELLENT, FAILED, GOOD, PASSED, Deduction, Scores, UnitScore
from toolkit.model.sheet import Condition, Formula, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated import deductions, points
from toolkit.views.consolidated.anchors import SeatCells
from toolkit.views.consolidated.looks import light_look
from toolkit.views.consolidated.names import SCORES, book_title
from toolkit.views.consolidated.sources import go
from toolkit.views.consolidated.split import Block
from toolkit.views.consolidated.table import Column, Extras, body, data_sheet, letters

COLUMNS = (
    Column("单位", 32, "链接"),
    Column("类别", 12, "居中"),
    Column("牵头任务数", 8, "数字"),
    Column("配合任务数", 8, "数字"),
    Column("已完成", 8, "数字"),
    Column("正常", 8, "数字"),
    Column("滞后", 8, "数字"),
    Column("严重滞后", 8, "数字"),
    Column("未报", 8, "数字"),
    Column("结果分", 9, "得分"),
    Column("过程分", 9, "得分"),
    Column("加减分", 9, "得分"),
    Column("总分", 9, "得分"),
    Column("名次", 7, "数字"),
    Column("等次", 9, "居中"),
)
AT = letters(COLUMNS)
_LIGHTS = {"已完成": BLUE, "正常": GREEN, "滞后": YELLOW, "严重滞后": RED, "未报": GREY}
_GRADES = ((EXCELLENT, light_look(BLUE)), (GOOD, light_look(GREEN)), (FAILED, light_look(RED)))


def score_sheet(
    state: Round, scores: Scores, seats: Mapping[str, SeatCells], duties: Mapping[str, Block], off: Mapping[str, Block], looks: Mapping[str, Look]
) -> SheetPlan:
    """Plan the sheet: classes in the register's order, units by rank as it is now."""
    taken: dict[str, list[Deduction]] = {}
    for deduction in scores.deductions:
        taken.setdefault(deduction.unit, []).append(deduction)
    count = len(scores.units)
    groups, totals, ranks = (body(COLUMNS, title, count).ref(absolute=True) for title in ("类别", "总分", "名次"))
    rows = []
    for row, one in enumerate(scores.units, 2):
        group = f"{AT['类别']}{row}"
        rank = f"=COUNTIFS({groups},{group},{totals},\">\"&{AT['总分']}{row})+1"
        ties = f"COUNTIFS({groups},{group},{ranks},{AT['名次']}{row})-1"
        grade = _grade(row, ties, seats[one.group])
        scored = _scores(row, one, duties[one.unit], off.get(one.unit), taken.get(one.unit, ()))
        rows.append((*_counts(one, duties[one.unit]), *scored, Formula(rank, one.rank), Formula(grade, one.grade)))
    grades = body(COLUMNS, "等次", count)
    conditions = tuple(Condition(grades, f'=${AT["等次"]}2="{grade}"', look) for grade, look in _GRADES)
    return data_sheet(SCORES, COLUMNS, rows, looks=looks, title=book_title(state.period.label), extras=Extras(conditions=conditions))


def _counts(one: UnitScore, duties: Block) -> tuple[object, ...]:
    roles, lights = duties.ref(points.AT["角色"]), duties.ref(points.AT["计分灯"])
    return (
        go(duties.sheet, one.unit, f"A{duties.first}"),
        one.group,
        Formula(f'=COUNTIF({roles},"{Role.LEAD}")', one.leads),
        Formula(f'=COUNTIF({roles},"{Role.SUPPORT}")', one.supports),
        *(Formula(f'=COUNTIF({lights},"{light}")', one.counts[light]) for light in _LIGHTS.values()),
    )


def _scores(row: int, one: UnitScore, duties: Block, off: Block | None, taken: Sequence[Deduction]) -> tuple[Formula, ...]:
    shares, earned = duties.ref(points.AT["权数"]), duties.ref(points.AT["得分"])
    outcome, process, bonus = (f"{AT[title]}{row}" for title in ("结果分", "过程分", "加减分"))
    lost = sum(bool(deduction.code) for deduction in taken)
    each = deductions.AT["分值"]
    summed = f"+SUM({off._replace(last=off.first + lost - 1).ref(each)})" if off and lost else ""
    typed = off._replace(first=off.first + lost).ref(each) if off and lost < len(taken) else ""
    given = f'MIN(bonus_cap,SUMIF({typed},">0"))+SUMIF({typed},"<0")' if typed else "0"
    weighed = f"({outcome}*outcome_weight+{process}*process_weight)/100+{bonus}"
    return (
        Formula(f"=IF(SUM({shares})=0,0,ROUND(SUM({earned})/SUM({shares}),2))", one.outcome),
        Formula(f"=ROUND(MAX(0,full_marks{summed}),2)", one.process),
        Formula(f"=ROUND({given},2)", one.bonus),
        Formula(f"=ROUND(MAX(0,MIN(total_cap,{weighed})),2)", one.total),
    )


def _grade(row: int, ties: str, seats: SeatCells) -> str:
    rank, total = f"{AT['名次']}{row}", f"{AT['总分']}{row}"
    last = f"({rank}+IF(tie_up=1,0,{ties}))"
    passed = f'IF({last}<={seats.excellent},"{EXCELLENT}",IF({last}<={seats.taken}+{seats.good},"{GOOD}","{PASSED}"))'
    return f'=IF({total}<pass_mark,"{FAILED}",{passed})'

"""单位考核: one row a unit, every number a live formula over 任务计分, 扣分明细 and the parameters."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.master import Role
from toolkit.model.place import address
from toolkit.model.rules import BLUE, GREEN, GREY, RED, TIE_ORDER, YELLOW, Rules
from toolkit.model.scoring import EXCELLENT, FAILED, GOOD, PASSED, Deduction, Scores, UnitScore
from toolkit.model.sheet import Condition, Formula, SheetPlan
from toolkit.model.standing import Round
from toolkit.model.veto_rules import AT_MOST_GOOD, AT_MOST_PASSED, EFFECTS, IS_FAILED
from toolkit.views.consolidated import deductions_sheet, points_sheet
from toolkit.views.consolidated.anchors import Anchors, SeatCells
from toolkit.views.consolidated.book_styles import light_look
from toolkit.views.consolidated.criteria import quoted, rounded
from toolkit.views.consolidated.data_sheet import Column, Columns, Extras, body, data_sheet, letters
from toolkit.views.consolidated.sheet_names import LEGEND, SCORES, title_of
from toolkit.views.consolidated.source_links import internal_link
from toolkit.views.consolidated.split_sheets import Block
from toolkit.views.consolidated.year_sheet import YearCells


class _Line(NamedTuple):
    """A row of the sheet: a unit's score, the row's number (from 1), where its rows of 任务计分 and 扣分明细 stand, and the formulas over its class.

    `weighed` and `held` are the cells of 年度考核 with its weighed outcome and with its veto, '' where there are none.
    """

    score: UnitScore
    row: int
    duties: Block
    process: str
    bonus: str
    rank: str
    grade: str
    weighed: str = ""
    held: str = ""
    award: str = ""


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
    Column("结果分", 9, "得分", lambda line: _outcome(line.score, line.duties, line.weighed)),
    Column("过程分", 9, "得分", lambda line: Formula(line.process, line.score.process)),
    Column("加减分", 9, "得分", lambda line: Formula(line.bonus, line.score.bonus)),
    Column("总分", 9, "得分", lambda line: _total(line.score, line.row)),
    Column("名次", 7, "数字", lambda line: Formula(line.rank, line.score.rank)),
    Column("等次", 9, "居中", lambda line: Formula(line.grade, line.score.grade)),
)
_VETOED: tuple[Column[_Line], ...] = (  # only in a year in which something is held against somebody
    Column("一票否决", 12, "居中", lambda line: Formula(f'=IF({line.held}="","",{line.held})', line.score.cap)),
    Column("评优名次", 8, "数字", lambda line: Formula(line.award, line.score.award or "")),
)
AT = letters((*COLUMNS, *_VETOED))
AWARD_AT = AT["评优名次"]
_GRADES = ((EXCELLENT, light_look(BLUE)), (GOOD, light_look(GREEN)), (FAILED, light_look(RED)))


class ScorePlaces(NamedTuple):
    """What the sheet's formulas lead to: anchors of 参数与图例, each unit's rows of 任务计分 and 扣分明细, the cells of 年度考核 (None: no such sheet)."""

    anchors: Anchors
    duties: Mapping[str, Block]
    off: Mapping[str, Block]
    year: YearCells | None = None


def score_sheet(state: Round, rules: Rules, scores: Scores, places: ScorePlaces, looks: Mapping[str, CellStyle]) -> SheetPlan:
    """Plan the sheet: classes in the register's order, units by rank as it is now."""
    taken: dict[str, list[Deduction]] = {}
    for deduction in scores.deductions:
        taken.setdefault(deduction.unit, []).append(deduction)
    count, held = len(scores.units), any(score.cap for score in scores.units)
    columns = (*COLUMNS, *_VETOED) if held else COLUMNS
    above = _Above(columns, count, is_parted=rules.value(TIE_ORDER) == 1)
    anchors, rows = places.anchors, []
    for row, score in enumerate(scores.units, 2):
        end = f"'{LEGEND}'!{address(anchors.ties.top + row - 2, anchors.ties.left, absolute=True)}"
        grade = _grade(row, end, anchors.seats[score.group], held=held)
        process, bonus = _process_and_bonus(places.off.get(score.unit), taken.get(score.unit, ()))
        cells = {title: places.year.cell(title, row) if places.year else "" for title in ("加权结果分", "加权过程分", "一票否决")}
        if cells["加权过程分"]:
            process = f'=IF({cells["加权过程分"]}="",{process.removeprefix("=")},{cells["加权过程分"]})'
        award = f'=IF({AT["一票否决"]}{row}<>"","",{above.free(row)}+1)' if held else ""
        line = _Line(score, row, places.duties[score.unit], process, bonus, f"={above.all(row)}+1", grade)
        rows.append(line._replace(weighed=cells["加权结果分"], held=cells["一票否决"], award=award))
    grades = body(COLUMNS, "等次", count)
    conditions = tuple(Condition(grades, f'=${AT["等次"]}2="{grade}"', look) for grade, look in _GRADES)
    return data_sheet(SCORES, columns, rows, looks=looks, title=title_of(state), extras=Extras(conditions=conditions))


class _Above:
    """Writes how many units of a row's class stand above it: by total, then, where the rules part equal totals, by outcome and process."""

    def __init__(self, columns: Columns, count: int, *, is_parted: bool) -> None:
        self._groups, self._totals, self._outcomes, self._processes = (
            body(COLUMNS, title, count).ref(absolute=True) for title in ("类别", "总分", "结果分", "过程分")
        )
        self._vetoes = body(columns, "一票否决", count).ref(absolute=True) if len(columns) > len(COLUMNS) else ""
        self._is_parted = is_parted

    def all(self, row: int) -> str:
        """Count all units."""
        return self._counted(row, "")

    def free(self, row: int) -> str:
        """Count those that no veto holds down."""
        return self._counted(row, "") + "".join(f"-{self._counted(row, f',{self._vetoes},{quoted(effect)}', sign='-')}" for effect in EFFECTS)

    def _counted(self, row: int, more: str, sign: str = "+") -> str:
        group, total, outcome, process = (f"{AT[title]}{row}" for title in ("类别", "总分", "结果分", "过程分"))
        parts = [f'{self._totals},">"&{total}']
        if self._is_parted:
            parts.append(f'{self._totals},{total},{self._outcomes},">"&{outcome}')
            parts.append(f'{self._totals},{total},{self._outcomes},{outcome},{self._processes},">"&{process}')
        return sign.join(f"COUNTIFS({self._groups},{group},{part}{more})" for part in parts)


def _outcome(score: UnitScore, duties: Block, weighed: str) -> Formula:
    shares, earned = duties.ref(points_sheet.AT["权数"]), duties.ref(points_sheet.AT["得分"])
    own = f"IF(SUM({shares})=0,0,{rounded(f'SUM({earned})/SUM({shares})', 2)})"
    return Formula(f'=IF({weighed}="",{own},{weighed})' if weighed else f"={own}", score.outcome)


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


def _grade(row: int, end: str, seats: SeatCells, *, held: bool) -> str:
    rank, total = f"{AT['评优名次' if held else '名次']}{row}", f"{AT['总分']}{row}"
    last = f"IF(tie_up=1,{rank},{end})"
    passed = f'IF({last}<={seats.excellent},"{EXCELLENT}",IF({last}<={seats.taken}+{seats.good},"{GOOD}","{PASSED}"))'
    if not held:
        return f'=IF({total}<pass_mark,"{FAILED}",{passed})'
    veto, whole = f"{AT['一票否决']}{row}", f"{AT['名次']}{row}"
    mild = f'IF({whole}<={seats.excellent}+{seats.good},"{GOOD}","{PASSED}")'
    by_veto = f'IF({veto}="{IS_FAILED}","{FAILED}",IF({veto}="{AT_MOST_PASSED}","{PASSED}",IF({veto}="{AT_MOST_GOOD}",{mild},{passed})))'
    return f'=IF({total}<pass_mark,"{FAILED}",{by_veto})'

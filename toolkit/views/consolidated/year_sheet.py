"""年度考核: how a year's scores are weighed from its quarters, and which veto holds a unit's grade down; only in a year's book, where there is either."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.rules import Rules
from toolkit.model.scoring import QUARTER_WEIGHTS, Deduction, Scores, UnitScore, YearParts, lefts_in, taken_in
from toolkit.model.sheet import Formula, SheetPlan
from toolkit.model.standing import Round
from toolkit.model.veto_rules import EFFECTS
from toolkit.views.consolidated import deductions_sheet
from toolkit.views.consolidated.criteria import rounded
from toolkit.views.consolidated.data_sheet import Column, Extras, data_sheet, letters
from toolkit.views.consolidated.sheet_names import YEAR, title_of
from toolkit.views.consolidated.split_sheets import Block
from toolkit.views.consolidated.veto_sheet import level_of, levels, rows_of

_OUTCOMES, _LEFT = [f"{quarter}结果分" for quarter in QUARTER_WEIGHTS.values()], [f"{quarter}过程分" for quarter in QUARTER_WEIGHTS.values()]
_OUTCOME, _PLAN, _PROCESS, _VETO, _LEVEL = "加权结果分", "工作方案扣分", "加权过程分", "一票否决", "否决级别"


class _Line(NamedTuple):
    """A row: a unit's score, its quarters (None: not weighed), what is left of each quarter's process and what the plan cost, its deductions, its cells."""

    score: UnitScore
    parts: YearParts | None
    left: Sequence[Decimal]
    plan: Decimal
    off: Block | None
    row: int
    vetoes: tuple[int, int] | None
    weights: Sequence[Decimal]


class YearCells(NamedTuple):
    """Where 单位考核 finds what it takes from here: the letters of the columns by title; rows stand as there when both were drawn."""

    at: Mapping[str, str]

    def cell(self, title: str, row: int) -> str:
        """Write the cell of a unit's row, so that sorting another sheet does not move it; '' where there is no such column."""
        return f"'{YEAR}'!${self.at[title]}${row}" if title in self.at else ""


def year_sheet(state: Round, rules: Rules, scores: Scores, off: Mapping[str, Block], looks: Mapping[str, CellStyle]) -> tuple[SheetPlan, YearCells] | None:
    """Plan the sheet, a unit a row in the order of 单位考核; None where quarters are not weighed and nothing is held against anybody."""
    if not scores.quarters and not scores.vetoes:
        return None
    columns = (_UNIT, *(_weighed(state) if scores.quarters else ()), *(_HELD if scores.vetoes else ()))
    at, held = letters(columns), rows_of(scores)
    weights = [rules.value(code) for code in QUARTER_WEIGHTS]
    taken: dict[str, list[Deduction]] = {}
    for deduction in scores.deductions:
        taken.setdefault(deduction.unit, []).append(deduction)
    lines = []
    for row, score in enumerate(scores.units, 2):
        mine = taken.get(score.unit, [])
        parts = scores.quarters.get(score.unit)
        left = lefts_in(mine, state.period, parts, rules.value("full_marks"))
        lines.append(_Line(score, parts, left, taken_in(mine, state.period), off.get(score.unit), row, held.get(score.unit), weights))
    plan = data_sheet(YEAR, columns, lines, looks=looks, title=title_of(state), extras=Extras(frozen=1, protect=True))
    return plan, YearCells(at)


_UNIT: Column[_Line] = Column("单位", 30, "正文", lambda line: line.score.unit)
_FIRST = letters((_UNIT, *(Column[_Line](title, 9, "得分", lambda _: None) for title in (*_OUTCOMES, _OUTCOME, *_LEFT, _PLAN, _PROCESS))))


def _weighed(state: Round) -> tuple[Column[_Line], ...]:
    labels = [quarter.label for quarter in state.period.quarters()]
    return (
        *(Column(title, 9, "得分", _outcome_of(quarter)) for quarter, title in enumerate(_OUTCOMES)),
        Column(_OUTCOME, 9, "得分", lambda line: Formula(_mean(line, _OUTCOMES), _value_of_outcome(line))),
        *(Column(title, 9, "得分", _left_of(quarter, label)) for quarter, (title, label) in enumerate(zip(_LEFT, labels, strict=True))),
        Column(_PLAN, 9, "得分", lambda line: Formula(f"={_taken(line.off, state.period.label)}", line.plan)),
        Column(_PROCESS, 9, "得分", lambda line: Formula(_mean(line, _LEFT, plus=f"{_FIRST[_PLAN]}{line.row}"), _value_of_process(line))),
    )


def _outcome_of(quarter: int) -> Callable[[_Line], object]:
    return lambda line: line.parts.outcomes[quarter] if line.parts else None


def _left_of(quarter: int, label: str) -> Callable[[_Line], object]:
    def cell(line: _Line) -> object:
        if line.parts is None or not line.parts.owed[quarter]:
            return None
        full = line.parts.full[quarter]
        return Formula(f"=MAX(0,{'full_marks' if full is None else f'{full:f}'}+{_taken(line.off, label)})", line.left[quarter])

    return cell


def _taken(off: Block | None, label: str) -> str:
    if off is None:
        return "0"
    return f'SUMIF({off.ref(deductions_sheet.AT["期间"])},"{label}",{off.ref(deductions_sheet.AT["分值"])})'


def _mean(line: _Line, titles: Sequence[str], plus: str = "") -> str:
    """Write the mean of some cells by the quarters' weights; blank cells do not weigh; '' where nothing does."""
    cells = [f"{_FIRST[title]}{line.row}" for title in titles]
    whole = "+".join(f'IF({cell}="",0,{code})' for cell, code in zip(cells, QUARTER_WEIGHTS, strict=True))
    earned = "+".join(f'IF({cell}="",0,{cell}*{code})' for cell, code in zip(cells, QUARTER_WEIGHTS, strict=True))
    mean = f"({earned})/({whole})"
    return f'=IF({whole}=0,"",{rounded(f"MAX(0,{mean}+{plus})" if plus else f"({mean})", 2)})'


def _value_of_outcome(line: _Line) -> object:
    return line.score.outcome if line.parts and line.parts.weighs_outcome(line.weights) else ""


def _value_of_process(line: _Line) -> object:
    return line.score.process if line.parts and line.parts.weighs_process(line.weights) else ""


def _level(line: _Line) -> object:
    return Formula(f"=MAX({levels(line.vetoes)})", level_of(line.score.cap)) if line.vetoes else 0


def _effect(line: _Line) -> object:
    if line.vetoes is None:
        return ""
    text = '""'
    for level, effect in enumerate(EFFECTS, 1):
        text = f'IF(MAX({levels(line.vetoes)})={level},"{effect}",{text})'
    return Formula(f"={text}", line.score.cap)


_HELD: tuple[Column[_Line], ...] = (Column(_LEVEL, 9, "数字", _level), Column(_VETO, 12, "居中", _effect))

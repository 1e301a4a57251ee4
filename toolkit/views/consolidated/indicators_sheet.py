"""量化指标: one row an indicator, its rate and judgement live formulas over the row."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.sheet import Condition, Formula, SheetPlan
from toolkit.model.standing import AT_MOST, Assessment, IndicatorStanding, Round
from toolkit.views.consolidated.criteria import rounded
from toolkit.views.consolidated.data_sheet import Column, Extras, at, body, data_sheet, letters
from toolkit.views.consolidated.sheet_names import INDICATORS, title_of
from toolkit.views.consolidated.source_links import source


class _Line(NamedTuple):
    """A row of the sheet: the indicator's standing, the row's number (from 1), whether it is reached, what it is measured by."""

    standing: IndicatorStanding
    row: int
    reached: str
    yardstick: Decimal | str


COLUMNS: tuple[Column[_Line], ...] = (
    Column("编号", 9, "居中", lambda line: line.standing.indicator.number),
    Column("指标", 38, "正文", lambda line: line.standing.indicator.name, 80),
    Column("比较", 6, "居中", lambda line: line.standing.indicator.comparator),
    Column("目标值", 12, "数字", lambda line: line.standing.indicator.target),
    Column("单位", 10, "居中", lambda line: line.standing.indicator.unit),
    Column("累计完成值", 12, "数字", lambda line: line.standing.reached),
    Column("完成率", 9, "数字", lambda line: _rate(line.standing, line.row)),
    Column("序时进度", 10, "数字", lambda line: line.yardstick),
    Column("是否达标", 10, "居中", lambda line: _judgement(line.standing, line.row, line.reached)),
    Column("牵头单位", 26, "正文", lambda line: line.standing.lead),
    Column("来源", 11, "链接", lambda line: source(line.standing.source)),
)
_AMENDED: tuple[Column[_Line], ...] = (  # only in a book in which a target is not what the year began with
    Column("原目标", 12, "数字", lambda line: line.standing.indicator.original),
    Column("调整依据", 30, "正文", lambda line: line.standing.indicator.basis, 60),
)
_AT = letters(COLUMNS)
_TENTH = Decimal("0.1")


def indicator_sheet(state: Round, assessment: Assessment, looks: Mapping[str, CellStyle]) -> SheetPlan:
    """Plan the sheet, indicators in the order of the master list."""
    judged = zip(state.indicators, assessment.reached, assessment.yardsticks, strict=True)
    rows = [_Line(standing, number, reached, yardstick) for number, (standing, reached, yardstick) in enumerate(judged, 2)]
    is_amended = any(indicator.indicator.original is not None for indicator in state.indicators)
    columns = (*COLUMNS[:-1], *_AMENDED, COLUMNS[-1]) if is_amended else COLUMNS
    judged_cells = body(COLUMNS, "是否达标", len(rows))
    missed = Condition(judged_cells, f'=${_AT["是否达标"]}2="否"', "错误")
    comments = tuple((number, at(COLUMNS, "累计完成值"), standing.settled) for number, standing in enumerate(state.indicators, 1) if standing.settled)
    extras = Extras(frozen=2, conditions=(missed,), comments=comments)
    return data_sheet(INDICATORS, columns, rows, looks=looks, title=title_of(state), extras=extras)


def cells(number: int) -> dict[str, str]:
    """Name the cells of a row, counted from 1, by their headers."""
    return {title: f"{letter}{number}" for title, letter in _AT.items()}


def _rate(standing: IndicatorStanding, number: int) -> Formula:
    value, target = f"{_AT['累计完成值']}{number}", f"{_AT['目标值']}{number}"
    return Formula(f'=IF(OR({value}="",{target}=0),"",{rounded(f"{value}*100/{target}", 1)})', "" if standing.rate is None else standing.rate)


def _judgement(standing: IndicatorStanding, number: int, reached: str) -> Formula:
    value, target, due = (f"{_AT[title]}{number}" for title in ("累计完成值", "目标值", "序时进度"))
    if standing.indicator.comparator in AT_MOST:
        judged = f'IF({value}<={target},"是","否")'
    else:
        judged = f'IF({value}>=IF(ISNUMBER({due}),ROUND({target}*{due}/100,6),{target}),"是",IF({due}="按节点","按节点","否"))'
    return Formula(f'=IF({value}="","未报",{judged})', reached)

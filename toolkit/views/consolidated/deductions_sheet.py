"""扣分明细: one row each thing that is taken off or added, with its task, day, evidence and original."""

from collections.abc import Mapping, Sequence
from functools import partial

from toolkit.model.cell_style import CellStyle
from toolkit.model.period import Period
from toolkit.model.scoring import Deduction, Scores
from toolkit.model.sheet import ROW, ColumnFormula, Formula, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated.data_sheet import Column, Extras, Styled, data_sheet, letters
from toolkit.views.consolidated.sheet_names import title_of
from toolkit.views.consolidated.source_links import original, rule
from toolkit.views.consolidated.split_sheets import Part


def _points(line: Deduction) -> Formula | Styled:
    if line.is_closed:
        return Styled(line.points, "数字")
    return Formula(f"=-{line.code}", line.points) if line.code else Styled(line.points, "认定灯")


COLUMNS: tuple[Column[Deduction], ...] = (
    Column("单位", 30, "正文", lambda line: line.unit),
    Column("项目", 8, "居中", lambda line: line.item),
    Column("编号", 10, "居中", lambda line: line.number),
    Column("分值", 9, "数字", _points),
    Column("日期", 12, "日期", lambda line: line.day),
    Column("依据", 70, "正文", lambda line: line.evidence, 90),
    Column("来源", 12, "链接", lambda line: original(line.path, line.place) if line.path or line.code else rule(line.place)),
)
_PERIOD: Column[Deduction] = Column("期间", 14, "居中", lambda line: stage_label(line.period))  # only where a year's quarters are weighed
_BACK: tuple[Column[Deduction], ...] = (  # only where an appeal was upheld
    Column("申诉返还", 9, "认定灯", lambda line: line.returned or None),
    Column("申诉处理", 30, "正文", lambda line: line.ruled, 60),
)
AT = letters((*COLUMNS, _PERIOD))


def stage_label(period: str) -> str:
    """Name the round that something was taken off in, '' for none."""
    return Period.parse(period).label if period else ""


def columns_of(scores: Scores) -> tuple[Column[Deduction], ...]:
    """Give the columns of the sheet: those of any book, and at the end those that there is something for."""
    back = _BACK if any(line.returned for line in scores.deductions) else ()
    found = (*COLUMNS, *([_PERIOD] if scores.quarters else []), *back)
    if not back:
        return found
    cell = f"{letters(found)['申诉返还']}{ROW}"
    return tuple(column._replace(value=partial(_given_back, cell)) if column.title == "分值" else column for column in found)


def _given_back(cell: str, line: Deduction) -> Formula | ColumnFormula | Styled:
    if not line.returned:
        return _points(line)
    taken = f"-{line.code}" if line.code and not line.is_closed else f"{line.taken:f}"
    return ColumnFormula(f"={taken}+{cell}", line.points)


def deduction_sheets(state: Round, scores: Scores, cut: Sequence[Part], looks: Mapping[str, CellStyle]) -> list[SheetPlan]:
    """Plan the sheet, or several where one cannot hold all; rows stand by unit, and cannot be sorted, so that 单位考核 finds each unit's."""
    title = title_of(state)
    columns, extras = columns_of(scores), Extras(frozen=2, protect=True)
    return [data_sheet(part.sheet, columns, scores.deductions[part.rows], looks=looks, title=title, extras=extras) for part in cut]

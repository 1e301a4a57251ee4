"""扣分明细: one row each thing that is taken off or added, with its task, day, evidence and original."""

from collections.abc import Mapping, Sequence

from toolkit.model.cell_style import CellStyle
from toolkit.model.scoring import Deduction, Scores
from toolkit.model.sheet import Formula, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated.data_sheet import Column, Extras, Styled, data_sheet, letters
from toolkit.views.consolidated.sheet_names import book_title
from toolkit.views.consolidated.source_links import original, rule
from toolkit.views.consolidated.split_sheets import Part

COLUMNS: tuple[Column[Deduction], ...] = (
    Column("单位", 30, "正文", lambda one: one.unit),
    Column("项目", 8, "居中", lambda one: one.item),
    Column("编号", 10, "居中", lambda one: one.number),
    Column("分值", 9, "数字", lambda one: Formula(f"=-{one.code}", one.points) if one.code else Styled(one.points, "认定灯")),
    Column("日期", 12, "日期", lambda one: one.day),
    Column("依据", 70, "正文", lambda one: one.evidence, 90),
    Column("来源", 12, "链接", lambda one: original(one.path, one.place) if one.path or one.code else rule(one.place)),
)
AT = letters(COLUMNS)


def deduction_sheets(state: Round, scores: Scores, cut: Sequence[Part], looks: Mapping[str, CellStyle]) -> list[SheetPlan]:
    """Plan the sheet, or several where one cannot hold all; rows stand by unit, and cannot be sorted, so that 单位考核 finds each unit's."""
    title = book_title(state.period.label)
    return [
        data_sheet(part.sheet, COLUMNS, scores.deductions[part.rows], looks=looks, title=title, extras=Extras(frozen=2, protect=True))
        for part in cut
    ]

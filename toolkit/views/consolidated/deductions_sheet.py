"""扣分明细: one row each thing that is taken off or added, with its task, day, evidence and original."""

from collections.abc import Mapping, Sequence

from toolkit.model.cell_style import CellStyle
from toolkit.model.scoring import Deduction, Scores
from toolkit.model.sheet import Formula, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated.data_sheet import Column, Extras, Styled, data_sheet, letters
from toolkit.views.consolidated.sheet_names import title_of
from toolkit.views.consolidated.source_links import original, rule
from toolkit.views.consolidated.split_sheets import Part

COLUMNS: tuple[Column[Deduction], ...] = (
    Column("单位", 30, "正文", lambda line: line.unit),
    Column("项目", 8, "居中", lambda line: line.item),
    Column("编号", 10, "居中", lambda line: line.number),
    Column("分值", 9, "数字", lambda line: Formula(f"=-{line.code}", line.points) if line.code else Styled(line.points, "认定灯")),
    Column("日期", 12, "日期", lambda line: line.day),
    Column("依据", 70, "正文", lambda line: line.evidence, 90),
    Column("来源", 12, "链接", lambda line: original(line.path, line.place) if line.path or line.code else rule(line.place)),
)
AT = letters(COLUMNS)


def deduction_sheets(state: Round, scores: Scores, cut: Sequence[Part], looks: Mapping[str, CellStyle]) -> list[SheetPlan]:
    """Plan the sheet, or several where one cannot hold all; rows stand by unit, and cannot be sorted, so that 单位考核 finds each unit's."""
    title = title_of(state)
    return [data_sheet(part.sheet, COLUMNS, scores.deductions[part.rows], looks=looks, title=title, extras=Extras(frozen=2, protect=True)) for part in cut]

"""定稿后更正 and 未决事项: what came after a round was closed, and what was undecided when it was."""

from collections.abc import Mapping, Sequence
from operator import itemgetter

from toolkit.model.cell_style import CellStyle
from toolkit.model.closing import Correction, OpenMatter
from toolkit.model.period import Period
from toolkit.model.sheet import SheetPlan
from toolkit.views.consolidated.data_sheet import Column, data_sheet
from toolkit.views.consolidated.sheet_names import CORRECTIONS, MATTERS
from toolkit.views.consolidated.source_links import original

COLUMNS: tuple[Column[Correction], ...] = (
    Column("期间", 16, "居中", lambda line: Period.parse(line.period).label),
    Column("稿", 8, "居中", lambda line: f"第 {line.draft} 稿"),
    Column("事项", 12, "居中", lambda line: line.kind),
    Column("单位", 22, "正文", lambda line: line.unit),
    Column("编号", 9, "居中", lambda line: line.number),
    Column("栏目", 20, "正文", lambda line: line.column),
    Column("定稿值", 34, "正文", lambda line: line.closed, 70),
    Column("现值", 34, "正文", lambda line: line.now, 70),
    Column("时间", 18, "时间", lambda line: line.at),
    Column("原因", 34, "正文", lambda line: line.why, 70),
    Column("经办", 12, "居中", lambda line: line.who),
    Column("来源", 16, "链接", lambda line: original(line.path, line.place)),
)
MATTER_COLUMNS: tuple[Column[OpenMatter], ...] = tuple(
    Column(title, width, look, itemgetter(at), widest)
    for at, (title, width, look, widest) in enumerate(
        (("事项", 14, "居中", 0), ("单位", 26, "正文", 0), ("编号", 9, "居中", 0), ("内容", 70, "正文", 100), ("位置", 44, "正文", 70))
    )
)


def correction_sheet(found: Sequence[Correction], looks: Mapping[str, CellStyle], title: str) -> SheetPlan:
    """Plan the sheet, one row a correction, in the order of the rounds."""
    return data_sheet(CORRECTIONS, COLUMNS, found, looks=looks, title=title)


def matter_sheet(found: Sequence[OpenMatter], looks: Mapping[str, CellStyle], title: str) -> SheetPlan:
    """Plan the sheet of open matters, one row a matter, in the order given."""
    return data_sheet(MATTERS, MATTER_COLUMNS, found, looks=looks, title=title)

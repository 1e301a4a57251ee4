"""定稿后更正 and 未决事项: what came after a round was closed, and what was undecided when it was."""

from collections.abc import Mapping, Sequence

from toolkit.model.closing import Correction, Matter
from toolkit.model.look import Look
from toolkit.model.period import Period
from toolkit.model.sheet import SheetPlan
from toolkit.views.consolidated.names import CORRECTIONS, MATTERS
from toolkit.views.consolidated.sources import original
from toolkit.views.consolidated.table import Column, data_sheet

COLUMNS = (
    Column("期间", 16, "居中"),
    Column("稿", 8, "居中"),
    Column("事项", 12, "居中"),
    Column("单位", 22, "正文"),
    Column("编号", 9, "居中"),
    Column("栏目", 20, "正文"),
    Column("定稿值", 34, "正文", 70),
    Column("现值", 34, "正文", 70),
    Column("时间", 18, "时间"),
    Column("原因", 34, "正文", 70),
    Column("经办", 12, "居中"),
    Column("来源", 16, "链接"),
)
MATTER_COLUMNS = (
    Column("事项", 14, "居中"),
    Column("单位", 26, "正文"),
    Column("编号", 9, "居中"),
    Column("内容", 70, "正文", 100),
    Column("位置", 44, "正文", 70),
)


def correction_sheet(found: Sequence[Correction], looks: Mapping[str, Look], title: str) -> SheetPlan:
    """Plan the sheet, one row a correction, in the order of the rounds."""
    return data_sheet(CORRECTIONS, COLUMNS, [_row(one) for one in found], looks=looks, title=title)


def matter_sheet(found: Sequence[Matter], looks: Mapping[str, Look], title: str) -> SheetPlan:
    """Plan the sheet, one row a matter."""
    return data_sheet(MATTERS, MATTER_COLUMNS, [tuple(one) for one in found], looks=looks, title=title)


def _row(one: Correction) -> tuple[object, ...]:
    what = (Period.parse(one.period).label, f"第 {one.draft} 稿", one.kind, one.unit, one.number, one.column, one.closed, one.now)
    return (*what, one.at, one.why, one.who, original(one.path, one.place))

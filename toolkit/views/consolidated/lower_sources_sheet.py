"""下级来源: whose words below the units a value rests on, a row for each of them, down to the cell that somebody filled in."""

from collections.abc import Mapping
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.lower_source import DIGEST, HOW, READ, TYPED, CellState, LowerLine, LowerSource
from toolkit.model.sheet import SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated.data_sheet import Column, Extras, data_sheet
from toolkit.views.consolidated.sheet_names import LOWER, title_of
from toolkit.views.consolidated.source_links import internal_link, original


class _Line(NamedTuple):
    """A row of the sheet: the value, and one word on which it rests."""

    line: LowerLine
    source: LowerSource


COLUMNS: tuple[Column[_Line], ...] = (
    Column("编号", 9, "居中", lambda row: row.line.number),
    Column("栏目", 18, "正文", lambda row: row.line.title),
    Column("单位", 18, "正文", lambda row: row.line.unit),
    Column("填报值", 24, "正文", lambda row: row.line.value, 70),
    Column("来源", 10, "链接", lambda row: original(row.line.path, row.line.place)),
    Column("状态", 10, "居中", lambda row: row.source.state),
    Column("汇总时填入", 20, "正文", lambda row: row.source.filled if row.source.state == CellState.CHANGED else "", 60),
    Column(HOW, 26, "正文", lambda row: row.source.how),
    Column("层级", 6, "居中", lambda row: row.source.level),
    Column("下级单位", 22, "正文", lambda row: row.source.unit),
    Column(TYPED, 26, "正文", lambda row: row.source.typed, 70),
    Column(READ, 20, "正文", lambda row: "" if row.source.read == row.source.typed else row.source.read, 60),
    Column("下级文件", 30, "正文", lambda row: row.source.file),
    Column("下级单元格", 16, "居中", lambda row: row.source.place),
    Column("下级报送时间", 16, "居中", lambda row: row.source.sent),
    Column(DIGEST, 66, "正文", lambda row: row.source.digest),
)


def lower_sheet(state: Round, looks: Mapping[str, CellStyle]) -> SheetPlan | None:
    """Plan the sheet, in the order of the units' rows; None where no value rests on others."""
    if not state.lower:
        return None
    rows = [_Line(line, source) for line in state.lower for source in line.sources]
    return data_sheet(LOWER, COLUMNS, rows, looks=looks, title=title_of(state), extras=Extras(frozen=3, large=True))


def links_to_lower(state: Round) -> dict[str, object]:
    """Give for each task of which a value rests on others a link to the first of its rows, by number."""
    found: dict[str, object] = {}
    at = 2
    for line in state.lower:
        found.setdefault(line.number, internal_link(LOWER, "下级", f"A{at}"))
        at += len(line.sources)
    return found

"""收件清单: every file that came for the period, the newest first: what it is, what it brought, what is next."""

from collections.abc import Mapping

from toolkit.model.cell_style import CellStyle
from toolkit.model.received import Received
from toolkit.model.sheet import SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated.data_sheet import Column, Extras, data_sheet
from toolkit.views.consolidated.sheet_names import RECEIVED, title_of
from toolkit.views.consolidated.source_links import original

COLUMNS: tuple[Column[Received], ...] = (
    Column("收到时间", 18, "时间", lambda line: line.at),
    Column("单位", 24, "正文", lambda line: line.unit or "—"),
    Column("期间", 16, "居中", lambda line: line.period or "—"),
    Column("文件", 36, "正文", lambda line: line.file, 60),
    Column("是什么", 20, "正文", lambda line: line.what),
    Column("带来什么", 30, "正文", lambda line: line.brought),
    Column("下一步", 40, "正文", lambda line: line.following, 60),
    Column("来源", 9, "链接", lambda line: original(line.path)),
)


def received_sheet(state: Round, looks: Mapping[str, CellStyle]) -> SheetPlan | None:
    """Plan the sheet; None where nothing came."""
    if not state.received:
        return None
    return data_sheet(RECEIVED, COLUMNS, list(state.received), looks=looks, title=title_of(state), extras=Extras(frozen=2, large=True))

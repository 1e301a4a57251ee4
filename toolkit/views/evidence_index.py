"""佐证材料清单: the index beside evidence that was handed out, each line with a link to its copy."""

from collections.abc import Sequence
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.evidence import CHECK, CHECK_NOTE, Evidence
from toolkit.model.sheet import BookPlan, CellPlan, SheetPlan
from toolkit.views.consolidated.data_sheet import Column, Extras, data_sheet
from toolkit.views.consolidated.source_links import beside

INDEX = "佐证材料清单"
_LINE, _GREY = "BFBFBF", "D9E2F3"
_LOOKS = {
    "表头": CellStyle(bold=True, fill=_GREY, border=_LINE, across="center", wrap=True, size=10),
    "正文": CellStyle(border=_LINE, wrap=True, size=10),
    "居中": CellStyle(border=_LINE, across="center", wrap=True, size=10),
    "数字": CellStyle(border=_LINE, across="right", size=10),
    "时间": CellStyle(border=_LINE, across="center", number_format="yyyy-mm-dd hh:mm", size=10),
    "链接": CellStyle(border=_LINE, colour="0563C1", underline=True, wrap=True, size=10),
}


class IndexLine(NamedTuple):
    """A copy: the piece, its task ('' for a stamped return), what the office found, the copy's path from the index on."""

    piece: Evidence
    number: str
    check: str
    note: str
    name: str


_COLUMNS: tuple[Column[IndexLine], ...] = (
    Column("期间", 10, "居中", lambda line: line.piece.period),
    Column("单位", 22, "正文", lambda line: line.piece.unit),
    Column("编号", 10, "居中", lambda line: line.number),
    Column("材料", 40, "链接", lambda line: beside(line.name, line.piece.title), 60),
    Column("种类", 10, "居中", lambda line: line.piece.kind.value),
    Column("大小（字节）", 12, "数字", lambda line: line.piece.size),
    Column("收到时间", 17, "时间", lambda line: line.piece.received.replace(tzinfo=None)),
    Column("依据", 20, "正文", lambda line: line.piece.basis),
    Column("SHA-256", 34, "正文", lambda line: line.piece.digest),
    Column(CHECK, 9, "居中", lambda line: line.check),
    Column(CHECK_NOTE, 24, "正文", lambda line: line.note, 60),
    Column("原件", 40, "正文", lambda line: line.piece.path, 70),
)


def index_book(lines: Sequence[IndexLine]) -> BookPlan:
    """Plan the workbook: a row a copy, in the order given."""
    index = data_sheet(INDEX, _COLUMNS, lines, looks=_LOOKS, title=INDEX, extras=Extras(frozen=3))
    notes = SheetPlan("说明", tuple(CellPlan(at, 0, text, "正文") for at, text in enumerate(_NOTES)), widths={0: 90})
    return BookPlan((index, notes), _LOOKS, title=INDEX)


_NOTES = (
    "文件夹按 期间/单位/任务 排列；一份材料用于几项任务的，每项任务下各有一份。单位盖章的整表在“盖章件”文件夹里。",
    "这里都是拷贝，原件在工作区的 records/returns 里；“SHA-256”是归档时的校验码，拷出前已核对一致。",
)

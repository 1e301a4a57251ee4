"""佐证材料: tasks that are said to be finished without any, every piece of evidence with its original, and a place for what the office found."""

from collections.abc import Mapping
from itertools import groupby
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.evidence import CHECK, CHECK_NOTE, CHECK_WORDS, EvidenceKind, EvidenceLine
from toolkit.model.sheet import Condition, Guard, Link, SheetPlan
from toolkit.model.standing import Round
from toolkit.views.consolidated.data_sheet import Column, Extras, Styled, body, data_sheet, letters
from toolkit.views.consolidated.sheet_names import EVIDENCE, title_of
from toolkit.views.consolidated.source_links import internal_link, original

NOTHING = "（报了已完成，没有收到材料）"
_KIB = 1024


class _Line(NamedTuple):
    """A row of the sheet: the line and its task's text."""

    line: EvidenceLine
    task: str


COLUMNS: tuple[Column[_Line], ...] = (
    Column("单位", 20, "正文", lambda row: row.line.unit),
    Column("编号", 9, "居中", lambda row: row.line.number),
    Column("目标任务", 34, "正文", lambda row: row.task, 70),
    Column("材料", 36, "链接", lambda row: _original(row.line)),
    Column("种类", 9, "居中", lambda row: row.line.piece.kind.value if row.line.piece else ""),
    Column("填报的佐证材料", 30, "正文", lambda row: row.line.words, 60),
    Column(CHECK, 9, "认定", lambda row: row.line.check),
    Column(CHECK_NOTE, 24, "认定", lambda row: row.line.note, 60),
    Column("收到时间", 16, "时间", lambda row: row.line.piece.received.replace(tzinfo=None) if row.line.piece else None),
    Column("依据", 18, "正文", lambda row: row.line.piece.basis if row.line.piece else ""),
    Column("大小（KB）", 10, "数字", lambda row: -(-row.line.piece.size // _KIB) if row.line.piece else None),
    Column("文件号", 8, "居中", lambda row: row.line.piece.file if row.line.piece else row.line.file),
    Column("SHA-256", 20, "正文", lambda row: row.line.piece.digest if row.line.piece else ""),
)


def evidence_sheet(state: Round, looks: Mapping[str, CellStyle]) -> SheetPlan | None:
    """Plan the sheet; None where there is no evidence and nothing is said to be finished."""
    if not state.evidence:
        return None
    texts = {standing.task.number: standing.task.text for standing in state.tasks}
    rows = [_Line(line, texts.get(line.number, "")) for line in state.evidence]
    bare = Condition(body(COLUMNS, "材料", len(rows)), f'=${letters(COLUMNS)["文件号"]}2="无"', "待核")
    extras = Extras(frozen=2, guards=((body(COLUMNS, CHECK, len(rows)), _GUARD),), conditions=(bare,), large=True)
    return data_sheet(EVIDENCE, COLUMNS, rows, looks=looks, title=title_of(state), extras=extras)


def counted_pieces(state: Round) -> dict[str, int]:
    """Count the files that belong to each task, whichever unit sent them."""
    pairs = {(line.number, line.piece.file) for line in state.evidence if line.piece and line.number}
    return {number: len(list(some)) for number, some in groupby(sorted(pairs), key=lambda pair: pair[0])}


def pieces_of_rows(state: Round) -> dict[tuple[str, str], object]:
    """Give what stands in 填报明细 beside each unit's row of a task: a link to the one file, or the names with a link to the sheet that leads to each."""
    mine: dict[tuple[str, str], list[tuple[int, EvidenceLine]]] = {}
    for at, line in enumerate(state.evidence, 2):
        if line.piece and line.number:
            mine.setdefault((line.unit, line.number), []).append((at, line))
    return {key: _cell(found) for key, found in mine.items()}


def stamped_returns(state: Round) -> dict[str, object]:
    """Give each unit's newest stamped return (highest file number) as a link, by unit; a unit without one is not there."""
    found = [line for line in state.evidence if line.piece and line.piece.kind is EvidenceKind.STAMPED]
    return {line.unit: _original(line) for line in sorted(found, key=lambda line: line.file.zfill(12))}


def _cell(found: list[tuple[int, EvidenceLine]]) -> object:
    if len(found) == 1:
        return _original(found[0][1])
    names = "、".join(line.piece.title for _, line in found if line.piece)
    return internal_link(EVIDENCE, f"{len(found)} 份：{names}"[:_LONGEST], f"D{found[0][0]}")


def _original(line: EvidenceLine) -> Link | Styled | str:
    return original(line.piece.path, words=line.piece.title) if line.piece else Styled(NOTHING, "正文")


_LONGEST = 250  # signs of a link's words
_GUARD = Guard(
    "list",
    choices=",".join(CHECK_WORDS),
    title=CHECK,
    prompt="看过原件后选：已核、不符或待补，右边写明情况；下次汇总时读入。不符、待补扣不扣分，看考核规则。",
    error="请从下拉框中选一个，或者清空。",
)

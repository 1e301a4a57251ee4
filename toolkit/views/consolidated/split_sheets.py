"""Long sheets: rows that stand together by unit are cut, between units, into sheets that a spreadsheet can hold."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.source_links import internal_link

MOST_ROWS = 1_048_575  # records of a sheet below its header, Excel's own limit


class Block(NamedTuple):
    """Where one unit's rows stand: the sheet, and the first and last row, counted from 1."""

    sheet: str
    first: int
    last: int

    def ref(self, letters: str) -> str:
        """Write a column of the block for a formula on another sheet, so that sorting the formula's own sheet does not move it."""
        return f"'{self.sheet}'!${letters}${self.first}:${letters}${self.last}"


class Cut(NamedTuple):
    """For the index of long sheets: the sheet, its first and last unit, how many records it holds."""

    sheet: str
    first: str
    last: str
    rows: int


class Part(NamedTuple):
    """One of the sheets that long rows are cut into: its name, and which rows it holds."""

    sheet: str
    rows: slice


def parts(name: str, units: Sequence[str], most: int = MOST_ROWS) -> list[Part]:
    """Cut rows, given by the unit of each, into sheets of at most so many; a unit that is longer than a sheet is cut too. At least one sheet."""
    starts = [0]
    at = 0
    for _, group in groupby(units):
        end = at + sum(1 for _ in group)
        if end - starts[-1] > most and at > starts[-1]:
            starts.append(at)
        starts += range(starts[-1] + most, end, most)
        at = end
    ends = [*starts[1:], len(units)]
    return [Part(name if number == 1 else f"{name}{number}", slice(*pair)) for number, pair in enumerate(zip(starts, ends, strict=True), 1)]


def blocks(units: Sequence[str], cut: Sequence[Part]) -> dict[str, Block]:
    """Say where each unit's rows begin and end on its (first) sheet."""
    found: dict[str, Block] = {}
    for part in cut:
        at = 2
        for unit, group in groupby(units[part.rows]):
            count = sum(1 for _ in group)
            found.setdefault(unit, Block(part.sheet, at, at + count - 1))
            at += count
    return found


def cuts(units: Sequence[str], cut: Sequence[Part]) -> list[Cut]:
    """List the sheets that rows were cut into; none where one sheet holds all."""
    return [Cut(part.sheet, units[part.rows][0], units[part.rows][-1], len(units[part.rows])) for part in cut] if len(cut) > 1 else []


def split_index(board: FreeLayout, found: Sequence[Sequence[Cut]]) -> None:
    """Put on the board where to find whom in sheets that were cut."""
    lines = [row for cut in found for row in cut]
    if lines:
        board.line((("一张表放不下的，按单位顺序分成几张：", "注", 12),))
        board.line([(title, "表头", across) for title, across in (("工作表", 2), ("从", 4), ("到", 4), ("行数", 2))], points=20)
    for line in lines:
        board.line(((internal_link(line.sheet), "链接", 2), (line.first, "正文", 4), (line.last, "正文", 4), (line.rows, "数字", 2)))

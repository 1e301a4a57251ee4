"""Cells as a file places them, spans and all, to the table a reader sees."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from toolkit.model.command_error import CommandError
from toolkit.model.document import Table, TableCell
from toolkit.model.lazy_pattern import lazy_pattern


class PlacedCell(NamedTuple):
    """A cell at a row and column, counted from 0, over how many rows and columns it spans, and its paragraphs."""

    row: int
    column: int
    rows: int
    columns: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """The cell's paragraphs, one a line; '' for a cell without any."""
        return "\n".join(self.lines)


_HEADER = lazy_pattern(r"序号|编号|.{0,8}(?:任务|事项|内容|措施|举措|单位|部门|科室|时限|时间|目标|领导|指标|进度|责任人|备注)(?:名称)?")
_MOST_CELLS = 300_000


def is_layout(cells: Sequence[PlacedCell]) -> bool:
    """Say whether a table only sets running text on the page: one cell, one column, or one cell that holds nearly all of it."""
    filled = [cell for cell in cells if any(cell.lines)]
    if len({cell.column for cell in filled}) <= 1:
        return True
    headers = [cell.row for cell in filled if len(cell.lines) <= 2 and _HEADER.fullmatch(re.sub(r"\s", "", cell.text))]
    if any(headers.count(row) > 1 for row in headers[:20]):
        return False
    biggest = max(filled, key=lambda cell: len(cell.text))
    return len(biggest.lines) >= 4 and len(biggest.text) > 0.6 * sum(len(cell.text) for cell in filled)


def table_of(cells: Sequence[PlacedCell], where: str, address: Callable[[int, int], str]) -> Table | None:
    """Lay cells out as a full grid, spanning text in each place covered, without empty rows; None for an empty one. Raises CommandError if far too large."""
    filled = [cell for cell in cells if any(cell.lines)]
    if not filled:
        return None
    height = max(cell.row for cell in cells) + 1
    width = max(cell.column + cell.columns for cell in filled)
    if height * width > _MOST_CELLS:
        raise CommandError(f"里有一张 {height} 行 {width} 列的表，大得不正常，没有读。", "请删去表中多余的空行空列，另存一份后再导入。")
    grid = [[""] * width for _ in range(height)]
    for cell in filled:
        for row in range(cell.row, min(cell.row + cell.rows, height)):
            for column in range(cell.column, min(cell.column + cell.columns, width)):
                grid[row][column] = grid[row][column] or cell.text
    kept = {at: number for number, at in enumerate(at for at, row in enumerate(grid) if any(map(str.strip, row)))}
    rows = tuple(tuple(TableCell(text.strip(), address(at, column)) for column, text in enumerate(grid[at])) for at in kept)
    merges = tuple(
        (kept[cell.row], cell.column, kept[cell.row] + min(cell.rows, height - cell.row) - 1, cell.column + cell.columns - 1)
        for cell in filled
        if cell.row in kept and (cell.rows > 1 or cell.columns > 1)
    )
    return Table(rows, where, merges) if rows else None

"""Long sheets: rows that stand together by unit are cut, between units, into sheets that a spreadsheet can hold."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

MOST_ROWS = 1_048_575  # records of a sheet below its header, Excel's own limit


class Block(NamedTuple):
    """Where one unit's rows stand: the sheet, and the first and last row, counted from 1."""

    sheet: str
    first: int
    last: int

    def ref(self, letters: str) -> str:
        """Write a column of the block for a formula on another sheet, so that sorting the formula's own sheet does not move it."""
        return f"'{self.sheet}'!${letters}${self.first}:${letters}${self.last}"


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

"""Where a value stands: file, sheet, cell."""

from functools import lru_cache
from typing import NamedTuple


class Place(NamedTuple):
    """A cell of a sheet of a file; the later parts are empty where the place is wider than a cell."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        """Show as 甲单位.xlsx!任务进展!D7."""
        return "!".join(part for part in self if part)


@lru_cache(maxsize=1024)
def column_letters(column: int) -> str:
    """Name a column, counted from 0, as a spreadsheet does: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int, *, absolute: bool = False) -> str:
    """Name a cell, row and column counted from 0: (0, 0) is A1, or $A$1 when absolute."""
    mark = "$" if absolute else ""
    return f"{mark}{column_letters(column)}{mark}{row + 1}"

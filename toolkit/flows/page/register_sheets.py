"""The rows of 办理 sheet by sheet: those in which a text is found, so many on one sheet, each with its number among them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from toolkit.flows.page.registers import RegisterLine

MOST = 100  # rows on one sheet: each is a form of its own


class RegisterSheet(NamedTuple):
    """One sheet of the rows that were found: what was looked for, its rows with their numbers from 1, which sheet of how many it is, how many were found
    (by section too), how many there are.
    """

    sought: str
    rows: tuple[tuple[int, RegisterLine], ...]
    at: int
    sheets: int
    counts: Mapping[str, int]
    all: int

    @property
    def found(self) -> int:
        """How many rows were found."""
        return sum(self.counts.values())

    @property
    def first(self) -> int:
        """The number of its first row, 0 where nothing was found."""
        return self.rows[0][0] if self.rows else 0

    @property
    def last(self) -> int:
        """The number of its last row, 0 where nothing was found."""
        return self.rows[-1][0] if self.rows else 0


def register_sheet(lines: Sequence[RegisterLine], sought: str = "", at: int = 1) -> RegisterSheet:
    """Give a sheet of the rows that hold every word that is looked for, anywhere in them; a sheet that is not there is the last or the first."""
    words = sought.casefold().split()
    found = [line for line in lines if all(any(word in text for text in _texts(line)) for word in words)] if words else list(lines)
    sheets = max(1, -(-len(found) // MOST))
    at = min(max(at, 1), sheets)
    start = (at - 1) * MOST
    rows = tuple(enumerate(found[start : start + MOST], start + 1))
    return RegisterSheet(sought, rows, at, sheets, Counter(line.section for line in found), len(lines))


def _texts(line: RegisterLine) -> Iterator[str]:
    """Give all that a row shows, in small letters."""
    for text in (line.section, line.title, line.unit, line.state, *(text for _, text in line.facts), *(blank.value for blank in line.blanks), *line.refused):
        yield text.casefold()

"""How a wide table is laid on paper so that it can be read: one page wide where its letters stay large enough, else parted at columns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.model.sheet import Print

SMALLEST = 8.0  # points: no letter of a printed table is smaller
_A4, _A3 = 784.0, 1133.0  # points that a landscape page has between the margins that workbooks_out sets
_A_CHARACTER = 7.7  # points of a column's width a character: Excel takes 5.3, LibreOffice up to this much where the workbook's own font is not installed
_WIDEST_KEPT = 0.3  # of a page: what repeats on every page takes no more than that, but for the first column


class _Parted(NamedTuple):
    """Columns before which a page begins, and how many columns are repeated at the left of each."""

    breaks: tuple[int, ...]
    repeated: int


def paged(printing: Print, widths: Mapping[int, float], *, size: float, frozen: int) -> Print:
    """Lay a table of columns so wide (characters), whose smallest letters have so many points, on A4 or A3; `frozen` columns say what a row is about."""
    points = [width * _A_CHARACTER for _, width in sorted(widths.items())]
    least = min(SMALLEST / size, 1.0)
    for large, page in ((False, _A4), (True, _A3)):
        if (large or not printing.large) and sum(points) * least <= page:
            return replace(printing, large=large)
    parted = _parted(points, _A3 / least, frozen)
    return replace(printing, large=True, scale=-int(-least * 100 // 1), breaks=parted.breaks, beside=parted.repeated)


def _parted(points: Sequence[float], page: float, frozen: int) -> _Parted:
    """Fill page after page with columns; what is repeated is as much of the frozen columns as leaves room."""
    repeated = next((count for count in range(frozen, 1, -1) if sum(points[:count]) <= page * _WIDEST_KEPT), 1)
    start, used, breaks = sum(points[:repeated]), 0.0, []
    for column, wide in enumerate(points):
        if used + wide > page and column > repeated:
            breaks.append(column)
            used = start
        used += wide
    return _Parted(tuple(breaks), repeated)

"""How much room a text takes in a cell: lines and row heights, counted as a spreadsheet draws Chinese and Latin text."""

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern

TALLEST = 409.0  # points, Excel's own limit for a row
_LINE = 1.4  # points of a line per point of type: 宋体 needs 1.3, the fonts that stand in for it on other systems up to 1.45
_AIR = 4.0  # points above and below the text
_NORMAL = 10.5  # points: the size at which a Chinese character is two columns (14 pixels) wide
_WIDE = frozenset("WFA")  # ambiguous characters (“”…—①) count as wide: Chinese fonts draw them so
_WORD = lazy_pattern(r"[!-~]+| +|[一-鿿、-〗！-｠“”‘’—…]+|.", re.DOTALL)  # Latin words, blanks, runs of characters that are surely wide


class LineCapacity(NamedTuple):
    """What surely stands on one line of a cell: so many characters whatever they are, so many Latin ones; `width` is for counting lines."""

    sure: int
    latin: int
    width: float


def columns(text: str) -> int:
    """Count the columns of one line: a Chinese character takes 2, a Latin one 1, a combining mark none."""
    return len(text) if text.isascii() else sum(map(_sign_columns, text))


@lru_cache(maxsize=65_536)
def _sign_columns(sign: str) -> int:
    return 0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in _WIDE else 1


def lines(text: str, width: float) -> int:
    """Count the lines a text takes when wrapped in a column so many characters wide; Latin words are kept whole. At least 1."""
    room = _columns_of(width)
    if "\n" not in text:
        return 1 if len(text) * 2 <= room else _wrapped(text, room)
    return sum(1 if len(line) * 2 <= room else _wrapped(line, room) for line in text.split("\n"))


def room_of(width: float, size: float) -> LineCapacity:
    """Say what surely stands on one line of a cell: `width` in a sheet's column units, `size` in points."""
    wide = width * _NORMAL / size
    return LineCapacity(math.ceil(wide / 2) - 2, _columns_of(wide), wide)


def height(cells: Iterable[tuple[str, float]], size: float) -> float:
    """Give a row's height in points for its (text, column width) cells at this type size: the tallest one's, at most 409."""
    return height_of((lines(text, width * _NORMAL / size) for text, width in cells), size)


def height_of(counts: Iterable[int], size: float) -> float:
    """Give the height in points of a row whose cells take so many lines each."""
    return min(TALLEST, round(max(counts, default=1) * size * _LINE + _AIR, 1))


def _columns_of(width: float) -> int:
    return max(2, int(width) - 1)  # a closing mark may not begin a line and takes a character down with it


@lru_cache(maxsize=4096)  # a task's text stands in the workbooks of all units that share it
def _wrapped(line: str, room: int) -> int:
    count, used, pairs = 1, 0, room // 2
    for word in _WORD.findall(line):
        if not word.isascii() and len(word) > 1:  # wide characters, of which each may begin a line
            more = len(word) - (room - used) // 2
            if more <= 0:
                used += 2 * len(word)
            else:
                count, used = count + (more - 1) // pairs + 1, 2 * ((more - 1) % pairs + 1)
            continue
        wide = len(word) if word.isascii() else _sign_columns(word)
        if used + wide <= room:
            used += wide
        elif wide <= room:
            count, used = count + 1, wide
        else:  # a word longer than the line is broken
            count, used = count + (used + wide - 1) // room, (used + wide - 1) % room + 1
    return count

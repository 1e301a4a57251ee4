"""How much room a text takes in a cell: lines and row heights, counted as a spreadsheet draws Chinese and Latin text."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

TALLEST = 409.0  # points, Excel's own limit for a row
_LINE = 1.4  # points of a line per point of type: 宋体 needs 1.3, the fonts that stand in for it on other systems up to 1.45
_AIR = 4.0  # points above and below the text
_NORMAL = 10.5  # points: the size at which a Chinese character is two columns (14 pixels) wide
_WIDE = frozenset("WFA")  # ambiguous characters (“”…—①) count as wide: Chinese fonts draw them so
_WORD = re.compile(r"[!-~]+| +|.", re.DOTALL)


def columns(text: str) -> int:
    """Count the columns of one line: a Chinese character takes 2, a Latin one 1, a combining mark none."""
    return len(text) if text.isascii() else sum(map(_sign_columns, text))


@lru_cache(maxsize=65_536)
def _sign_columns(sign: str) -> int:
    return 0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in _WIDE else 1


def lines(text: str, width: float) -> int:
    """Count the lines a text takes when wrapped in a column so many characters wide; Latin words are kept whole. At least 1."""
    room = max(2, int(width) - 1)  # a closing mark may not begin a line and takes a character down with it
    if "\n" not in text:
        return 1 if len(text) * 2 <= room else _wrapped(text, room)
    return sum(1 if len(line) * 2 <= room else _wrapped(line, room) for line in text.split("\n"))


def is_short(text: str, width: float, size: float) -> bool:
    """Whether a text surely stands on one line of such a cell, whatever its characters; quicker than counting its lines."""
    return len(text) * 2 < width * _NORMAL / size - 2 and "\n" not in text


def height(cells: Iterable[tuple[str, float]], size: float) -> float:
    """Give a row's height in points for its (text, column width) cells at this type size: the tallest one's, at most 409."""
    most = max((lines(text, width * _NORMAL / size) for text, width in cells), default=1)
    return min(TALLEST, round(most * size * _LINE + _AIR, 1))


@lru_cache(maxsize=4096)  # a task's text stands in the workbooks of all units that share it
def _wrapped(line: str, room: int) -> int:
    count, used = 1, 0
    for word in _WORD.findall(line):
        wide = len(word) if word.isascii() else _sign_columns(word)
        if used + wide <= room:
            used += wide
        elif wide <= room:
            count, used = count + 1, wide
        else:  # a word longer than the line is broken
            count, used = count + (used + wide - 1) // room, (used + wide - 1) % room + 1
    return count

"""Cells that came without their columns (one a line, or parted by single blanks) put into the columns they fit."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.character_forms import fold_characters
from toolkit.notice.column_words import UNITS, Column
from toolkit.notice.person_names import is_person
from toolkit.notice.role_lists import lists_units
from toolkit.notice.time_limits import is_time

_ENDS = lazy_pattern(r"[。；;！!]$")
_PROSE = lazy_pattern(r"[，,。；;：:“”]|\d")
_NEVER = -1000.0


class Traits(NamedTuple):
    """What a piece of a table looks like."""

    number: int
    units: bool
    time: bool
    person: bool
    length: int
    prose: bool
    ends: bool


def traits(text: str) -> Traits:
    """Look at a piece of text once: its number (-1: none), whether it is names of units, a time, …: what columns are told by."""
    plain = text.strip()
    folded = fold_characters(plain)
    digits = re.fullmatch(r"(\d{1,4})[.、]?", folded)
    names = [name for name in re.split(r"[、,，/\s]+", plain) if name]
    plain = plain.replace("\n", "、")
    units = not _ENDS.search(plain) and lists_units(plain)
    return Traits(
        int(digits[1]) if digits else -1,
        units,
        is_time(plain) or bool(re.match(r"\d{1,2}月(?!份的)[^，,。]{0,10}$", plain)),
        bool(names) and not units and all(map(is_person, names)),
        len(plain),
        bool(_PROSE.search(plain)),
        bool(_ENDS.search(plain)),
    )


def _fit(piece: Traits, column: Column, wanted: int) -> float:
    """Score how well a piece fits a column; `wanted` is the number the next row should have."""
    if column is Column.NUMBER:
        return (6.0 if piece.number == wanted else 2.0) if piece.number >= 0 else _NEVER
    if column in UNITS:
        return 4.0 if piece.units else -3.0 if piece.prose or piece.time or piece.number >= 0 or piece.person else -0.5
    if column is Column.DEADLINE:
        return 4.0 if piece.time else -3.0 if piece.units or piece.length > 30 or piece.person else -1.0
    if column is Column.LEADER:
        return 4.0 if piece.person else -3.0 if piece.units or piece.time or piece.prose else -1.0
    if column in (Column.TEXT, Column.DETAIL):
        odd = piece.units or piece.time or piece.person or piece.number >= 0
        return -2.0 if odd and not piece.prose else 2.0 + (1.0 if piece.ends or piece.prose else 0.0) + min(piece.length, 40) / 40
    return -1.0 if piece.units or piece.time or piece.ends else 0.0


class Step(NamedTuple):
    """Where a piece goes: its column, and whether it begins a row."""

    column: int
    begins: bool


def fit(pieces: Sequence[Traits], columns: Sequence[Column]) -> list[Step]:
    """Put pieces into columns, row after row, so that they fit best together; time in step with their number."""
    if not pieces:
        return []
    count = len(columns)
    starts = [at for at, column in enumerate(columns) if column in (Column.NUMBER, Column.TEXT, Column.SECTION)] or [0]
    first = starts[0]
    best = [_NEVER] * count
    numbers = [0] * count
    back: list[list[tuple[int, bool]]] = []
    for at, piece in enumerate(pieces):
        now, took, counted = [_NEVER * 10] * count, [(-1, True)] * count, [0] * count
        for to in range(count):
            options: list[tuple[float, int, bool]] = []
            if at == 0:
                options.append((-abs(to - first) * 1.0, -1, True))
            else:
                for come in range(count):
                    before = best[come]
                    if come == to:
                        options.append((before + _again(pieces[at - 1], columns[to]), come, False))
                    elif come < to:
                        options.append((before - 1.0 * sum(columns[skip] is not Column.OTHER for skip in range(come + 1, to)), come, False))
                    if to in starts and come >= to and come != first:
                        options.append((before + _new_row(piece, to, first, come, count), come, True))
            score, come, begins = max(options)
            wanted = (numbers[come] if come >= 0 else 0) + 1
            now[to] = score + _fit(piece, columns[to], wanted)
            took[to] = (come, begins)
            counted[to] = piece.number if columns[to] is Column.NUMBER and piece.number >= 0 else (numbers[come] if come >= 0 else 0)
        best, numbers = now, counted
        back.append(took)
    return _traced(best, back)


def _again(before: Traits, column: Column) -> float:
    """Score a second piece in the same cell."""
    if column in UNITS:
        return -0.6 if column is Column.LEAD else -0.2  # one leads, many help
    return -4.0 if column is Column.NUMBER or (before.ends and column is not Column.OTHER) or before.time else -0.8


def _new_row(piece: Traits, to: int, first: int, come: int, count: int) -> float:
    """Score a new row: one that lacks its first cell, or that ends the row above early, costs more."""
    late = -0.5 * (count - 1 - come)
    return late + (0.5 if to == first else -1.5 if piece.prose or piece.ends else -3.0)


def _traced(best: list[float], back: list[list[tuple[int, bool]]]) -> list[Step]:
    at = max(range(len(best)), key=lambda column: best[column])
    steps: list[Step] = []
    for took in reversed(back):
        come, begins = took[at]
        steps.append(Step(at, begins))
        at = come
    return steps[::-1]

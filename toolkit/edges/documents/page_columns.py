"""Finds the columns of a page that is set in two, as gazettes are, and gives its parts in reading order."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from toolkit.edges.documents.printed_lines import Char


class Part(NamedTuple):
    """A part of a page that is read through before the next: its characters, counted from its own left edge, and its width."""

    chars: list[Char]
    width: float


_FEWEST = 6  # rows with text on both sides
_LEAST = 0.7  # of the rows are clear of the gutter
_SHORTEST = 7  # characters on a side of a row


def parts_of(chars: Sequence[Char], width: float, before: float | None = None) -> tuple[list[Part], float | None]:
    """Give the parts of a page in reading order, and where its gutter is: all of it, or full rows, then the left and the right column, down the page.

    `before` is the gutter of the page before: a page with little text, as the last one, has it too when no row crosses it.
    """
    drawn = [char for char in chars if not char.text.isspace()]
    rows = _rows(drawn)
    gutter = _gutter(rows, width, median(char.size for char in drawn)) if len(drawn) > 60 else None
    if gutter is None and before is not None and _is_free(rows, before):
        gutter = before
    if gutter is None:
        return [Part(list(chars), width)], None
    parts: list[Part] = []
    left: list[Char] = []
    right: list[Char] = []
    for row in [*rows, []]:
        crosses = not row or any(char.x0 < gutter < char.x1 for char in row) or _runs_across(row, gutter)
        if not crosses:
            left += [char for char in row if char.x1 <= gutter]
            right += [char for char in row if char.x0 >= gutter]
            continue
        parts += [Part(side, each) for side, each in ((left, gutter), (_moved(right, gutter), width - gutter)) if side]
        left, right = [], []
        if row and parts and parts[-1].width == width:
            parts[-1].chars.extend(row)
        elif row:
            parts.append(Part(list(row), width))
    return parts, gutter


def _is_free(rows: Sequence[Sequence[Char]], at: float) -> bool:
    """Say whether no row crosses a gutter, and some stand on both sides of it."""
    both = sum(any(char.x1 <= at for char in row) and any(char.x0 >= at for char in row) for row in rows)
    return both > 0 and not any(char.x0 < at < char.x1 or _runs_across(row, at) for row in rows for char in row)


def _rows(chars: Sequence[Char]) -> list[list[Char]]:
    rows: list[list[Char]] = []
    middle = 0.0
    for char in sorted(chars, key=lambda char: (char.top + char.bottom, char.x0)):
        at = (char.top + char.bottom) / 2
        if rows and abs(at - middle) < 0.5 * char.size:
            rows[-1].append(char)
        else:
            rows.append([char])
            middle = at
    return [sorted(row, key=lambda char: char.x0) for row in rows]


def _gutter(rows: Sequence[Sequence[Char]], width: float, size: float) -> float | None:
    """Find the upright gap near the middle that nearly all rows leave free, with text set full on both its sides; None where there is none."""
    best: list[tuple[int, float]] = []
    at = 0.35 * width
    while at < 0.65 * width:
        clear = [row for row in rows if not any(char.x0 < at + 0.4 * size and char.x1 > at - 0.4 * size for char in row)]
        both = [row for row in clear if sum(char.x1 <= at for char in row) >= _SHORTEST and sum(char.x0 >= at for char in row) >= _SHORTEST]
        if len(both) >= _FEWEST and len(clear) >= _LEAST * len(rows):
            ends = median(at - max(char.x1 for char in row if char.x1 <= at) for row in both)
            starts = [min(char.x0 for char in row if char.x0 >= at) for row in both]
            if ends < 3 * size and median(abs(start - median(starts)) for start in starts) < size:
                best.append((len(both), at))
        at += size / 4
    if not best:
        return None
    most = max(count for count, _ in best)
    places = [place for count, place in best if count == most]
    return places[len(places) // 2]


def _runs_across(row: Sequence[Char], gutter: float) -> bool:
    """Say whether a row's text runs on over the gutter without a gap: a headline."""
    left, right = [char for char in row if char.x1 <= gutter], [char for char in row if char.x0 >= gutter]
    return bool(left and right) and right[0].x0 - left[-1].x1 < 0.3 * row[0].size


def _moved(chars: Sequence[Char], by: float) -> list[Char]:
    return [char._replace(x0=char.x0 - by, x1=char.x1 - by) for char in chars]

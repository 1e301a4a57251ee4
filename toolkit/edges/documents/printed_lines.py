"""From printed characters to lines, and from printed lines to the paragraphs they were broken from."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from toolkit.model.document import Paragraph
from toolkit.model.lazy_pattern import lazy_pattern


class Char(NamedTuple):
    """A character on a page, in points from its top left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float


class Line(NamedTuple):
    """A printed line: where it stands, how large its letters are, what it says."""

    page: int
    width: float  # of the page
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    text: str

    @property
    def pattern(self) -> str:
        """The text with its numbers made alike, as running headers differ by them only."""
        return re.sub(r"\d+", "#", self.text)


class _Frame(NamedTuple):
    """How a text is set: its margins, the usual gap between lines, and whether paragraphs begin with an indent."""

    left: float
    right: float
    gap: float
    indents: bool


_PAGE = lazy_pattern(
    r"[-—–―－─_\s·•~～]*\d{1,4}[-—–―－─_\s·•~～]*|第\s*\d+\s*页\s*[,，/／|]?\s*(?:共\s*\d+\s*页)?|\d+\s*[/／]\s*\d+|page\s*\d+(?:\s*of\s*\d+)?",
    re.IGNORECASE,
)
_MARKER = lazy_pattern(
    r"[(（]?(?:[一二三四五六七八九十百]{1,4}|\d{1,3})(?:[)）、]|[.．](?!\d))|第[一二三四五六七八九十百\d]{1,4}[条章节]|[①-⑳⑴-⒇]|附\s*件"
    r"|[(（]?(?:牵头|责任|主办|配合)",
)
_ENDED = lazy_pattern(r"[。；;：:！!？?）)」』”…]$")
_UNBROKEN = lazy_pattern(r"[（(《〈“‘「『【\[]*(?:[A-Za-z0-9.,%:/+-]+|.)[）)》〉”’」』】\]。，、；：！？.,;:!?%％…]*")


def is_page_number(text: str) -> bool:
    """Say whether a line is nothing but a page number: — 3 —, 第3页 共9页, 3/9."""
    return bool(_PAGE.fullmatch(text.strip()))


def lines_of(chars: Sequence[Char], *, page: int, width: float) -> list[Line]:
    """Gather characters into lines, top to bottom; blanks at the ends do not count towards a line's place."""
    rows: list[list[Char]] = []
    middle = 0.0
    for char in sorted(chars, key=lambda char: (char.top + char.bottom, char.x0)):
        at = (char.top + char.bottom) / 2
        if rows and abs(at - middle) < 0.5 * max(char.size, rows[-1][-1].size):
            rows[-1].append(char)
        else:
            rows.append([char])
            middle = at
    lines = []
    for row in rows:
        drawn = sorted((char for char in row if not char.text.isspace()), key=lambda char: char.x0)
        if drawn:
            size = median(char.size for char in drawn)
            place = (drawn[0].x0, max(char.x1 for char in drawn), min(char.top for char in drawn), max(char.bottom for char in drawn))
            lines.append(Line(page, width, *place, size, "".join(_spelled(sorted(row, key=lambda char: char.x0))).strip()))
    return lines


def _spelled(row: Sequence[Char]) -> Iterator[str]:
    """The characters of a line; a gap that is clearly a blank becomes one, a letter printed twice to look bold stays one."""
    last: Char | None = None
    blank = False
    for char in row:
        if char.text.isspace():
            blank = True
            continue
        if last is not None:
            if char.text == last.text and char.x0 - last.x0 < 0.15 * char.size:
                continue
            wide = 0.25 if char.text.isascii() and last.text.isascii() else 0.6
            if blank or char.x0 - last.x1 > wide * char.size:
                yield " "
        blank = False
        last = char
        yield char.text


def paragraphs_of(runs: Sequence[Sequence[Line]]) -> list[list[Paragraph]]:
    """Join the lines of each unbroken run of text into paragraphs; how the text is set is judged over all runs, by width of page."""
    widths = {line.width for run in runs for line in run}
    frames = {width: _frame([line for run in runs for line in run if line.width == width]) for width in widths}
    found: list[list[Paragraph]] = []
    for run in runs:
        made: list[Paragraph] = []
        last: Line | None = None
        for line in run:
            if last is not None and _continues(last, line, frames[last.width]):
                made[-1] = Paragraph(join(made[-1].text, line.text), made[-1].where)
            else:
                made.append(Paragraph(line.text, f"第{line.page}页"))
            last = line
        found.append(made)
    return found


def was_full(line: Line, following: str, right: float) -> bool:
    """Say whether what begins the next line, up to where it may be broken, had no room left on this one."""
    unbroken = _UNBROKEN.match(following)
    needed = sum(0.5 if char.isascii() else 1.0 for char in (unbroken[0] if unbroken else ""))
    return line.x1 + (needed + 0.4) * line.size > right if needed < 30 else True


def join(text: str, more: str) -> str:
    """Put two printed lines together: a blank between words, none between Chinese characters."""
    return f"{text} {more}" if text[-1:].isascii() and more[:1].isascii() and text[-1:].isalnum() and more[:1].isalpha() else text + more


def _frame(lines: Sequence[Line]) -> _Frame:
    size = median(line.size for line in lines)
    lefts = Counter(round(line.x0 / 4) * 4 for line in lines)
    enough = max(1, len(lines) // 25)
    left = min(place for place in lefts if sum(lefts[place + shift] for shift in (-4, 0, 4)) >= enough)
    right = _right(sorted(line.x1 for line in lines), size)
    if right < lines[0].width - left - 3 * size:  # no line reaches the margin: it is where the left one is, on the other side
        right = lines[0].width - left
    pairs = [(line, two) for line, two in pairwise(lines) if line.page == two.page]
    full = [(line, two) for line, two in pairs if line.x1 > right - 1.7 * size]
    gap = median([two.top - line.bottom for line, two in full or pairs] or [0.0])
    starts = [two for line, two in pairs if line.x1 < right - 4 * size]
    indented = sum(left + 1.2 * size < line.x0 < left + 3.5 * size for line in starts)
    return _Frame(left, right, gap, indents=indented * 2 > len(starts))


def _right(ends: Sequence[float], size: float) -> float:
    """The right margin: where most of the longest lines end; a comma that hangs over it is not the rule."""
    longest = [end for end in ends if end > ends[-min(3, len(ends))] - 2.5 * size]
    usual = Counter(round(end / 2) for end in longest)
    return max(usual, key=lambda place: (usual[place] + usual[place + 1] / 2 + usual[place - 1] / 2, place)) * 2.0


def _continues(line: Line, after: Line, frame: _Frame) -> bool:
    """Say whether a printed line was broken off at the right margin and goes on in the next one."""
    if abs(line.size - after.size) > 0.15 * line.size or line.width != after.width:
        return False
    if line.page == after.page and after.top - line.bottom > frame.gap + 0.5 * line.size:
        return False
    if _is_title(line, frame) and _is_title(after, frame):
        return line.page == after.page and not _ENDED.search(line.text)
    if not was_full(line, after.text, frame.right):
        return False
    if after.x0 > frame.left + 0.9 * line.size:
        return not _ENDED.search(line.text) and not _MARKER.match(after.text)
    return frame.indents or not (_ENDED.search(line.text) and _MARKER.match(after.text))


def _is_title(line: Line, frame: _Frame) -> bool:
    """A line set in the middle of the page, in from both margins."""
    from_left, from_right = line.x0 - frame.left, frame.right - line.x1
    return from_left > 2.5 * line.size and abs(from_left - from_right) < line.size

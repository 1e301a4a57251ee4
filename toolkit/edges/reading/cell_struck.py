"""Texts of which something is struck out, or raised behind a number as a footnote's mark is: a text in pieces, each in a font of its own."""

import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from toolkit.edges.reading.precheck_format import StruckText

_STRUCK = 0x8


class Run(NamedTuple):
    """A piece of a text; `is_struck` None: it has the cell's own font; `is_raised`: it is printed as superscript."""

    text: str
    is_struck: bool | None
    is_raised: bool = False


Runs = Sequence[Run]


class Fonts(NamedTuple):
    """The fonts of a binary workbook, by number, that are struck out and that are raised."""

    struck: frozenset[int]
    raised: frozenset[int]


def fonts_of(seen: Sequence[tuple[bool, bool]]) -> Fonts:
    """Sort the fonts of a binary workbook, each (struck, raised), into the places of the struck and of the raised ones."""
    return Fonts(frozenset(at for at, (is_struck, _) in enumerate(seen) if is_struck), frozenset(at for at, (_, is_raised) in enumerate(seen) if is_raised))


def font_at(part: bytes, at: int, shape: str) -> tuple[bool, bool]:
    """Tell whether a font is struck out, and whether it is raised; `shape` says where its flags and its place above the line stand."""
    flags, raised = struct.unpack_from(shape, part, at)
    return bool(flags & _STRUCK), raised == 1


def struck_of(runs: Runs, *, is_struck: bool) -> StruckText | None:
    """Tell what of a text is left and what is struck or a mark, None where nothing is; `is_struck` says so of the cell's own font.

    Raised digits are a mark right behind a digit, where they would run into the number: 5² is 5, m² stays.
    """
    pieces = [
        (run.text, (is_struck if run.is_struck is None else run.is_struck) or (run.is_raised and run.text.strip().isdecimal() and before[-1:].isdecimal()))
        for run, before in zip(runs, ("", *(run.text for run in runs)), strict=False)
    ]
    struck = "".join(text for text, is_out in pieces if is_out)
    return StruckText("".join(text for text, is_out in pieces if not is_out), struck) if struck.strip() else None


def runs_by_font(text: str, breaks: Iterable[tuple[int, int]], fonts: Fonts) -> Runs:
    """Cut a text where its font changes: at (units of UTF-16 before it, font); of binary workbooks."""
    data, runs = text.encode("utf-16-le", "surrogatepass"), list[Run]()
    at, font = 0, None
    for start, other in [*breaks, (len(data) // 2, -1)]:
        piece = data[at * 2 : start * 2].decode("utf-16-le", "replace")
        if piece:
            runs.append(Run(piece, None if font is None else font in fonts.struck, font in fonts.raised))
        at, font = start, other
    return runs

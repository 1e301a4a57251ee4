"""Finds error cells, number formats and struck texts in .xls and .et (BIFF8, MS-XLS), which the fast reader gives as blanks, not at all and whole."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from toolkit.edges.reading.cell_comments_xls import cell_comments_xls
from toolkit.edges.reading.cell_formats import Styles, styles_from
from toolkit.edges.reading.cell_struck import Fonts, Runs, font_at, fonts_of, struck_of
from toolkit.edges.reading.cell_texts_xls import shared_texts
from toolkit.edges.reading.precheck_format import At, CellMarks, StruckText
from toolkit.edges.reading.precheck_ole import records
from toolkit.model.returns import CellFault

_BOF, _EOF, _BOUNDSHEET, _XF, _FORMAT, _FONT, _SST = 0x809, 0x0A, 0x85, 0xE0, 0x41E, 0x31, 0xFC
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR, _LABEL, _SHARED = 0x203, 0x27E, 0xBD, 0x06, 0x205, 0x204, 0xFD
_NO_FONT = 4  # the number that no font has
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


class _Book(NamedTuple):
    """What holds for all sheets: where each begins, the styles that matter, the fonts that are struck, where the shared texts stand."""

    sheets: Sequence[tuple[int, str]]
    styles: Styles
    fonts: Fonts
    strings: int


def xls_marks(stream: bytes) -> Mapping[str, CellMarks]:
    """Give the marks of each sheet by name, from the sheets' stream. Raises struct.error or IndexError where a record is not whole."""
    book = _book(stream)
    strings = dict(enumerate(shared_texts(stream, book.strings, book.fonts))) if any(book.fonts) and book.strings else {}
    sheets = ((name, _sheet(stream, start, book.styles, strings)._replace(beside=cell_comments_xls(stream, start))) for start, name in book.sheets)
    return {name: marks for name, marks in sheets if any(marks)}


def _book(stream: bytes) -> _Book:
    sheets, used = list[tuple[int, str]](), list[tuple[int, int]]()
    formats, fonts, strings = dict[int, str](), list[tuple[bool, bool]](), 0
    for kind, at, length in records(stream):
        if kind == _EOF:
            break
        if kind == _BOUNDSHEET:
            sheets.append((struct.unpack_from("<I", stream, at)[0], _text(stream, at + 6, stream[at + 6], 1)))
        elif kind == _FORMAT:
            number, count = struct.unpack_from("<HH", stream, at)
            formats[number] = _text(stream, at + 2, count, 2)
        elif kind == _FONT:
            fonts += [(False, False)] * (len(fonts) == _NO_FONT)
            fonts.append(font_at(stream, at, "<2xH4xH"))
        elif kind == _XF and length >= 4:
            font, number = struct.unpack_from("<HH", stream, at)
            used.append((number, font))
        elif kind == _SST:
            strings = at - 4
    marked = fonts_of(fonts)
    return _Book(sheets, styles_from(formats, used, marked.struck), marked, strings)


def _text(stream: bytes, at: int, count: int, width: int) -> str:
    """Read a string behind its length, which is `width` bytes: one flag byte tells whether its signs are of one byte or two."""
    start = at + width + 1
    return stream[start : start + count * 2].decode("utf-16-le", "replace") if stream[at + width] & 1 else stream[start : start + count].decode("latin-1")


def _sheet(stream: bytes, start: int, styles: Styles, strings: Mapping[int, Runs]) -> CellMarks:
    faults: dict[At, CellFault] = {}
    formats: dict[At, str] = {}
    struck: dict[At, StruckText] = {}
    depth = 0
    for kind, at, length in records(stream, start):
        depth += (kind == _BOF) - (kind == _EOF)  # a chart in the sheet has a beginning and an end of its own
        if depth <= 0:
            break
        word = _error(stream, kind, at)
        if word:
            faults[_cell(stream, at)] = CellFault(word)
        elif kind == _MULRK and styles:
            formats |= {cell: styles.codes[style] for cell, style in _several(stream, at, length) if style in styles.codes}
        elif kind in {_NUMBER, _RK, _FORMULA, _LABEL, _SHARED} and (styles or strings):
            style: int = struct.unpack_from("<H", stream, at + 4)[0]
            if style in styles.codes:
                formats[_cell(stream, at)] = styles.codes[style]
            runs = strings.get(struct.unpack_from("<I", stream, at + 6)[0], ()) if kind == _SHARED else ()
            mark = struck_of(runs, is_struck=style in styles.struck)
            if mark or (not runs and style in styles.struck):
                struck[_cell(stream, at)] = mark or StruckText("", "")
    return CellMarks(faults, formats, struck=struck)


def _cell(stream: bytes, at: int) -> At:
    row, column = struct.unpack_from("<HH", stream, at)
    return row, column


def _error(stream: bytes, kind: int, at: int) -> str:
    """Give the error word of a cell, '' for one that holds a value."""
    if kind == _BOOLERR and stream[at + 7]:
        return ERRORS.get(stream[at + 6], "#N/A")
    if kind == _FORMULA and stream[at + 6] == 2 and stream[at + 12 : at + 14] == b"\xff\xff":
        return ERRORS.get(stream[at + 8], "#N/A")
    return ""


def _several(stream: bytes, at: int, length: int) -> Iterator[tuple[At, int]]:
    row, column = _cell(stream, at)
    for number in range((length - 6) // 6):
        yield (row, column + number), struct.unpack_from("<H", stream, at + 4 + number * 6)[0]

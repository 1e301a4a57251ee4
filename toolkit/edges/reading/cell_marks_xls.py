"""Finds error cells and percent formats in .xls and .et (BIFF8, MS-XLS), which the fast reader gives as blanks and as bare fractions."""

import struct
from collections.abc import Iterator, Mapping

from toolkit.edges.reading.precheck_format import At, CellMarks
from toolkit.edges.reading.precheck_ole import records
from toolkit.model.returns import CellFault

_BOF, _EOF, _BOUNDSHEET, _XF, _FORMAT = 0x809, 0x0A, 0x85, 0xE0, 0x41E
_NUMBER, _RK, _MULRK, _FORMULA, _BOOLERR = 0x203, 0x27E, 0xBD, 0x06, 0x205
BUILT_IN = {9, 10}  # 0% and 0.00%
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def xls_marks(stream: bytes) -> Mapping[str, CellMarks]:
    """Give the marks of each sheet by name, from the sheets' stream. Raises struct.error or IndexError where a record is not whole."""
    sheets: list[tuple[int, str]] = []
    percents, styles = set(BUILT_IN), list[int]()
    for kind, at, length in records(stream):
        if kind == _EOF:
            break
        if kind == _BOUNDSHEET:
            sheets.append((struct.unpack_from("<I", stream, at)[0], _text(stream, at + 6, stream[at + 6], 1)))
        elif kind == _FORMAT and "%" in _text(stream, at + 2, struct.unpack_from("<H", stream, at + 2)[0], 2):
            percents.add(struct.unpack_from("<H", stream, at)[0])
        elif kind == _XF and length >= 4:
            styles.append(struct.unpack_from("<H", stream, at + 2)[0])
    shown = {at for at, number in enumerate(styles) if number in percents}
    return {name: marks for start, name in sheets if any(marks := _sheet(stream, start, shown))}


def _text(stream: bytes, at: int, count: int, width: int) -> str:
    """Read a string behind its length, which is `width` bytes: one flag byte tells whether its signs are of one byte or two."""
    start = at + width + 1
    return stream[start : start + count * 2].decode("utf-16-le", "replace") if stream[at + width] & 1 else stream[start : start + count].decode("latin-1")


def _sheet(stream: bytes, start: int, percent: set[int]) -> CellMarks:
    faults: dict[At, CellFault] = {}
    shown: set[At] = set()
    depth = 0
    for kind, at, length in records(stream, start):
        depth += (kind == _BOF) - (kind == _EOF)  # a chart in the sheet has a beginning and an end of its own
        if depth <= 0:
            break
        word = _error(stream, kind, at)
        if word:
            faults[_cell(stream, at)] = CellFault(word)
        elif kind in {_NUMBER, _RK, _FORMULA} and struct.unpack_from("<H", stream, at + 4)[0] in percent:
            shown.add(_cell(stream, at))
        elif kind == _MULRK and percent:
            shown |= {cell for cell, style in _several(stream, at, length) if style in percent}
    return CellMarks(faults, frozenset(shown))


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

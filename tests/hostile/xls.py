"""Workbooks of Excel 95 and 97 (BIFF5, BIFF8) by code, with what no office program on this machine writes; LibreOffice reads them."""

import struct
from collections.abc import Iterable

from tests.hostile.ole import compound
from tests.hostile.xlsb import Error, Formula

PERCENT, TENTHS = 16, 17  # cell styles behind the sixteen that every workbook has: Excel's own 0%, and 0.0% from the list of formats
_TENTHS_FORMAT = 164
_CODEC = "gbk"  # of Excel 95
_CODEPAGE, _UTF16 = 936, 1200
DIVIDED = object()  # the value of a cell that divides 1 by 0
Cell = tuple[int, int, int, object]  # row, column, style, value: a number, a text, an Error, a Formula or DIVIDED


def workbook(name: str, cells: Iterable[Cell], *, old: bool) -> bytes:
    """Write a workbook of one sheet; `old`: as Excel 95 does."""
    said = list(cells)
    looks = b"".join(_look(0, old) for _ in range(PERCENT)) + _look(9, old) + _look(_TENTHS_FORMAT, old)
    font = record(0x31, struct.pack("<5H4B", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + _text("宋体", 1, old))
    head = _beginning(5, old) + record(0x42, struct.pack("<H", _CODEPAGE if old else _UTF16)) + font * 5
    head += record(0x41E, struct.pack("<H", _TENTHS_FORMAT) + _text("0.0%", 1 if old else 2, old)) + looks + record(0x293, struct.pack("<HBB", 0x8000, 0, 0xFF))
    tail = record(0x0A)
    named = _text(name, 1, old)
    start = len(head) + len(record(0x85, bytes(6) + named)) + len(tail)
    rows, columns = (max(cell[at] for cell in said) + 1 for at in (0, 1))
    size = record(0x200, struct.pack("<5H" if old else "<2I3H", 0, rows, 0, columns, 0))
    sheet = _beginning(0x10, old) + size + b"".join(_cell(*one, old) for one in said) + tail
    stream = head + record(0x85, struct.pack("<IH", start, 0) + named) + tail + sheet
    return compound({"Book" if old else "Workbook": stream + bytes(max(0, 4096 - len(stream)))})


def record(kind: int, data: bytes = b"") -> bytes:
    """Write a record."""
    return struct.pack("<HH", kind, len(data)) + data


def _beginning(kind: int, old: bool) -> bytes:
    return record(0x809, struct.pack("<4H", 0x500 if old else 0x600, kind, 0x096C, 1995) + bytes(0 if old else 8))


def _look(number_format: int, old: bool) -> bytes:
    return record(0xE0, struct.pack("<3H", 0, number_format, 1) + bytes(10 if old else 14))


def _text(value: str, width: int, old: bool) -> bytes:
    data = value.encode(_CODEC if old else "utf-16-le", "surrogatepass")
    return (len(data) if old else len(data) // 2).to_bytes(width, "little") + (b"" if old else b"\1") + data


def _cell(row: int, column: int, style: int, value: object, old: bool) -> bytes:
    head = struct.pack("<3H", row, column, style)
    if isinstance(value, Formula):
        return record(0x06, head + struct.pack("<d", value) + _formula(b"\x1e\x01\x00\x1e\x01\x00\x03"))  # 1, 1, +
    if value is DIVIDED:
        return record(0x06, head + b"\x02\x00\x07\x00\x00\x00\xff\xff" + _formula(b"\x1e\x01\x00\x1e\x00\x00\x06"))  # 1, 0, /
    if isinstance(value, Error):
        return record(0x205, head + bytes([value, 1]))
    if isinstance(value, float):
        return record(0x203, head + struct.pack("<d", value))
    return record(0x204, head + _text(str(value), 2, old))


def _formula(tokens: bytes) -> bytes:
    return struct.pack("<HIH", 0, 0, len(tokens)) + tokens

"""A binary workbook (MS-XLSB) by code: no office program on this machine writes one; LibreOffice reads it."""

import struct
from collections.abc import Iterable, Sequence

from tests.hostile.books import zipped

MAIN = "http://schemas.openxmlformats.org"
OFFICE = f"{MAIN}/officeDocument/2006/relationships"
BINARY = "application/vnd.ms-excel"
PERCENT = 1  # the second cell style
Cell = tuple[int, int, object]  # column, style, value: a number, a text, an Error, a Formula or None


class Error(int):
    """An error cell, by its code."""


class Formula(float):
    """The result of a formula that adds 1 and 1."""


def record(kind: int, data: bytes = b"") -> bytes:
    """Write a record; kind and length in groups of 7 bits."""
    return packed(kind) + packed(len(data)) + data


def packed(value: int) -> bytes:
    """Write a number in groups of 7 bits, the lowest first."""
    groups = [value & 0x7F]
    while value := value >> 7:
        groups[-1] |= 0x80
        groups.append(value & 0x7F)
    return bytes(groups)


def text(value: str) -> bytes:
    """Write a text behind its number of signs."""
    return struct.pack("<I", len(value)) + value.encode("utf-16-le")


def cell(column: int, style: int, value: object) -> bytes:
    """Write one cell."""
    head = struct.pack("<II", column, style)
    adding = b"\x1e\x01\x00\x1e\x01\x00\x03"  # 1, 1, +
    if isinstance(value, Error):
        return record(3, head + bytes([value]))
    if isinstance(value, Formula):
        return record(9, head + struct.pack("<d", value) + struct.pack("<HI", 0, len(adding)) + adding + bytes(4))
    if isinstance(value, float):
        return record(5, head + struct.pack("<d", value))
    return record(6, head + text(str(value))) if value is not None else record(1, head)


def sheet(rows: Iterable[tuple[int, Sequence[Cell]]], merges: Iterable[tuple[int, int, int, int]] = ()) -> bytes:
    """Write a sheet's part from rows by number; merges as first row, last row, first column, last column."""
    said = list(rows)
    bottom, right = max(number for number, _ in said), max(column for _, cells in said for column, _, _ in cells)
    body = b"".join(row(number, cells) for number, cells in said)
    merged = [struct.pack("<4I", *merge) for merge in merges]
    joined = record(177, struct.pack("<I", len(merged))) + b"".join(record(176, one) for one in merged) + record(178) if merged else b""
    return record(129) + record(148, struct.pack("<4I", 0, bottom, 0, right)) + record(145) + body + record(146) + joined + record(130)


def row(number: int, cells: Sequence[Cell]) -> bytes:
    """Write a row and its cells."""
    spans = struct.pack("<II", min(column for column, _, _ in cells), max(column for column, _, _ in cells))
    head = struct.pack("<IIHBBB", number, 0, 0x12C, 0, 0, 0) + struct.pack("<I", 1) + spans
    return record(0, head) + b"".join(cell(*one) for one in cells)


def styles() -> bytes:
    """Write styles: a plain cell and one that shows percent with a format of its own."""
    font = struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 2, 134, 0) + bytes([1, 0, 0, 0, 0, 0, 0, 0xFF]) + b"\x00" + text("宋体")
    fill, border = struct.pack("<I", 0) + bytes([1, 64, 0, 0, 0, 0, 0, 255, 1, 65, 0, 0, 255, 255, 255, 255]) + bytes(48), bytes(51)
    plain = [struct.pack("<HHHHHBBHBB", parent, number, 0, 0, 0, 0, 0, 0x1010, 0, 0) for parent, number in ((0xFFFF, 0), (0, 0), (0, 170))]
    return b"".join(
        (
            record(278),
            record(615, struct.pack("<I", 1)) + record(44, struct.pack("<H", 170) + text("0.0%")) + record(616),
            record(611, struct.pack("<I", 1)) + record(43, font) + record(612),
            record(603, struct.pack("<I", 1)) + record(45, fill) + record(604),
            record(613, struct.pack("<I", 1)) + record(46, border) + record(614),
            record(626, struct.pack("<I", 1)) + record(47, plain[0]) + record(627),
            record(617, struct.pack("<I", 2)) + record(47, plain[1]) + record(47, plain[2]) + record(618),
            record(279),
        )
    )


def binary_workbook(part: bytes) -> bytes:
    """Wrap one sheet's part into a workbook."""
    return zipped(parts(part))


def parts(part: bytes) -> dict[str, bytes]:
    """Give the parts of a workbook with one sheet."""
    types = "".join(
        f'<Override PartName="/xl/{name}.bin" ContentType="{BINARY}.{kind}"/>'
        for name, kind in (("workbook", "sheet.binary.macroEnabled.main"), ("worksheets/sheet1", "worksheet"), ("styles", "styles"))
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, kind, target in ((1, "worksheet", "worksheets/sheet1.bin"), (2, "styles", "styles.bin"))
    )
    bundle = record(143) + record(156, struct.pack("<II", 0, 1) + text("rId1") + text("填报")) + record(144)
    package = f'<Relationships xmlns="{MAIN}/package/2006/relationships">'
    return {
        "[Content_Types].xml": f'<Types xmlns="{MAIN}/package/2006/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>'.encode(),
        "_rels/.rels": f'{package}<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/></Relationships>'.encode(),
        "xl/workbook.bin": record(131) + bundle + record(132),
        "xl/_rels/workbook.bin.rels": f"{package}{relations}</Relationships>".encode(),
        "xl/styles.bin": styles(),
        "xl/worksheets/sheet1.bin": part,
    }

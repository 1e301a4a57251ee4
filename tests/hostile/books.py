"""Hostile and broken files, made by code."""

import io
import struct
import zipfile

import xlsxwriter

SHEET = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si></sst>'

_BLOCK = b"<row>" + b"</row><row>".join([b'<c t="s"><v>0</v></c>' * 100] * 9000) + b"</row>"
BOMB = {"xl/worksheets/sheet1.xml": SHEET % _BLOCK, "xl/sharedStrings.xml": STRINGS % (b"x" * 32_000)}  # a long string, 900,000 times


def workbook() -> bytes:
    """An ordinary workbook of one sheet: 编号 and 进度, 2 rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("填报")
    for row, values in enumerate((("编号", "进度"), ("007", 45))):
        sheet.write_row(row, 0, values)
    book.close()
    return out.getvalue()


def with_parts(parts: dict[str, bytes]) -> bytes:
    """The ordinary workbook with parts put in the place of its own, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, parts.get(name, source.read(name)))
        for name in parts.keys() - set(source.namelist()):
            target.writestr(name, parts[name])
    return out.getvalue()


def with_rows(rows: bytes) -> bytes:
    """The ordinary workbook with other rows."""
    return with_parts({"xl/worksheets/sheet1.xml": SHEET % rows})


def zipped(members: dict[str, bytes]) -> bytes:
    """An archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def gbk_zip(name: str, content: bytes, *, flagged: bool) -> bytes:
    """An archive whose only name is GBK, with or without the UTF-8 flag that it should not have."""
    raw = name.encode("gb18030")
    data = bytearray(zipped({"x" * len(raw): content}).replace(b"x" * len(raw), raw))
    if flagged:
        central = data.rfind(b"PK\x01\x02")
        for place in (6, central + 8):
            struct.pack_into("<H", data, place, 0x800)
    return bytes(data)


def ole_circle() -> bytes:
    """An OLE container whose directory chain leads back to its first sector."""
    head = bytearray(b"\xff" * 512)
    head[:24] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    struct.pack_into("<5H6x", head, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<3I4x", head, 40, 0, 1, 1)
    struct.pack_into("<5I", head, 56, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<I", head, 76, 0)
    table = bytearray(b"\xff" * 512)
    struct.pack_into("<2I", table, 0, 0xFFFFFFFD, 1)
    return bytes(head + table + bytes(512 * 18))

"""Hostile and broken files, made by code."""

import io
import struct
import zipfile

import pytest
import xlsxwriter

from toolkit.edges.reading import precheck_extent, precheck_sheet, precheck_zip
from toolkit.model import mail_limits

SHEET = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si></sst>'

# Mails whose name is in pieces, and whose parts lie within each other: few, and too many where limits are low.
PIECES = b"Content-Disposition: attachment;\n" + b"".join(b" filename*%d=a;\n" % at for at in range(6))
NESTED = b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 4
_BLOCK = b"<row>" + b"</row><row>".join([b'<c t="s"><v>0</v></c>' * 30] * 30) + b"</row>"
OFTEN = {"xl/worksheets/sheet1.xml": SHEET % _BLOCK, "xl/sharedStrings.xml": STRINGS % (b"x" * 3_000)}  # a longish string, 900 times
FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="AAA2"%s</row>'  # a cell in the 703rd column


@pytest.fixture
def low_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the guards' limits so low that small and harmless files go beyond them."""
    for module, name, limit in (
        (precheck_extent, "AREA", 1_000),
        (precheck_sheet, "CELLS", 800),
        (precheck_sheet, "STRING_BYTES", 1 << 20),
        (precheck_zip, "UNPACKED", 1 << 20),
        (mail_limits, "_CONTINUATIONS", 5),
        (mail_limits, "_NESTED", 3),
    ):
        monkeypatch.setattr(module, name, limit)


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

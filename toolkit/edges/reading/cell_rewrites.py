"""Writes a workbook's sheets in another way with the same meaning, where the fast reader would not understand them as they are."""

import io
import re
import struct
import zipfile
from collections.abc import Callable
from html import escape, unescape

from toolkit.edges.reading.cell_marks_xlsb import sheet_parts_of_xlsb
from toolkit.edges.reading.package import Package
from toolkit.edges.reading.package_roles import cell_parts, encoding_of, text_of
from toolkit.edges.reading.package_zip import open_zip
from toolkit.edges.reading.xlsb_records import packed_number
from toolkit.model.lazy_pattern import lazy_pattern

_ERROR = lazy_pattern(rb"""(\st\s*=\s*)["']e["']""")
_QUOTED = lazy_pattern(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ASIDE = lazy_pattern(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)  # what no reader takes for content
_DECLARED = lazy_pattern(r"\s*<\?xml\s.*?\?>", re.DOTALL)
_DIMENSION = lazy_pattern(rb"<(?:\w+:)?dimension(?:\s[^>]*)?/>")
_MERGE = lazy_pattern(rb"""(<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*["'])([^"']*)(["'][^>]*/>)""")
_PLACED = lazy_pattern(rb"""(<(?:\w+:)?(?:c|row))((?:\s[^>]*?)?)\sr\s*=\s*["']([^"']*)["']""")
_TYPED = lazy_pattern(rb"""(<(?:\w+:)?c(?:\s[^>]*?)?)\st\s*=\s*["']([^"']*)["']""")
_AREA, _ADDRESS = lazy_pattern(rb"[A-Za-z]{1,3}\d{1,7}(?::[A-Za-z]{1,3}\d{1,7})?"), lazy_pattern(rb"[A-Za-z]{1,3}\d{1,7}")
_TYPES = {b"number": b"n", b"numeric": b"n", b"string": b"str", b"boolean": b"b", b"bool": b"b", b"date": b"d", b"error": b"e", b"shared": b"s"}
_KNOWN_TYPES = frozenset((b"b", b"d", b"e", b"inlineStr", b"n", b"s", b"str"))
_ODS = "content.xml"
_BETWEEN = lazy_pattern(rb"(</?(?:table|office|form):[\w-]+(?:\s[^>]*|/)?>)(?:\s|<!--.*?-->|<\?.*?\?>)+", re.DOTALL)
_ROW, _SHORTER = 0, 11  # records of .xlsb: a row, and how far the numbers of short cells lie from those of whole ones
_CELLS, _SHORT_CELLS = frozenset({*range(1, 12), 62}), frozenset(range(12, 19))
_SIGN = lazy_pattern(rb"&#x?[0-9A-Fa-f]{1,6};")


def errors_as_text(package: Package) -> Package:
    """Give the same workbook with its error cells marked as text: calamine gives up a whole sheet for one error word that it does not know."""
    return _rewritten(package, lambda sheet: _ERROR.sub(rb'\1"str"', sheet))


def without_asides(package: Package) -> Package:
    """Give the same workbook with nothing but plain signs in its sheets' numbers: calamine ends a number at a comment and the like."""
    return _rewritten(package, lambda sheet: _SIGN.sub(_plain, _ASIDE.sub(b"", _QUOTED.sub(_unquoted, sheet))))


def with_long_cells(package: Package) -> Package:
    """Give the same .xlsb with a column in every cell record: calamine knows no short ones, which stand one to the right of the cell before them."""
    sheets = {part.lower() for _, part in sheet_parts_of_xlsb(package)}
    changed = {name: _long_cells(package.part(name)) for name in sheets}
    if all(package.part(name) == part for name, part in changed.items()):
        return package
    return _repacked(package, changed.get)


def in_utf8(package: Package) -> tuple[Package, bool]:
    """Give the same workbook with the parts that readers take cells from in UTF-8, which is all that calamine reads; says whether any was not."""
    parts = [name for name in cell_parts(package) if name in package.parts and not name.endswith(".bin")]
    changed = {name: _as_utf8(package.part(name)) for name in parts if encoding_of(package.parts[name].head()) != "utf-8"}
    return (_repacked(package, lambda name, _: changed.get(name)), True) if changed else (package, False)


def _as_utf8(part: bytes) -> bytes:
    return _DECLARED.sub("", text_of(part).lstrip("\ufeff"), count=1).encode()


def usually_written(package: Package) -> Package:
    """Give the same xlsx with attributes as office programs write them; calamine gives up a sheet for a size or a merge that is none, for $K$5, t="number"."""
    sheets = {name for name in cell_parts(package) if name in package.parts and b"sheetData" in package.part(name)}
    return _repacked(package, lambda name, part: _usual(part) if name in sheets else None)


def _usual(sheet: bytes) -> bytes:
    for pattern, change in ((_DIMENSION, b""), (_MERGE, _usual_merge), (_PLACED, _usual_place), (_TYPED, _usual_type)):
        sheet = pattern.sub(change, sheet)
    return sheet


def _usual_merge(found: re.Match[bytes]) -> bytes:
    area = found[2].replace(b"$", b"")
    return found[1] + area + found[3] if _AREA.fullmatch(area) else b""


def _usual_place(found: re.Match[bytes]) -> bytes:
    """Write a cell's or a row's place plainly; one that is none is left out, and the cell stands behind the one before it."""
    place = found[3].replace(b"$", b"").strip()
    if found[1].endswith(b"row"):
        place = place.removesuffix(b".0")
    fits = place.isdigit() if found[1].endswith(b"row") else _ADDRESS.fullmatch(place)
    return found[1] + found[2] + (b' r="' + place + b'"' if fits else b"")


def _usual_type(found: re.Match[bytes]) -> bytes:
    kind = _TYPES.get(found[2].strip().lower(), found[2])
    return found[1] + (b' t="' + kind + b'"' if kind in _KNOWN_TYPES else b"")


def without_blanks_between(package: Package) -> Package:
    """Give the same .ods without white space and comments between rows and cells (Gnumeric, Calligra, SheetJS indent): calamine takes neither there."""
    content = package.part(_ODS)
    plain = _BETWEEN.sub(rb"\1", content)
    return package if plain == content else _repacked(package, lambda name, _: plain if name == _ODS else None)


def _long_cells(sheet: bytes) -> bytes:
    out, at, column = bytearray(), 0, -1
    while at < len(sheet):
        start = at
        kind, at = packed_number(sheet, at, 2)
        length, at = packed_number(sheet, at, 4)
        if kind == _ROW:
            column = -1
        elif kind in _CELLS:
            column = struct.unpack_from("<I", sheet, at)[0]
        elif kind in _SHORT_CELLS:
            column += 1
            out += bytes([kind - _SHORTER]) + _packed(length + 4) + struct.pack("<I", column) + sheet[at : at + length]
            start = at + length
        at += length
        out += sheet[start:at]
    return bytes(out)


def _packed(value: int) -> bytes:
    """Write a number in groups of 7 bits."""
    groups = bytearray()
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*groups, value])


def _unquoted(found: re.Match[bytes]) -> bytes:
    return escape(found[1].decode("utf-8", "replace"), quote=False).encode()


def _plain(found: re.Match[bytes]) -> bytes:
    """Write a sign that a number may have as itself."""
    sign = unescape(found[0].decode())
    return sign.encode() if sign.isascii() and (sign.isalnum() or sign in "+-.") else found[0]


def _rewritten(package: Package, change: Callable[[bytes], bytes]) -> Package:
    return _repacked(package, lambda _, part: change(part) if b"sheetData" in part else part)


def _repacked(package: Package, change: Callable[[str, bytes], bytes | None]) -> Package:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as out:
        for name, part in package.parts.items():
            whole = part.read()
            out.writestr(part.name, change(name, whole) or whole)
    return open_zip(copy.getvalue())

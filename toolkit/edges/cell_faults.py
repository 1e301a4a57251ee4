"""Finds cells that calamine reads as blank although something stands there: formula errors, and formulas saved without a result (xlsx only)."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from html import unescape

from toolkit.model.returns import CellFault, Fault

_LONGEST = 64_000_000  # bytes of one sheet's XML that are looked at
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*?>")
_RELATION = re.compile(r"<Relationship\s[^>]*?>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_CELL = re.compile(r'<c\s+r="([A-Z]{1,3})(\d{1,7})"([^>]*)(?<!/)>(.*?)</c>', re.DOTALL)
_FORMULA = re.compile(r"<f[^>]*>([^<]*)</f>")
_VALUE = re.compile(r"<v>([^<]+)</v>")


def cell_faults(content: bytes) -> Mapping[str, Mapping[tuple[int, int], CellFault]]:
    """Give the faults of each sheet by name, then by (row, column) counted from 0; nothing for other sorts of file or broken parts."""
    if not content.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return {name: found for name, part in sheet_parts(book) if (found := dict(_faults(read_part(book, part))))}
    except (OSError, RuntimeError, zipfile.BadZipFile, zlib.error):
        return {}


def errors_as_text(content: bytes) -> bytes:
    """Give the same workbook with its error cells marked as text: calamine gives up a whole sheet for one error word that it does not know."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as out:
        for name in book.namelist():
            out.writestr(name, book.read(name).replace(b' t="e"', b' t="str"'))
    return copy.getvalue()


def sheet_parts(book: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Pair each sheet's name with its part."""
    relations = {}
    for tag in _RELATION.findall(read_part(book, "xl/_rels/workbook.xml.rels")):
        said = dict(_ATTRIBUTE.findall(tag))
        relations[said.get("Id", "")] = posixpath.normpath(posixpath.join("xl", said.get("Target", ""))).lstrip("/").removeprefix("xl/xl/")
    for tag in _SHEET.findall(read_part(book, "xl/workbook.xml")):
        said = dict(_ATTRIBUTE.findall(tag))
        yield unescape(said.get("name", "")), relations.get(said.get("r:id", ""), "")


def read_part(book: zipfile.ZipFile, part: str) -> str:
    """Give a part's text, '' where there is none."""
    if part not in book.namelist():
        return ""
    with book.open(part) as stream:
        return stream.read(_LONGEST).decode("utf-8", "replace")


def _faults(sheet: str) -> Iterator[tuple[tuple[int, int], CellFault]]:
    if 't="e"' not in sheet and "<f" not in sheet:
        return
    for letters, row, attributes, inner in _CELL.findall(sheet):
        value, formula = _VALUE.search(inner), _FORMULA.search(inner)
        if 't="e"' in attributes:
            yield cell_at(letters, row), CellFault(unescape(value[1]) if value else "#N/A", Fault.ERROR)
        elif formula is not None and value is None:
            yield cell_at(letters, row), CellFault("=" + unescape(formula[1]), Fault.FORMULA)


def cell_at(letters: str, row: str) -> tuple[int, int]:
    """Give row and column, counted from 0, of a cell's address."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row) - 1, column - 1

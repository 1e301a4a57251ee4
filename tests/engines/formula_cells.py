"""The cells with formulas of a workbook as it was written: the value that is stored in each, and a copy in which every one of them is wrong."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import unescape
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl.utils import column_index_from_string

WRONG = 987654
Cell = tuple[str, int, int]  # sheet, row and column counted from 1
# As xlsxwriter writes them, the only writer of what we hand out.
_FORMULA = re.compile(r'<c r="([A-Z]+)(\d+)"((?: s="\d+")?)(?: t="(\w+)")?>(<f>[^<]*</f>)<v>([^<]*)</v></c>')
_ANY = re.compile(r"<f[ />]")
_SHEET = re.compile(r'<sheet name="([^"]*)"')
_QUOTES = {"&quot;": '"'}


def stored(path: Path) -> dict[Cell, object]:
    """Give the value that is stored in every cell with a formula: a number, a text, a truth. Raises ValueError for a formula that is written otherwise."""
    return {cell: value for title, part in _sheets(path) for cell, value in _stored(title, part)}


def spoil(path: Path, target: Path) -> Path:
    """Write a copy in which every formula carries a wrong number."""
    with ZipFile(path) as source, ZipFile(target, "w", ZIP_DEFLATED) as copy:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = _FORMULA.sub(rf'<c r="\1\2"\3>\5<v>{WRONG}</v></c>', content.decode()).encode()
            copy.writestr(name, content)
    return target


def _sheets(path: Path) -> Iterator[tuple[str, str]]:
    with ZipFile(path) as book:
        for number, title in enumerate(_SHEET.findall(book.read("xl/workbook.xml").decode()), 1):
            yield unescape(title, _QUOTES), book.read(f"xl/worksheets/sheet{number}.xml").decode()


def _stored(title: str, part: str) -> Iterator[tuple[Cell, object]]:
    found = _FORMULA.findall(part)
    if len(found) != len(_ANY.findall(part.partition("</sheetData>")[0])):
        raise ValueError(f"{title}: a formula is not written as xlsxwriter does")
    for column, row, _, kind, _, value in found:
        yield (title, int(row), column_index_from_string(column)), _value(kind, value)


def _value(kind: str, value: str) -> object:
    if kind == "b":
        return value == "1"
    return unescape(value, _QUOTES) if kind or not value else float(value)

"""Hands in a workbook's parts: changes that no spreadsheet program offers, but that other programs leave behind."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.spoiled.office import FIGURES, MAIN, Case, cell_of, fill, saved

SHEET_PART = {"填报说明": "xl/worksheets/sheet1.xml", MAIN: "xl/worksheets/sheet2.xml", FIGURES: "xl/worksheets/sheet3.xml"}
Make = Callable[[Case], bytes]


def parts_of(content: bytes) -> dict[str, bytes]:
    """Unpack a workbook."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Pack a workbook."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(zipfile.ZipInfo(name, (2023, 3, 20, 9, 0, 0)), content, zipfile.ZIP_DEFLATED, 1)
    return out.getvalue()


def adding(parts: Mapping[str, bytes]) -> Make:
    """Put parts into the filled workbook, in the place of its own or beside them."""
    return lambda case: packed(parts_of(case.filled) | dict(parts))


def rewriting(part: str, old: str, new: str, *, regex: bool = False, count: int = 0) -> Make:
    """Replace a text in one part of the filled workbook; it must be there."""

    def make(case: Case) -> bytes:
        parts = parts_of(case.filled)
        text = parts[part].decode()
        changed = re.sub(old, new, text, count=count) if regex else text.replace(old, new)
        assert changed != text, f"{part}: {old}"
        parts[part] = changed.encode()
        return packed(parts)

    return make


def cell_xml(changes: Mapping[str, str]) -> Make:
    """Write cells as XML, by 编号.栏目; {r} is the cell's address, {s} its style."""

    def make(case: Case) -> bytes:
        parts = parts_of(case.filled)
        for key, xml in changes.items():
            sheet, address = cell_of(key)
            part = SHEET_PART[sheet]
            pattern = re.compile(rf'<c r="{address}"([^>]*?)(?:/>|>.*?</c>)', re.DOTALL)
            text = parts[part].decode()
            found = pattern.search(text)
            assert found, key
            style = re.search(r's="(\d+)"', found[1])
            new = xml.replace("{r}", address).replace("{s}", style[1] if style else "0")
            parts[part] = (text[: found.start()] + new + text[found.end() :]).encode()
        return packed(parts)

    return make


def typed(changes: Mapping[str, object]) -> Make:
    """Type other values, by 编号.栏目."""
    return lambda case: fill(case.blank, changes)


def edited(change: Callable[[Workbook], object]) -> Make:
    """Change the filled workbook with openpyxl."""

    def make(case: Case) -> bytes:
        book = load_workbook(io.BytesIO(case.filled))
        change(book)
        return saved(book)

    return make


def on_main(change: Callable[[Worksheet], object]) -> Make:
    """Change the main sheet of the filled workbook."""
    return edited(lambda book: change(book[MAIN]))


def unmerged(sheet: Worksheet) -> Worksheet:
    """Take every merge off a sheet, as inserting and deleting in other programs would move them."""
    for area in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(area))
    return sheet


def column_titled(sheet: Worksheet, title: str) -> int:
    """Find a column by its title in row 4."""
    return next(cell.column for cell in sheet[4] if cell.value == title)


def letter(sheet: Worksheet, title: str) -> str:
    """Find a column's letter by its title in row 4."""
    return get_column_letter(column_titled(sheet, title))


def in_string(text: str) -> str:
    """An inline string cell."""
    return f'<c r="{{r}}" s="{{s}}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

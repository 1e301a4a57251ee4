"""Reads the sheet 调整台账 of a master list as the clerk left it, and the token of what the list was written with."""

import io
import re
import zipfile
from collections.abc import Sequence
from typing import BinaryIO, cast

import python_calamine

from toolkit.model.amendment_sheet import AFTER, COLUMNS, MATTER, SHEET, SUBJECT, TOKEN, TypedRow, TypedSheet
from toolkit.model.kinds import plain
from toolkit.model.place import Place

_TOKEN = re.compile(rf'name="{TOKEN}"[^>]*>\s*<[^>]*>([0-9a-f]{{16}})<')


def read_amendments(content: bytes, file: str) -> TypedSheet:
    """Read the sheet; one that is not there, or a book that cannot be read (the list's own reader says so), has no rows."""
    try:
        book = python_calamine.load_workbook(cast("BinaryIO", io.BytesIO(content)))
        rows = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False) if SHEET in book.sheet_names else []
    except (python_calamine.CalamineError, ValueError, OSError):
        return TypedSheet()
    return TypedSheet(tuple(_rows(rows, file)), _token(content))


def _rows(rows: Sequence[Sequence[object]], file: str) -> list[TypedRow]:
    if not rows:
        return []
    columns = {plain(value): column for column, value in enumerate(rows[0]) if plain(value) in COLUMNS}
    found = []
    for at, row in enumerate(rows[1:], 2):
        cells = {title: plain(row[column]) for title, column in columns.items() if column < len(row)}
        if any(cells.get(title) for title in (SUBJECT, MATTER, AFTER)):
            found.append(TypedRow({title: cells.get(title, "") for title in COLUMNS}, Place(file, SHEET, f"A{at}")))
    return found


def _token(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            found = _TOKEN.search(book.read("docProps/custom.xml").decode("utf-8", "replace"))
    except (KeyError, OSError, zipfile.BadZipFile):
        return ""
    return found[1] if found else ""

"""Reads the sheet 调整台账 of a master list as the clerk left it, and the token of what the list was written with."""

import io
from collections.abc import Sequence
from typing import BinaryIO, cast

import python_calamine

from toolkit.edges.reading.workbook_token import token_of
from toolkit.model.amendment_sheet import AFTER, COLUMNS, MATTER, SHEET, SUBJECT, TOKEN, TypedRow, TypedSheet
from toolkit.model.column_kinds import plain
from toolkit.model.place import Place


def read_amendments(content: bytes, file: str) -> TypedSheet:
    """Read the sheet; one that is not there, or a book that cannot be read (the list's own reader says so), has no rows."""
    try:
        book = python_calamine.load_workbook(cast("BinaryIO", io.BytesIO(content)))
        rows = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False) if SHEET in book.sheet_names else []
    except (python_calamine.CalamineError, ValueError, OSError):
        return TypedSheet()
    return TypedSheet(tuple(_rows(rows, file)), token_of(content, TOKEN))


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

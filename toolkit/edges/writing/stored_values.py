"""Puts what formulas come to into a saved workbook: openpyxl writes formulas without, and a reader that does not recalculate would see nothing."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape

from toolkit.model.formula_sheet import formula_values
from toolkit.model.formula_terms import Cell, NotWorkedOutError
from toolkit.model.formula_value import ErrorValue
from toolkit.model.place import address

_CELL = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^>]*)><f>(.*?)</f><v ?(?:/>|></v>)</c>', re.DOTALL)
_TYPE = re.compile(rb'\s+t="[^"]*"')


def with_values(content: bytes, book: Any) -> bytes:
    """Give a workbook's bytes, as openpyxl saved `book`, with the value of each formula that can be worked out here."""
    values = _values(book)
    if not values:
        return content
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        of_part = {sheet.path.lstrip("/"): values.get(sheet.title, {}) for sheet in book.worksheets}
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part, _patched(data, of_part[part.filename]) if of_part.get(part.filename) else data)
    return stream.getvalue()


def _values(book: Any) -> dict[str, dict[str, object]]:
    """Give what each formula comes to, by sheet and address."""

    def held(cell: Cell) -> object:
        if cell.sheet not in book.sheetnames:
            raise NotWorkedOutError(cell.sheet)
        found = book[cell.sheet]._cells.get((cell.row + 1, cell.column + 1))  # noqa: SLF001 - looking through cell() would make one
        if found is not None and found.data_type == "f":  # of an array: a plain one is among the formulas
            raise NotWorkedOutError(cell.sheet)
        return ErrorValue(found.value) if found is not None and found.data_type == "e" else found.value if found is not None else None

    by_sheet: dict[str, dict[str, object]] = {}
    for cell, value in formula_values(dict(_formulas(book)), held).items():
        by_sheet.setdefault(cell.sheet, {})[address(cell.row, cell.column)] = value
    return by_sheet


def _formulas(book: Any) -> Iterator[tuple[Cell, str]]:
    for sheet in book.worksheets:
        for (row, column), cell in sheet._cells.items():  # noqa: SLF001 - only those that are there
            if cell.data_type == "f" and isinstance(cell.value, str):
                yield Cell(sheet.title, row - 1, column - 1), cell.value


def _patched(data: bytes, values: dict[str, object]) -> bytes:
    def stored(found: re.Match[bytes]) -> bytes:
        value = values.get(found[1].decode())
        if value is None:
            return found[0]
        kind, text = _written(value)
        return b'<c r="%b"%b%b><f>%b</f><v>%b</v></c>' % (found[1], _TYPE.sub(b"", found[2]), kind, found[3], text.encode())

    return _CELL.sub(stored, data)


def _written(value: object) -> tuple[bytes, str]:
    """Give the type and the text by which a cell keeps what its formula comes to."""
    if isinstance(value, ErrorValue):
        return b' t="e"', escape(value)
    if isinstance(value, bool):
        return b' t="b"', str(int(value))
    if isinstance(value, float):
        return b"", repr(value)
    return b' t="str"', escape(str(value))

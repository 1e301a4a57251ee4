"""What people use to issue workbooks: openpyxl opens a template and writes a unit's values into it."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import load_workbook
from openpyxl.cell.cell import MergedCell

Values = Mapping[tuple[str, int, int], object]  # by sheet, row and column counted from 1


def values_of(book: bytes) -> Values:
    """List what stands in a workbook's cells."""
    sheets = load_workbook(io.BytesIO(book), read_only=True).worksheets
    rows = ((sheet.title, at, row) for sheet in sheets for at, row in enumerate(sheet.iter_rows(values_only=True), 1))
    return {(title, at, column): value for title, at, row in rows for column, value in enumerate(row, 1) if value is not None}


def fill_with_openpyxl(template: bytes, units: Sequence[Values]) -> None:
    """Load the template anew for each unit, write the unit's values, save."""
    for values in units:
        book = load_workbook(io.BytesIO(template))
        for (title, row, column), value in values.items():
            cell = book[title].cell(row, column)
            if not isinstance(cell, MergedCell):  # a longer unit's sign-off may lie over a shorter one's
                cell.value = value  # type: ignore[assignment]
        book.save(io.BytesIO())

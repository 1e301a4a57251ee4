"""Every value of a workbook that we wrote, cell by cell."""

import io
from typing import BinaryIO, cast

import python_calamine

from toolkit.model.column_kinds import plain
from toolkit.model.place import address


def book_values(content: bytes) -> dict[tuple[str, str], str]:
    """Give what stands in each cell that is not blank, as text, by sheet and address."""
    book = python_calamine.load_workbook(cast("BinaryIO", io.BytesIO(content)))
    return {
        (name, address(row, column)): text
        for name in book.sheet_names
        for row, values in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        for column, value in enumerate(values)
        if (text := plain(value))
    }

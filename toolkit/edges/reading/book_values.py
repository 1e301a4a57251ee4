"""Every value of a workbook that we wrote, cell by cell."""

import io
import re
import zipfile
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


def token_of(content: bytes, name: str) -> str:
    """Give the token (16 hex digits) of a workbook's custom properties, '' where it has none or is no whole package."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            text = book.read("docProps/custom.xml").decode("utf-8", "replace")
    except (KeyError, OSError, zipfile.BadZipFile):
        return ""
    found = re.search(rf'name="{name}"[^>]*>\s*<[^>]*>([0-9a-f]{{16}})<', text)
    return found[1] if found else ""

"""The door for whoever draws a workbook through xlsxwriter's public calls: what is opened, added and linked here does otherwise than xlsxwriter's own.

xlsxwriter's inside is used in this folder only; `tests/edges/test_xlsxwriter_inside.py` names every private part that is leant on.
"""

import io
from collections.abc import Mapping
from typing import Any

from xlsxwriter.url import Url
from xlsxwriter.workbook import Workbook

from toolkit.edges.writing.fast.workbook_package import Book, LongBook
from toolkit.edges.writing.fast.workbook_sheet import ForwardUrl, Sheet
from toolkit.model.sheet import Link


def open_book(stream: io.BytesIO, options: Mapping[str, Any], *, long: bool) -> Workbook:
    """Open a workbook that takes every text for a text; a `long` one may have sheets with a body. It must be closed to be complete."""
    return (LongBook if long else Book)(stream, options)


def add_sheet(book: Workbook, name: str) -> Sheet:
    """Add a sheet; `lay` gives it a body, whose rows go straight into the file."""
    sheet: Sheet = book.add_worksheet(name, Sheet)
    return sheet


def url(link: Link) -> Url:
    """Give a link for xlsxwriter whose address keeps its forward slashes on every system."""
    address = ForwardUrl(link.target)
    address.text = link.words
    if link.tip:
        address.tip = link.tip
    return address

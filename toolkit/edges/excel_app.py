"""A live Excel through xlwings: finds a workbook that is open, saves and closes it, opens one, makes a PDF. The only file that imports xlwings.

Written against xlwings' documented API (docs.xlwings.org/en/stable/api); on Linux xlwings has no Excel to drive, so `excel` gives None there.
"""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, Protocol

OVERVIEW = "总览"


class Cursor(NamedTuple):
    """Where a clerk stood in a workbook: the sheet's name, the selected cells ($C$5:$D$6), the first row and column in sight (0: not known)."""

    sheet: str
    cells: str
    row: int = 0
    column: int = 0


class Excel:
    """The Excel of this machine."""

    def __init__(self, xlwings: Any) -> None:
        """Take the xlwings module, or something that behaves like it."""
        self._xlwings = xlwings

    def let_go(self, path: Path) -> Cursor | None:
        """Save and close a workbook where it is open, so that what was typed is on disk; gives where the clerk stood, None where it was not open."""
        book = self._open_book(path)
        if book is None:
            return None
        cursor = _cursor(book)
        book.save()
        book.close()
        return cursor

    def show(self, path: Path, cursor: Cursor | None = None) -> None:
        """Open a workbook, or find it open, where the clerk stood, else with its overview in front."""
        book = self._open_book(path) or self._an_app().books.open(str(path))
        book.app.visible = True
        book.activate(steal_focus=True)
        with suppress(Exception):  # a book without an overview is shown as it is
            book.sheets[OVERVIEW if cursor is None else cursor.sheet].activate()
        if cursor is not None:
            _put(book, cursor)

    def make_pdf(self, path: Path, target: Path) -> None:
        """Print a workbook to PDF; a book that was not open is closed again."""
        open_book = self._open_book(path)
        book = open_book or self._an_app().books.open(str(path), read_only=True)
        try:
            book.to_pdf(str(target))
        finally:
            if open_book is None:
                book.close()

    def _open_book(self, path: Path) -> Any:
        books = (book for app in self._xlwings.apps for book in app.books)
        return next((book for book in books if Path(book.fullname) == path), None)

    def _an_app(self) -> Any:
        return self._xlwings.apps.active or self._xlwings.App(visible=True, add_book=False)


def _cursor(book: Any) -> Cursor:
    """Tell where the clerk stands; what Excel does not tell (a chart is selected, a cell is being edited) is left out."""
    sheet, cells, row, column = OVERVIEW, "", 0, 0
    with suppress(Exception):
        sheet = book.sheets.active.name
    with suppress(Exception):
        cells = book.selection.address if book == book.app.books.active else ""
    with suppress(Exception):
        window = book.app.api.ActiveWindow  # pywin32's and appscript's own object: only Windows spells it so
        row, column = int(window.ScrollRow), int(window.ScrollColumn)
    return Cursor(sheet, cells, row, column)


def _put(book: Any, cursor: Cursor) -> None:
    """Put the clerk back; a sheet or cell that is not there any more is passed over."""
    with suppress(Exception):
        if cursor.cells:
            book.sheets[cursor.sheet].range(cursor.cells).select()
    with suppress(Exception):
        if cursor.row:
            window = book.app.api.ActiveWindow
            window.ScrollRow, window.ScrollColumn = cursor.row, cursor.column


class Shows(Protocol):
    """What is asked of an Excel."""

    def let_go(self, path: Path) -> Cursor | None:
        """Save and close a workbook; gives where the clerk stood, None where it was not open."""

    def show(self, path: Path, cursor: Cursor | None = None) -> None:
        """Open a workbook, or find it open; `cursor` is where the clerk shall stand, None for its overview."""

    def make_pdf(self, path: Path, target: Path) -> None:
        """Print a workbook to the file `target`; one that was not open is closed again."""


def excel() -> Shows | None:
    """Give this machine's Excel; None on Linux, and where there is none."""
    if sys.platform not in {"win32", "darwin"}:
        return None
    try:
        import xlwings

        list(xlwings.apps)
    except Exception:  # noqa: BLE001 - xlwings raises whatever the system's bridge does where Excel is not installed
        return None
    return Excel(xlwings)

"""A live Excel through xlwings: finds a workbook that is open, saves and closes it, opens one, makes a PDF. The only file that imports xlwings.

Written against xlwings' documented API (docs.xlwings.org/en/stable/api); on Linux xlwings has no Excel to drive, so `excel` gives None there.
"""

import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

OVERVIEW = "总览"


class Excel:
    """The Excel of this machine."""

    def __init__(self, xlwings: Any) -> None:
        """Take the xlwings module, or something that behaves like it."""
        self._xlwings = xlwings

    def let_go(self, path: Path) -> bool:
        """Save and close a workbook where it is open, so that what was typed is on disk; whether it was open."""
        book = self._open_book(path)
        if book is None:
            return False
        book.save()
        book.close()
        return True

    def show(self, path: Path) -> None:
        """Open a workbook, or find it open, with its overview in front."""
        book = self._open_book(path) or self._an_app().books.open(str(path))
        book.app.visible = True
        book.activate(steal_focus=True)
        with suppress(Exception):  # a book without an overview is shown as it is
            book.sheets[OVERVIEW].activate()

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


class Shows(Protocol):
    """What is asked of an Excel."""

    def let_go(self, path: Path) -> bool:
        """Save and close a workbook where it is open."""

    def show(self, path: Path) -> None:
        """Open a workbook."""

    def make_pdf(self, path: Path, target: Path) -> None:
        """Print a workbook to PDF."""


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

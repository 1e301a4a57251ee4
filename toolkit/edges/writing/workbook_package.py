"""The package of a book with long sheets: every part goes into the zip while it is written, so that no part stands in memory as a whole."""

import io
import re
from collections.abc import Mapping
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStringTable
from xlsxwriter.workbook import Workbook

_EFFORT = 5  # of 9: a book is 4 % larger than with 6, and packed in two thirds of the time
_PIECES = 2000  # pieces of text that are passed on together
_TEXT = 32_767  # UTF-16 units that a cell holds, Excel's own limit
_MARKS = re.compile("[&<>]")


class LongBook(Workbook):  # type: ignore[misc] # xlsxwriter is untyped
    """A workbook some of whose sheets have a body; it must be closed to be complete."""

    def __init__(self, stream: io.BytesIO, options: Mapping[str, Any]) -> None:
        super().__init__(io.BytesIO(), options)  # xlsxwriter's own zip stays empty
        self.str_table = Strings()
        self._target = stream

    def _get_packager(self) -> Packager:
        if not self.str_table.count:
            raise ValueError("a book of long sheets only: its list of contents would leave out their texts")
        return _Package(self._target)


class Strings(SharedStringTable):  # type: ignore[misc] # xlsxwriter is untyped
    """The texts of a book, to which sheets add while they are written."""

    def add(self, text: str) -> int:
        """Take in a new text and give its number. Raises ValueError for one that no cell can hold."""
        if len(text) > _TEXT // 2 and len(text.encode("utf-16-le")) > 2 * _TEXT:
            raise ValueError(f"a text of {len(text)} characters: a cell holds {_TEXT}")
        number = len(self.string_array)
        self.string_table[text] = number
        self.string_array.append(text)
        self.unique_count += 1
        return number

    def number(self, text: str) -> int:
        """Count a text once more and give its number."""
        self.count += 1
        number: int | None = self.string_table.get(text)
        return self.add(text) if number is None else number

    def _get_shared_string_index(self, string: str) -> int:
        return self.number(string)

    def _sort_string_data(self) -> None:
        """Leave them: they stand in their order from the first on."""


class _Package(Packager):  # type: ignore[misc] # xlsxwriter is untyped
    """Writes the parts one after the other."""

    def __init__(self, stream: io.BytesIO) -> None:
        super().__init__()
        self._zip = ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=_EFFORT)
        self._part: _Part | None = None

    def _filename(self, xml_filename: str) -> "_Part":
        self._finish()
        self._part = _Part(self._zip, xml_filename)
        return self._part

    def _create_package(self) -> list[object]:
        try:
            super()._create_package()
        finally:
            self._finish()
            self._zip.close()
        return []

    def _finish(self) -> None:
        if self._part is not None:
            self._part.finish()


class _Part(io.StringIO):
    """One part, on its way into the zip."""

    def __init__(self, package: ZipFile, name: str) -> None:
        super().__init__()
        self._out = package.open(name, "w")  # dated 1980 whatever the day, so that the same plan gives the same bytes
        self._pieces: list[str] = []

    def write(self, text: str) -> int:
        """Take a piece; what has come together is compressed at once."""
        self._pieces.append(text)
        if len(self._pieces) >= _PIECES:
            self._pass_on()
        return len(text)

    def finish(self) -> None:
        """Bring the part to its end."""
        self._pass_on()
        self._out.close()

    def _pass_on(self) -> None:
        self._out.write("".join(self._pieces).encode())
        self._pieces.clear()


def escaped(text: str) -> str:
    """Write a text so that it may stand between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") if _MARKS.search(text) else text

"""The package of a workbook; with long sheets, every part goes into the zip while it is written, so that no part stands in memory as a whole."""

import io
from collections.abc import Mapping
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter.packager import Packager
from xlsxwriter.workbook import Workbook

from toolkit.edges.writing.fast.workbook_texts import Strings, TextsPart

_EFFORT = 3  # of 9: a book is 12 % larger than with 6, and packed in two fifths of the time
_PIECES = 2000  # pieces of text that are passed on together


class Book(Workbook):  # type: ignore[misc] # xlsxwriter is untyped
    """A workbook that takes every text for a text; it must be closed to be complete."""

    def _get_packager(self) -> Packager:
        return _Package()


class LongBook(Book):
    """A workbook some of whose sheets have a body; it must be closed to be complete."""

    def __init__(self, stream: io.BytesIO, options: Mapping[str, Any]) -> None:
        super().__init__(io.BytesIO(), options)  # xlsxwriter's own zip stays empty
        self.str_table = Strings()
        self._target = stream

    def _get_packager(self) -> Packager:
        if not self.str_table.count:
            raise ValueError("a book of long sheets only: its list of contents would leave out their texts")
        return _LongPackage(self._target)


class _Package(Packager):  # type: ignore[misc] # xlsxwriter is untyped
    """Writes the parts."""

    def _write_shared_strings_file(self) -> None:
        texts = self.workbook.str_table
        if texts.count:
            part = TextsPart()
            part.string_table = texts
            part._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001 - as xlsxwriter does
            part._assemble_xml_file()  # noqa: SLF001


class _LongPackage(_Package):
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


"""Reads tables that are text: html saved as .xls, lists with commas or tabs. Values stay text."""

import csv
import io
from collections.abc import Mapping
from html.parser import HTMLParser

from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_format import At, CellMarks, Format, StruckText
from toolkit.edges.reading.sheet_xml import ROWS, count_of_cells, read_sheet_xml
from toolkit.model.returns import GridSheet

_SILENT = {"style", "script", "title", "rt", "rp"}
_STRUCK = {"s", "strike", "del"}
_CELLS = {"td", "th"}
_OF_TABLES = {"table", "tr", *_CELLS}
_BLOCKS = {"p", "div", "li", "h1", "h2", "h3"}
_DELIMITERS = "\t,;|"

Rows = list[list[object]]


def read_tables(package: Package) -> tuple[tuple[GridSheet, CellMarks], ...]:
    """Give the sheets of a text file with what is marked in them. Raises UnsafeFile for broken XML."""
    if package.format is Format.SHEET_XML:
        return read_sheet_xml(package.content)
    if package.format is Format.HTML:
        page = _Page()
        page.feed(package.text)
        page.close()
        page.end_line()
        merges = tuple((top, left, min(bottom, len(page.rows) - 1), right) for top, left, bottom, right in page.merges)
        return ((_sheet("网页", page.rows)._replace(merges=merges), CellMarks(struck=page.struck)),)
    return ((_sheet("文本", _read_list(package.text)), CellMarks()),)


def _sheet(name: str, rows: Rows) -> GridSheet:
    return GridSheet(name, tuple(tuple(row) for row in rows[:ROWS]))


def _read_list(text: str) -> Rows:
    lines = text[:20_000].splitlines()[:20]
    delimiter = max(_DELIMITERS, key=lambda sign: sum(sign in line for line in lines))
    csv.field_size_limit(10_000_000)
    rows = csv.reader(io.StringIO(text.replace("\0", ""), newline=""), delimiter=delimiter)
    return [[value or None for value in row] for row in rows]


class _Page(HTMLParser):
    """Puts the tables of a page one below the other, as a spreadsheet does; a line outside them is a row of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: Rows = []
        self._taken: dict[tuple[int, int], bool] = {}  # cells that a rowspan above covers
        self._text: list[tuple[bool, str]] = []  # whether it is struck out, and the text
        self._column = 0
        self._span = (1, 1)
        self._in_cell = self._in_row = False
        self._silent = self._struck = self._inner = 0  # open: elements without text, struck ones, tables in a cell that holds something
        self.struck: dict[At, StruckText] = {}
        self.merges: list[tuple[int, int, int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open rows and cells."""
        if tag in _SILENT:
            self._silent += 1
        elif tag in _STRUCK:
            self._struck += 1
        elif self._in_cell and (tag in _BLOCKS or tag in {"table", "tr"} or (self._inner and tag in _CELLS)):
            self._inside(tag)
        elif tag in {"tr", "table", "p", "div", "h1", "h2", "h3"} and not self._in_cell:
            self.end_line()
            if tag == "tr":
                self.rows.append([])
                self._in_row, self._column = True, 0
        elif tag in _CELLS:
            self._end_cell()
            if not self._in_row:
                self.rows.append([])
                self._in_row, self._column = True, 0
            self._in_cell, self._span = True, _spans(dict(attrs))
        elif tag == "br":
            self._text.append((False, "\n"))

    def _inside(self, tag: str) -> None:
        """Go on in a cell: a table in it is part of its text, unless the cell only lays the page out; it need not be closed before the next row."""
        is_filled = bool(self.rows[-1] or any(text.strip() for _, text in self._text))
        if self._inner or tag in _BLOCKS or (tag == "table" and is_filled):
            self._inner += tag == "table"
            self._text.append((False, " " if tag in _CELLS else "\n"))
        elif tag == "table":
            self.rows.pop()
            self._text.clear()
            self._in_cell = self._in_row = False
        else:
            self._end_cell()
            self.rows.append([])
            self._in_row, self._column = True, 0

    def handle_endtag(self, tag: str) -> None:
        """Close rows and cells."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _STRUCK:
            self._struck = max(0, self._struck - 1)
        elif self._inner and tag in _OF_TABLES:
            self._inner -= tag == "table"
        elif tag in _CELLS:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_cell()
            self._in_row = False
        elif not self._in_cell and tag in {"p", "div", "h1", "h2", "h3"}:
            self.end_line()

    def handle_data(self, data: str) -> None:
        """Collect text."""
        if not self._silent:
            self._text.append((bool(self._struck), data.replace("\n", " ")))  # a line feed of the source is a blank

    def end_line(self) -> None:
        """Make a row of the text outside tables."""
        self._end_cell()
        if not self._in_row:
            text, _ = self._cell_text()
            if text:
                self.rows.append([text])

    def _end_cell(self) -> None:
        if not self._in_cell:
            return
        row = len(self.rows) - 1
        while self._taken.pop((row, self._column), False):
            self._put(None)
        text, struck = self._cell_text()
        if struck:
            self.struck[row, self._column] = StruckText(text, struck)
        self._put(text or None)
        down, across = self._span
        if down > 1 or across > 1:
            self.merges.append((row, self._column - 1, row + down - 1, self._column + across - 2))
        for _ in range(across - 1):
            self._put(None)
        for below in range(1, down):
            for column in range(self._column - across, self._column):
                self._taken[row + below, column] = True
        self._in_cell = False

    def _put(self, value: object) -> None:
        self.rows[-1].append(value)
        self._column += 1

    def _cell_text(self) -> tuple[str, str]:
        """Give the text since the last cell, and what of it was struck out and is left out."""
        unstruck, struck = (_tidy("".join(text for is_out, text in self._text if is_out is wanted)) for wanted in (False, True))
        self._text.clear()
        return unstruck, struck


def _tidy(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def _spans(attributes: Mapping[str, str | None]) -> tuple[int, int]:
    down, across = (attributes.get(name) or "1" for name in ("rowspan", "colspan"))
    return count_of_cells(down), count_of_cells(across)

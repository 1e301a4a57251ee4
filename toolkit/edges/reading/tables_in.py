"""Reads tables that are text: html saved as .xls, Excel 2003 XML, lists with commas or tabs. Values stay text, except where XML says number."""

import csv
import io
from collections.abc import Mapping
from html.parser import HTMLParser
from xml.parsers import expat

from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_format import Format
from toolkit.model.returns import GridSheet

_COLUMNS = 1_000  # a repeat count beyond this is a slip or an attack
_ROWS = 200_000
_DELIMITERS = "\t,;|"

Rows = list[list[object]]


def read_tables(package: Package) -> tuple[GridSheet, ...]:
    """Give the sheets of a text file. Raises ValueError for broken XML."""
    if package.format is Format.SHEET_XML:
        return _read_sheet_xml(package.content)
    if package.format is Format.HTML:
        page = _Page()
        page.feed(package.text)
        page.close()
        page.end_line()
        return (_sheet("网页", page.rows),)
    return (_sheet("文本", _read_list(package.text)),)


def _sheet(name: str, rows: Rows) -> GridSheet:
    return GridSheet(name, tuple(tuple(row) for row in rows[:_ROWS]))


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
        self._text: list[str] = []
        self._column = 0
        self._span = (1, 1)
        self._in_cell = self._in_row = False
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open rows and cells."""
        if tag in {"style", "script", "title"}:
            self._silent += 1
        elif tag in {"tr", "table", "p", "div", "h1", "h2", "h3"} and not self._in_cell:
            self.end_line()
            if tag == "tr":
                self.rows.append([])
                self._in_row, self._column = True, 0
        elif tag in {"td", "th"}:
            self._end_cell()
            if not self._in_row:
                self.rows.append([])
                self._in_row, self._column = True, 0
            self._in_cell, self._span = True, _spans(dict(attrs))
        elif tag == "br":
            self._text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Close rows and cells."""
        if tag in {"style", "script", "title"}:
            self._silent = max(0, self._silent - 1)
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_cell()
            self._in_row = False
        elif not self._in_cell and tag in {"p", "div", "h1", "h2", "h3"}:
            self.end_line()

    def handle_data(self, data: str) -> None:
        """Collect text."""
        if not self._silent:
            self._text.append(data)

    def end_line(self) -> None:
        """Make a row of the text outside tables."""
        self._end_cell()
        if not self._in_row:
            text = self._said()
            if text:
                self.rows.append([text])

    def _end_cell(self) -> None:
        if not self._in_cell:
            return
        row = len(self.rows) - 1
        while self._taken.pop((row, self._column), False):
            self._put(None)
        self._put(self._said() or None)
        down, across = self._span
        for _ in range(across - 1):
            self._put(None)
        for below in range(1, down):
            for column in range(self._column - across, self._column):
                self._taken[row + below, column] = True
        self._in_cell = False

    def _put(self, value: object) -> None:
        self.rows[-1].append(value)
        self._column += 1

    def _said(self) -> str:
        text = "\n".join(" ".join(line.split()) for line in "".join(self._text).split("\n")).strip()
        self._text.clear()
        return text


def _spans(attributes: Mapping[str, str | None]) -> tuple[int, int]:
    down, across = (attributes.get(name) or "1" for name in ("rowspan", "colspan"))
    return _count(down), _count(across)


def _count(text: str) -> int:
    return max(1, min(int(text), _COLUMNS)) if text.isdecimal() and len(text) < 7 else 1


class _SheetXml:
    """Follows Excel 2003 XML; cells may skip columns and rows by index."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, Rows]] = []
        self._column = 0
        self._kind = ""
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if name == "Worksheet":
            self.sheets.append((given.get("Name", ""), []))
        elif name == "Row" and self.sheets:
            rows = self.sheets[-1][1]
            index = given.get("Index", "")
            while index.isdecimal() and len(rows) < min(int(index) - 1, _ROWS):
                rows.append([])
            rows.append([])
            self._column = 0
        elif name == "Cell" and self.sheets and self.sheets[-1][1]:
            row, index = self.sheets[-1][1][-1], given.get("Index", "")
            while index.isdecimal() and len(row) < min(int(index) - 1, _COLUMNS):
                row.append(None)
            row.append(None)
            self._column = len(row) - 1
            across = given.get("MergeAcross", "")
            row.extend([None] * (_count(across) if across not in {"", "0"} else 0))
        elif name == "Data":
            self._kind, self._text = given.get("Type", "String"), []

    def end(self, tag: str) -> None:
        if tag.rpartition(" ")[2] != "Data" or self._text is None:
            return
        text = "".join(self._text)
        self._text = None
        if self.sheets and self.sheets[-1][1] and self._column < len(self.sheets[-1][1][-1]):
            self.sheets[-1][1][-1][self._column] = _xml_value(text, self._kind)

    def text(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)


def _xml_value(text: str, kind: str) -> object:
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "DateTime":
        return text.partition("T")[0]
    return text or None


def _read_sheet_xml(content: bytes) -> tuple[GridSheet, ...]:
    reader, machine = _SheetXml(), expat.ParserCreate(namespace_separator=" ")
    machine.StartElementHandler, machine.EndElementHandler, machine.CharacterDataHandler = reader.start, reader.end, reader.text
    try:
        machine.Parse(content, True)
    except expat.ExpatError as error:
        raise ValueError from error
    return tuple(_sheet(name, rows) for name, rows in reader.sheets)

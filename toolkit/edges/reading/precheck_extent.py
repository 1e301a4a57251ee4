"""Follows the cells of a sheet's XML one by one: how far its values and formulas reach."""

from collections.abc import Mapping
from xml.parsers import expat

from toolkit.edges.reading.precheck_format import Format, UnsafeFile
from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern

AREA = 12_000_000  # rows × columns; the fast reader lays out the whole rectangle, 32 bytes a cell
ROWS, COLUMNS = 1_048_576, 16_384
_ADDRESS = lazy_pattern(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


def cell_of(address: str) -> tuple[int, int] | None:
    """Give row and column, counted from 0, of A1-style text; None when it is none."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


class Position:
    """Where the next cell of a sheet's XML stands, with and without an address of its own."""

    def __init__(self) -> None:
        """Start before A1."""
        self.row = self.column = -1

    def open_row(self, given: str) -> None:
        """Enter a row; `given` is its number as text, counted from 1; '' or what is no number means the next one."""
        self.row = int(given) - 1 if given.isdecimal() and len(given) < 10 else self.row + 1
        self.column = -1

    def open_cell(self, given: str) -> None:
        """Enter a cell; `given` is its address (C41), '' or what is none means the next one in the row."""
        cell = cell_of(given) if given else None
        if cell:
            self.row, self.column = cell
        else:
            self.column += 1


class Extent:
    """Takes XML in pieces and raises UnsafeFile as soon as the values reach too far."""

    def __init__(self, format_: Format) -> None:
        """Start at A1."""
        self._at = Position()
        self._rows = self._columns = 0
        self._row_repeat = self._column_repeat = 1
        self._machine = expat.ParserCreate()
        self._machine.StartElementHandler = self._ods if format_ is Format.ODS else self._xlsx
        self._machine.buffer_text = True

    def feed(self, chunk: bytes) -> None:
        """Read the next piece; raises UnsafeFile too for XML that is not well-formed, of which the fast reader might lay out more than is seen here."""
        try:
            self._machine.Parse(chunk, False)
        except expat.ExpatError as error:
            raise UnsafeFile(Code.UNREADABLE, reason="表格内部结构有误") from error

    def _xlsx(self, name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            self._at.open_row(attributes.get("r", ""))
        elif tag == "c":
            self._at.open_cell(attributes.get("r", ""))
        elif tag in {"v", "is", "f"}:
            self._reach(self._at.row + 1, self._at.column + 1)
        elif tag == "sheetData":
            self._at = Position()

    def _ods(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table:table":
            self._at, self._rows, self._columns, self._row_repeat = Position(), 0, 0, 1
        elif name == "table:table-row":
            self._at.row += self._row_repeat
            self._at.column, self._column_repeat = -1, 1
            self._row_repeat = count_of(attributes.get("table:number-rows-repeated", ""))
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self._at.column += self._column_repeat
            self._column_repeat = count_of(attributes.get("table:number-columns-repeated", ""))
            if "office:value-type" in attributes:
                self._reach(self._at.row + self._row_repeat, self._at.column + self._column_repeat)

    def _reach(self, rows: int, columns: int) -> None:
        self._rows, self._columns = max(self._rows, rows), max(self._columns, columns)
        check_area(self._rows, self._columns)


def check_area(rows: int, columns: int) -> None:
    """Raises UnsafeFile for a rectangle of values that is too large to lay out."""
    if rows > ROWS or columns > COLUMNS or rows * columns > AREA:
        raise UnsafeFile(Code.TOO_BIG, what=f"内容一直到第 {rows} 行、第 {columns} 列")


def count_of(text: str) -> int:
    """Read how often a cell or a row is repeated, 1 where nothing is said."""
    return int(text) if text.isdecimal() and len(text) < 10 else 1

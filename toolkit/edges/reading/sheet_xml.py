"""Reads Excel 2003's spreadsheet in one XML file: cells may skip columns and rows by index, and have styles of their own, of their row or of their column."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from xml.parsers import expat

from toolkit.edges.reading.cell_formats import shows_otherwise
from toolkit.edges.reading.cell_struck import Run, struck_of
from toolkit.edges.reading.cell_values import cleaned
from toolkit.edges.reading.precheck_format import At, CellMarks, CommentCell, Content, Format, StruckText, UnsafeFile
from toolkit.model.findings import Code
from toolkit.model.returns import CellFault, GridSheet

ROWS = 200_000
_COLUMNS = 1_000  # an index beyond this is a slip or an attack
_NAMED = {  # number formats that have a name; those of dates come as dates
    "General Number": "General", "Percent": "0.00%", "Fixed": "0.00", "Standard": "#,##0.00", "Currency": "#,##0.00", "Euro Currency": "#,##0.00",
    "Scientific": "0.00E+00", "Yes/No": '"Yes";"Yes";"No"', "True/False": '"True";"True";"False"', "On/Off": '"On";"On";"Off"',
}  # fmt: skip
_FIRST_OF_TIMES, _LAST_OF_TIMES = datetime(1899, 12, 31), 1901  # noqa: DTZ001 - a sheet's date has no zone
_STRUCK, _RAISED = {"S", "STRIKE", "DEL"}, "SUP"
_FONTS = {*_STRUCK, _RAISED}


def read_sheet_xml(content: bytes) -> tuple[tuple[GridSheet, CellMarks], ...]:
    """Give the sheets with their marks. Raises UnsafeFile for XML that is cut off or broken."""
    reader, machine = _SheetXml(), expat.ParserCreate(namespace_separator=" ")
    machine.StartElementHandler, machine.EndElementHandler, machine.CharacterDataHandler = reader.start, reader.end, reader.text
    machine.buffer_text = True
    try:
        machine.Parse(content, True)
    except expat.ExpatError as error:
        raise UnsafeFile(Code.DAMAGED, Format.SHEET_XML, part=f"XML 表格没有写完或写坏了，断在第 {error.lineno} 行") from error
    return tuple((GridSheet(sheet.name, cleaned(sheet.rows[:ROWS], sheet.marks()), merges=tuple(sheet.merges)), sheet.marks()) for sheet in reader.sheets)


class _Sheet:
    """One sheet while it is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[list[object]] = []
        self.columns: dict[int, str] = {}
        self.faults: dict[At, CellFault] = {}
        self.formats: dict[At, str] = {}
        self.struck: dict[At, StruckText] = {}
        self.beside: list[CommentCell] = []
        self.merges: list[tuple[int, int, int, int]] = []

    def marks(self) -> CellMarks:
        """Give what is special in it."""
        return CellMarks(self.faults, self.formats, struck=self.struck, beside=tuple(self.beside))


class _Style:
    """A style while it is read."""

    def __init__(self, parent: str) -> None:
        self.parent = parent
        self.code: str | None = None
        self.is_struck: bool | None = None


class _SheetXml:
    """Follows the file."""

    def __init__(self) -> None:
        self.sheets: list[_Sheet] = []
        self._styles: dict[str, _Style] = {}
        self._style: _Style | None = None
        self._column = self._next_column = 0
        self._row_style = self._cell_style = ""
        self._kind = ""
        self._runs: list[Run] | None = None
        self._fonts: list[str] = []
        self._comment: list[str] | None = None

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        name = tag.rpartition(" ")[2]
        given = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        if name == "Comment":
            self._comment = []
        elif name == "Worksheet":
            self.sheets.append(_Sheet(given.get("Name", "")))
            self._next_column = 0
        elif name in {"Style", "NumberFormat", "Font"} and not self.sheets:
            self._take_style(name, given)
        elif name == "Column" and self.sheets:
            at = min(int(given["Index"]) - 1, _COLUMNS) if given.get("Index", "").isdecimal() else self._next_column
            span = 1 + (count_of_cells(given["Span"]) if given.get("Span", "0") != "0" else 0)
            self.sheets[-1].columns |= dict.fromkeys(range(at, at + span), given.get("StyleID", ""))
            self._next_column = at + span
        elif name == "Row" and self.sheets:
            self._open_row(self.sheets[-1].rows, given)
        elif name == "Cell" and self.sheets and self.sheets[-1].rows:
            self._open_cell(self.sheets[-1].rows[-1], given)
        elif name == "Data" and self._comment is None:
            self._kind, self._runs, self._fonts = given.get("Type", "String"), [], []
        elif name.upper() == "BR":
            self.text("\n")
        elif name.upper() in _FONTS:
            self._fonts.append(name.upper())

    def _take_style(self, name: str, given: Mapping[str, str]) -> None:
        if name == "Style":
            self._style = self._styles[given.get("ID", "")] = _Style(given.get("Parent", "Default"))
        elif self._style is not None and name == "NumberFormat":
            code = given.get("Format", "General")
            self._style.code = _NAMED.get(code, code)
        elif self._style is not None and "StrikeThrough" in given:
            self._style.is_struck = given["StrikeThrough"] not in {"0", "false"}

    def _open_row(self, rows: list[list[object]], given: Mapping[str, str]) -> None:
        index = given.get("Index", "")
        while index.isdecimal() and len(rows) < min(int(index) - 1, ROWS):
            rows.append([])
        rows.append([])
        self._row_style, self._column = given.get("StyleID", ""), 0

    def _open_cell(self, row: list[object], given: Mapping[str, str]) -> None:
        index = given.get("Index", "")
        while index.isdecimal() and len(row) < min(int(index) - 1, _COLUMNS):
            row.append("")
        row.append("")
        self._column = len(row) - 1
        self._cell_style = given.get("StyleID") or self._row_style or self.sheets[-1].columns.get(self._column, "")
        wide, deep = (count_of_cells(given.get(way, "0")) if given.get(way, "0") not in {"", "0"} else 0 for way in ("MergeAcross", "MergeDown"))
        if wide or deep:
            at = len(self.sheets[-1].rows) - 1
            self.sheets[-1].merges.append((at, self._column, at + deep, self._column + wide))
        row.extend([""] * wide)

    def end(self, tag: str) -> None:
        """Close an element."""
        name = tag.rpartition(" ")[2]
        if name == "Comment" and self._comment is not None:
            words, self._comment = "".join(self._comment).strip(), None
            if words and self.sheets and self.sheets[-1].rows:
                at = len(self.sheets[-1].rows) - 1, self._column
                self.sheets[-1].beside.append(CommentCell(at, Content.COMMENTS, words))
        elif name == "Style":
            self._style = None
        elif name == "Data" and self._runs is not None and self._comment is None:
            runs, self._runs = self._runs, None
            if self.sheets and self.sheets[-1].rows and self._column < len(self.sheets[-1].rows[-1]):
                self._put(self.sheets[-1], runs)
        elif name.upper() in _FONTS and self._fonts:
            self._fonts.pop()

    def text(self, data: str) -> None:
        """Take a piece of text."""
        if self._comment is not None:
            self._comment.append(data)
        elif self._runs is not None:
            self._runs.append(Run(data, True if not _STRUCK.isdisjoint(self._fonts) else None, _RAISED in self._fonts))

    def _put(self, sheet: _Sheet, runs: list[Run]) -> None:
        at = len(sheet.rows) - 1, self._column
        text = "".join(run.text for run in runs)
        sheet.rows[-1][self._column] = _value(text, self._kind)
        if self._kind == "Error":
            sheet.faults[at] = CellFault(text or "#N/A")
            return
        code, is_struck = self._format_of(self._cell_style)
        if code and self._kind in {"Number", "String", "DateTime"} and shows_otherwise(code):
            sheet.formats[at] = code
        mark = struck_of(runs, is_struck=is_struck)
        if mark:
            sheet.struck[at] = mark

    def _format_of(self, style: str) -> tuple[str, bool]:
        """Give a style's format code and whether its font is struck; what it does not say itself, its parents say."""
        code, is_struck, seen = None, None, set[str]()
        while style in self._styles and style not in seen:
            seen.add(style)
            found = self._styles[style]
            code = found.code if code is None else code
            is_struck = found.is_struck if is_struck is None else is_struck
            style = found.parent
        return code or "", bool(is_struck)


def _value(text: str, kind: str) -> object:
    if kind == "Number":
        try:
            return float(text)
        except ValueError:
            return text
    if kind == "Boolean":
        return text.strip() == "1"
    return _moment(text) if kind == "DateTime" else text


def _moment(text: str) -> object:
    """Give a day, with its time where it has one; a time of day is written as one of 1899-12-31, a span of time as so much after it."""
    try:
        moment = datetime.fromisoformat(text.strip()[:23])
    except ValueError:
        return text
    if moment.year <= _LAST_OF_TIMES:
        span = moment - _FIRST_OF_TIMES
        return moment.time() if span < timedelta(days=1) else span
    return moment if moment.time() != time() else moment.date()


def count_of_cells(text: str) -> int:
    """Read how many cells or rows are meant, 1 where that is not said."""
    return max(1, min(int(text), _COLUMNS)) if text.isdecimal() and len(text) < 7 else 1

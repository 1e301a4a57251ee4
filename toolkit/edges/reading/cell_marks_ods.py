"""Finds what the fast reader does not tell of an .ods: errors, number formats, merged cells, texts that it glues together, struck texts, what stands beside."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

from toolkit.edges.reading.cell_formats import shows_otherwise
from toolkit.edges.reading.cell_struck import Run, struck_of
from toolkit.edges.reading.ods_styles import OdsStyles, ods_styles
from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_extent import count_of
from toolkit.edges.reading.precheck_format import At, CellMarks, CommentCell, Content, StruckText
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.returns import CellFault

_REPEATED = 1_000  # cells that one repeated cell may stand for; more of them are not special one by one
_CELLS = {"table:table-cell", "table:covered-table-cell"}
_PLAIN = {"text:p", "text:span", "text:a", "text:h"}
_PARAGRAPHS = {"text:p", "text:h"}
_BLANKS = lazy_pattern(r"[ \t\r\n]+")  # one blank, however the file was indented (ODF 1.3 part 3, 6.1.2)
_LEFT_OUT = {"text:ruby-text", "text:note"}


def ods_marks(package: Package) -> Mapping[str, CellMarks]:
    """Give the marks of each sheet by name; the package has passed the precheck. Raises ExpatError for broken XML."""
    content = package.part("content.xml")
    styles = ods_styles(package.part("styles.xml"), content) if package.has("styles.xml") else ods_styles(content)
    reader, machine = _Reader(styles), expat.ParserCreate()
    machine.StartElementHandler, machine.EndElementHandler, machine.CharacterDataHandler = reader.start, reader.end, reader.text
    machine.buffer_text = True
    machine.Parse(content, True)
    return {sheet.name: marks for sheet in reader.sheets if any(marks := sheet.marks())}


class _Sheet:
    """The marks of one sheet while it is read."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.faults: dict[At, CellFault] = {}
        self.formats: dict[At, str] = {}
        self.merges: list[tuple[int, int, int, int]] = []
        self.texts: dict[At, str] = {}
        self.struck: dict[At, StruckText] = {}
        self.beside: list[CommentCell] = []

    def marks(self) -> CellMarks:
        """Give them."""
        return CellMarks(self.faults, self.formats, tuple(self.merges), self.texts, self.struck, tuple(self.beside))


class _Cell(NamedTuple):
    """A cell while it is read: where it stands (several, where it is repeated), its style, whether it holds an error or a text."""

    places: tuple[At, ...]
    style: str
    is_error: bool
    is_text: bool


class _Reader:
    """Follows the cells of every sheet; cells and rows may stand for several."""

    def __init__(self, styles: OdsStyles) -> None:
        self.sheets: list[_Sheet] = []
        self._styles = styles
        self._columns: list[str] = []  # default styles of the columns
        self._row_style = ""
        self._at: At = (0, 0)
        self._rows = self._repeat = 0
        self._cell: _Cell | None = None
        self._runs: list[Run] = []
        self._spans: list[bool | None] = []
        self._raised: list[bool] = []
        self._is_special = False
        self._left_out = self._paragraphs = 0
        self._aside: list[str] = []  # the open elements of a comment or a shape
        self._words: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open a sheet, a row, a cell, or something in it."""
        if self._aside or name == "office:annotation" or (name.startswith("draw:") and self.sheets):
            self._aside.append(name)
            self._part_words(self._words.append, name, attributes)
        elif name == "table:table":
            self.sheets.append(_Sheet(attributes.get("table:name", "")))
            self._columns.clear()
            self._at, self._rows = (0, 0), 0
        elif name == "table:table-column":
            repeat = min(count_of(attributes.get("table:number-columns-repeated", "")), _REPEATED)
            self._columns += [attributes.get("table:default-cell-style-name", "")] * repeat
        elif name == "table:table-row":
            self._at, self._rows = (self._at[0] + self._rows, 0), count_of(attributes.get("table:number-rows-repeated", ""))
            self._row_style, self._repeat = attributes.get("table:default-cell-style-name", ""), 0
        elif name in _CELLS and self.sheets:
            self._at = self._at[0], self._at[1] + self._repeat
            self._repeat = count_of(attributes.get("table:number-columns-repeated", ""))
            self._open_cell(attributes)
        elif self._cell is not None:
            self._inside(name, attributes)

    def _open_cell(self, attributes: Mapping[str, str]) -> None:
        row, column = self._at
        style = attributes.get("table:style-name") or self._row_style or (self._columns[column] if column < len(self._columns) else "")
        kind = attributes.get("office:value-type", "")
        is_error = "error" in {attributes.get("calcext:value-type"), kind}
        is_shaped = kind not in {"", "boolean", "time"}
        code = self._styles.codes.get(style, "0%" if kind == "percentage" else "")
        self._cell = _Cell(tuple(self._places()) if kind else (), style, is_error, kind == "string")
        self._runs, self._spans, self._raised, self._is_special = [], [], [], False
        if is_shaped and not is_error and code and shows_otherwise(code):
            self.sheets[-1].formats.update(dict.fromkeys(self._cell.places, code))
        down, across = (count_of(attributes.get(f"table:number-{way}-spanned", "")) for way in ("rows", "columns"))
        if down > 1 or across > 1:
            self.sheets[-1].merges.append((row, column, row + down - 1, column + across - 1))

    def _inside(self, name: str, attributes: Mapping[str, str]) -> None:
        self._paragraphs += name in _PARAGRAPHS
        self._is_special |= name not in _PLAIN
        if name == "text:span":
            style = attributes.get("text:style-name", "")
            self._spans.append(style in self._styles.struck or (self._spans[-1] if self._spans else None))
            self._raised.append(style in self._styles.raised)
        elif name in _LEFT_OUT:
            self._left_out += 1
        elif not self._left_out:
            self._part_words(self._take, name, attributes)

    @staticmethod
    def _part_words(take: Callable[[str], None], name: str, attributes: Mapping[str, str]) -> None:
        """Write what an element stands for in a text: a blank for a tab, a new line for a break and for a paragraph after another."""
        if name in {*_PARAGRAPHS, "text:line-break"}:
            take("\n")
        elif name in {"text:tab", "text:s"}:
            take(" " * min(count_of(attributes.get("text:c", "")) if name == "text:s" else 1, _REPEATED))

    def end(self, name: str) -> None:
        """Close what is open."""
        if self._aside:
            opened = self._aside.pop()
            if not self._aside:
                self._end_aside(opened)
        elif name in _CELLS and self._cell is not None:
            self._end_cell(self._cell)
            self._cell = None
        elif name == "text:span" and self._spans:
            self._spans.pop()
            self._raised.pop()
        elif name in _PARAGRAPHS:
            self._paragraphs -= 1
        elif name in _LEFT_OUT:
            self._left_out -= 1

    def text(self, data: str) -> None:
        """Collect the text of a cell, or of what stands beside it."""
        if self._aside:
            if self._aside[-1] in _PLAIN:
                self._words.append(data)
        elif self._paragraphs and not self._left_out:
            self._take(_BLANKS.sub(" ", data))

    def _take(self, words: str) -> None:
        self._runs.append(Run(words, self._spans[-1] if self._spans else None, any(self._raised)))

    def _end_cell(self, cell: _Cell) -> None:
        sheet, text = self.sheets[-1], "".join(run.text for run in self._runs).strip()
        if cell.is_error:
            sheet.faults.update(dict.fromkeys(cell.places, CellFault(text or "#N/A")))
            return
        mark = struck_of(self._runs, is_struck=cell.style in self._styles.struck)
        if mark:
            texts = StruckText(mark.kept.strip(), mark.struck.strip())
            sheet.struck.update(dict.fromkeys(cell.places, texts))
        elif cell.is_text and self._is_special:
            sheet.texts.update(dict.fromkeys(cell.places, text))

    def _end_aside(self, name: str) -> None:
        words = "".join(self._words).strip()
        self._words.clear()
        if self.sheets and words:
            self.sheets[-1].beside.append(CommentCell(self._at, Content.COMMENTS if name == "office:annotation" else Content.SHAPES, words))

    def _places(self) -> Iterable[At]:
        return _repeated(self._at, self._rows, self._repeat)


def _repeated(at: At, rows: int, columns: int) -> Iterator[At]:
    rows = min(rows, _REPEATED)
    columns = min(columns, max(1, _REPEATED // max(rows, 1)))
    return ((at[0] + down, at[1] + across) for down in range(rows) for across in range(columns))

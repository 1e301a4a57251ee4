"""What the fast reader does not tell of an xlsx's cells: errors, formulas without result, formats that show a number otherwise, struck or unseen texts."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple
from xml.parsers import expat

from toolkit.edges.reading.cell_comments import cell_comments
from toolkit.edges.reading.cell_faults import cell_fault, filled_cells, sheet_parts
from toolkit.edges.reading.cell_formats import Styles, is_on, xlsx_styles
from toolkit.edges.reading.cell_struck import Run, Runs, struck_of
from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_format import STRINGS, STYLES, WORKBOOK, At, CellMarks, Precheck, StruckText
from toolkit.model.displayed import UNSEEN
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.returns import CellFault, Fault

_STYLE = lazy_pattern(r"""\ss\s*=\s*["'](\d{1,9})["']""")
_SHARED = lazy_pattern(r"""\st\s*=\s*["']s["']""")
_VALUE = lazy_pattern(r"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)</")
_INLINE = lazy_pattern(r"<(?:\w+:)?is[\s>].*?</(?:\w+:)?is\s*>", re.DOTALL)
_PICTURES = "xl/richdata/rdrichvaluestructure.xml"
_PICTURE = lazy_pattern(rb"_localImage|_webimage", re.IGNORECASE)
_RECALCULATED = lazy_pattern(rb"""\sfullCalcOnLoad\s*=\s*["'](?:1|true|on)["']""")
_ZERO = b"</f><v>0</v>"  # what XlsxWriter and the like save where they do not know a formula's result
_RICH = lazy_pattern(r"""\svm\s*=\s*["']""")


class _Book(NamedTuple):
    """What holds for all sheets: the styles that matter, the shared texts in pieces of which some are struck, whether pictures stand in cells.

    `has_zeros`: formulas whose result is saved as 0 although the program is to work them all out when it opens the book.
    """

    styles: Styles
    strings: Mapping[int, Runs]
    has_pictures: bool
    has_zeros: bool


def xlsx_marks(package: Package, looked: Precheck) -> Mapping[str, CellMarks]:
    """Give the marks of each sheet that has some, by its name. Raises KeyError or ExpatError where a part is not whole."""
    styles = xlsx_styles(package.part(STYLES)) if package.has(STYLES) else Styles({})
    strings = package.part(STRINGS) if package.has(STRINGS) else b""
    has_struck = b"strik" in strings or b"vertAlig" in strings or bool(styles.struck or styles.unseen)  # <strike/>, found much quicker by a rare last letter
    pictured = package.has(_PICTURES) and bool(_PICTURE.search(package.part(_PICTURES)))
    has_zeros = bool(_RECALCULATED.search(package.part(WORKBOOK))) and any(_ZERO in package.part(part) for _, part in sheet_parts(package))
    book = _Book(styles, dict(enumerate(texts_of(strings, "si"))) if has_struck else {}, pictured, has_zeros)
    has_special = bool(styles or book.strings or looked.second_look or looked.struck or has_zeros)
    has_beside = any("comment" in name or "/drawing" in name for name in package.parts)
    found: dict[str, CellMarks] = {}
    for name, part in sheet_parts(package) if has_special or has_beside else ():
        marks = _marks(package.part_text(part), book, looked) if has_special else CellMarks()
        found[name] = marks._replace(beside=cell_comments(package, part) if has_beside else ())
    return {name: marks for name, marks in found.items() if any(marks)}


def _marks(sheet: str, book: _Book, looked: Precheck) -> CellMarks:
    faults: dict[At, CellFault] = {}
    formats: dict[At, str] = {}
    struck: dict[At, StruckText] = {}
    codes = book.styles.codes
    for at, attributes, inner in filled_cells(sheet):
        found = _STYLE.search(attributes)
        style = int(found[1]) if found else 0
        if style in codes:
            formats[at] = codes[style]
        if style in book.styles.unseen and _has_one_font(attributes, inner, book):
            formats[at] = UNSEEN
        fault = cell_fault(attributes, inner, is_zero_none=book.has_zeros) if looked.second_look or book.has_zeros else None
        if fault is not None:
            is_picture = book.has_pictures and fault.kind is Fault.ERROR and _RICH.search(attributes)
            faults[at] = CellFault("图片", Fault.PICTURE) if is_picture else fault
        elif looked.struck or book.strings or style in book.styles.struck:
            is_struck = style in book.styles.struck
            mark = struck_of(_runs(attributes, inner, book, is_struck=is_struck), is_struck=is_struck)
            if mark:
                struck[at] = mark
    return CellMarks(faults, formats, struck=struck)


def _has_one_font(attributes: str, inner: str, book: _Book) -> bool:
    """Whether all that stands in a cell has the cell's own font; pieces of a rich text have their own, which may be seen."""
    runs = _runs(attributes, inner, book, is_struck=True)
    return all(run.is_struck is None for run in runs)


def _runs(attributes: str, inner: str, book: _Book, *, is_struck: bool) -> Runs:
    """Give a cell's text in pieces where some of it may be struck, () elsewhere."""
    value = _VALUE.search(inner)
    if value and _SHARED.search(attributes):
        return book.strings.get(int(value[1]) if value[1].isdecimal() else -1, ())
    inline = _INLINE.search(inner) if is_struck or "<strike" in inner or ":strike" in inner or "vertAlign" in inner else None
    if inline:
        return next(texts_of(f"<all xmlns:x='x'>{inline[0]}</all>".encode(), "is"), ())
    return (Run(unescape(value[1]), None),) if is_struck and value else ()


def texts_of(part: bytes, tag: str) -> Iterator[Runs]:
    """Give each text of a part (si of the shared ones, is of a cell's own) in its pieces, without phonetic signs. Raises ExpatError."""
    if not part:
        return
    reader, machine = _Texts(tag), expat.ParserCreate()
    machine.StartElementHandler, machine.EndElementHandler, machine.CharacterDataHandler = reader.start, reader.end, reader.text
    machine.buffer_text = True
    machine.Parse(part, True)
    yield from reader.found


class _Texts:
    """Follows rich texts."""

    def __init__(self, tag: str) -> None:
        self.found: list[list[Run]] = []
        self._tag = tag
        self._is_struck: bool | None = None
        self._is_raised = False
        self._is_text, self._phonetic = False, 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        tag = name.rpartition(":")[2]
        if tag == self._tag:
            self.found.append([])
        elif tag == "r":
            self._is_struck, self._is_raised = None, False
        elif tag == "vertAlign":
            self._is_raised = attributes.get("val") == "superscript"
        elif tag == "rPr":
            self._is_struck = False
        elif tag == "strike":
            self._is_struck = is_on(attributes)
        elif tag == "rPh":
            self._phonetic += 1
        self._is_text = tag == "t" and not self._phonetic

    def end(self, name: str) -> None:
        """Close an element."""
        tag = name.rpartition(":")[2]
        self._phonetic -= tag == "rPh"
        if tag == "r":
            self._is_struck, self._is_raised = None, False
        self._is_text = False

    def text(self, data: str) -> None:
        """Take a piece of text."""
        if self._is_text and self.found:
            self.found[-1].append(Run(data, self._is_struck, self._is_raised))

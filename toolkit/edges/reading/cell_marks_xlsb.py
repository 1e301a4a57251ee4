"""Finds error cells, number formats, struck texts and merged cells in .xlsb (MS-XLSB), which the fast reader gives as blanks, whole and not at all."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from toolkit.edges.reading.cell_comments import cell_comments
from toolkit.edges.reading.cell_faults import parts_of
from toolkit.edges.reading.cell_formats import Styles, styles_from
from toolkit.edges.reading.cell_marks_xls import ERRORS
from toolkit.edges.reading.cell_struck import Fonts, Runs, font_at, fonts_of, runs_by_font, struck_of
from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_extent import check_area
from toolkit.edges.reading.precheck_format import At, CellMarks, StruckText
from toolkit.edges.reading.xlsb_records import records_of, wide_text
from toolkit.model.returns import CellFault

_ROW, _BLANK, _ERROR, _FORMULA_ERROR, _LAST_CELL, _RICH_CELL = 0, 1, 3, 11, 11, 62  # cells are records 1 to 11
_SHARED = 7
_BEGIN_DATA, _END_DATA, _MERGE = 145, 146, 176
_SHEET = 156
_FORMAT, _FONT, _XF, _BEGIN_XFS, _END_XFS, _TEXT_ITEM = 44, 43, 47, 617, 618, 19
_HAS_RUNS = 0x1
STRINGS, STYLES = "xl/sharedstrings.bin", "xl/styles.bin"


class _Book(NamedTuple):
    """What holds for all sheets: the styles that matter, the fonts that are struck, the shared texts in pieces."""

    styles: Styles
    fonts: Fonts
    strings: Mapping[int, Runs]


def xlsb_marks(package: Package) -> Mapping[str, CellMarks]:
    """Give the marks of each sheet by name. Raises UnsafeFile for cells that reach too far; KeyError, struct.error or IndexError where a part is not whole."""
    styles, fonts = _styles(package.part(STYLES)) if package.has(STYLES) else (Styles({}), fonts_of(()))
    texts = _shared_texts(package.part(STRINGS), fonts) if any(fonts) and package.has(STRINGS) else ()
    book = _Book(styles, fonts, dict(enumerate(texts)))
    sheets = ((name, _marks(package.part(part), book)._replace(beside=cell_comments(package, part))) for name, part in sheet_parts_of_xlsb(package))
    return {name: marks for name, marks in sheets if any(marks)}


def sheet_parts_of_xlsb(package: Package) -> Sequence[tuple[str, str]]:
    """Pair each sheet's name with its part. Raises KeyError, struct.error or IndexError where a part is not whole."""
    parts = parts_of(package.part("xl/_rels/workbook.bin.rels"))
    return [(name, parts[identifier]) for name, identifier in _sheets(package.part("xl/workbook.bin"))]


def _sheets(workbook: bytes) -> Iterator[tuple[str, str]]:
    """Give each sheet's name and the identifier of its relation."""
    for kind, at in records_of(workbook):
        if kind == _SHEET:
            identifier, end = wide_text(workbook, at + 8)
            yield wide_text(workbook, end)[0], identifier


def _styles(part: bytes) -> tuple[Styles, Fonts]:
    """Give the cell styles that matter, and the fonts that are struck out."""
    formats, fonts, used, inside = dict[int, str](), list[tuple[bool, bool]](), list[tuple[int, int]](), False
    for kind, at in records_of(part):
        if kind == _FORMAT:
            formats[struct.unpack_from("<H", part, at)[0]] = wide_text(part, at + 2)[0]
        elif kind == _FONT:
            fonts.append(font_at(part, at, "<2xH2xH"))
        elif kind in {_BEGIN_XFS, _END_XFS}:
            inside = kind == _BEGIN_XFS
        elif kind == _XF and inside:
            number, font = struct.unpack_from("<HH", part, at + 2)
            used.append((number, font))
    marked = fonts_of(fonts)
    return styles_from(formats, used, marked.struck), marked


def _shared_texts(part: bytes, fonts: Fonts) -> Iterator[Runs]:
    return (_rich_text(part, at, fonts) for kind, at in records_of(part) if kind == _TEXT_ITEM)


def _rich_text(part: bytes, at: int, fonts: Fonts) -> Runs:
    """Read a text with its fonts: a flag byte, the text, then where each font begins."""
    text, end = wide_text(part, at + 1)
    count: int = struct.unpack_from("<I", part, end)[0] if part[at] & _HAS_RUNS else 0
    breaks = [struct.unpack_from("<HH", part, end + 4 + 4 * number) for number in range(min(count, len(part)))]
    return runs_by_font(text, [(start, font) for start, font in breaks], fonts)


def _marks(sheet: bytes, book: _Book) -> CellMarks:
    marks = CellMarks({}, {}, (), {}, {})
    merges: list[tuple[int, int, int, int]] = []
    row = rows = columns = 0
    inside = False
    for kind, at in records_of(sheet):
        if kind in {_BEGIN_DATA, _END_DATA}:
            inside = kind == _BEGIN_DATA
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", sheet, at)
            merges.append((top, left, bottom, right))
        elif inside and kind == _ROW:
            row = struct.unpack_from("<I", sheet, at)[0]
        elif inside and (_BLANK < kind <= _LAST_CELL or kind == _RICH_CELL):
            column: int = struct.unpack_from("<I", sheet, at)[0]
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            check_area(rows, columns)
            _mark(sheet, kind, at, (row, column), book, marks)
    return marks._replace(merges=tuple(merges))


def _mark(sheet: bytes, kind: int, at: int, cell: At, book: _Book, marks: CellMarks) -> None:
    """Put what is special in a cell into the marks."""
    kept = marks.faults, marks.formats, marks.texts, marks.struck
    faults, formats, texts, struck = cast("tuple[dict[At, CellFault], dict[At, str], dict[At, str], dict[At, StruckText]]", kept)
    style: int = struct.unpack_from("<I", sheet, at + 4)[0] & 0xFFFFFF
    if kind in {_ERROR, _FORMULA_ERROR}:
        faults[cell] = CellFault(ERRORS.get(sheet[at + 8], "#N/A"))
        return
    if style in book.styles.codes:
        formats[cell] = book.styles.codes[style]
    runs: Runs = ()
    if kind == _RICH_CELL:  # which the fast reader does not know
        runs = _rich_text(sheet, at + 8, book.fonts)
        texts[cell] = "".join(run.text for run in runs)
    elif kind == _SHARED:
        runs = book.strings.get(struct.unpack_from("<I", sheet, at + 8)[0], ())
    is_struck = style in book.styles.struck
    mark = struck_of(runs, is_struck=is_struck) or (StruckText("", "") if is_struck and not runs else None)
    if mark:
        struck[cell] = mark

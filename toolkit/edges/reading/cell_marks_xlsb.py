"""Finds error cells, percent formats and merged cells in .xlsb (MS-XLSB), which the fast reader gives as blanks, as bare fractions and not at all."""

import struct
from collections.abc import Iterator, Mapping

from toolkit.edges.reading.cell_faults import parts_of
from toolkit.edges.reading.cell_marks_xls import BUILT_IN, ERRORS
from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_extent import check_area
from toolkit.edges.reading.precheck_format import At, CellMarks
from toolkit.model.returns import CellFault

_ROW, _BLANK, _ERROR, _FORMULA_ERROR, _LAST_CELL = 0, 1, 3, 11, 11  # cells are records 1 to 11
_NUMBERS = {2, 5, 9}  # packed, plain, calculated
_BEGIN_DATA, _END_DATA, _MERGE = 145, 146, 176
_SHEET = 156
_FORMAT, _XF, _BEGIN_XFS, _END_XFS = 44, 47, 617, 618


def xlsb_marks(package: Package) -> Mapping[str, CellMarks]:
    """Give the marks of each sheet by name. Raises Unsound for cells that reach too far; KeyError, struct.error or IndexError where a part is not whole."""
    shown = _percent_styles(package.part("xl/styles.bin")) if package.has("xl/styles.bin") else set[int]()
    parts = parts_of(package.part("xl/_rels/workbook.bin.rels"))
    sheets = [(name, package.part(parts[identifier])) for name, identifier in _sheets(package.part("xl/workbook.bin"))]
    return {name: marks for name, sheet in sheets if any(marks := _marks(sheet, shown))}


def _records(part: bytes) -> Iterator[tuple[int, int]]:
    """Give each record's kind and where its data begin; both kind and length are written in groups of 7 bits."""
    at = 0
    while at < len(part):
        kind, at = _number(part, at, 2)
        length, at = _number(part, at, 4)
        yield kind, at
        at += length


def _number(part: bytes, at: int, most: int) -> tuple[int, int]:
    value = 0
    for turn in range(most):
        value |= (part[at] & 0x7F) << 7 * turn
        at += 1
        if not part[at - 1] & 0x80:
            break
    return value, at


def _text(part: bytes, at: int) -> tuple[str, int]:
    """Read a text behind its number of signs; gives also where it ends."""
    count: int = struct.unpack_from("<I", part, at)[0]
    end = at + 4 + 2 * count
    if end > len(part):
        raise IndexError
    return part[at + 4 : end].decode("utf-16-le", "replace"), end


def _sheets(workbook: bytes) -> Iterator[tuple[str, str]]:
    """Give each sheet's name and the identifier of its relation."""
    for kind, at in _records(workbook):
        if kind == _SHEET:
            identifier, end = _text(workbook, at + 8)
            yield _text(workbook, end)[0], identifier


def _percent_styles(styles: bytes) -> set[int]:
    percents, used, inside = set(BUILT_IN), list[int](), False
    for kind, at in _records(styles):
        if kind == _FORMAT and "%" in _text(styles, at + 2)[0]:
            percents.add(struct.unpack_from("<H", styles, at)[0])
        elif kind in {_BEGIN_XFS, _END_XFS}:
            inside = kind == _BEGIN_XFS
        elif kind == _XF and inside:
            used.append(struct.unpack_from("<H", styles, at + 2)[0])
    return {at for at, number in enumerate(used) if number in percents}


def _marks(sheet: bytes, percent: set[int]) -> CellMarks:
    faults: dict[At, CellFault] = {}
    shown: set[At] = set()
    merges: list[tuple[int, int, int, int]] = []
    row = rows = columns = 0
    inside = False
    for kind, at in _records(sheet):
        if kind in {_BEGIN_DATA, _END_DATA}:
            inside = kind == _BEGIN_DATA
        elif kind == _MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", sheet, at)
            merges.append((top, left, bottom, right))
        elif inside and kind == _ROW:
            row = struct.unpack_from("<I", sheet, at)[0]
        elif inside and _BLANK < kind <= _LAST_CELL:
            column, style = struct.unpack_from("<II", sheet, at)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            check_area(rows, columns)
            if kind in {_ERROR, _FORMULA_ERROR}:
                faults[row, column] = CellFault(ERRORS.get(sheet[at + 8], "#N/A"))
            elif kind in _NUMBERS and style & 0xFFFFFF in percent:
                shown.add((row, column))
    return CellMarks(faults, frozenset(shown), tuple(merges))

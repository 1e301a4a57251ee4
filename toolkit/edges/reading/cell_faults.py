"""Finds the cells of an xlsx's sheets, however they were written, and why one holds no value: a formula error, or a formula saved without its result."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from html import unescape
from xml.parsers import expat

from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_extent import Position
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.returns import CellFault, Fault

_ATTRIBUTE = lazy_pattern(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = lazy_pattern(r'<c\s+r="([A-Z]{1,3})(\d{1,7})"([^>]*)(?<!/)>(.*?)</c>', re.DOTALL)
_ANY_CELL = lazy_pattern(r"<(?:\w+:)?c[\s/>]")
_TAG = lazy_pattern(r"<(?:\w+:)?(row|c)((?:\s[^>]*|/)?)>")
_CLOSE = lazy_pattern(r"</(?:\w+:)?c>")
_ERROR = lazy_pattern(r"""\st\s*=\s*["']e["']""")
_FORMULA = lazy_pattern(r"<(?:\w+:)?f(?:\s[^>]*)?(?:/>|>([^<]*)</)")  # one that shares another cell's is empty
_VALUE = lazy_pattern(r"<(?:\w+:)?v>([^<]+)</(?:\w+:)?v>")

_TEXT, _EMPTY = lazy_pattern(r"""\st\s*=\s*["']str["']"""), lazy_pattern(r"<(?:\w+:)?v\s*(?:/>|></)")  # together: a formula whose result is an empty text


def sheet_parts(package: Package) -> Iterator[tuple[str, str]]:
    """Pair each sheet's name with its part. Raises KeyError for a part that is not there, ExpatError for broken XML."""
    relations = parts_of(package.part("xl/_rels/workbook.xml.rels"))
    for element in elements(package.part("xl/workbook.xml"), "sheet"):
        yield element.get("name", ""), relations[next((value for key, value in element.items() if key.endswith(":id")), "")]


def parts_of(relations: bytes) -> Mapping[str, str]:
    """Give the parts that a workbook's relations name, by their identifiers. Raises ExpatError."""
    said_of = elements(relations, "Relationship")
    return {mapping.get("Id", ""): posixpath.normpath(posixpath.join("/xl", mapping.get("Target", ""))).lstrip("/") for mapping in said_of}


def elements(part: bytes, tag: str) -> list[Mapping[str, str]]:
    """Give the attributes of every element of a name, whatever its prefix, in document order. Raises ExpatError for broken XML."""
    found: list[Mapping[str, str]] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(":")[2] == tag:
            found.append(attributes)

    machine = expat.ParserCreate()
    machine.StartElementHandler = start
    machine.Parse(part, True)
    return found


def _attributes(tag: str) -> Iterator[tuple[str, str]]:
    return ((name, quoted or single_quoted) for name, quoted, single_quoted in _ATTRIBUTE.findall(tag))


def cell_fault(attributes: str, inner: str, *, is_zero_none: bool = False) -> CellFault | None:
    """Say why a cell holds no value although something stands in it, from its attributes and what is in it; None for one that holds a value.

    `is_zero_none`: a formula's result of 0 is none.
    """
    if _ERROR.search(attributes):
        value = _VALUE.search(inner)
        return CellFault(unescape(value[1]) if value else "#N/A", Fault.ERROR)
    formula = _FORMULA.search(inner)
    value = _VALUE.search(inner)
    if formula is None or (value and not (is_zero_none and value[1] == "0")) or (_TEXT.search(attributes) and _EMPTY.search(inner)):
        return None
    return CellFault("=" + unescape(formula[1] or "…"), Fault.FORMULA)


def is_plainly_written(sheet: str) -> bool:
    """Whether every cell begins with its address, as all office programs write it."""
    return sum(1 for _ in _ANY_CELL.finditer(sheet)) == sheet.count('<c r="')


def filled_cells(sheet: str) -> Iterator[tuple[tuple[int, int], str, str]]:
    """Give each cell that holds something: row and column counted from 0, its attributes and what is in it, however the sheet was written."""
    if is_plainly_written(sheet):
        for letters, row, attributes, inner in _CELL.findall(sheet):
            yield cell_at(letters, row), attributes, inner
        return
    place = Position()
    for found in _TAG.finditer(sheet):
        given = dict(_attributes(found[2])).get("r", "")
        if found[1] == "row":
            place.open_row(given)
            continue
        place.open_cell(given)
        end = None if found[2].endswith("/") else _CLOSE.search(sheet, found.end())
        if end:
            yield (place.row, place.column), found[2], sheet[found.end() : end.start()]


def cell_at(letters: str, row: str) -> tuple[int, int]:
    """Give row and column, counted from 0, of a cell's address: its letters (capitals) and its row number as text."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row) - 1, column - 1

"""Finds cells with a percent format, which calamine does not tell: 1 in such a cell is what a person saw as 100% (xlsx only)."""

import re
from collections.abc import Mapping
from functools import lru_cache
from xml.parsers import expat

from toolkit.edges.reading.cell_faults import cell_at, filled_cells, is_plainly_written, sheet_parts
from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_format import STYLES

_BUILT_IN = {"9", "10"}  # 0% and 0.00%, ECMA-376 part 1, 18.8.30
_STYLE = re.compile(r"""\ss\s*=\s*["'](\d+)["']""")
_CELL = re.compile(r'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)(?<!/)>')


def percent_cells(package: Package) -> Mapping[str, frozenset[tuple[int, int]]]:
    """Give the cells with a percent format by sheet name, as (row, column) counted from 0. Raises what sheet_parts raises."""
    wanted = _percent_styles(package.part(STYLES)) if package.has(STYLES) else frozenset[str]()
    if not wanted:
        return {}
    return {name: _cells(package.part_text(part), wanted) for name, part in sheet_parts(package)}


@lru_cache(maxsize=64)  # an office program writes the same styles into most books of a round
def _percent_styles(styles: bytes) -> frozenset[str]:
    """Give the indexes of cell styles whose number format shows a percent sign."""
    percent, used, inside = set(_BUILT_IN), list[str](), [""]

    def start(name: str, attributes: Mapping[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "numFmt":
            (percent.add if "%" in attributes.get("formatCode", "") else percent.discard)(attributes.get("numFmtId", ""))
        elif tag == "xf" and inside[-1] == "cellXfs":
            used.append(attributes.get("numFmtId", ""))
        inside.append(tag)

    machine = expat.ParserCreate()
    machine.StartElementHandler, machine.EndElementHandler = start, lambda _: inside.pop()
    machine.Parse(styles, True)
    return frozenset(str(at) for at, number in enumerate(used) if number in percent)


def _cells(sheet: str, styles: frozenset[str]) -> frozenset[tuple[int, int]]:
    cells = ((cell_at(letters, row), attributes) for letters, row, attributes in _CELL.findall(sheet)) if is_plainly_written(sheet) else filled_cells(sheet)
    return frozenset(at for at, attributes, *_ in cells if (style := _STYLE.search(attributes)) and style[1] in styles)

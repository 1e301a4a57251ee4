"""Finds cells with a percent format, which calamine does not tell: 1 in such a cell is what a person saw as 100% (xlsx only)."""

import io
import re
import zipfile
from collections.abc import Mapping
from functools import lru_cache
from xml.parsers import expat

from toolkit.edges.reading.cell_faults import cell_at, filled_cells, is_plainly_written, read_part, sheet_parts

_BUILT_IN = {"9", "10"}  # 0% and 0.00%, ECMA-376 part 1, 18.8.30
_STYLE = re.compile(r"""\ss\s*=\s*["'](\d+)["']""")
_CELL = re.compile(r'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*)(?<!/)>')


def percent_cells(content: bytes, styles: str) -> Mapping[str, frozenset[tuple[int, int]]]:
    """Give the cells with a percent format by sheet name, as (row, column) counted from 0; from the styles part. Raises what zipfile and expat raise."""
    wanted = _percent_styles(styles)
    if not wanted:
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: _cells(read_part(book, part), wanted) for name, part in sheet_parts(book)}


@lru_cache(maxsize=64)  # an office program writes the same styles into most books of a round
def _percent_styles(styles: str) -> frozenset[str]:
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
    machine.Parse(styles or "<none/>", True)
    return frozenset(str(at) for at, number in enumerate(used) if number in percent)


def _cells(sheet: str, styles: frozenset[str]) -> frozenset[tuple[int, int]]:
    cells = ((cell_at(letters, row), attributes) for letters, row, attributes in _CELL.findall(sheet)) if is_plainly_written(sheet) else filled_cells(sheet)
    return frozenset(at for at, attributes, *_ in cells if (style := _STYLE.search(attributes)) and style[1] in styles)

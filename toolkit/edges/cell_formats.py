"""Finds cells with a percent format, which calamine does not tell: 1 in such a cell is what a person saw as 100% (xlsx only)."""

import io
import re
import zipfile
from collections.abc import Mapping
from functools import lru_cache

from toolkit.edges.cell_faults import cell_at, filled_cells, is_plainly_written, read_part, sheet_parts

_BUILT_IN = {"9", "10"}  # 0% and 0.00%, ECMA-376 part 1, 18.8.30
_FORMAT = re.compile(r"<(?:\w+:)?numFmt\s[^>]*?/>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_XFS = re.compile(r"<(?:\w+:)?cellXfs[^>]*>(.*?)</(?:\w+:)?cellXfs>", re.DOTALL)
_XF = re.compile(r"<(?:\w+:)?xf\s[^>]*>")
_STYLE = re.compile(r"""\ss\s*=\s*["'](\d+)["']""")
_CELL = re.compile(r'<c r="([A-Z]{1,3})(\d{1,7})" s="(\d+)"(?: t="n")?>')


def percent_cells(content: bytes, styles: str) -> Mapping[str, frozenset[tuple[int, int]]]:
    """Give the cells with a percent format by sheet name, as (row, column) counted from 0; from the styles part. Raises what zipfile raises."""
    wanted = _percent_styles(styles)
    if not wanted:
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return {name: _cells(read_part(book, part), wanted) for name, part in sheet_parts(book)}


@lru_cache(maxsize=64)  # an office program writes the same styles into most books of a round
def _percent_styles(styles: str) -> frozenset[str]:
    """Give the indexes of cell styles whose number format shows a percent sign."""
    if "%" not in styles and not any(f'numFmtId="{number}"' in styles for number in _BUILT_IN):
        return frozenset()
    written = [dict(_ATTRIBUTE.findall(tag)) for tag in _FORMAT.findall(styles)]
    percent = _BUILT_IN | {one.get("numFmtId", "") for one in written if "%" in one.get("formatCode", "")}
    block = _XFS.search(styles)
    used = [dict(_ATTRIBUTE.findall(tag)).get("numFmtId", "") for tag in _XF.findall(block[1])] if block else []
    return frozenset(str(at) for at, number in enumerate(used) if number in percent)


def _cells(sheet: str, styles: frozenset[str]) -> frozenset[tuple[int, int]]:
    if is_plainly_written(sheet):
        return frozenset(cell_at(letters, row) for letters, row, style in _CELL.findall(sheet) if style in styles)
    return frozenset(at for at, attributes, _ in filled_cells(sheet) if (style := _STYLE.search(attributes)) and style[1] in styles)

"""Writes a sheet's cells and a workbook's shared strings in the very letters that xlsxwriter would; what it would write in another way is NotCloneableError."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import NamedTuple

from toolkit.edges.writing.fast.workbook_sheet import is_classic
from toolkit.edges.writing.fast.workbook_texts import element, escaped, is_odd
from toolkit.model.place import column_letters
from toolkit.model.sheet import Formula, Link, SheetPlan

WIDE = 16384  # columns of a sheet
_BLOCK = 16  # rows that say together which columns they use
_USUAL = 20  # pixels of a row whose height need not be said
_LONGEST = 16383  # characters that surely fit into a cell, whatever they are
_ERRORS = frozenset(("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"))
_EPOCH, _FIRST_DAY = date(1899, 12, 30), date(1900, 3, 1)  # Excel takes 1900 for a leap year: earlier days are counted in another way


class NotCloneableError(Exception):
    """A workbook has something that only the ordinary writer can write."""


class PlacedCells(NamedTuple):
    """A cell laid out: row × WIDE + column, the name of its look, and what stands behind its style."""

    key: int
    look: str
    body: str


class Strings:
    """The texts of a workbook, numbered in the order of writing."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._count = 0

    def number(self, text: str) -> int:
        """Give a text's number. Raises NotCloneableError for what may be too long, or is escaped by rules of its own."""
        self._count += 1
        known = self._numbers.get(text)
        if known is not None:
            return known
        if len(text) > _LONGEST or is_odd(text):
            raise NotCloneableError
        return self._numbers.setdefault(text, len(self._numbers))

    def are_there(self) -> bool:
        """Whether any text was numbered, so that the workbook needs a part for them."""
        return bool(self._numbers)

    def counts(self) -> str:
        """Say how often texts are used and how many there are, as the sst element does."""
        return f'count="{self._count}" uniqueCount="{len(self._numbers)}"'

    def items(self) -> str:
        """Write the texts as <si> elements of the shared strings, in the order of their numbers."""
        return "".join([f"<si>{element(text)}</si>" for text in self._numbers])


def shown(text: str) -> str:
    """Write a text as XML has it between tags. Raises NotCloneableError for what is escaped by rules of its own."""
    if is_odd(text):
        raise NotCloneableError
    return escaped(text)


def lay(plan: SheetPlan, strings: Strings) -> list[PlacedCells]:
    """Lay out a sheet's cells and merged blocks, row by row. Raises NotCloneableError."""
    laid = {row * WIDE + column: (look, _body(value, strings)) for row, column, value, look in plan.cells}
    for area, value, look in plan.merges:
        for row in range(area.top * WIDE, area.bottom * WIDE + 1, WIDE):
            laid |= dict.fromkeys(range(row + area.left, row + area.right + 1), (look, "/>"))
        laid[area.top * WIDE + area.left] = (look, _body(value, strings))
    return [PlacedCells(key, *laid[key]) for key in sorted(laid)]


def rows_xml(laid: Sequence[PlacedCells], heights: Mapping[int, float], styles: Mapping[str, int]) -> str:
    """Write the rows of a sheet; `styles` numbers the looks, heights are in points."""
    rows: dict[int, list[tuple[int, str]]] = {row: [] for row in heights}
    for key, look, body in laid:
        row, column = divmod(key, WIDE)
        rows.setdefault(row, []).append((column, f'<c r="{column_letters(column)}{row + 1}" s="{styles[look]}"{body}'))
    spans: dict[int, tuple[int, int]] = {}
    for row, cells in rows.items():
        if cells:
            first, last = spans.get(row // _BLOCK, (WIDE, 0))
            spans[row // _BLOCK] = min(first, cells[0][0] + 1), max(last, cells[-1][0] + 1)
    return "".join(_row(row, rows[row], spans.get(row // _BLOCK), heights.get(row)) for row in sorted(rows))


def _row(row: int, cells: Sequence[tuple[int, str]], span: tuple[int, int] | None, height: float | None) -> str:
    attributes = f' spans="{span[0]}:{span[1]}"' if span else ""
    pixels = _USUAL if height is None else int(height * 4.0 / 3.0 + 0.5)
    if pixels != _USUAL:
        attributes += f' ht="{pixels * 0.75:.16g}" customHeight="1"'
    opening = f'<row r="{row + 1}"{attributes}'
    return f"{opening}>{''.join([text for _, text in cells])}</row>" if cells else f"{opening}/>"


def _body(value: object, strings: Strings) -> str:
    """Write what stands behind a cell's style. Raises NotCloneableError."""
    if value is None or value == "":
        return "/>"
    if type(value) is str:
        return f' t="s"><v>{strings.number(value)}</v></c>'
    if isinstance(value, Formula):
        return _formula(value)
    if isinstance(value, Link) and value.words and value.target.startswith("internal:"):
        return f' t="s"><v>{strings.number(value.words)}</v></c>'
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool) and isfinite(value):
        return f"><v>{float(value):.16G}</v></c>"
    if isinstance(value, date) and not isinstance(value, datetime) and value >= _FIRST_DAY:
        return f"><v>{(value - _EPOCH).days:.16G}</v></c>"
    raise NotCloneableError


def _formula(formula: Formula) -> str:
    """Write a formula with its value, a text or a number. Raises NotCloneableError."""
    text, value = formula
    if not is_classic(text) or value in _ERRORS or isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        raise NotCloneableError
    kind = ' t="str"' if isinstance(value, str) and value else ""
    shown = escaped(value) if isinstance(value, str) else float(value) if isinstance(value, Decimal) else value
    return f"{kind}><f>{escaped(text[1:])}</f><v>{shown}</v></c>"

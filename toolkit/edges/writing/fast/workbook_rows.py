"""The rows of a long sheet as XML, as xlsxwriter would have written them, each made from its plan and let go."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from math import isfinite
from typing import Any, NamedTuple

from xlsxwriter.format import Format

from toolkit.edges.writing.fast.workbook_texts import Strings, escaped
from toolkit.model.place import column_letters
from toolkit.model.sheet import ROW, ColumnFormula, Formula, Link, RowPlan

_CELL = '<c r="'
_BLANK = "/>"
_NUMBERS = (int, float, Decimal)
_NUMBER = "\0"  # stands for a row's number; no text that is kept holds it
_MOST_ENDS = 4096
_NORMAL_ROW = 20  # pixels: a row so high says nothing of its height


class Linked(NamedTuple):
    """A cell that leads somewhere."""

    cell: str
    link: Link


class RowWriter:
    """Writes rows of so many columns; `links` are those written so far. `serial` turns a day into the sheet's number, `bare` a formula into its text."""

    def __init__(
        self, strings: Strings, formats: Mapping[str, Format], columns: int, *, serial: Callable[[date], float], bare: Callable[[str], str]
    ) -> None:
        self.links: list[Linked] = []
        self._strings, self._formats, self._serial, self._bare = strings, formats, serial, bare
        self._letters = [column_letters(column) for column in range(columns)]
        self._frames: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        self._heights: dict[float | None, str] = {None: ""}
        self._patterns: dict[str, list[str]] = {}
        self._ends: dict[Hashable, list[str]] = {}

    def written(self, rows: Iterable[RowPlan]) -> Iterator[str]:
        """Write row after row, from the first row of the sheet on."""
        spans = f'" spans="1:{len(self._letters)}"'
        for number, row in enumerate(rows, 1):
            yield f'<row r="{number}{spans}{self._height(row.height)}>{self._row(str(number), row)}</row>'

    def _row(self, number: str, row: RowPlan) -> str:
        values, frames = row.values, self._framed(row.looks)
        at = len(values)
        while at and type(values[at - 1]) is ColumnFormula:
            at -= 1
        if at == len(values):
            return "".join(self._cells(number, values, frames))
        return "".join(self._cells(number, values[:at], frames[:at])) + number.join(self._formulas(row.looks, values[at:], frames[at:]))

    def _formulas(self, looks: tuple[str, ...], formulas: Sequence[Any], frames: Sequence[tuple[str, str]]) -> list[str]:
        """Give what stands around the row's number in the formulas at the end of a row: many rows have the same values there."""
        key = (looks, *[(formula.pattern, formula.value, type(formula.value)) for formula in formulas])
        pieces = self._ends.get(key)
        if pieces is None:
            pieces = "".join(self._cells(_NUMBER, formulas, frames)).split(_NUMBER)
            if len(self._ends) < _MOST_ENDS:
                self._ends[key] = pieces
        return pieces

    def _cells(self, number: str, values: Sequence[Any], frames: Sequence[tuple[str, str]]) -> list[str]:
        strings, cells = self._strings, []
        known = strings.string_table
        for value, (head, tail) in zip(values, frames, strict=True):
            if value is None or value == "":
                inside = _BLANK
            elif type(value) is str:
                index = known.get(value)
                inside = f' t="s"><v>{strings.add(value) if index is None else index}</v></c>'
                strings.count += 1
            elif isinstance(value, ColumnFormula):
                inside = self._column_formula(value, number)
            else:
                inside = self._inside(value)
                if isinstance(value, Link):
                    self.links.append(Linked(head.removeprefix(_CELL) + number, value))
            cells.append(f"{head}{number}{tail}{inside}")
        return cells

    def _inside(self, value: Any) -> str:
        """Write by Python type only: a text is never read as a formula, a link or a number."""
        if isinstance(value, Link):
            return self._text(value.words)
        if isinstance(value, Formula):
            return _calculated(escaped(self._bare(value.text)), value.value)
        if isinstance(value, bool):
            return f' t="b"><v>{value:d}</v></c>'
        if isinstance(value, _NUMBERS):
            if not isfinite(value):
                raise ValueError(f"no cell holds {value}")
            return f"><v>{float(value):.16G}</v></c>"
        if isinstance(value, date):
            return f"><v>{self._serial(value):.16G}</v></c>"
        return self._text(str(value))

    def _text(self, text: str) -> str:
        return f' t="s"><v>{self._strings.number(text)}</v></c>' if text else _BLANK

    def _column_formula(self, formula: ColumnFormula, number: str) -> str:
        pieces = self._patterns.get(formula.pattern)
        if pieces is None:
            pieces = self._patterns[formula.pattern] = escaped(self._bare(formula.pattern)).split(ROW)
        return _calculated(number.join(pieces), formula.value)

    def _framed(self, looks: tuple[str, ...]) -> list[tuple[str, str]]:
        """Give what stands before and behind the row's number in each cell; rows have few patterns of looks."""
        frames = self._frames.get(looks)
        if frames is None:
            numbers = (self._formats[look]._get_xf_index() for look in looks)  # noqa: SLF001 - xlsxwriter numbers formats in the order of their use
            frames = [(f"{_CELL}{letters}", f'" s="{number}"') for letters, number in zip(self._letters, numbers, strict=True)]
            self._frames[looks] = frames
        return frames

    def _height(self, points: float | None) -> str:
        if points not in self._heights:
            pixels = int((points or 0) * 4 / 3 + 0.5)
            self._heights[points] = "" if pixels == _NORMAL_ROW else f' ht="{pixels * 0.75:.16g}" customHeight="1"'
        return self._heights[points]


def _calculated(formula: str, value: object) -> str:
    """Write a formula with the value it has."""
    if isinstance(value, str):
        return f' t="str"><f>{formula}</f><v>{escaped(value)}</v></c>' if value else f"><f>{formula}</f><v></v></c>"
    if isinstance(value, bool):
        return f' t="b"><f>{formula}</f><v>{value:d}</v></c>'
    return f"><f>{formula}</f><v>{float(value) if isinstance(value, Decimal) else value}</v></c>"

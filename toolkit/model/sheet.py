"""A workbook as data: what the views plan and the writer draws."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from toolkit.model.cell_style import CellStyle
from toolkit.model.place import address


class Formula(NamedTuple):
    """A formula (with its leading =) and the value it has when nothing has been recalculated."""

    text: str
    value: object = ""


ROW = "{row}"  # in a column's formula: the number of its own row


class ColumnFormula(NamedTuple):
    """A formula that a column has in every row of a body, with ROW for the row's number, and the value it has in this row."""

    pattern: str
    value: object = ""

    def at(self, number: int) -> Formula:
        """Give the formula of a row, counted from 1, with its value."""
        return Formula(self.pattern.replace(ROW, str(number)), self.value)


class Link(NamedTuple):
    """A hyperlink: internal:'表'!A1, or a relative path with forward slashes, and the words to click on."""

    target: str
    words: str
    tip: str = ""


class CellPlan(NamedTuple):
    """A cell to write, row and column counted from 0; `look` names an entry of the book's looks; text is never read as a formula."""

    row: int
    column: int
    value: object
    look: str


class RowPlan(NamedTuple):
    """A row to write from column A on: its values, the looks of their cells, its height in points (None: the program's own)."""

    values: Sequence[object]
    looks: tuple[str, ...]
    height: float | None = None


class Body(NamedTuple):
    """The rows of a long sheet, from its first row on, all over the same columns; they are planned anew each time they are gone through."""

    length: int
    columns: int
    make: Callable[[], Iterator[RowPlan]]


class Area(NamedTuple):
    """A block of cells, rows and columns counted from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int

    def ref(self, *, absolute: bool = False) -> str:
        """Write as A1:C3, or $A$1:$C$3 when absolute."""
        return f"{address(self.top, self.left, absolute=absolute)}:{address(self.bottom, self.right, absolute=absolute)}"


class Guard(NamedTuple):
    """An in-sheet rule for what may be typed: kind is list, whole, decimal, date, length or custom; limits are values or =formulas.

    One that is not `strict` warns; one that does not stop anything only offers its choices.
    """

    kind: str
    low: object = None
    high: object = None
    choices: str = ""
    title: str = ""
    prompt: str = ""
    error: str = ""
    strict: bool = True
    stops: bool = True


class Condition(NamedTuple):
    """A conditional format: where the formula (with =, relative to the area's first cell) holds, the look applies."""

    area: Area
    formula: str
    look: str


class Series(NamedTuple):
    """One series of a chart: its name cell, the cells of its categories and of its values (refs with sheet), its colour RRGGBB."""

    name: str
    categories: str
    values: str
    colour: str = ""


class Chart(NamedTuple):
    """A native chart: kind is column, bar, line, pie or doughnut; sizes are in cells' pixels."""

    row: int
    column: int
    kind: str
    title: str
    series: tuple[Series, ...]
    stacked: bool = False
    width: int = 480
    height: int = 288
    point_colours: tuple[str, ...] = ()


class Visibility(Enum):
    """Whether a person can see a sheet."""

    SHOWN = "shown"
    HIDDEN = "hidden"
    VERY_HIDDEN = "very hidden"


@dataclass(frozen=True, slots=True)
class Print:
    """How a sheet is printed: A4, or A3 when large; header and footer in Excel's & codes; rows to repeat (first, last).

    One page wide, or at a `scale` in percent with pages that begin before the columns `breaks`, the first `beside` columns repeated on each.
    """

    landscape: bool = True
    large: bool = False
    header: str = ""
    footer: str = ""
    repeat: tuple[int, int] | None = None
    fit_height: int = 0
    scale: int = 0
    breaks: tuple[int, ...] = ()
    beside: int = 0


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet; widths are in characters by column, heights in points by row. A long sheet has a body instead of cells and heights."""

    name: str
    cells: tuple[CellPlan, ...] = ()
    widths: Mapping[int, float] = field(default_factory=dict)
    heights: Mapping[int, float] = field(default_factory=dict)
    merges: tuple[tuple[Area, object, str], ...] = ()
    guards: tuple[tuple[Area, Guard], ...] = ()
    conditions: tuple[Condition, ...] = ()
    comments: tuple[tuple[int, int, str], ...] = ()
    charts: tuple[Chart, ...] = ()
    freeze: tuple[int, int] | None = None
    filter: Area | None = None
    protect: bool = False
    visibility: Visibility = Visibility.SHOWN
    printing: Print = field(default_factory=Print)
    tab: str = ""
    zoom: int = 100
    gridlines: bool = False
    body: Body | None = None

    def rows(self) -> Iterator[RowPlan]:
        """Go through the rows of the body, planning each as it comes."""
        return self.body.make() if self.body else iter(())

    def every_cell(self) -> Iterator[CellPlan]:
        """Go through all cells, first those set one by one, then the body's, row by row; formulas of a column as those of their rows."""
        yield from self.cells
        for at, row in enumerate(self.rows()):
            for column, (value, look) in enumerate(zip(row.values, row.looks, strict=True)):
                yield CellPlan(at, column, value.at(at + 1) if isinstance(value, ColumnFormula) else value, look)


@dataclass(frozen=True, slots=True)
class BookPlan:
    """A workbook: its sheets in order, the looks they name, document properties and defined names."""

    sheets: tuple[SheetPlan, ...]
    looks: Mapping[str, CellStyle]
    title: str = ""
    subject: str = ""
    author: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

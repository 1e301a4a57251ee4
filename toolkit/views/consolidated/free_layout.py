"""A sheet that is laid out freely rather than as a table: blocks are put on it one below the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.model.cell_style import CellStyle
from toolkit.model.measure import height
from toolkit.model.sheet import Area, CellPlan, Chart, Condition
from toolkit.views.consolidated.data_sheet import text_of


@dataclass(slots=True)
class FreeLayout:
    """What has been put on a sheet so far; `row` is the next free row, counted from 0."""

    widths: Sequence[float]
    looks: Mapping[str, CellStyle]
    row: int = 0
    cells: list[CellPlan] = field(default_factory=list)
    merges: list[tuple[Area, object, str]] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    conditions: list[Condition] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)

    def put(self, column: int, value: object, look: str, *, across: int = 1) -> None:
        """Write into the current row, over so many columns, and make the row high enough."""
        if across == 1:
            self.cells.append(CellPlan(self.row, column, value, look))
        else:
            self.merges.append((Area(self.row, column, self.row, column + across - 1), value, look))
        style = self.looks[look]
        room = sum(self.widths[column : column + across]) if style.wrap else 10_000
        self.tall(height([(text_of(value), room)], style.size or 10))

    def line(self, values: Sequence[tuple[object, str, int]], *, points: float = 0) -> None:
        """Write a row of (value, look, columns across) from the first column on, and go to the next row."""
        column = 0
        for value, look, across in values:
            self.put(column, value, look, across=across)
            column += across
        self.next(points)

    def tall(self, points: float) -> None:
        """Make the current row at least so high, in points."""
        self.heights[self.row] = max(self.heights.get(self.row, 0), points)

    def next(self, points: float = 0) -> None:
        """Go to the next row, having made this one at least so high."""
        if points:
            self.tall(points)
        self.row += 1

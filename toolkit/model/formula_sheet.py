"""What the formulas of a workbook come to, each after those that it looks at."""

from collections.abc import Callable, Mapping

from toolkit.model.formula_terms import Cell, NotWorkedOutError
from toolkit.model.formula_value import formula_value


def formula_values(formulas: Mapping[Cell, str], held: Callable[[Cell], object]) -> dict[Cell, object]:
    """Give what each formula comes to; those that cannot be worked out here, that look at such a one or at themselves, are left out.

    `held` gives what stands in a cell without a formula; cells name their sheet.
    """
    values: dict[Cell, object] = {}
    open_cells: set[Cell] = set()

    def work(cell: Cell) -> object:
        if cell not in values:
            if cell in open_cells:
                raise NotWorkedOutError(cell)
            open_cells.add(cell)
            values[cell] = formula_value(formulas[cell], lambda other: look(other if other.sheet else other._replace(sheet=cell.sheet)))
        if values[cell] is None:
            raise NotWorkedOutError(cell)
        return values[cell]

    def look(cell: Cell) -> object:
        return work(cell) if cell in formulas else held(cell)

    for cell in formulas:
        try:
            work(cell)
        except (NotWorkedOutError, RecursionError):
            values[cell] = None
    return {cell: value for cell, value in values.items() if value is not None}

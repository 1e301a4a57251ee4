"""The findings of one workbook, gathered while it is read."""

from toolkit.model.findings import Code, Finding
from toolkit.model.place import column_letters
from toolkit.model.returns import Grid, GridSheet

MANY = 5  # findings of one sort in one place; more of them are said together


class FindingNotes(list[Finding]):
    """Findings of one workbook in the order they were made."""

    def __init__(self, grid: Grid) -> None:
        super().__init__()
        self.grid = grid
        self._columns = set[tuple[Code, str, str, int]]()

    def say(self, code: Code, sheet: GridSheet, row: int, column: int, /, *, title: str = "", **facts: str) -> None:
        """Add a finding at a cell, row and column counted from 0."""
        self.append(Finding(code, self.grid.place(sheet, row, column), facts, title=title))

    def say_column(self, code: Code, sheet: GridSheet, row: int, column: int, *, title: str, seen: str) -> None:
        """Add a finding about a whole column at its header cell, once however often the header is repeated."""
        if (code, sheet.name, title, column) not in self._columns:
            self._columns.add((code, sheet.name, title, column))
            self.append(Finding(code, self.grid.place(sheet, row, column), {"seen": seen, "column": column_letters(column)}, title=title))


def listed(names: list[str]) -> str:
    """Write names one behind the other (、), of more than ten the first ten and 等; '' for none."""
    return "、".join(names[:10]) + ("等" if len(names) > 10 else "")

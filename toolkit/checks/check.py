"""Checks a whole return, scope by scope."""

from collections.abc import Iterator

from toolkit.checks.cell import check_row_cells
from toolkit.model.findings import Finding
from toolkit.model.form import Form
from toolkit.model.returns import Row


def check_rows(rows: tuple[Row, ...], form: Form) -> Iterator[Finding]:
    """Yield what is wrong with a return's rows; changes nothing."""
    for row in rows:
        table = form.table(row.table)
        if table is not None:
            yield from check_row_cells(table, row)

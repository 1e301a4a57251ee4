"""Checks a whole return, scope by scope."""

from collections.abc import Iterator, Mapping

from toolkit.checks.cell_checks import check_row_cells
from toolkit.checks.node_checks import check_nodes
from toolkit.checks.plausibility_checks import check_indicator_row
from toolkit.checks.request_checks import check_requests
from toolkit.checks.row_checks import check_row
from toolkit.checks.workbook_checks import SIGN_OFF_CHECKS, TABLE_CHECKS
from toolkit.model.check_context import CheckContext
from toolkit.model.findings import Finding
from toolkit.model.form import Form, Subject, Table
from toolkit.model.own_rows import is_touched
from toolkit.model.returns import Answer, Row


def check_return(rows: tuple[Row, ...], signed: Mapping[str, Answer], form: Form, context: CheckContext) -> Iterator[Finding]:
    """Yield what is wrong with a return: cell by cell, row by row, table by table, its milestones and requests, then its sign-off; changes nothing."""
    for table in form.tables:
        mine = [row for row in rows if row.table == table.sheet and is_touched(row, table)]
        yield from _check_table(mine, table, context, about_tasks=_is_about_tasks(table, form))
    yield from check_nodes(rows, form, context)
    yield from check_requests(rows, form, context)
    for check in SIGN_OFF_CHECKS:
        yield from check(signed)


def _is_about_tasks(table: Table, form: Form) -> bool:
    """Whether rows of a table are judged as tasks are: tasks, and the rows of a form's own in its first table."""
    return table.subject is Subject.TASK or (table is form.main and table.subject is not Subject.INDICATOR)


def _check_table(rows: list[Row], table: Table, context: CheckContext, *, about_tasks: bool) -> Iterator[Finding]:
    for row in rows:
        yield from check_row_cells(table, row)
        if about_tasks:
            yield from check_row(row, table, context)
        elif table.subject is Subject.INDICATOR:
            yield from check_indicator_row(row, table, context)
    for check in TABLE_CHECKS if about_tasks else ():
        yield from check(rows, table)

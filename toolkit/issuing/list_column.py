"""A form tells a unit which list a task belongs to, where several live side by side in one year."""

from dataclasses import replace

from toolkit.model.column_kinds import KINDS
from toolkit.model.form import Field, Form, Source, Subject, Table

TITLE = "清单"


def has_list_column(form: Form) -> bool:
    """Whether a form has a column that shows the list."""
    return any(field.taken_from == TITLE for table in form.tables for field in table.fields)


def with_list_column(form: Form) -> Form:
    """Give a form whose table of tasks shows the list behind its first column; one that shows it already as it is."""
    if has_list_column(form):
        return form
    return replace(form, tables=tuple(_with_column(table) if table.subject is Subject.TASK else table for table in form.tables))


def _with_column(table: Table) -> Table:
    first, *others = table.fields
    return replace(table, fields=(first, Field("list", TITLE, Source.PREFILLED, KINDS["文本"], taken_from=TITLE, width=10), *others))

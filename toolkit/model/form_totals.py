"""Which columns of a form are put together (汇总): of its first table, and of further ones whose rows stand in 填报明细."""

from toolkit.model.form import Field, Form, Subject, Table, Total
from toolkit.model.milestones import is_node_plan
from toolkit.model.requests import is_request_table

NOT_FURTHER = Total.WEIGHTED  # rows of further tables have no weights


def further_tables(form: Form) -> tuple[Table, ...]:
    """Give a form's further tables whose rows may be put together: requests, matters to answer and milestones have sheets of their own."""
    return tuple(table for table in form.tables[1:] if has_totals(table))


def has_totals(table: Table) -> bool:
    """Whether the columns of a further table may be put together."""
    return table.subject not in {Subject.MATTER, Subject.NODE} and not is_request_table(table) and not is_node_plan(table)


def further_totals(table: Table) -> tuple[Field, ...]:
    """Give the columns of a further table that are put together: those that units fill in, not weighted."""
    return tuple(field for field in table.filled if field.total not in {Total.NONE, NOT_FURTHER})


def totals_of(form: Form, table: Table) -> tuple[Field, ...]:
    """Give the columns of any table of a form that are put together."""
    if table.sheet == form.main.sheet:
        return table.summed
    return further_totals(table) if has_totals(table) else ()

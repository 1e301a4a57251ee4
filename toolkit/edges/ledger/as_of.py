"""The ledger as it was at a moment: what was added later is hidden from the reading connections, behind views of their own session.

A temporary view goes before a table of its name, in SQLite and in PostgreSQL, so that every query of the ledger reads through it. Nothing is
written to the ledger. What is changed in place (the outcome of a file that the office decided about, how far a letter is) is as it is today.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from toolkit.edges.ledger.ledger_tables import metadata, versions

_WHEN = ("collected", "issued_at", "at")  # the columns that say when a row was added


def hide_later(engine: sa.Engine, moment: datetime) -> None:
    """Let every connection that is opened from now on see only what was added up to the moment, local time, that included."""
    views = tuple(_views(engine.dialect.name, moment))

    def set_up(connection: Any, _record: object) -> None:
        begun = getattr(connection, "autocommit", None)
        if begun is False:  # psycopg: outside a transaction, which may be one that only reads
            connection.autocommit = True
        cursor = connection.cursor()
        for view in views:
            cursor.execute(view)
        cursor.close()
        if begun is False:
            connection.autocommit = False

    engine.dispose()
    sa.event.listen(engine, "connect", set_up)


def _views(dialect: str, moment: datetime) -> Iterator[str]:
    schema = "main" if dialect == "sqlite" else "public"
    for table in metadata.sorted_tables:
        when = next((name for name in _WHEN if name in table.c), None)
        if when is not None and table is not versions:
            yield f"CREATE TEMP VIEW {table.name} AS SELECT * FROM {schema}.{table.name} WHERE {when} <= '{moment:%Y-%m-%d %H:%M:%S.%f}'"  # noqa: S608 - our own names

"""A ledger's whole content laid into a new one: from a server into a file for the backup, from a file onto a server when an office grows."""

import sqlalchemy as sa

from toolkit.edges.ledger.database import Database
from toolkit.edges.ledger.ledger_tables import metadata, versions
from toolkit.model.command_error import CommandError

_TOGETHER = 1000  # rows


def copy_ledger(source: Database, url: str) -> int:
    """Lay every row into a ledger that begins with it, all or none; gives how many rows. Raises CommandError where there is a ledger already."""
    counts: list[int] = []

    def lay(target: sa.Connection) -> None:
        with source.reading() as given:
            counts.extend(_copied(table, given, target) for table in metadata.sorted_tables if table is not versions)

    Database(url, begin=lay).close()
    if not counts:
        raise CommandError("那里已经有一本台账了，没有搬。", "请核对 settings.toml 里 ledger 写的地址；要搬到服务器，请管理员另建一个空的数据库。")
    return sum(counts)


def _copied(table: sa.Table, source: sa.Connection, target: sa.Connection) -> int:
    count = 0
    rows = source.execution_options(yield_per=_TOGETHER).execute(sa.select(table).order_by(*table.primary_key)).mappings()
    for some in rows.partitions():
        target.execute(table.insert(), [dict(row) for row in some])
        count += len(some)
    if count and "id" in table.c and target.dialect.name == "postgresql":  # the server gives numbers from a counter, which has not seen these
        target.execute(sa.text(f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}"))  # noqa: S608 - our own tables
    return count

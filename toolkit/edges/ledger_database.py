"""The ledger's database, opened: SQLite in a file, where it is kept safe and how; its transactions."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from toolkit.edges.ledger_schema import bring_up
from toolkit.model.trouble import Trouble

_WRITES = "writes"


class Database:
    """One open database with the ledger's tables, as this program knows them."""

    def __init__(self, url: str) -> None:
        """Open it; a new one gets its tables, an older one is brought up. Raises Trouble when it cannot be opened or a newer program wrote it."""
        try:
            self._engine = sa.create_engine(url)
            _keep_private(self._engine.url)
            if self._engine.dialect.name == "sqlite":
                sa.event.listen(self._engine, "connect", _set_up_sqlite)
                sa.event.listen(self._engine, "begin", _begin_sqlite)
                sa.event.listen(self._engine, "handle_error", _name_damage)
            self._writer = self._engine.execution_options(**{_WRITES: True})
            bring_up(self._engine, self._writer)
        except (sa.exc.SQLAlchemyError, OSError) as error:
            raise Trouble(f"台账打不开：{error.__class__.__name__}。", "请检查 records/ledger.db 是否可写、是否损坏；可以从备份恢复。") from error

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give one transaction: all of it is kept, or nothing; one at a time. Raises Trouble when the ledger cannot be written."""
        try:
            with self._writer.begin() as connection:
                yield connection
        except sa.exc.OperationalError as error:
            raise Trouble(f"台账写不进去：{error.orig}。", "请检查 records 文件夹的写权限和磁盘空间，或等另一个正在运行的程序结束，再运行一次。") from error

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection to read with. Raises Trouble when the ledger cannot be read."""
        try:
            with self._engine.connect() as connection:
                yield connection
        except sa.exc.OperationalError as error:
            raise Trouble(f"台账读不出来：{error.orig}。", "请检查 records 文件夹和磁盘，再运行一次；还是不行就从备份恢复。") from error

    def damage(self) -> str:
        """Say in the database's own words what is wrong with the file, '' when it is whole; a server looks after itself."""
        if self._engine.dialect.name != "sqlite":
            return ""
        with self.reading() as connection:
            said = [str(line) for line in connection.execute(sa.text("PRAGMA integrity_check(3)")).scalars()]
        return "" if said == ["ok"] else "；".join(said)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _keep_private(url: sa.URL) -> None:
    """Let only the owner read a ledger that is a file; what SQLite lays beside it has the same rights."""
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        path = Path(url.database)
        if not path.exists():
            path.touch(mode=0o600)
        with suppress(OSError):  # somebody else's file, or a disk without rights
            path.chmod(0o600)


def _name_damage(context: sa.engine.ExceptionContext) -> None:
    """Say in a sentence that the ledger's file is damaged, whichever command comes upon it. Raises Trouble then."""
    said = str(context.original_exception)
    if "malformed" in said or "not a database" in said:
        raise Trouble("台账文件 records/ledger.db 损坏了。", "请从备份恢复（restore）；原件都还在 records/returns。") from context.original_exception


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # so that changes of tables are part of the transaction: the driver begins none by itself
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    """Begin; a transaction that writes takes its turn at once, as one that has read and then wants to write may be too late."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(_WRITES) else "BEGIN")

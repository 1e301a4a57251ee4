"""The ledger's database, opened: a file of SQLite or a server of PostgreSQL; its transactions, and who may work in it alone."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import ClassVar, Protocol

import sqlalchemy as sa

from toolkit.edges.ledger import postgres_server, sqlite_file
from toolkit.edges.ledger.as_of import hide_later
from toolkit.edges.ledger.audit import begin_log
from toolkit.edges.ledger.schema import bring_up
from toolkit.model.command_error import CommandError

_WRITES = "writes"


class UnitNames(Protocol):
    """Tells what a unit is called in a period (its name), and what it is kept as in the ledger (its key), which no new name changes."""

    def name(self, period: str, key: str) -> str:
        """Give the name in a period of what the ledger keeps; what it does not know stays."""

    def key(self, period: str, name: str) -> str:
        """Give what the ledger keeps of a unit that a period knows by a name; what it does not know stays."""


class _Unchanged:
    """Units that never had another name."""

    def name(self, _period: str, key: str) -> str:
        return key

    def key(self, _period: str, name: str) -> str:
        return name


class Database:
    """One open database with the ledger's tables, as this program knows them; `units` tells what units are called in a period.

    `opened` says whether this process has ever opened one.
    """

    opened: ClassVar[bool] = False

    def __init__(self, url: str, begin: Callable[[sa.Connection], None] = begin_log, *, as_of: datetime | None = None) -> None:
        """Open it; a new one gets its tables and begins, an older one is brought up. Raises CommandError when it cannot be opened or a newer program wrote it.

        `as_of` hides what was added later than that moment, local time; such a ledger is only read.
        """
        Database.opened = True
        self._address = _address(url)
        self.units: UnitNames = _Unchanged()
        self._held: sa.Connection | None = None
        with self._named_refusals("打不开"):
            self._engine = postgres_server.engine(self._address) if self.is_on_server else sqlite_file.engine(self._address)
            sa.event.listen(self._engine, "begin", self._begin)
            self._reader = self._engine.execution_options(**postgres_server.READS) if self.is_on_server else self._engine
            self._writer = self._engine.execution_options(**{_WRITES: True})
            try:
                bring_up(self._reader, self._writer, begin)
                if as_of is not None:
                    hide_later(self._engine, as_of)
            except BaseException:
                self.close()
                raise

    @property
    def is_on_server(self) -> bool:
        """Whether it is a PostgreSQL server, which several machines can use at once, and no SQLite file."""
        return postgres_server.is_server(self._address)

    @contextmanager
    def alone(self, doing: str) -> Iterator[None]:
        """Keep programs elsewhere from doing the same; a ledger that is a file is kept by the lock of its workspace. Raises CommandError when it is held.

        The server lets go when the connection ends, however it ends. All writing goes through that very connection: who has lost the hold writes nothing more.
        """
        if not self.is_on_server:
            yield
            return
        with self._named_refusals("打不开"), self._engine.connect() as connection:
            postgres_server.hold(connection, doing)
            connection.detach()  # so that its end is the session's end, and the hold's
            self._held = connection.execution_options(**{_WRITES: True})
            try:
                yield
            finally:
                self._held = None

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give one transaction: all of it is kept, or nothing; one at a time. Raises CommandError when the ledger cannot be written."""
        with self._named_refusals("写不进去"):
            if self._held is None:
                with self._writer.begin() as connection:
                    yield connection
            elif self._held.invalidated:
                raise CommandError(*postgres_server.CUT_OFF)
            else:
                with self._held.begin():
                    yield self._held

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection to read with; all that is read through it is of one moment. Raises CommandError when the ledger cannot be read."""
        with self._named_refusals("读不出来"), self._reader.connect() as connection:
            yield connection

    def damage(self) -> str:
        """Say in the database's own words what is wrong with the file, '' when it is whole; a server looks after itself."""
        if self.is_on_server:
            return ""
        with self.reading() as connection:
            texts = [str(line) for line in connection.execute(sa.text("PRAGMA integrity_check(3)")).scalars()]
        return "" if texts == ["ok"] else "；".join(texts)

    def where(self) -> str:
        """Say where it is kept and how, for a person; never a password."""
        with self.reading() as connection:
            return postgres_server.described(self._address, connection) if self.is_on_server else sqlite_file.described(self._address, connection)

    def close(self) -> None:
        """Close all connections that no transaction uses; a later use opens them anew."""
        self._engine.dispose()

    def _begin(self, connection: sa.Connection) -> None:
        writes = bool(connection.get_execution_options().get(_WRITES))
        postgres_server.begin(connection, writes=writes) if self.is_on_server else sqlite_file.begin(connection, writes=writes)

    @contextmanager
    def _named_refusals(self, what: str) -> Iterator[None]:
        """Turn what the database refuses into a sentence with a remedy. Raises CommandError then; our own mistakes stay what they are."""
        try:
            yield
        except (sa.exc.SQLAlchemyError, OSError) as error:
            trouble = postgres_server.trouble(error, self._address) if self.is_on_server else sqlite_file.trouble(error, what)
            if trouble is None:
                raise
            raise trouble from error


def is_server(url: str) -> bool:
    """Whether a ledger's address names a server, which several machines can use at once. Raises CommandError for what is no address."""
    return postgres_server.is_server(_address(url))


def _address(url: str) -> sa.URL:
    """Understand a ledger's address. Raises CommandError for one that is none; it is not shown, for there may be a password in it."""
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        address = None
    if address is None or address.get_backend_name() not in {"sqlite", "postgresql"}:
        raise CommandError(
            "settings.toml 里的 ledger 不是台账地址。", "请空着（台账就是 records/ledger.db），或写成 postgresql://用户名@服务器:5432/数据库 的样子。"
        )
    return address.set(drivername="postgresql+psycopg") if address.get_backend_name() == "postgresql" else address

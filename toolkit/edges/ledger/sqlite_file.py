"""The ledger in a file: SQLite, written ahead (WAL) on a disk of this machine, in the plain old way on a network drive."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from toolkit.edges.disks import is_on_network
from toolkit.model.command_error import CommandError

NETWORK = "网络盘"
_REMEDIES = {
    "打不开": "请检查 records/ledger.db 是否可写、是否损坏；可以从备份恢复。",
    "写不进去": "请检查 records 文件夹的写权限和磁盘空间，或等另一个正在运行的程序结束，再运行一次。",
    "读不出来": "请检查 records 文件夹和磁盘，再运行一次；还是不行就从备份恢复。",
}


def engine(address: sa.URL) -> sa.Engine:
    """Make ready to open the file, which only its owner may read. Raises OSError."""
    if not address.database or address.database == ":memory:":
        return _with_settings(sa.create_engine(address), _as_it_is)
    path = Path(address.database)
    _keep_private(path)
    if not os.access(path.parent, os.W_OK):  # a disk that is read-only: nothing can be laid beside the file, and nobody else writes to it either
        still = "" if path.with_name(f"{path.name}-wal").exists() else "&immutable=1"
        made = sa.create_engine(address, creator=partial(sqlite3.connect, f"{path.resolve().as_uri()}?mode=ro{still}", uri=True))
        return _with_settings(made, _as_it_is)
    return _with_settings(sa.create_engine(address), _written_plainly if is_on_network(path) else _written_ahead)


def begin(connection: sa.Connection, *, writes: bool) -> None:
    """Begin; a transaction that writes takes its turn at once, as one that has read and then wants to write may be too late."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def described(address: sa.URL, connection: sa.Connection) -> str:
    """Say in Chinese which file this is: 本机 or a network drive, its name, SQLite's journal mode."""
    path = Path(address.database or "")
    mode = str(connection.exec_driver_sql("PRAGMA journal_mode").scalar()).upper()
    return f"{NETWORK if is_on_network(path) else '本机'}，{path.name}（SQLite，{mode}）"


def trouble(error: Exception, what: str) -> CommandError | None:
    """Say what a refusal means and what helps; None for what only our own mistake explains, once the file is open."""
    if what == "打不开":
        return CommandError(f"台账打不开：{error.__class__.__name__}。", _REMEDIES[what])
    return CommandError(f"台账{what}：{error.orig}。", _REMEDIES[what]) if isinstance(error, sa.exc.OperationalError) else None


def _with_settings(made: sa.Engine, settle: Callable[[sqlite3.Cursor], object]) -> sa.Engine:
    def set_up(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # so that changes of tables are part of the transaction: the driver begins none by itself
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=10000")
        cursor.execute("PRAGMA synchronous=FULL")  # what is committed outlives a power cut: the file in the inbox goes right after
        try:
            settle(cursor)
        except CommandError:
            cursor.close()  # first: a cursor that is open keeps the file open behind the connection's back
            connection.close()
            raise
        cursor.close()

    sa.event.listen(made, "connect", set_up)
    sa.event.listen(made, "handle_error", _name_damage)
    return made


def _as_it_is(_: sqlite3.Cursor) -> None:
    """Leave a file that cannot be written."""


def _written_ahead(cursor: sqlite3.Cursor) -> None:
    with suppress(sqlite3.OperationalError):  # somebody else has it open in the other way, or the disk is full: it works as it is
        cursor.execute("PRAGMA journal_mode=WAL")


def _written_plainly(cursor: sqlite3.Cursor) -> None:
    """Leave the way of a local disk, which needs memory that machines do not share. Raises CommandError when another program has the file open in that way."""
    try:
        cursor.execute("PRAGMA locking_mode=EXCLUSIVE")  # before the first look: so the shared memory is not even touched
        cursor.execute("PRAGMA journal_mode=DELETE")
        cursor.execute("PRAGMA locking_mode=NORMAL")
        cursor.execute("SELECT count(*) FROM sqlite_master").fetchone()  # lets go of the lock
    except sqlite3.OperationalError as error:
        raise CommandError("台账在网络盘上，另一个程序正用着它。", "请等它结束，再运行一次；几台机器要同时用一本台账的，见 docs/多人共用.md。") from error


def _keep_private(path: Path) -> None:
    """Let only the owner read it; what SQLite lays beside it has the same rights."""
    if not path.exists():
        path.touch(mode=0o600)
    with suppress(OSError):  # somebody else's file, or a disk without rights
        path.chmod(0o600)


def _name_damage(context: sa.engine.ExceptionContext) -> None:
    """Say in a sentence that the ledger's file is damaged, whichever command comes upon it. Raises CommandError then."""
    text = str(context.original_exception)
    if "malformed" in text or "not a database" in text:
        raise CommandError("台账文件 records/ledger.db 损坏了。", "请从备份恢复（restore）；原件都还在 records/returns。") from context.original_exception

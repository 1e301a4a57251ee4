"""The ledger's schema: its version, and the steps that bring an older ledger up to it.

The steps are plain functions in order, not Alembic: a ledger is one file on a clerk's machine that only ever goes forward, one step after
the other, when a newer program opens it. Alembic would bring a tree of scripts with branches and its own settings, and would still leave
to us what matters here: the copy beside, all steps in one transaction, a newer ledger refused in Chinese.
"""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import sqlalchemy as sa

from toolkit.edges.clock import now
from toolkit.edges.ledger import (  # noqa: F401 - their tables are among those that are made
    edition_tables,
    erasure_tables,
    evidence_tables,
    ladder_tables,
    lower_records,
    ruling_tables,
)
from toolkit.edges.ledger.audit import begin_log
from toolkit.edges.ledger.ledger_tables import metadata, versions
from toolkit.edges.ledger.round_of_file import begin_rounds
from toolkit.model.command_error import CommandError, reason_of

_OLDEST = 1  # a ledger without a version


def bring_up(reader: sa.Engine, writer: sa.Engine, begin: Callable[[sa.Connection], None] = begin_log) -> None:
    """Make the tables of a new ledger and let it `begin`, or take an older one through its steps: first copied aside, then all steps or none.

    Raises CommandError for a ledger of a newer program, and when the copy or a step fails: then nothing has changed.
    """
    with reader.connect() as connection:
        found = _version(connection)
    _refuse_newer(found)
    if found == VERSION:
        return
    try:
        with writer.begin() as connection:
            _step_up(connection, begin)
    except sa.exc.SQLAlchemyError as error:
        if found is None:
            raise
        raise CommandError(
            f"台账没有升级成功：{error.__class__.__name__}。", "台账还是原来的样子，没有改动；请把 records/log 里的记录发给维护人员。"
        ) from error


def _version(connection: sa.Connection) -> int | None:
    """Give a ledger's version, None where there is no ledger yet."""
    tables = sa.inspect(connection)
    if tables.has_table(versions.name):
        return connection.execute(sa.select(sa.func.max(versions.c.version))).scalar()
    return _OLDEST if tables.has_table("issues") else None


def _refuse_newer(found: int | None) -> None:
    if found is not None and found > VERSION:
        raise CommandError(f"台账是更新的程序写的（台账版本 {found}，这个程序只认到版本 {VERSION}）。", "请换用新版程序再打开；台账没有改动。")


def _step_up(connection: sa.Connection, begin: Callable[[sa.Connection], None]) -> None:
    """Take the steps, alone; another program may have taken them, or more, before it was our turn."""
    found = _version(connection)
    _refuse_newer(found)
    if found == VERSION:
        return
    if found is None:
        metadata.create_all(connection)
        begin(connection)
    else:
        _copy_aside(connection.engine, found)  # in our turn: two programs never write one copy
    for version in range((found or VERSION) + 1, VERSION + 1):
        if version in _STEPS:
            _STEPS[version](connection)
    connection.execute(versions.insert().values(version=VERSION, at=now()))


def _copy_aside(engine: sa.Engine, found: int) -> None:
    """Keep the ledger as it was, beside it; a server's own backups are for the server's keeper."""
    if engine.dialect.name != "sqlite" or not engine.url.database:
        return
    path = Path(engine.url.database)
    copy = path.with_name(f"{path.stem}-升级前-版本{found}{path.suffix}")
    unfinished = copy.with_name(f"{copy.name}.tmp")
    try:
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(unfinished)) as target:
            source.backup(target)
        unfinished.chmod(0o600)
        unfinished.replace(copy)
    except OSError as error:
        raise CommandError(
            f"升级前的台账不能另存为“{copy.name}”：{reason_of(error)}。", "请检查磁盘空间和 records 文件夹的写权限，再运行一次；台账没有改动。"
        ) from error
    except sqlite3.Error as error:
        raise CommandError(f"升级前的台账不能另存为“{copy.name}”：{error}。", "请检查磁盘空间和 records 文件夹的写权限，再运行一次；台账没有改动。") from error


def _one_place(connection: sa.Connection) -> None:
    """Version 2: the tables of mail and of unattended work, which were made when first used, are there from the start."""
    metadata.create_all(connection)


def _event_log(connection: sa.Connection) -> None:
    """Version 3: the event log begins with what stands in the tables."""
    metadata.create_all(connection)
    begin_log(connection)


def _editions(connection: sa.Connection) -> None:
    """Version 4: editions of the office's books, and the changes of the master list."""
    metadata.create_all(connection)


def _rounds(connection: sa.Connection) -> None:
    """Version 5: files of nobody belong to a round for good; what is closed has its tables."""
    metadata.create_all(connection)
    begin_rounds(connection)


def _who_decided(connection: sa.Connection) -> None:
    """Version 6: who made a decision, and when a mail server took a file in; of what is older it is not known."""
    metadata.create_all(connection)


def _evidence(connection: sa.Connection) -> None:
    """Version 7: whose a piece of evidence is; what an older program refused as no workbook stays as it ended, the office may still assign it."""
    metadata.create_all(connection)


def _erasures(connection: sa.Connection) -> None:
    """Version 8: what was erased when its time was over."""
    metadata.create_all(connection)


def _lower_sources(connection: sa.Connection) -> None:
    """Version 9: whose words stand behind the values of offices below."""
    metadata.create_all(connection)


def _ladder(connection: sa.Connection) -> None:
    """Version 10: the steps of the ladder of supervision."""
    metadata.create_all(connection)


def _receipts_due(connection: sa.Connection) -> None:
    """Version 11: receipts that a word of the office has made due."""
    metadata.create_all(connection)


# A step makes what is missing and leaves what is there: tables are made as they are today, so a later step finds its own work done already.
_STEPS: dict[int, Callable[[sa.Connection], None]] = {
    2: _one_place,
    3: _event_log,
    4: _editions,
    5: _rounds,
    6: _who_decided,
    7: _evidence,
    8: _erasures,
    9: _lower_sources,
    10: _ladder,
    11: _receipts_due,
}
VERSION = max(_STEPS)

"""Whose round a file is that tells no period of its own: its name decides, else the newest round that was open when it came. Settled once."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from toolkit.edges.ledger.closing_tables import closings, file_rounds
from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.ledger.ledger_tables import files, issues
from toolkit.model.period import Period


def settle(connection: sa.Connection, names: Mapping[int, str]) -> dict[int, str]:
    """Settle the rounds of files that are just recorded (number → name); gives them. Before anything was issued there is no round to settle."""
    issued = _issued(connection) if names else []
    if not issued:
        return {}
    closed = _closed(connection)
    newest = next((period for period in issued if period not in closed), issued[0])
    found = {file: named(name, issued) or newest for file, name in names.items()}
    connection.execute(file_rounds.insert(), [{"file": file, "period": period} for file, period in found.items()])
    return found


def strange_files(connection: sa.Connection, period: str) -> list[int]:
    """List the files of a round that told no period of their own; those that came before the first issue are the first round's."""
    held = set(connection.execute(sa.select(file_rounds.c.file).where(file_rounds.c.period == period)).scalars())
    issued = _issued(connection)
    if issued and issued[-1] == period:
        settled = sa.select(file_rounds.c.file)
        held |= set(connection.execute(sa.select(files.c.id).where(files.c.period == "", files.c.id.not_in(settled))).scalars())
    return sorted(held)


def move(connection: sa.Connection, file: int, period: str) -> None:
    """Let a file (by its number in the ledger) that told no period of its own belong to the round `period`; noted in the event log."""
    connection.execute(file_rounds.delete().where(file_rounds.c.file == file))
    connection.execute(file_rounds.insert().values(file=file, period=period))
    append(connection, EventKind.FILE, period=period, rounds=[[file, period]])


def named(name: str, issued: Iterable[str]) -> str:
    """Give the issued period that a file's name tells, '' for none: the one that is written out at greatest length, not 2023年 of 2023年第三季度."""
    words = sorted(((word, period) for period in issued for word in Period.parse(period).spoken), key=lambda texts: -len(texts[0]))
    return next((period for word, period in words if word in name and not _continues(name, word)), "")


def _continues(name: str, word: str) -> bool:
    rest = name.partition(word)[2][:1]
    ends = "一二三四上下" if word.endswith("年") else "上下" if word.endswith("月") else ""
    return rest.isdecimal() or rest in {"第", "Q", "q", "M", "年", "H", "W"} or (bool(rest) and rest in ends)


def begin_rounds(connection: sa.Connection) -> None:
    """Settle the rounds of what an older program recorded, by the days on which rounds were first issued."""
    firsts = connection.execute(_first_issues()).all()
    rows = connection.execute(sa.select(files.c.id, files.c.collected).where(files.c.period == "", files.c.id.not_in(sa.select(file_rounds.c.file)))).all()
    settled = [{"file": file, "period": period} for file, at in rows if (period := next((name for name, first in firsts if first <= at), ""))]
    if settled:
        connection.execute(file_rounds.insert(), settled)


def _issued(connection: sa.Connection) -> list[str]:
    """List the periods that were issued, the newest first."""
    return [period for period, _ in connection.execute(_first_issues())]


def _first_issues() -> sa.Select[str, datetime]:
    first: sa.ColumnElement[datetime] = sa.func.min(issues.c.issued_at)
    return sa.select(issues.c.period, first).group_by(issues.c.period).order_by(first.desc(), issues.c.period.desc())


def _closed(connection: sa.Connection) -> set[str]:
    return set(connection.execute(sa.select(closings.c.period).where(closings.c.reopened_at.is_(None))).scalars())

"""The ledger's event log: every deed that changes what the ledger says, added in the same transaction, each entry chained to the one before.

An entry's hash is SHA-256 over the hash before it and the entry itself. Whoever changes an entry, takes one out or puts one in behind the
program's back breaks the chain; whoever changes the tables is caught by what the entries say of them. Not defended against: somebody who
writes the tables, the whole chain behind the change and the triggers anew; a backup or a copy of the last hash elsewhere shows that.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from toolkit.edges.clock import now
from toolkit.edges.ledger.ledger_tables import events

_START = "0" * 64
_FILE = ("digest", "name", "size", "sent", "outcome", "reason", "unit", "period", "form", "receipt", "issue", "path", "votes", "origin")
_ROW = ("sheet", "key", "number", "role", "place", "answers", "blanks")
_FINDING = ("code", "unit", "title", "sheet", "cell", "facts")
_as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode
Values = Mapping[str, Any]
Mark = list[Any]  # [number of the file, its name, its outcome, digest of all that is recorded of it]


class EventKind(StrEnum):
    """What was done."""

    BEGIN = "建账"
    ISSUE = "发放"
    FILES = "收表"
    FILE = "改判"
    DECIDE = "认定"
    RECEIPT = "回执"
    PAPER = "文书"
    SUPERVISE = "督办"
    BOOK = "汇总"
    MAIL = "发信"
    FETCH = "收信"
    WATCH = "值守"
    RESTORE = "恢复"
    KEY = "换密钥"
    REGISTER = "登记"
    AMEND = "调整"
    CLOSE = "定稿"
    REOPEN = "重开"
    EVIDENCE = "佐证"
    ERASE = "销毁"
    CLIMB = "阶梯"


def append(connection: sa.Connection, what: EventKind, *, period: str = "", unit: str = "", **details: Any) -> None:
    """Add an entry at the end of the log, in the caller's transaction: number, time, `details` as JSON, and its hash over the entry before."""
    append_all(connection, what, [(period, unit, details)])


def append_all(connection: sa.Connection, what: EventKind, entries: Iterable[tuple[str, str, Values]]) -> None:
    """Add an entry for each (period, unit, details), as `append` does for one."""
    last = connection.execute(sa.select(events.c.number, events.c.hash).order_by(events.c.number.desc()).limit(1)).first()
    before, previous = (last.number, last.hash) if last else (0, _START)
    rows = []
    for number, (period, unit, details) in enumerate(entries, before + 1):
        row = {"number": number, "at": now(), "what": what.value, "period": period, "unit": unit, "details": _as_json(details), "previous": previous}
        previous = link(row)
        rows.append({**row, "hash": previous})
    if rows:
        connection.execute(events.insert(), rows)


def link(row: Values) -> str:
    """Give the hash of an entry: SHA-256 in hex over the hash before it and all that it says."""
    at: datetime = row["at"]
    text = _as_json([row["previous"], row["number"], at.isoformat(), row["what"], row["period"], row["unit"], row["details"]])
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def chain_start() -> str:
    """Give what the first entry of the log is chained to, in the place of an entry before it."""
    return _START


def file_mark(file: int, values: Values, rows: Iterable[Values], findings: Iterable[Values]) -> Mark:
    """Give what the log keeps of one recorded file, with its rows and findings in their order."""
    digest = hashlib.sha256(_text((values,), _FILE))
    digest.update(_text(rows, _ROW))
    digest.update(_text(findings, _FINDING))
    return [file, values["name"], values["outcome"], digest.hexdigest()]


def _text(rows: Iterable[Values], columns: Sequence[str]) -> bytes:
    lines = ("\x1f".join([str(row[name]) for name in columns]) for row in rows)
    return ("\x1e".join(lines) + "\x1d").encode("utf-8", "surrogatepass")

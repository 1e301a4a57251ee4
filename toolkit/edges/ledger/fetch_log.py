"""The ledger's part about mail that comes in: every message that was fetched, by its UID on the server."""

from datetime import date, datetime

import sqlalchemy as sa

from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.ledger.ledger_tables import fetched, issues
from toolkit.edges.ledger.row_records import storable
from toolkit.model.mail_server import MailFolder


class FetchLog:
    """What an open ledger knows of messages on a server."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def uids(self, where: MailFolder) -> set[int]:
        """Give the UIDs of a folder's messages that were fetched before; a folder is one only with its UIDVALIDITY (RFC 3501)."""
        query = sa.select(fetched.c.uid).where(*(fetched.c[name] == value for name, value in where._asdict().items()))
        with self._ledger.reading() as connection:
            return set(connection.execute(query).scalars())

    def has(self, digest: str) -> bool:
        """Whether this very message was fetched, under any number: a server may number its messages anew."""
        with self._ledger.reading() as connection:
            return connection.execute(sa.select(fetched.c.id).where(fetched.c.digest == digest)).first() is not None

    def record(self, where: MailFolder, uid: int, *, digest: str, message_id: str, became: str, at: datetime) -> None:
        """Write down, also in the event log, that a message (its UID in a folder) was fetched, when, its SHA-256, and what it became."""
        with self._ledger.writing() as connection:
            row = {"digest": digest, "message_id": message_id, "became": became, "at": at}
            connection.execute(fetched.insert().values(**where._asdict(), uid=uid, **storable(row)))
            append(connection, EventKind.FETCH, uid=uid, digest=digest, became=became)

    def first_issue(self) -> date | None:
        """Give the day of the very first issue, before which no return can have come."""
        with self._ledger.reading() as connection:
            first = connection.execute(sa.select(sa.func.min(issues.c.issued_at))).scalar()
        return first.date() if first else None

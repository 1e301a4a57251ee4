"""Every file that was ever recorded, held in memory for one collect: so that a file costs no query."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from toolkit.edges.ledger.ledger_tables import files
from toolkit.model.returns import Arrival, Outcome, Sent


class KnownFile(NamedTuple):
    """A file whose content is in use: its name, unit and period."""

    name: str
    unit: str
    period: str


class KnownFiles:
    """Looks files up by content, and by content, name and time."""

    def __init__(self, connection: sa.Connection) -> None:
        """Read what is recorded."""
        self._seen: set[tuple[str, str, datetime]] = set()
        self._taken: dict[str, KnownFile] = {}
        query = sa.select(files.c.digest, files.c.name, files.c.sent, files.c.outcome, files.c.unit, files.c.period).order_by(files.c.id)
        for digest, name, sent, outcome, unit, period in connection.execute(query):
            self._note(digest, name, sent, KnownFile(name, unit, period) if Outcome(outcome).counts else None)

    def has(self, sent: Sent) -> bool:
        """Whether this very file (content, name, time) is known."""
        return (sent.digest, sent.name, sent.sent) in self._seen

    def taken(self, digest: str) -> KnownFile | None:
        """Give the first file with this content whose values are in use."""
        return self._taken.get(digest)

    def add(self, arrival: Arrival) -> None:
        """Know a file from now on by digest, name and time; its unit and period only where its outcome counts."""
        sent = arrival.sent
        self._note(sent.digest, sent.name, sent.sent, KnownFile(sent.name, arrival.unit, arrival.period) if arrival.outcome.counts else None)

    def _note(self, digest: str, name: str, sent: datetime, taken: KnownFile | None) -> None:
        self._seen.add((digest, name, sent))
        if taken:
            self._taken.setdefault(digest, taken)

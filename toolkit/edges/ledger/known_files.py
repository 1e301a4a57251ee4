"""Every file that was ever recorded, held in memory for one collect: so that a file costs no query."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from toolkit.edges.ledger.ledger_tables import files
from toolkit.model.returns import Arrival, Outcome, Sent


class KnownFile(NamedTuple):
    """A file that is recorded: its name, unit and period."""

    name: str
    unit: str
    period: str


class KnownFiles:
    """Looks files up by content, and by content, name and time."""

    def __init__(self, connection: sa.Connection) -> None:
        """Read what is recorded."""
        self._seen: dict[tuple[str, str, datetime], KnownFile] = {}
        self._taken: dict[str, KnownFile] = {}
        query = sa.select(files.c.digest, files.c.name, files.c.sent, files.c.outcome, files.c.unit, files.c.period).order_by(files.c.id)
        for digest, name, sent, outcome, unit, period in connection.execute(query):
            self._note(digest, sent, KnownFile(name, unit, period), counts=Outcome(outcome).counts)

    def has(self, sent: Sent) -> bool:
        """Whether this very file (content, name, time) is known."""
        return (sent.digest, sent.name, sent.sent) in self._seen

    def whose(self, sent: Sent) -> KnownFile | None:
        """Give the unit (as the ledger keeps it) and the period of this very file, None where it is not known or told neither."""
        known = self._seen.get((sent.digest, sent.name, sent.sent))
        return known if known and known.unit and known.period else None

    def taken(self, digest: str) -> KnownFile | None:
        """Give the first file with this content whose values are in use."""
        return self._taken.get(digest)

    def add(self, arrival: Arrival) -> None:
        """Know a file from now on."""
        sent = arrival.sent
        self._note(sent.digest, sent.sent, KnownFile(sent.name, arrival.unit, arrival.period), counts=arrival.outcome.counts)

    def _note(self, digest: str, sent: datetime, file: KnownFile, *, counts: bool) -> None:
        self._seen[digest, file.name, sent] = file
        if counts:
            self._taken.setdefault(digest, file)

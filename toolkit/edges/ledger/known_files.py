"""Every file that was ever recorded, held in memory for one collect: so that a file costs no query."""

from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from toolkit.edges.ledger.ledger_tables import files
from toolkit.model.returns import Arrival, Outcome, Sent


class KnownFile(NamedTuple):
    """A file that is recorded: its name, unit, period, content, and when it was sent."""

    name: str
    unit: str
    period: str
    digest: str
    sent: datetime


class KnownFiles:
    """Looks files up by content, and by content, name and time."""

    def __init__(self, connection: sa.Connection) -> None:
        """Read what is recorded."""
        self._seen: dict[tuple[str, str, datetime], KnownFile] = {}
        self._taken: dict[str, KnownFile] = {}
        self._newest: dict[tuple[str, str], KnownFile] = {}
        query = sa.select(files.c.digest, files.c.name, files.c.sent, files.c.outcome, files.c.unit, files.c.period).order_by(files.c.id)
        for digest, name, sent, outcome, unit, period in connection.execute(query):
            self._note(KnownFile(name, unit, period, digest, sent), counts=Outcome(outcome).counts)

    def has(self, sent: Sent) -> bool:
        """Whether this very file (content, name, time) is known."""
        return (sent.digest, sent.name, sent.sent) in self._seen

    def whose(self, sent: Sent) -> KnownFile | None:
        """Give the unit (as the ledger keeps it) and the period of this very file, None where it is not known or told neither."""
        known = self._seen.get((sent.digest, sent.name, sent.sent))
        return known if known and known.unit and known.period else None

    def taken(self, sent: Sent) -> KnownFile | None:
        """Give the first file with this content whose values are in use; None where its unit has sent another since, and takes that back by this later one."""
        known = self._taken.get(sent.digest)
        newest = self._newest.get((known.unit, known.period)) if known else None
        return None if newest and newest.digest != sent.digest and newest.sent < sent.sent else known

    def add(self, arrival: Arrival) -> None:
        """Know a file from now on by digest, name and time; its unit and period only where its outcome counts."""
        sent = arrival.sent
        self._note(KnownFile(sent.name, arrival.unit, arrival.period, sent.digest, sent.sent), counts=arrival.outcome.counts)

    def _note(self, file: KnownFile, *, counts: bool) -> None:
        self._seen[file.digest, file.name, file.sent] = file
        if counts:
            self._taken.setdefault(file.digest, file)
            newest = self._newest.setdefault((file.unit, file.period), file)
            if newest.sent <= file.sent:
                self._newest[file.unit, file.period] = file

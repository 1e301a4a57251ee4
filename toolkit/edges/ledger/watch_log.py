"""The ledger's part about unattended work: what was done, and what a consolidation would be made from."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.ledger.ledger_tables import decisions, deeds, files, issues


class WatchLog:
    """What an open ledger knows of unattended work."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def done(self) -> frozenset[str]:
        """Give the names of everything that was ever done unattended; what is among them is not done again."""
        with self._ledger.reading() as connection:
            return frozenset(connection.execute(sa.select(deeds.c.name)).scalars())

    def record(self, names: Iterable[str], at: datetime) -> None:
        """Write down what was done, and when; a name that is known already stays as it is. New ones have one entry in the event log."""
        with self._ledger.writing() as connection:
            known = set(connection.execute(sa.select(deeds.c.name)).scalars())
            new = [{"name": name, "at": at} for name in names if name not in known]
            if new:
                connection.execute(deeds.insert(), new)
                append(connection, EventKind.WATCH, names=[record["name"] for record in new])

    def issued(self) -> dict[str, str]:
        """Give each issued period with a mark that changes whenever a file of it comes in or the office decides about one."""
        newest = sa.select(files.c.period, sa.func.max(files.c.id), sa.func.count()).group_by(files.c.period)
        with self._ledger.reading() as connection:
            decided = connection.execute(sa.select(sa.func.max(decisions.c.id))).scalar() or 0
            marks = {period: f"{last}.{count}.{decided}" for period, last, count in connection.execute(newest)}
            return {period: marks.get(period, "0") for period in connection.execute(sa.select(issues.c.period).distinct()).scalars()}

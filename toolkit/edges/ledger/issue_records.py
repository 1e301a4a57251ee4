"""The ledger's account of what was issued: whose form, under which receipt code, with which content, sealed how."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from toolkit.edges.ledger.event_log import EventKind, append_all
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.ledger.ledger_tables import issues
from toolkit.model.issue import Issue


def record_issues(ledger: Ledger, connection: sa.Connection, given: Sequence[tuple[Issue, str, str]], *, at: datetime) -> None:
    """Record issues with their content digests and seals, in the caller's transaction; one that is recorded already stays as it is."""
    receipts = [issue.receipt for issue, *_ in given]
    known = set(connection.execute(sa.select(issues.c.receipt).where(issues.c.receipt.in_(receipts))).scalars())
    rows, said = [], []
    for issue, digest, seal in {issue.receipt: (issue, digest, seal) for issue, digest, seal in given if issue.receipt not in known}.values():
        unit = ledger.database.units.key(issue.period, issue.unit)
        row = {"receipt": issue.receipt, "form": issue.form, "period": issue.period, "unit": unit, "number": issue.number}
        said.append((issue.period, unit, {"issues": [[*row.values(), digest]]}))
        rows.append({**row, "digest": digest, "seal": seal, "issued_at": at})
    if rows:
        connection.execute(issues.insert(), rows)
        append_all(connection, EventKind.ISSUE, said)

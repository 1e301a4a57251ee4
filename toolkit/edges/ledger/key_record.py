"""Which key the ledger's forms are sealed with: told by a part of its digest, which stands in every seal; never the key itself."""

import json

import sqlalchemy as sa

from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.ledger.ledger_tables import events, issues
from toolkit.model.seal import owner_of, signer_of


def fits(connection: sa.Connection, key: bytes) -> bool:
    """Whether the ledger's forms are sealed with a key, so that what is issued with it next will be known by everybody who shares the ledger."""
    owner = owner_of(key)
    renewed = connection.execute(sa.select(events.c.details).where(events.c.what == EventKind.KEY.value).order_by(events.c.number.desc()).limit(1)).scalar()
    if renewed is not None:
        return bool(json.loads(renewed)["owner"] == owner)
    first = connection.execute(sa.select(issues.c.seal).limit(1)).scalar()
    if first is None or signer_of(first) == owner:
        return True
    # Before renewals were entered in the log, only the seals told of them.
    newest = connection.execute(sa.select(issues.c.seal).order_by(issues.c.issued_at.desc()).limit(1)).scalar()
    return newest is not None and signer_of(newest) == owner


def renew(connection: sa.Connection, key: bytes) -> None:
    """Enter that forms are sealed with a new key from now on."""
    append(connection, EventKind.KEY, owner=owner_of(key))

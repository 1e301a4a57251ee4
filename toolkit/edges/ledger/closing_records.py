"""The ledger's closings: drafts of periods, the bytes that were closed, and proposals that wait for a second person."""

import hashlib
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from toolkit.edges.ledger.closing_tables import blobs, closed_files, closings, proposals
from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.ledger.frozen_inputs import Frozen
from toolkit.model.closing import Draft
from toolkit.model.codec import decode, encode

_COLUMNS = [closings.c["draft_number" if name == "number" else name] for name in Draft._fields]


class Proposal(NamedTuple):
    """A closing that a second person has to confirm: the mark of all that was seen, when, by whom."""

    mark: str
    at: datetime
    who: str


def drafts(connection: sa.Connection) -> dict[str, list[Draft]]:
    """Give every period's drafts (`2023Q1` → drafts in the order of their numbers), those opened again too; a period never closed is not there."""
    found: dict[str, list[Draft]] = {}
    for row in connection.execute(sa.select(*_COLUMNS).order_by(closings.c.period, closings.c.draft_number)):
        found.setdefault(row.period, []).append(Draft(*row))
    return found


def keep(connection: sa.Connection, content: bytes) -> str:
    """Keep bytes, packed, under their SHA-256 in hex, each once; gives that digest."""
    digest = hashlib.sha256(content).hexdigest()
    if connection.execute(sa.select(blobs.c.digest).where(blobs.c.digest == digest)).first() is None:
        connection.execute(blobs.insert().values(digest=digest, content=zlib.compress(content, 1)))
    return digest


def stored_content(connection: sa.Connection, digest: str) -> bytes | None:
    """Give the bytes that were kept under a digest, None where there are none or they are not those any more."""
    found = connection.execute(sa.select(blobs.c.content).where(blobs.c.digest == digest)).scalar()
    try:
        content = zlib.decompress(found) if found is not None else None
    except zlib.error:
        return None
    return content if content is not None and hashlib.sha256(content).hexdigest() == digest else None


def close(connection: sa.Connection, frozen: Frozen, files: Mapping[str, bytes]) -> Draft:
    """Close a period: what it stands on, and its files by their names below outbox/PERIOD. In one transaction it is closed or it is not."""
    digest = keep(connection, encode(frozen).encode())
    given = {name: keep(connection, content) for name, content in sorted(files.items())}
    values = {"period": frozen.period, "draft_number": frozen.number, "frozen": digest, "at": frozen.at, "who": frozen.who}
    inserted = connection.execute(closings.insert().values(**values, confirmed_by=frozen.confirmed_by, reopened_by="", reopened_why=""))
    number = int((inserted.inserted_primary_key or (0,))[0])
    connection.execute(closed_files.insert(), [{"closing": number, "name": name, "digest": text} for name, text in given.items()])
    connection.execute(proposals.delete().where(proposals.c.period == frozen.period))
    closing = [frozen.number, digest, frozen.who, frozen.confirmed_by]
    append(connection, EventKind.CLOSE, period=frozen.period, closing=closing, closed=sorted(given.items()))
    return Draft(frozen.period, frozen.number, digest, frozen.at, frozen.who, frozen.confirmed_by, id=number)


def reopen(connection: sa.Connection, draft: Draft, *, at: datetime, who: str, why: str) -> None:
    """Open a closed period again, with who and why, in the caller's transaction; the draft stays as it is, and the event log has an entry."""
    connection.execute(closings.update().where(closings.c.id == draft.id).values(reopened_at=at, reopened_by=who, reopened_why=why))
    append(connection, EventKind.REOPEN, period=draft.period, draft=draft.number, who=who, why=why)


def files_of(connection: sa.Connection, draft: Draft) -> dict[str, str]:
    """Give the SHA-256 of each of a draft's files by its name below outbox/PERIOD; empty for a draft that was never closed."""
    query = sa.select(closed_files.c.name, closed_files.c.digest).where(closed_files.c.closing == draft.id).order_by(closed_files.c.name)
    return {name: digest for name, digest in connection.execute(query)}  # noqa: C416 - a row is not a pair


def add_file(connection: sa.Connection, draft: Draft, name: str, content: bytes) -> None:
    """Keep one more file of a draft that was made from its closed bytes: a PDF."""
    digest = keep(connection, content)
    connection.execute(closed_files.insert().values(closing=draft.id, name=name, digest=digest))
    append(connection, EventKind.CLOSE, period=draft.period, draft=draft.number, closed=[[name, digest]])


def frozen_of(connection: sa.Connection, draft: Draft) -> Frozen | None:
    """Give what a draft stands on, None where the ledger's bytes of it are damaged."""
    content = stored_content(connection, draft.frozen)
    return decode(Frozen, content.decode()) if content is not None else None


def proposal(connection: sa.Connection, period: str) -> Proposal | None:
    """Give the proposal of a period that waits for a second person, None where none does."""
    row = connection.execute(sa.select(proposals.c.mark, proposals.c.at, proposals.c.who).where(proposals.c.period == period)).first()
    return Proposal(*row) if row else None


def proposed(connection: sa.Connection) -> list[str]:
    """List the periods (`2023Q1`) whose closing waits for a second person, in no order."""
    return list(connection.execute(sa.select(proposals.c.period)).scalars())


def propose(connection: sa.Connection, period: str, made: Proposal) -> None:
    """Propose to close a period, in the place of what was proposed before."""
    connection.execute(proposals.delete().where(proposals.c.period == period))
    connection.execute(proposals.insert().values(period=period, **made._asdict()))
    append(connection, EventKind.CLOSE, period=period, proposed=list(map(str, made)))


def damaged(connection: sa.Connection, wanted: Iterable[str]) -> list[str]:
    """List the digests under which the bytes are not there or not those any more."""
    return [digest for digest in wanted if stored_content(connection, digest) is None]


def size(connection: sa.Connection) -> int:
    """Give how many bytes (packed) of the ledger are what was closed."""
    return connection.execute(sa.select(sa.func.sum(sa.func.length(blobs.c.content)))).scalar() or 0

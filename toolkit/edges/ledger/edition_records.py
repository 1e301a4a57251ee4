"""The ledger's editions: what the master lists, forms and rules said, kept by content; and which of them held when."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, TypeVar

import sqlalchemy as sa

from toolkit.edges.ledger.edition_tables import editions, registrations
from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.parsed_cache import cached
from toolkit.model.codec import decode, digest_of, encode

_T = TypeVar("_T")


class EditionKind(StrEnum):
    """What an edition was registered as; it says what a registration's `name` is."""

    BASE = "base"  # a year's master list as its changes are counted from: the year
    LIST = "list"  # a year's master list with all its changes, as the clerk has it: the year
    FORM = "form"  # a form: its code
    ISSUED = "issued"  # the form that a period was issued with: the period
    RULES = "rules"  # the assessment rules: ''


class Registration(NamedTuple):
    """One entry: which edition was registered as what, by whom, when."""

    id: int
    shelf: EditionKind
    name: str
    digest: str
    who: str
    at: datetime


def register(connection: sa.Connection, shelf: EditionKind, name: str, value: object, *, who: str, at: datetime) -> str:
    """Register a value as the newest of its name, where it is not that already; gives its digest."""
    content = encode(value)
    digest = digest_of(content)
    newest = _newest(connection, shelf, name)
    if newest is not None and newest.digest == digest:
        return digest
    if connection.execute(sa.select(editions.c.digest).where(editions.c.digest == digest)).first() is None:
        connection.execute(editions.insert().values(digest=digest, kind=type(value).__name__, content=content, at=at))
    connection.execute(registrations.insert().values(shelf=shelf.value, name=name, digest=digest, who=who, at=at))
    append(connection, EventKind.REGISTER, shelf=shelf.value, name=name, digest=digest, who=who)
    return digest


def newest(connection: sa.Connection, shelf: EditionKind, name: str, kind: type[_T]) -> _T | None:
    """Give what was registered last under a name, None before anything was."""
    found = _newest(connection, shelf, name)
    return _edition(connection, found.digest, kind, f"{shelf} {name}".strip()) if found else None


def edition(connection: sa.Connection, digest: str, kind: type[_T]) -> _T | None:
    """Give an edition by its digest, None for one that was never kept."""
    return _edition(connection, digest, kind, kind.__name__)


def _edition(connection: sa.Connection, digest: str, kind: type[_T], name: str) -> _T | None:
    """Give an edition; where the ledger is the workspace's file it is kept decoded, by its text."""
    content = connection.execute(sa.select(editions.c.content).where(editions.c.digest == digest)).scalar()
    if content is None:
        return None
    return decoded(connection, kind, content, f"台账 {name}")


def decoded(connection: sa.Connection, kind: type[_T], content: str, name: str) -> _T:
    """Give back a value of a type from its text; where the ledger is the workspace's file it is kept as it was decoded the last time under this name."""
    url = connection.engine.url
    records = Path(url.database or "").parent
    if url.get_backend_name() != "sqlite" or records.name != "records":
        return decode(kind, content)
    return cached(records, name, kind.__name__.encode(), content.encode("utf-8", "surrogatepass"), make=lambda: decode(kind, content))


def names(connection: sa.Connection, shelf: EditionKind) -> list[str]:
    """List the names (a period, a year) under which something was registered, in order; [] for none."""
    query = sa.select(registrations.c.name).where(registrations.c.shelf == shelf.value).distinct().order_by(registrations.c.name)
    return list(connection.execute(query).scalars())


def history(connection: sa.Connection, shelf: EditionKind, name: str) -> list[Registration]:
    """List every registration under a name, oldest first; [] where there was none."""
    same = sa.and_(registrations.c.shelf == shelf.value, registrations.c.name == name)
    rows = connection.execute(sa.select(registrations).where(same).order_by(registrations.c.id)).mappings()
    return [Registration(**{**row, "shelf": EditionKind(row["shelf"])}) for row in rows]


def _newest(connection: sa.Connection, shelf: EditionKind, name: str) -> sa.Row[tuple[str]] | None:
    same = sa.and_(registrations.c.shelf == shelf.value, registrations.c.name == name)
    return connection.execute(sa.select(registrations.c.digest).where(same).order_by(registrations.c.id.desc()).limit(1)).first()

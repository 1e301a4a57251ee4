"""The ledger's changes of the master list: added, and edited by a further version; none is ever taken out."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from toolkit.edges.ledger.edition_records import EditionKind, decoded, history
from toolkit.edges.ledger.edition_tables import amendments
from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.ledger.ledger_tables import shown
from toolkit.model.amendment_sheet import Shown
from toolkit.model.amendments import Amendment, AmendmentKind, AmendmentSubject, Change
from toolkit.model.codec import digest_of, encode


def add(connection: sa.Connection, drawn_up: Iterable[Amendment]) -> list[Amendment]:
    """Add changes under the next free ids (those they come with are not looked at); gives them as they were kept."""
    last = connection.execute(sa.select(sa.func.max(amendments.c.id))).scalar() or 0
    added = [replace(amendment, id=number, version=1) for number, amendment in enumerate(drawn_up, last + 1)]
    _keep(connection, added)
    return added


def edit(connection: sa.Connection, edited: Iterable[Amendment]) -> list[Amendment]:
    """Keep further versions of changes that are known by their ids; gives them as they were kept."""
    query = sa.select(amendments.c.id, sa.func.max(amendments.c.version)).group_by(amendments.c.id)
    versions = {number: version for number, version in connection.execute(query)}  # noqa: C416 - a row is not a pair
    versioned = [replace(amendment, version=versions[amendment.id] + 1) for amendment in edited]
    _keep(connection, versioned)
    return versioned


def holding(connection: sa.Connection, year: int) -> list[Amendment]:
    """Give the changes of a year's list in their newest versions, by id; those that were taken back, too."""
    found: dict[int, Amendment] = {}
    query = sa.select(amendments).where(amendments.c.year == year).order_by(amendments.c.id, amendments.c.version)
    for row in connection.execute(query).mappings():
        found[row["id"]] = _amendment(row)
    return list(found.values())


def _keep(connection: sa.Connection, changed: list[Amendment]) -> None:
    rows = [_values(amendment) for amendment in changed]
    if rows:
        connection.execute(amendments.insert(), rows)
        append(connection, EventKind.AMEND, amendments=[in_log(row) for row in rows])


def in_log(row: Mapping[Any, Any]) -> list[str]:
    """Write a version of a change as the event log keeps it: its values as text, by the names of their columns."""
    return [str(value) for _, value in sorted(row.items())]


def _values(amendment: Amendment) -> dict[str, Any]:
    row = asdict(amendment)
    row.pop("change")
    return {**row, **amendment.change._asdict(), "about": amendment.change.about.value, "nature": amendment.nature.value}


def _amendment(row: Mapping[Any, Any]) -> Amendment:
    rest = dict(row)
    change = Change(AmendmentSubject(rest.pop("about")), *(rest.pop(name) for name in ("subject", "matter", "before", "after")))
    return Amendment(**{**rest, "change": change, "nature": AmendmentKind(rest["nature"])})


def remember_list(connection: sa.Connection, written: Shown, at: datetime) -> str:
    """Keep what a master list's workbook is about to show; gives the token that the workbook carries."""
    content = encode(written)
    token = digest_of(content)[:16]
    if connection.execute(sa.select(shown.c.token).where(shown.c.token == token)).first() is None:
        connection.execute(shown.insert().values(token=token, content=content, at=at))
    return token


def mark_of(connection: sa.Connection, year: int, token: str) -> bytes:
    """Give a digest of all that the ledger says of a year's list: its editions, its changes, what the workbook with this token showed."""
    changes = connection.execute(sa.select(amendments).where(amendments.c.year == year).order_by(amendments.c.id, amendments.c.version))
    kept_as = [history(connection, shelf, str(year)) for shelf in (EditionKind.BASE, EditionKind.LIST)]
    content = connection.execute(sa.select(shown.c.content).where(shown.c.token == token)).scalar()
    return digest_of(repr((list(map(tuple, changes)), kept_as, content))).encode()


def list_shown(connection: sa.Connection, token: str) -> Shown | None:
    """Give what a master list's workbook with this token showed; None for a token that we never gave."""
    content = connection.execute(sa.select(shown.c.content).where(shown.c.token == token)).scalar()
    return decoded(connection, Shown, content, "台账 shown") if content is not None else None

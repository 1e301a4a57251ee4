"""The ledger's part about evidence: each match is added, never changed; the last one on a file holds while the file is archived as evidence."""

import json
from datetime import datetime

import sqlalchemy as sa

from toolkit.edges.ledger.evidence_tables import evidence
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.ledger.ledger_tables import files, issues
from toolkit.edges.ledger.ruling_tables import servers_times
from toolkit.model.evidence import Evidence, EvidenceKind
from toolkit.model.returns import Outcome


def matches(ledger: Ledger, period: str = "", *, up_to: datetime | None = None) -> list[Evidence]:
    """Give what is archived as evidence of a period ('' for all), in the order of the files; of matches, the last one up to a moment holds."""
    newest = sa.select(sa.func.max(evidence.c.id)).group_by(evidence.c.file)
    newest = newest.where(evidence.c.at <= up_to) if up_to else newest
    query = (
        sa.select(evidence, files.c.name, files.c.path, files.c.digest, files.c.size, files.c.collected, files.c.outcome, servers_times.c.at.label("server"))
        .join(files, files.c.id == evidence.c.file)
        .outerjoin(servers_times, servers_times.c.file == files.c.id)
        .where(evidence.c.id.in_(newest), *((evidence.c.period == period,) if period else ()), *(() if up_to else (_stays(),)))
        .order_by(evidence.c.file)
    )
    with ledger.reading() as connection:
        return [_evidence(ledger, row) for row in connection.execute(query)]


def _stays() -> sa.ColumnElement[bool]:
    return files.c.outcome == Outcome.ATTACHED.value


def _evidence(ledger: Ledger, row: sa.Row[tuple[object, ...]]) -> Evidence:
    known = row._mapping  # noqa: SLF001 - SQLAlchemy's own public name
    unit = ledger.database.units.name(known["period"], known["unit"])
    which = known["file"], unit, known["period"], EvidenceKind(known["kind"]), tuple(json.loads(known["tasks"])), known["basis"]
    return Evidence(*which, known["name"], known["path"], known["digest"], known["size"], known["server"] or known["collected"])


def receipts_given(ledger: Ledger) -> dict[str, tuple[str, str]]:
    """Give every receipt code that was ever given: code → (period, unit)."""
    with ledger.reading() as connection:
        found = connection.execute(sa.select(issues.c.receipt, issues.c.period, issues.c.unit)).all()
    return {row.receipt: (row.period, ledger.database.units.name(row.period, row.unit)) for row in found}

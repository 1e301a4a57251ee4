"""The ledger's table of evidence, and how it grows: whose a file is and of which tasks; a later line on the same file goes before an earlier one."""

import json
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.ledger.ledger_tables import metadata, text
from toolkit.model.returns import Arrival

SAID = ("file", "period", "unit", "kind", "tasks", "basis")  # what the event log tells of a match

evidence = sa.Table(
    "evidence",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("file", sa.ForeignKey("files.id"), nullable=False, index=True),
    sa.Column("period", text(8), nullable=False, index=True),
    sa.Column("unit", text(), nullable=False),
    sa.Column("kind", text(8), nullable=False),
    sa.Column("tasks", text(), nullable=False),  # JSON: a list of numbers
    sa.Column("basis", text(), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)


def record_matches(connection: sa.Connection, recorded: Sequence[tuple[int, Arrival]], at: datetime) -> None:
    """Add whose recorded files are, where they are evidence; arrivals name their unit as the ledger keeps it."""
    rows = [_row(file, arrival) for file, arrival in recorded if arrival.evidence]
    if rows:
        connection.execute(evidence.insert(), [{**row, "at": at} for row in rows])
        append(connection, EventKind.EVIDENCE, evidence=[[row[name] for name in SAID] for row in rows])


def _row(file: int, arrival: Arrival) -> dict[str, object]:
    match = arrival.evidence
    kind, tasks, basis = (match.kind.value, list(match.tasks), match.basis) if match else ("", [], "")
    return {"file": file, "period": arrival.period, "unit": arrival.unit, "kind": kind, "tasks": json.dumps(tasks, ensure_ascii=False), "basis": basis}

"""The ledger's table of what was erased when its time was over."""

import sqlalchemy as sa

from toolkit.edges.ledger.ledger_tables import metadata, text

ERASED = ("file", "kind", "digest", "path", "why", "who")  # what the event log tells of an erasure

erasures = sa.Table(
    "erasures",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("file", sa.ForeignKey("files.id"), nullable=False, index=True),
    sa.Column("kind", text(8), nullable=False),
    sa.Column("digest", text(64), nullable=False),
    sa.Column("path", text(), nullable=False),
    sa.Column("why", text(), nullable=False),
    sa.Column("who", text(200), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)

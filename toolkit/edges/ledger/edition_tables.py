"""The ledger's tables of editions (what the office's own books said, and when) and of changes of the master list."""

import sqlalchemy as sa

from toolkit.edges.ledger.ledger_tables import metadata, text

editions = sa.Table(
    "editions",
    metadata,
    sa.Column("digest", text(64), primary_key=True),
    sa.Column("kind", text(8), nullable=False),
    sa.Column("content", text(), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)

registrations = sa.Table(
    "registrations",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("shelf", text(8), nullable=False),
    sa.Column("name", text(64), nullable=False),
    sa.Column("digest", sa.ForeignKey("editions.digest"), nullable=False),
    sa.Column("who", text(), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Index("registrations_by_name", "shelf", "name"),
)

amendments = sa.Table(
    "amendments",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("year", sa.Integer, nullable=False, index=True),
    sa.Column("about", text(8), nullable=False),
    sa.Column("subject", text(), nullable=False),
    sa.Column("matter", text(), nullable=False),
    sa.Column("before", text(), nullable=False),
    sa.Column("after", text(), nullable=False),
    sa.Column("since", sa.Date, nullable=False),
    sa.Column("since_text", text(16), nullable=False),
    sa.Column("nature", text(8), nullable=False),
    sa.Column("reference", text(), nullable=False),
    sa.Column("reason", text(), nullable=False),
    sa.Column("approved", text(), nullable=False),
    sa.Column("origin", text(), nullable=False),
    sa.Column("who", text(), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("is_void", sa.Boolean, nullable=False),
)

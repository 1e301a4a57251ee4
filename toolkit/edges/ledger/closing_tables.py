"""The ledger's tables about rounds: whose round a file of nobody is, what was closed, and the closed bytes; what changes here needs a step in `schema`."""

import sqlalchemy as sa

from toolkit.edges.ledger.ledger_tables import metadata, text

# The round that a file belongs to which tells no period of its own: settled when it is recorded, and never again.
file_rounds = sa.Table(
    "file_rounds",
    metadata,
    sa.Column("file", sa.ForeignKey("files.id"), primary_key=True),
    sa.Column("period", text(8), nullable=False, index=True),
)

# Bytes by their SHA-256: closed books, papers and PDFs, and what a closing froze.
blobs = sa.Table(
    "blobs",
    metadata,
    sa.Column("digest", text(64), primary_key=True),
    sa.Column("content", sa.LargeBinary, nullable=False),
)

# One row a draft (第 n 稿) of a period; `frozen` is the digest of what it stands on. A proposed one waits for a second person.
closings = sa.Table(
    "closings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("period", text(8), nullable=False),
    sa.Column("draft_number", sa.Integer, nullable=False),
    sa.Column("frozen", text(64), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("who", text(), nullable=False),
    sa.Column("confirmed_by", text(), nullable=False),
    sa.Column("reopened_at", sa.DateTime, nullable=True),
    sa.Column("reopened_by", text(), nullable=False),
    sa.Column("reopened_why", text(), nullable=False),
    sa.UniqueConstraint("period", "draft_number"),
)

# The files of a closed draft: names below outbox/PERIOD, forward slashes.
closed_files = sa.Table(
    "closed_files",
    metadata,
    sa.Column("closing", sa.ForeignKey("closings.id"), primary_key=True),
    sa.Column("name", text(255), primary_key=True),
    sa.Column("digest", text(64), nullable=False),
)

# Proposals that wait for a second person: what was shown to the first.
proposals = sa.Table(
    "proposals",
    metadata,
    sa.Column("period", text(8), primary_key=True),
    sa.Column("mark", text(64), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("who", text(), nullable=False),
)

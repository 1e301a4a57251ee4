"""The ledger's tables of rulings and of when returns came: who decided, and when the mail server took a file in."""

import sqlalchemy as sa

from toolkit.edges.ledger.ledger_tables import metadata, text

deciders = sa.Table(
    "deciders",
    metadata,
    sa.Column("decision", sa.ForeignKey("decisions.id"), primary_key=True),
    sa.Column("who", text(200), nullable=False),
)

# Files that came by mail; others came when we first saw them, which `files.collected` tells.
servers_times = sa.Table(
    "servers_times",
    metadata,
    sa.Column("file", sa.ForeignKey("files.id"), primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False),
)

# Whom to send what, and why: each issue with its reason, and what was taken back.
dispatches = sa.Table(
    "dispatches",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("form", text(64), nullable=False),
    sa.Column("period", text(8), nullable=False, index=True),
    sa.Column("unit", text(), nullable=False),
    sa.Column("receipt", text(16), nullable=False),
    sa.Column("deed", text(8), nullable=False),
    sa.Column("why", text(), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)

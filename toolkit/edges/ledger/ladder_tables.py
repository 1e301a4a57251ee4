"""The ledger's table of steps that were taken on the ladder of supervision: added, never changed, each level once for a matter."""

import sqlalchemy as sa

from toolkit.edges.ledger.ledger_tables import metadata, text

SAID = ("year", "number", "period", "unit", "task", "level", "cause", "paper")  # what the event log tells of a step

ladder_steps = sa.Table(
    "ladder_steps",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("year", sa.Integer, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("period", text(8), nullable=False, index=True),
    sa.Column("unit", text(200), nullable=False),
    sa.Column("task", text(64), nullable=False),
    sa.Column("level", text(8), nullable=False),
    sa.Column("cause", text(), nullable=False),
    sa.Column("paper", text(), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("period", "unit", "task", "level"),
)

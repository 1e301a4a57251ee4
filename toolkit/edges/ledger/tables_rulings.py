"""The ledger's tables of rulings: who decided."""

import sqlalchemy as sa

from toolkit.edges.ledger.tables import metadata, text

deciders = sa.Table(
    "deciders",
    metadata,
    sa.Column("decision", sa.ForeignKey("decisions.id"), primary_key=True),
    sa.Column("who", text(200), nullable=False),
)

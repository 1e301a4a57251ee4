"""The ledger's table of what stands behind values of offices below: the rows of the sheet 数据来源 of each of their answers."""

from collections.abc import Iterable
from dataclasses import fields

import sqlalchemy as sa

from toolkit.edges.ledger.ledger_tables import metadata, text
from toolkit.edges.ledger.row_records import storable
from toolkit.model.lower_source import LowerSource
from toolkit.model.returns import Arrival

_TEXTS = tuple(field.name for field in fields(LowerSource) if field.name != "level")
_TOGETHER = 500  # files in one query

lower_sources = sa.Table(
    "lower_sources",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("returned", sa.ForeignKey("files.id"), nullable=False, index=True),
    sa.Column("level", sa.Integer, nullable=False),
    *(sa.Column(name, text(), nullable=False) for name in _TEXTS),
)


def source_rows(file: int, arrival: Arrival) -> list[dict[str, object]]:
    """Give the rows of a recorded file."""
    return [storable({"returned": file, "level": source.level, **{name: getattr(source, name) for name in _TEXTS}}) for source in arrival.sources]


def sources_of(connection: sa.Connection, files: Iterable[int]) -> dict[int, list[LowerSource]]:
    """Give what stands behind the values of files, in the order of their sheets; a file without such a sheet is not there."""
    wanted, found = list(files), dict[int, list[LowerSource]]()
    columns = (lower_sources.c.returned, lower_sources.c.level, *(lower_sources.c[name] for name in _TEXTS))
    for start in range(0, len(wanted), _TOGETHER):
        query = sa.select(*columns).where(lower_sources.c.returned.in_(wanted[start : start + _TOGETHER])).order_by(lower_sources.c.id)
        for number, level, *texts in connection.execute(query):
            found.setdefault(number, []).append(LowerSource(level, *texts))
    return found

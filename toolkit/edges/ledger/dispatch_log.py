"""The ledger's part about dispatching: which issue went to whom for what reason, and what was taken back."""

from collections.abc import Iterable

import sqlalchemy as sa

from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.ledger.ledger_tables import files
from toolkit.edges.ledger.ruling_tables import dispatches
from toolkit.model.dispatch import Dispatch, DispatchAction
from toolkit.model.returns import Outcome


def record(connection: sa.Connection, form: str, period: str, some: Iterable[Dispatch]) -> None:
    """Add what was issued or taken back; units by what they are known by for good."""
    rows = [{**dispatch._asdict(), "deed": dispatch.deed.value, "form": form, "period": period} for dispatch in some]
    if rows:
        connection.execute(dispatches.insert(), rows)
        append(connection, EventKind.ISSUE, period=period, dispatches=[[row["unit"], row["receipt"], row["deed"], row["why"]] for row in rows])


def last_of(connection: sa.Connection, period: str) -> dict[str, Dispatch]:
    """Give the last word on each unit of a period; a unit that an older program issued to has none."""
    query = sa.select(dispatches).where(dispatches.c.period == period).order_by(dispatches.c.id)
    return {row.unit: Dispatch(row.unit, DispatchAction(row.deed), row.why, row.receipt, row.at) for row in connection.execute(query)}


def withdrawn(connection: sa.Connection, period: str) -> set[str]:
    """Give the units whose form was taken back, and who had not reported: the period does not wait for them."""
    counts = files.c.outcome.in_([outcome.value for outcome in Outcome if outcome.counts])
    returned = set(connection.execute(sa.select(files.c.unit).where(files.c.period == period, counts).distinct()).scalars())
    return {unit for unit, last in last_of(connection, period).items() if last.deed is DispatchAction.WITHDRAWN} - returned

"""The ledger's part about receipts that a word of the office has made due: noted with the word itself, struck out once they are written."""

from collections.abc import Iterable

import sqlalchemy as sa

from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.ledger.ledger_tables import receipts_due


def note(ledger: Ledger, connection: sa.Connection, whose: Iterable[tuple[str, str]]) -> None:
    """Note for some (period, unit) that a receipt is due, in the caller's transaction; what is noted already stays."""
    known = {tuple(row) for row in connection.execute(sa.select(receipts_due.c.period, receipts_due.c.unit))}
    new = sorted({(period, ledger.database.units.key(period, unit)) for period, unit in whose} - known)
    if new:
        connection.execute(receipts_due.insert(), [{"period": period, "unit": unit} for period, unit in new])


def noted(ledger: Ledger) -> list[tuple[str, str]]:
    """List (period, unit) whose receipts are due."""
    query = sa.select(receipts_due).order_by(receipts_due.c.period, receipts_due.c.unit)
    with ledger.reading() as connection:
        return [(row.period, ledger.database.units.name(row.period, row.unit)) for row in connection.execute(query)]


def strike_out(ledger: Ledger, whose: Iterable[tuple[str, str]]) -> None:
    """Strike out what was written; nothing is touched where nothing is noted of it."""
    done = {*whose} & {*noted(ledger)}
    if not done:
        return
    with ledger.writing() as connection:
        for period, unit in sorted(done):
            same = (receipts_due.c.period == period, receipts_due.c.unit == ledger.database.units.key(period, unit))
            connection.execute(receipts_due.delete().where(*same))

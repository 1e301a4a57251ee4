"""The ledger's part about mail that goes out: every one before and after it is sent."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.ledger.ledger_tables import issues, mails, receipts
from toolkit.edges.ledger.row_records import storable
from toolkit.model.letter import Answer, Kind, Letter, SentLetter, State


class MailLog:
    """What an open ledger knows of mail."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def posted(self, period: str | None = None, kind: Kind | None = None) -> dict[str, SentLetter]:
        """Give every mail by its key, oldest first; of one period and kind, or all."""
        query = sa.select(mails).order_by(mails.c.at)
        query = query.where(mails.c.period == period) if period else query
        query = query.where(mails.c.kind == kind.value) if kind else query
        return {row.key: self._posted(row) for row in self._rows(query)}

    def by_message(self, identities: Iterable[str]) -> SentLetter | None:
        """Find the mail of ours that has one of these Message-IDs; None where none has."""
        found = self._rows(sa.select(mails).where(mails.c.message_id.in_(list(identities))))
        return self._posted(found[0]) if found else None

    def record(self, letter: Letter, answer: Answer, *, message_id: str, at: datetime) -> None:
        """Write down how a mail stands now, under its key (a later state takes the place of the earlier), and in the event log."""
        unit = self._ledger.database.units.key(letter.period, letter.unit)
        row = {"kind": letter.kind.value, "period": letter.period, "unit": unit, "address": letter.to, "message_id": message_id}
        row = storable(row | {"state": answer.state.value, "answer": answer.reply})
        with self._ledger.writing() as connection:
            known = connection.execute(mails.update().where(mails.c.key == letter.key).values(**row, at=at)).rowcount
            if not known:
                connection.execute(mails.insert().values(key=letter.key, **row, at=at))
            append(connection, EventKind.MAIL, period=letter.period, unit=unit, key=letter.key, state=answer.state.value, message_id=message_id)

    def came_back(self, key: str, text: str) -> None:
        """Write down, also in the event log, that a sent mail came back; `text` is what the server answered."""
        with self._ledger.writing() as connection:
            connection.execute(mails.update().where(mails.c.key == key).values(**storable({"state": State.REFUSED.value, "answer": text})))
            append(connection, EventKind.MAIL, key=key, state=State.REFUSED.value, answer=text)

    def receipt_codes(self, form: str, period: str) -> dict[str, str]:
        """Give the receipt code of each unit's last issue, by unit; a unit to which nothing was issued is not there."""
        query = sa.select(issues.c.unit, issues.c.receipt).where(issues.c.form == form, issues.c.period == period).order_by(issues.c.number)
        return {self._ledger.database.units.name(period, row.unit): row.receipt for row in self._rows(query)}

    def to_mend(self, period: str) -> dict[str, int]:
        """Give how many places the last receipt of each unit asks to mend, 0 for none."""
        query = sa.select(receipts.c.unit, receipts.c.faults).where(receipts.c.period == period).order_by(receipts.c.id)
        return {self._ledger.database.units.name(period, row.unit): row.faults for row in self._rows(query)}

    def _rows(self, query: sa.Select[Any]) -> list[sa.Row[Any]]:
        with self._ledger.reading() as connection:
            return list(connection.execute(query))

    def _posted(self, row: sa.Row[Any]) -> SentLetter:
        found = SentLetter(*(getattr(row, name) for name in SentLetter._fields))
        return found._replace(kind=Kind(found.kind), state=State(found.state), unit=self._ledger.database.units.name(found.period, found.unit))

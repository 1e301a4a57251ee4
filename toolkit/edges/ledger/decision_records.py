"""The ledger's decisions: added, never changed; and what each written workbook showed of them."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.ledger.ledger_tables import books, decisions, shown
from toolkit.edges.ledger.ruling_tables import deciders
from toolkit.model.decisions import HANDLING, NOTHING_DECIDED, OF_ALL_PERIODS, REASON, Decided, Decision, DecisionAction, DecisionSubject, decided_from

_WORD = ("about", "subject", "field", "value", "before")


def add(connection: sa.Connection, decided: Iterable[Decision]) -> None:
    """Add decisions, each with who made it; none is ever changed or deleted."""
    rows = [{**decision._asdict(), "about": decision.about.value} for decision in decided]
    if rows:
        people = [row.pop("who") for row in rows]
        ids = connection.execute(decisions.insert().returning(decisions.c.id, sort_by_parameter_order=True), rows).scalars().all()
        known = [{"decision": number, "who": who} for number, who in zip(ids, people, strict=True) if who]
        if known:
            connection.execute(deciders.insert(), known)
        append(connection, EventKind.DECIDE, words=[[row[name] for name in _WORD] for row in rows], who=people)


def last_number(connection: sa.Connection) -> int:
    """Give the number of the last decision (they count up from 1), 0 before the first."""
    return connection.execute(sa.select(sa.func.max(decisions.c.id))).scalar() or 0


def holding(connection: sa.Connection, up_to: int | None = None) -> Decided:
    """Give what holds now, or held after a decision: the last word on each column of each thing; a word that was taken back is left out."""
    found: dict[DecisionSubject, dict[str, dict[str, str]]] = {about: {} for about in DecisionSubject}
    query = sa.select(decisions).order_by(decisions.c.id)
    for row in connection.execute(query if up_to is None else query.where(decisions.c.id <= up_to)):
        fields = found[DecisionSubject(row.about)].setdefault(row.subject, {})
        fields[row.field] = row.value
    return Decided({about: {subject: filled for subject, fields in subjects.items() if (filled := _filled(fields))} for about, subjects in found.items()})


def _filled(fields: dict[str, str]) -> dict[str, str]:
    return {field: value for field, value in fields.items() if value}


def excluded(decided: Decided) -> dict[int, str]:
    """Give the files that the office put aside: number → reason (停用 where none was typed)."""
    files = decided.by.get(DecisionSubject.FILE, {})
    return {
        int(subject): fields.get(REASON) or DecisionAction.EXCLUDE.value
        for subject, fields in files.items()
        if fields.get(HANDLING) == DecisionAction.EXCLUDE.value
    }


def remember_shown(connection: sa.Connection, decided: Decided, at: datetime) -> str:
    """Keep what a workbook is about to show; gives the token that the workbook carries."""
    token = decided.token()
    if connection.execute(sa.select(shown.c.token).where(shown.c.token == token)).first() is None:
        connection.execute(shown.insert().values(token=token, content=decided.written(), at=at))
    return token


def shown_by(connection: sa.Connection, token: str) -> Decided | None:
    """Give what a workbook with this token showed when it was written; None for a token that we never gave."""
    text = connection.execute(sa.select(shown.c.content).where(shown.c.token == token)).scalar()
    return decided_from(text) if text is not None else NOTHING_DECIDED if token == NOTHING_DECIDED.token() else None


def after(connection: sa.Connection, number: int) -> list[Decision]:
    """Give the decisions whose numbers are above one (0: all), oldest first."""
    return words(connection, decisions.c.id > number)


def history(connection: sa.Connection, about: DecisionSubject, subject: str) -> list[Decision]:
    """Give every word on one thing, oldest first, those that were overridden too."""
    return words(connection, decisions.c.about == about.value, decisions.c.subject == subject)


def history_of(connection: sa.Connection, period: str, up_to: int | None = None) -> list[Decision]:
    """Give every word on what belongs to a period, oldest first, up to a decision; also words on files and letters, which are numbered through all periods."""
    of_all = decisions.c.about.in_([about.value for about in OF_ALL_PERIODS])
    until = sa.true() if up_to is None else decisions.c.id <= up_to
    return words(connection, sa.or_(of_all, decisions.c.subject.startswith(f"{period}|", autoescape=True)), until)


def words(connection: sa.Connection, *which: sa.ColumnElement[bool]) -> list[Decision]:
    """Give the words that fulfil all conditions on the table of decisions, oldest first, each with who gave it."""
    both = sa.select(decisions, deciders.c.who).outerjoin(deciders, deciders.c.decision == decisions.c.id)
    found = connection.execute(both.where(*which).order_by(decisions.c.id))
    return [Decision(DecisionSubject(row.about), row.subject, row.field, row.value, row.before, row.at, row.who or "") for row in found]


def book_digest(connection: sa.Connection, path: str) -> str:
    """Give the digest of a workbook as we last wrote or read it, '' for one that we do not know."""
    return connection.execute(sa.select(books.c.digest).where(books.c.path == path)).scalar() or ""


def remember_book(connection: sa.Connection, path: str, digest: str) -> None:
    """Keep the digest of a workbook that was written or read back."""
    connection.execute(books.delete().where(books.c.path == path))
    connection.execute(books.insert().values(path=path, digest=digest))
    append(connection, EventKind.BOOK, path=path, digest=digest)

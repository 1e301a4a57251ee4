"""The ledger's tables; what changes here needs a step in `schema`."""

from typing import Any

import sqlalchemy as sa

from toolkit.model.appeals import APPEAL_FORM

metadata = sa.MetaData()


def _text(length: int = 0) -> sa.types.TypeEngine[Any]:
    """Text of any length, in the order of its code points: SQLite keeps it so whatever is declared, and a server is to do the same."""
    declared = sa.String(length) if length else sa.Text()
    return declared.with_variant(sa.Text(collation="C"), "postgresql")


text = _text  # for tables that stand in files of their own


issues = sa.Table(
    "issues",
    metadata,
    sa.Column("receipt", _text(16), primary_key=True),
    sa.Column("form", _text(64), nullable=False),
    sa.Column("period", _text(8), nullable=False),
    sa.Column("unit", _text(), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("digest", _text(64), nullable=False),
    sa.Column("seal", _text(), nullable=False),
    sa.Column("issued_at", sa.DateTime, nullable=False),
    sa.Index("issues_by_period", "form", "period", "unit"),
)


def of_rounds() -> sa.ColumnElement[bool]:
    """Say which issues belong to rounds: a form to appeal opens none."""
    return issues.c.form != APPEAL_FORM


files = sa.Table(
    "files",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("digest", _text(64), nullable=False, index=True),
    sa.Column("name", _text(), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("sent", sa.DateTime, nullable=False),
    sa.Column("collected", sa.DateTime, nullable=False),
    sa.Column("outcome", _text(24), nullable=False),
    sa.Column("reason", _text(), nullable=False),
    sa.Column("unit", _text(), nullable=False),
    sa.Column("period", _text(8), nullable=False, index=True),
    sa.Column("form", _text(64), nullable=False),
    sa.Column("receipt", _text(16), nullable=False),
    sa.Column("issue", sa.Integer, nullable=False),
    sa.Column("path", _text(), nullable=False),
    sa.Column("votes", _text(), nullable=False),
    sa.Column("origin", _text(), nullable=False),
)

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("file", sa.ForeignKey("files.id"), nullable=False, index=True),
    sa.Column("sheet", _text(), nullable=False),
    sa.Column("key", _text(), nullable=False),
    sa.Column("number", _text(), nullable=False),
    sa.Column("role", _text(), nullable=False),
    sa.Column("place", _text(), nullable=False),
    sa.Column("answers", _text(), nullable=False),
    sa.Column("blanks", _text(), nullable=False),
)

findings = sa.Table(
    "findings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("file", sa.ForeignKey("files.id"), nullable=False, index=True),
    sa.Column("code", _text(8), nullable=False),
    sa.Column("unit", _text(), nullable=False),
    sa.Column("title", _text(), nullable=False),
    sa.Column("sheet", _text(), nullable=False),
    sa.Column("cell", _text(), nullable=False),
    sa.Column("facts", _text(), nullable=False),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("about", _text(16), nullable=False),
    sa.Column("subject", _text(), nullable=False),
    sa.Column("field", _text(), nullable=False),
    sa.Column("value", _text(), nullable=False),
    sa.Column("before", _text(), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Index("decisions_by_subject", "about", "subject"),
)

receipts = sa.Table(
    "receipts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("period", _text(8), nullable=False),
    sa.Column("unit", _text(), nullable=False),
    sa.Column("newest", sa.Integer, nullable=False),
    sa.Column("state", _text(64), nullable=False),
    sa.Column("path", _text(), nullable=False),
    sa.Column("faults", sa.Integer, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Index("receipts_by_unit", "period", "unit"),
)

receipts_due = sa.Table(
    "receipts_due",
    metadata,
    sa.Column("period", _text(8), primary_key=True),
    sa.Column("unit", _text(200), primary_key=True),
)

papers = sa.Table(
    "papers",
    metadata,
    sa.Column("period", _text(8), primary_key=True),
    sa.Column("name", _text(255), primary_key=True),
    sa.Column("digest", _text(64), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)

supervision = sa.Table(
    "supervision",
    metadata,
    sa.Column("year", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("period", _text(8), nullable=False),
    sa.Column("task", _text(64), nullable=False),
    sa.Column("unit", _text(), nullable=False),
    sa.Column("state", _text(8), nullable=False),
    sa.Column("deadline", sa.Date, nullable=False),
    sa.Column("feedback", _text(), nullable=False),
    sa.Column("note", _text(), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("period", "task"),
)

shown = sa.Table(
    "shown",
    metadata,
    sa.Column("token", _text(16), primary_key=True),
    sa.Column("content", _text(), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)

books = sa.Table(
    "books",
    metadata,
    sa.Column("path", _text(500), primary_key=True),
    sa.Column("digest", _text(64), nullable=False),
)

mails = sa.Table(
    "mails",
    metadata,
    sa.Column("key", _text(300), primary_key=True),
    sa.Column("kind", _text(8), nullable=False),
    sa.Column("period", _text(8), nullable=False, index=True),
    sa.Column("unit", _text(), nullable=False),
    sa.Column("address", _text(), nullable=False),
    sa.Column("state", _text(8), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("answer", _text(), nullable=False),
    sa.Column("message_id", _text(200), nullable=False, index=True),
)

fetched = sa.Table(
    "fetched",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("server", _text(200), nullable=False),
    sa.Column("folder", _text(200), nullable=False),
    sa.Column("uidvalidity", sa.BigInteger, nullable=False),
    sa.Column("uid", sa.BigInteger, nullable=False),
    sa.Column("digest", _text(64), nullable=False, index=True),
    sa.Column("message_id", _text(), nullable=False),
    sa.Column("became", _text(), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("server", "folder", "uidvalidity", "uid"),
)

deeds = sa.Table(
    "deeds",
    metadata,
    sa.Column("name", _text(100), primary_key=True),
    sa.Column("at", sa.DateTime, nullable=False),
)

versions = sa.Table(
    "versions",
    metadata,
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.DateTime, nullable=False),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("what", _text(8), nullable=False),
    sa.Column("period", _text(8), nullable=False),
    sa.Column("unit", _text(), nullable=False),
    sa.Column("details", _text(), nullable=False),
    sa.Column("previous", _text(64), nullable=False),
    sa.Column("hash", _text(64), nullable=False),
)

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'events are only added'); END"
_ONLY_ADDED = {
    "sqlite": tuple(f"CREATE TRIGGER events_no_{deed} BEFORE {deed} ON events {_REFUSE}" for deed in ("update", "delete")),
    "postgresql": (
        "CREATE FUNCTION events_stay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'events are only added'; END $$",
        "CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION events_stay()",
    ),
}
for _dialect, _statements in _ONLY_ADDED.items():
    for _statement in _statements:
        sa.event.listen(events, "after_create", sa.DDL(_statement).execute_if(dialect=_dialect))  # type: ignore[no-untyped-call]

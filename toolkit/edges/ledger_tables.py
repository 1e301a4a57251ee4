"""The ledger's tables; what changes here needs a step in ledger_schema."""

import sqlalchemy as sa

metadata = sa.MetaData()

issues = sa.Table(
    "issues",
    metadata,
    sa.Column("receipt", sa.String(16), primary_key=True),
    sa.Column("form", sa.String(64), nullable=False),
    sa.Column("period", sa.String(8), nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("seal", sa.Text, nullable=False),
    sa.Column("issued_at", sa.DateTime, nullable=False),
    sa.Index("issues_by_period", "form", "period", "unit"),
)

files = sa.Table(
    "files",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("sent", sa.DateTime, nullable=False),
    sa.Column("collected", sa.DateTime, nullable=False),
    sa.Column("outcome", sa.String(24), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("period", sa.String(8), nullable=False, index=True),
    sa.Column("form", sa.String(64), nullable=False),
    sa.Column("receipt", sa.String(16), nullable=False),
    sa.Column("issue", sa.Integer, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("votes", sa.Text, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
)

answers = sa.Table(
    "answers",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("file", sa.ForeignKey("files.id"), nullable=False, index=True),
    sa.Column("sheet", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("place", sa.Text, nullable=False),
    sa.Column("answers", sa.Text, nullable=False),
    sa.Column("blanks", sa.Text, nullable=False),
)

findings = sa.Table(
    "findings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("file", sa.ForeignKey("files.id"), nullable=False, index=True),
    sa.Column("code", sa.String(8), nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("sheet", sa.Text, nullable=False),
    sa.Column("cell", sa.Text, nullable=False),
    sa.Column("facts", sa.Text, nullable=False),
)

decisions = sa.Table(
    "decisions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("about", sa.String(16), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("before", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Index("decisions_by_subject", "about", "subject"),
)

receipts = sa.Table(
    "receipts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("period", sa.String(8), nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("newest", sa.Integer, nullable=False),
    sa.Column("state", sa.String(64), nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("faults", sa.Integer, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Index("receipts_by_unit", "period", "unit"),
)

papers = sa.Table(
    "papers",
    metadata,
    sa.Column("period", sa.String(8), primary_key=True),
    sa.Column("name", sa.String(255), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)

supervision = sa.Table(
    "supervision",
    metadata,
    sa.Column("year", sa.Integer, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("period", sa.String(8), nullable=False),
    sa.Column("task", sa.String(64), nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("deadline", sa.Date, nullable=False),
    sa.Column("feedback", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("period", "task"),
)

shown = sa.Table(
    "shown",
    metadata,
    sa.Column("token", sa.String(16), primary_key=True),
    sa.Column("content", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
)

books = sa.Table(
    "books",
    metadata,
    sa.Column("path", sa.String(500), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
)

mails = sa.Table(
    "mails",
    metadata,
    sa.Column("key", sa.String(300), primary_key=True),
    sa.Column("kind", sa.String(8), nullable=False),
    sa.Column("period", sa.String(8), nullable=False, index=True),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("address", sa.Text, nullable=False),
    sa.Column("state", sa.String(8), nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.Column("answer", sa.Text, nullable=False),
    sa.Column("message_id", sa.String(200), nullable=False, index=True),
)

fetched = sa.Table(
    "fetched",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("server", sa.String(200), nullable=False),
    sa.Column("folder", sa.String(200), nullable=False),
    sa.Column("uidvalidity", sa.BigInteger, nullable=False),
    sa.Column("uid", sa.BigInteger, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False, index=True),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("became", sa.Text, nullable=False),
    sa.Column("at", sa.DateTime, nullable=False),
    sa.UniqueConstraint("server", "folder", "uidvalidity", "uid"),
)

deeds = sa.Table(
    "deeds",
    metadata,
    sa.Column("name", sa.String(100), primary_key=True),
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
    sa.Column("what", sa.String(8), nullable=False),
    sa.Column("period", sa.String(8), nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.Column("details", sa.Text, nullable=False),
    sa.Column("previous", sa.String(64), nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
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

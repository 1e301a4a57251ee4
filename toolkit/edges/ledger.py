"""The ledger (SQLAlchemy Core; SQLite by default): what was issued, every file that came, every row that was read, every finding."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa

from toolkit.edges.ledger_papers import PaperLedger
from toolkit.edges.ledger_rows import ROW, finding_from, finding_values, row_from, row_values
from toolkit.edges.ledger_tables import answers, files, findings, issues, metadata, receipts
from toolkit.model.findings import Finding
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.returns import Arrival, Outcome, Row
from toolkit.model.trouble import Trouble

_NEVER = datetime(9999, 1, 1)  # noqa: DTZ001 - the ledger keeps local times without zone


class FileRecord(NamedTuple):
    """One file as the ledger knows it; `path` is the archived original, from the workspace; `votes` is JSON: [[carrier, what it says, agrees], …]."""

    id: int
    digest: str
    name: str
    size: int
    sent: datetime
    collected: datetime
    outcome: Outcome
    reason: str
    unit: str
    period: str
    form: str
    receipt: str
    issue: int
    path: str
    votes: str
    origin: str


class Given(NamedTuple):
    """One receipt: for whom, for which state of things, where it lies from the workspace on, how much is to be mended."""

    period: str
    unit: str
    state: str
    path: str
    faults: int


class Ledger(PaperLedger):
    """One open ledger; what it keeps of papers is in ledger_papers."""

    def __init__(self, url: str) -> None:
        """Open, and make its tables when it is new. Raises Trouble when it cannot be opened."""
        try:
            self._engine = sa.create_engine(url)
            _keep_private(self._engine.url)
            if self._engine.dialect.name == "sqlite":
                sa.event.listen(self._engine, "connect", _set_up_sqlite)
                sa.event.listen(self._engine, "handle_error", _name_damage)
            metadata.create_all(self._engine)
        except (sa.exc.SQLAlchemyError, OSError) as error:
            raise Trouble(f"台账打不开：{error.__class__.__name__}。", "请检查 records/ledger.db 是否可写、是否损坏；可以从备份恢复。") from error

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """Give one transaction: all of it is kept, or nothing. Raises Trouble when the ledger cannot be written."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except sa.exc.OperationalError as error:
            raise Trouble(f"台账写不进去：{error.orig}。", "请检查 records 文件夹的写权限和磁盘空间，或等另一个正在运行的程序结束，再运行一次。") from error

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """Give a connection to read with."""
        with self._engine.connect() as connection:
            yield connection

    def damage(self) -> str:
        """Say in the database's own words what is wrong with the file, '' when it is whole; a server looks after itself."""
        if self._engine.dialect.name != "sqlite":
            return ""
        with self._engine.connect() as connection:
            said = [str(line) for line in connection.execute(sa.text("PRAGMA integrity_check(3)")).scalars()]
        return "" if said == ["ok"] else "；".join(said)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def last_issues(self, form: str, period: str, unit: str | None = None) -> dict[str, tuple[int, str]]:
        """Give each unit's (or one unit's) last issue of a form for a period: its number and content digest."""
        query = sa.select(issues.c.unit, issues.c.number, issues.c.digest).where(issues.c.form == form, issues.c.period == period)
        if unit is not None:
            query = query.where(issues.c.unit == unit)
        with self._engine.connect() as connection:
            return {unit: (number, digest) for unit, number, digest in connection.execute(query.order_by(issues.c.number))}

    def record_issue(self, connection: sa.Connection, issue: Issue, *, digest: str, seal: str, at: datetime) -> None:
        """Record an issue; an issue that is recorded already stays as it is."""
        known = connection.execute(sa.select(issues.c.receipt).where(issues.c.receipt == issue.receipt)).first()
        if known is None:
            row = {"receipt": issue.receipt, "form": issue.form, "period": issue.period, "unit": issue.unit, "number": issue.number}
            connection.execute(issues.insert().values(**row, digest=digest, seal=seal, issued_at=at))

    def seal_of(self, receipt: str) -> str | None:
        """Give the seal that was issued under a receipt code, None for a code we never gave."""
        with self._engine.connect() as connection:
            return connection.execute(sa.select(issues.c.seal).where(issues.c.receipt == receipt)).scalar()

    def seals(self) -> list[str]:
        """Give every seal that was ever issued, newest first."""
        with self._engine.connect() as connection:
            return list(connection.execute(sa.select(issues.c.seal).order_by(issues.c.issued_at.desc())).scalars())

    def issued_units(self, period: str) -> list[str]:
        """List units that were issued a form for a period."""
        with self._engine.connect() as connection:
            return list(connection.execute(sa.select(issues.c.unit).where(issues.c.period == period).distinct()).scalars())

    def issuing_span(self, period: str) -> tuple[datetime, datetime | None]:
        """Give when a period was first issued, and when the next one after it was (None: not yet)."""
        query = sa.select(issues.c.period, sa.func.min(issues.c.issued_at)).group_by(issues.c.period)
        with self._engine.connect() as connection:
            firsts = {name: first for name, first in connection.execute(query)}  # noqa: C416 - a row is not a pair
        start = firsts.get(period, _NEVER)
        return start, min((first for first in firsts.values() if first > start), default=None)

    def last_period(self) -> str | None:
        """Give the period that was issued last, None before the first issue."""
        query = sa.select(issues.c.period).group_by(issues.c.period).order_by(sa.func.min(issues.c.issued_at).desc(), issues.c.period.desc())
        with self._engine.connect() as connection:
            return connection.execute(query).scalars().first()

    def record_arrivals(self, connection: sa.Connection, arrivals: Sequence[tuple[Arrival, str]], *, at: datetime) -> None:
        """Record files with their outcomes, rows and findings, each with the path of its original."""
        rows = [{**arrival.sent._asdict(), "collected": at, "path": path, **_outcome_values(arrival)} for arrival, path in arrivals]
        ids = connection.execute(files.insert().returning(files.c.id, sort_by_parameter_order=True), rows).scalars().all()
        _record_content(connection, [(file, arrival) for file, (arrival, _) in zip(ids, arrivals, strict=True)])

    def replace_arrival(self, connection: sa.Connection, file: int, arrival: Arrival, *, path: str) -> None:
        """Give a recorded file another outcome, with the rows and findings that go with it."""
        connection.execute(files.update().where(files.c.id == file).values(path=path, **arrival.sent._asdict(), **_outcome_values(arrival)))
        for table in (answers, findings):
            connection.execute(table.delete().where(table.c.file == file))
        _record_content(connection, [(file, arrival)])

    def without_receipt(self) -> list[tuple[str, str]]:
        """List (period, unit) where a file that counts is newer than the unit's last receipt."""
        counts = files.c.outcome.in_([outcome.value for outcome in Outcome if outcome.counts])
        newest = _newest(files, files.c.id).where(counts).subquery()
        given = _newest(receipts, receipts.c.newest).subquery()
        both = newest.outerjoin(given, sa.and_(newest.c.period == given.c.period, newest.c.unit == given.c.unit))
        query = sa.select(newest.c.period, newest.c.unit).select_from(both).where(sa.or_(given.c.file.is_(None), newest.c.file > given.c.file))
        with self._engine.connect() as connection:
            return [(row.period, row.unit) for row in connection.execute(query)]

    def receipt_states(self, period: str) -> dict[str, str]:
        """Give the state that each unit's last receipt was written for."""
        query = sa.select(receipts.c.unit, receipts.c.state).where(receipts.c.period == period).order_by(receipts.c.id)
        with self._engine.connect() as connection:
            return {unit: state for unit, state in connection.execute(query)}  # noqa: C416 - a row is not a pair

    def sent_back(self, period: str) -> list[str]:
        """List the units whose last receipt asks them to mend something."""
        query = sa.select(receipts.c.unit, receipts.c.faults).where(receipts.c.period == period).order_by(receipts.c.id)
        with self._engine.connect() as connection:
            last = {unit: faults for unit, faults in connection.execute(query)}  # noqa: C416 - a row is not a pair
        return [unit for unit, faults in last.items() if faults]

    def record_receipts(self, connection: sa.Connection, given: Sequence[Given], *, at: datetime) -> None:
        """Record that units were given receipts, each for all files of the unit that are there now."""
        newest = {(row.period, row.unit): row.file for row in connection.execute(_newest(files, files.c.id))} if given else {}
        rows = [{**one._asdict(), "newest": newest[one.period, one.unit], "at": at} for one in given]
        if rows:
            connection.execute(receipts.insert(), rows)

    def file(self, number: int) -> FileRecord | None:
        """Find a file by its number."""
        with self._engine.connect() as connection:
            row = connection.execute(sa.select(files).where(files.c.id == number)).first()
        return _record(row) if row else None

    def all_files(self, period: str | None = None) -> list[FileRecord]:
        """List every file, oldest first; of one period, or all."""
        query = sa.select(files).order_by(files.c.sent, files.c.id)
        if period is not None:
            query = query.where(files.c.period == period)
        with self._engine.connect() as connection:
            return [_record(row) for row in connection.execute(query)]

    def rows_of(self, file: FileRecord, form: Form) -> list[Row]:
        """Give the accepted rows of a file, typed by the form; columns that the form has no more are left out."""
        return self.rows_of_all([(file, form)]).get(file.id, [])

    def rows_of_all(self, wanted: Iterable[tuple[FileRecord, Form]]) -> dict[int, list[Row]]:
        """Give the accepted rows of many files, by the file's id."""
        known = {file.id: (file, form) for file, form in wanted}
        found: dict[int, list[Row]] = {}
        with self._engine.connect() as connection:
            for ids in _chunks(list(known)):
                query = sa.select(answers.c.file, *(answers.c[name] for name in ROW)).where(answers.c.file.in_(ids)).order_by(answers.c.id)
                for number, *stored in connection.execute(query):
                    file, form = known[number]
                    found.setdefault(number, []).append(row_from(stored, form, file.name))
        return found

    def findings_of(self, ids: Iterable[int]) -> list[tuple[int, Finding]]:
        """Give the findings of files, in the order they were made, with the file's id."""
        query = sa.select(findings, files.c.name).join(files, files.c.id == findings.c.file).order_by(findings.c.id)
        with self._engine.connect() as connection:
            return [
                (stored["file"], finding_from(stored))
                for some in _chunks(list(ids))
                for stored in connection.execute(query.where(findings.c.file.in_(some))).mappings()
            ]


def _chunks(ids: Sequence[int], most: int = 500) -> Iterator[Sequence[int]]:
    """Cut a list into pieces that a query can name one by one."""
    return (ids[start : start + most] for start in range(0, len(ids), most))


def _newest(table: sa.Table, file: sa.Column[Any]) -> sa.Select[Any]:
    """Select the highest file number by period and unit."""
    return sa.select(table.c.period, table.c.unit, sa.func.max(file).label("file")).group_by(table.c.period, table.c.unit)


def _outcome_values(arrival: Arrival) -> dict[str, object]:
    content = arrival.content
    row: dict[str, object] = {"outcome": arrival.outcome.value, "reason": arrival.reason, "unit": arrival.unit, "period": arrival.period}
    row |= {"form": content.form if content else "", "receipt": content.receipt if content else "", "issue": content.issue if content else 0}
    return row | {"votes": json.dumps([list(vote) for vote in arrival.votes], ensure_ascii=False)}


def _record_content(connection: sa.Connection, arrivals: Sequence[tuple[int, Arrival]]) -> None:
    rows = [row_values(file, row) for file, arrival in arrivals if arrival.content for row in arrival.content.rows]
    found = [finding_values(file, finding) for file, arrival in arrivals for finding in arrival.findings]
    for table, values in ((answers, rows), (findings, found)):
        if values:
            connection.execute(table.insert(), values)


def _record(row: sa.Row[Any]) -> FileRecord:
    record = FileRecord(*(getattr(row, name) for name in FileRecord._fields))
    return record._replace(outcome=Outcome(record.outcome))


def _keep_private(url: sa.URL) -> None:
    """Let only the owner read a ledger that is a file; what SQLite lays beside it has the same rights."""
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        path = Path(url.database)
        if not path.exists():
            path.touch(mode=0o600)
        with suppress(OSError):  # somebody else's file, or a disk without rights
            path.chmod(0o600)


def _name_damage(context: sa.engine.ExceptionContext) -> None:
    """Say in a sentence that the ledger's file is damaged, whichever command comes upon it. Raises Trouble then."""
    said = str(context.original_exception)
    if "malformed" in said or "not a database" in said:
        raise Trouble("台账文件 records/ledger.db 损坏了。", "请从备份恢复（restore）；原件都还在 records/returns。") from context.original_exception


def _set_up_sqlite(connection: object, _record: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA busy_timeout=10000")
    cursor.close()



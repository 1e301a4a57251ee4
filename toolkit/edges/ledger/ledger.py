"""The ledger (SQLAlchemy Core; SQLite by default): what was issued, every file that came, every row that was read, every finding."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from toolkit.edges.clock import now
from toolkit.edges.ledger.audit import begin_log
from toolkit.edges.ledger.database import Database
from toolkit.edges.ledger.dispatch_log import withdrawn
from toolkit.edges.ledger.event_log import EventKind, Mark, append, file_mark
from toolkit.edges.ledger.evidence_tables import record_matches
from toolkit.edges.ledger.ledger_tables import answers, files, findings, issues, of_rounds, receipts
from toolkit.edges.ledger.ledger_tables import events as log
from toolkit.edges.ledger.lower_records import lower_sources, source_rows
from toolkit.edges.ledger.paper_log import PaperLog
from toolkit.edges.ledger.round_of_file import settle, strange_files
from toolkit.edges.ledger.row_records import ROW, finding_from, finding_values, outcome_values, parsed, row_values, rows_from, sent_values, storable
from toolkit.edges.ledger.ruling_tables import servers_times
from toolkit.model.findings import Finding
from toolkit.model.form import Form
from toolkit.model.returns import Arrival, Outcome, Row


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
    server: datetime | None = None

    @property
    def received(self) -> datetime:
        """When it came to the office: when its mail server took it in, else when we first saw it; of older ledgers' mails only that moment is known."""
        return self.server or (self.sent if self.origin else self.collected)


_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_COLUMNS = (*(files.c[name] for name in FileRecord._fields[:-1]), servers_times.c.at.label("server"))  # in the order of a record
_FILES = sa.select(*_COLUMNS).outerjoin(servers_times, servers_times.c.file == files.c.id)


class ReceiptRecord(NamedTuple):
    """One receipt: for whom, for which state of things, where it lies from the workspace on, how much is to be mended; `newest` is the unit's last file."""

    period: str
    unit: str
    state: str
    path: str
    faults: int
    newest: int


class Ledger:
    """One open ledger: its `database`, and in `papers` what it keeps of papers."""

    def __init__(self, url: str, begin: Callable[[sa.Connection], None] = begin_log, *, as_of: datetime | None = None) -> None:
        """Open it, as `Database` does; raises CommandError as that does."""
        self.database = Database(url, begin, as_of=as_of)
        self.reading, self.writing = self.database.reading, self.database.writing
        self.papers = PaperLog(self.database)

    def close(self) -> None:
        """Close all connections to the database; SQLite's file may then be moved."""
        self.database.close()

    def last_issues(self, form: str, period: str, unit: str | None = None) -> dict[str, tuple[int, str]]:
        """Give each unit's (or one unit's) last issue of a form for a period: its number and content digest."""
        query = sa.select(issues.c.unit, issues.c.number, issues.c.digest).where(issues.c.form == form, issues.c.period == period)
        if unit is not None:
            query = query.where(issues.c.unit == self.database.units.key(period, unit))
        with self.reading() as connection:
            return {self.database.units.name(period, key): (number, digest) for key, number, digest in connection.execute(query.order_by(issues.c.number))}

    def seal_of(self, receipt: str) -> str | None:
        """Give the seal that was issued under a receipt code, None for a code we never gave."""
        with self.reading() as connection:
            return connection.execute(sa.select(issues.c.seal).where(issues.c.receipt == receipt)).scalar()

    def last_receipt(self, period: str, unit: str) -> str:
        """Give the receipt code of the form that a unit was last issued for a period, '' where none was."""
        same = (issues.c.period == period, issues.c.unit == self.database.units.key(period, unit), of_rounds())
        query = sa.select(issues.c.receipt).where(*same).order_by(issues.c.number.desc())
        with self.reading() as connection:
            return connection.execute(query).scalar() or ""

    def unit_of(self, receipt: str) -> str:
        """Give the unit that a receipt code was given to, '' for a code we never gave."""
        with self.reading() as connection:
            found = connection.execute(sa.select(issues.c.period, issues.c.unit).where(issues.c.receipt == receipt)).first()
        return self.database.units.name(found.period, found.unit) if found else ""

    def seals(self) -> dict[str, str]:
        """Give every seal that was ever issued by its receipt code, newest first."""
        with self.reading() as connection:
            found = connection.execute(sa.select(issues.c.receipt, issues.c.seal).order_by(issues.c.issued_at.desc()))
            return {receipt: text for receipt, text in found}  # noqa: C416 - a row is not a pair

    def issued_units(self, period: str) -> list[str]:
        """List units that were issued a form for a period; those whose form was taken back before they had reported are left out."""
        with self.reading() as connection:
            keys = connection.execute(sa.select(issues.c.unit).where(issues.c.period == period, of_rounds()).distinct()).scalars()
            taken_back = withdrawn(connection, period)
            return [self.database.units.name(period, key) for key in keys if key not in taken_back]

    def issued_periods(self) -> list[str]:
        """List the periods that were issued, in the order of their first issues."""
        query = sa.select(issues.c.period).where(of_rounds()).group_by(issues.c.period).order_by(sa.func.min(issues.c.issued_at), issues.c.period)
        with self.reading() as connection:
            return list(connection.execute(query).scalars())

    def strange_files(self, period: str) -> list[FileRecord]:
        """List the files that tell no period of their own and belong to a round, oldest first."""
        with self.reading() as connection:
            wanted = set(strange_files(connection, period))
        return [record for record in self.all_files("") if record.id in wanted]

    def events(self) -> list[tuple[object, ...]]:
        """List the event log, oldest first: number, time, what, period, unit, details as JSON, hash."""
        query = sa.select(*(log.c[name] for name in ("number", "at", "what", "period", "unit", "details", "hash"))).order_by(log.c.number)
        with self.reading() as connection:
            return [tuple(row) for row in connection.execute(query)]

    def last_period(self) -> str | None:
        """Give the period that was issued last, None before the first issue."""
        query = sa.select(issues.c.period).where(of_rounds()).group_by(issues.c.period).order_by(sa.func.min(issues.c.issued_at).desc(), issues.c.period.desc())
        with self.reading() as connection:
            return connection.execute(query).scalars().first()

    def record_arrivals(self, connection: sa.Connection, arrivals: Sequence[tuple[Arrival, str]], *, at: datetime) -> None:
        """Record files with their outcomes, rows and findings, each with the path of its original."""
        arrivals = [(self._kept(arrival), path) for arrival, path in arrivals]
        rows = [storable({**sent_values(arrival), "collected": at, "path": path, **outcome_values(arrival)}) for arrival, path in arrivals]
        ids = connection.execute(files.insert().returning(files.c.id, sort_by_parameter_order=True), rows).scalars().all()
        marks = _record_content(connection, [(file, row, arrival) for file, row, (arrival, _) in zip(ids, rows, arrivals, strict=True)])
        strange = settle(connection, {file: row["name"] for file, row in zip(ids, rows, strict=True) if not row["period"]})
        mailed = [{"file": file, "at": arrival.sent.received or at} for file, (arrival, _) in zip(ids, arrivals, strict=True) if arrival.sent.origin]
        if mailed:
            connection.execute(servers_times.insert(), mailed)
        times = [[record["file"], str(record["at"])] for record in mailed]
        append(connection, EventKind.FILES, files=marks, rounds=sorted(strange.items()), received=times)
        record_matches(connection, [(file, arrival) for file, (arrival, _) in zip(ids, arrivals, strict=True)], at)

    def replace_arrival(self, connection: sa.Connection, file: int, arrival: Arrival, *, path: str) -> None:
        """Give a recorded file another outcome, with the rows and findings that go with it."""
        arrival = self._kept(arrival)
        values = storable({**sent_values(arrival), "path": path, **outcome_values(arrival)})
        connection.execute(files.update().where(files.c.id == file).values(**values))
        for column in (answers.c.file, findings.c.file, lower_sources.c.returned):
            connection.execute(column.table.delete().where(column == file))
        append(connection, EventKind.FILE, period=arrival.period, unit=arrival.unit, files=_record_content(connection, [(file, values, arrival)]))
        record_matches(connection, [(file, arrival)], now())

    def without_receipt(self) -> list[tuple[str, str]]:
        """List (period, unit) where a file that counts is newer than the unit's last receipt."""
        counts = files.c.outcome.in_([outcome.value for outcome in Outcome if outcome.counts])
        newest = _newest(files, files.c.id).where(counts).subquery()
        given = _newest(receipts, receipts.c.newest).subquery()
        both = newest.outerjoin(given, sa.and_(newest.c.period == given.c.period, newest.c.unit == given.c.unit))
        query = sa.select(newest.c.period, newest.c.unit).select_from(both).where(sa.or_(given.c.file.is_(None), newest.c.file > given.c.file))
        with self.reading() as connection:
            return [(row.period, self.database.units.name(row.period, row.unit)) for row in connection.execute(query)]

    def receipt_states(self, period: str) -> dict[str, str]:
        """Give the state (a digest) that each unit's last receipt was written for, by unit; a unit without a receipt is not there."""
        query = sa.select(receipts.c.unit, receipts.c.state).where(receipts.c.period == period).order_by(receipts.c.id)
        with self.reading() as connection:
            return {self.database.units.name(period, key): state for key, state in connection.execute(query)}

    def sent_back(self, period: str) -> list[str]:
        """List the units whose last receipt asks them to mend something (faults above 0), the one with the earliest receipt first."""
        query = sa.select(receipts.c.unit, receipts.c.faults).where(receipts.c.period == period).order_by(receipts.c.id)
        with self.reading() as connection:
            last = {self.database.units.name(period, key): faults for key, faults in connection.execute(query)}
        return [unit for unit, faults in last.items() if faults]

    def record_receipts(self, connection: sa.Connection, given: Sequence[ReceiptRecord], *, at: datetime) -> None:
        """Record that units were given receipts, each for the files of the unit up to the newest."""
        given = [record._replace(unit=self.database.units.key(record.period, record.unit)) for record in given]
        if given:
            connection.execute(receipts.insert(), [{**record._asdict(), "at": at} for record in given])
            append(connection, EventKind.RECEIPT, receipts=[[record.period, record.unit, record.state, record.faults] for record in given])

    def file(self, number: int) -> FileRecord | None:
        """Find a file by its number in the ledger; None where there is none."""
        with self.reading() as connection:
            row = connection.execute(_FILES.where(files.c.id == number)).first()
        return self._record(row) if row else None

    def all_files(self, period: str | None = None) -> list[FileRecord]:
        """List every file, oldest first; of one period, or all. Of those sent in the same second the name decides, not which was collected first."""
        query = _FILES
        if period is not None:
            query = query.where(files.c.period == period)
        with self.reading() as connection:
            found = [self._record(row) for row in connection.execute(query)]
        return sorted(found, key=lambda record: (record.sent, record.name, record.digest, record.id))

    def rows_of(self, file: FileRecord, form: Form) -> list[Row]:
        """Give the accepted rows of a file, typed by the form; columns that the form has no more are left out."""
        return self.rows_of_all([(file, form)]).get(file.id, [])

    def rows_of_all(self, wanted: Iterable[tuple[FileRecord, Form]]) -> dict[int, list[Row]]:
        """Give the accepted rows of many files, by the file's id, in the order of the form; a file without rows is not there."""
        known = {file.id: (file.name, form) for file, form in wanted}
        found: dict[int, list[Row]] = {}
        with self.reading() as connection:
            for ids in _chunks(list(known)):
                query = sa.select(answers.c.file, *(answers.c[name] for name in ROW)).where(answers.c.file.in_(ids)).order_by(answers.c.id)
                stored = connection.execute(query).fetchall()
                for (number, *_), row in zip(stored, rows_from([row[1:] for row in stored], [known[row[0]] for row in stored]), strict=True):
                    found.setdefault(number, []).append(row)
        return found

    def counts_of(self, ids: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Give how many rows of each file say something, and how many answers they hold."""
        found: dict[int, tuple[int, int]] = {}
        with self.reading() as connection:
            for some in _chunks(list(ids)):
                stored = connection.execute(sa.select(answers.c.file, answers.c.answers).where(answers.c.file.in_(some))).fetchall()
                for (number, _), row_answers in zip(stored, parsed([row_answers for _, row_answers in stored]), strict=True):
                    rows, values = found.get(number, (0, 0))
                    found[number] = rows + bool(row_answers), values + len(row_answers)
        return found

    def findings_of(self, ids: Iterable[int]) -> list[tuple[int, Finding]]:
        """Give the findings of files, in the order they were made, with the file's id."""
        query = sa.select(findings, files.c.name, files.c.period).join(files, files.c.id == findings.c.file).order_by(findings.c.id)
        with self.reading() as connection:
            return [
                (stored["file"], finding_from({**stored, "unit": self.database.units.name(stored["period"], stored["unit"])}))
                for some in _chunks(list(ids))
                for stored in connection.execute(query.where(findings.c.file.in_(some))).mappings()
            ]

    def _record(self, row: sa.Row[Any]) -> FileRecord:
        return FileRecord._make(row)._replace(outcome=_OUTCOMES[row.outcome], unit=self.database.units.name(row.period, row.unit))

    def _kept(self, arrival: Arrival) -> Arrival:
        """Give an arrival with its unit, and those its findings name, as they are kept whatever they are called."""
        findings = tuple(
            replace(finding, unit=self.database.units.key(arrival.period, finding.unit)) if finding.unit else finding for finding in arrival.findings
        )
        return replace(arrival, unit=self.database.units.key(arrival.period, arrival.unit), findings=findings)


def _chunks(ids: Sequence[int], most: int = 500) -> Iterator[Sequence[int]]:
    """Cut a list into pieces that a query can name one by one."""
    return (ids[start : start + most] for start in range(0, len(ids), most))


def _newest(table: sa.Table, file: sa.Column[Any]) -> sa.Select[Any]:
    """Select the highest file number by period and unit."""
    return sa.select(table.c.period, table.c.unit, sa.func.max(file).label("file")).group_by(table.c.period, table.c.unit)


def _record_content(connection: sa.Connection, recorded: Sequence[tuple[int, Mapping[str, Any], Arrival]]) -> list[Mark]:
    """Record rows and findings of files (number, its columns, what became of it); gives what the event log keeps of them."""
    rows: list[dict[str, object]] = []
    found: list[dict[str, object]] = []
    below: list[dict[str, object]] = []
    marks = []
    for file, values, arrival in recorded:
        own = [row_values(file, row) for row in arrival.content.rows] if arrival.content else []
        finding_rows = [storable(finding_values(file, finding)) for finding in arrival.findings]
        marks.append(file_mark(file, values, own, finding_rows))
        rows += own
        found += finding_rows
        below += source_rows(file, arrival)
    for table, some in ((answers, rows), (findings, found), (lower_sources, below)):
        if some:
            connection.execute(table.insert(), some)
    return marks

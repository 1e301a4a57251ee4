"""verify: every original of a period read once more, held against the ledger; the workbook drawn once more, held against the one on disk."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from toolkit.edges import inbox
from toolkit.edges.ledger.erasure_records import erased_of
from toolkit.edges.ledger.ledger import FileRecord
from toolkit.edges.reading.read_typed_rulings import consolidated_books
from toolkit.edges.reading.sandbox_process import Job
from toolkit.edges.workspace import Workspace
from toolkit.flows.closed.closed_files import BOARD, outbox_of
from toolkit.flows.closing.verify_closed import Difference, files_differ, recomputed
from toolkit.flows.intake.assign_unit import claimed_seal
from toolkit.flows.intake.read_files import FileReading
from toolkit.flows.intake.read_return import read_return
from toolkit.flows.intake.take_rulings import is_read_back
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.parsed_return import ParsedReturn, UnreadableFile
from toolkit.flows.office.prior_data import PriorData
from toolkit.flows.report.consolidate import drawn
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import HANDLING, DecisionAction, DecisionSubject
from toolkit.model.findings import Finding
from toolkit.model.form import phone_fields
from toolkit.model.period import Period
from toolkit.model.retention import Erased, Kept
from toolkit.model.returns import Arrival, Outcome, Row, Sent
from toolkit.model.seal import shown_text

Progress = Callable[[Sequence[FileRecord], str], Iterable[FileRecord]]


class Verified(NamedTuple):
    """How many files were read again (of evidence, held against its digest) and how many values compared, every difference, sentences.

    The sentences are one on each workbook, and on originals that are not here.
    """

    files: int
    values: int
    differences: tuple[Difference, ...]
    books: tuple[str, ...]


def verify(space: Workspace, period: Period, *, progress: Progress) -> Verified:
    """Compare a period's ledger with its originals, and its workbook with what the ledger gives. Changes nothing.

    Of a closed period the originals that were frozen are read by the list, rules and rulings of that time, and every value of its book is computed anew.
    Raises CommandError for a period that was never issued: there is nothing to hold against anything.
    """
    with open_office(space) as whole:
        _demand_issued(whole, period)
        erased = erased_of(whole.ledger.database, (Kept.ORIGINAL, Kept.EVIDENCE))
        draft = whole.drafts.holding(period)
        office = whole.of_book(period) if draft else whole
        found: list[Difference] = []
        records, erased_files = _here(_records(office, period), erased)
        files, values = _read_again(office, records, found, progress)
        pieces, erased_pieces = _here(_evidence(office, period), erased)
        for record in pieces:
            _original(office, record, found)
        wrong, text = recomputed(whole, period, draft) if draft else ([], "")
        found += (*files_differ(whole, period, draft), *wrong) if draft else ()
        books = (text,) if draft else _books(whole, period)
        lost = filter(None, [office.lost_originals(period)])
        return Verified(files + len(pieces), values, tuple(found), (*books, *lost, *_erased_words([*erased_files, *erased_pieces])))


def _demand_issued(office: OfficeContext, period: Period) -> None:
    """Refuse a period that was neither issued nor closed nor had any file or book; a year has its quarters' book."""
    issued = office.ledger.issued_periods()
    mine = [name for name in issued if name == str(period) or (not period.is_part and Period.parse(name).year == period.year)]
    books = [path for path in consolidated_books(office.space.root / "outbox") if path.parent.parent.name == str(period)]
    if not (mine or books or office.drafts.holding(period) or office.ledger.all_files(str(period))):
        raise CommandError(f"{period.label}还没有发过表，没有可以核对的。", f"发过表的有：{'、'.join(issued) or '（没有）'}。")


def _here(records: Sequence[FileRecord], erased: Mapping[int, Erased]) -> tuple[list[FileRecord], list[Erased]]:
    """Part files from those whose originals were erased when their time was over: these are not missing."""
    return [record for record in records if record.id not in erased], [erased[record.id] for record in records if record.id in erased]


def _erased_words(erased: Sequence[Erased]) -> list[str]:
    """Say which originals were erased, and why."""
    if not erased:
        return []
    return [f"有 {len(erased)} 份原件已按保存期限销毁（最近一次 {max(line.at for line in erased):%Y-%m-%d}，{erased[-1].why}），校验码留在台账里，没有再读。"]


def _records(office: OfficeContext, period: Period) -> list[FileRecord]:
    """List the files to read again: those of the period; of a closed one all that were frozen with it."""
    return [record for record in _files(office, period) if record.outcome.counts]


def _evidence(office: OfficeContext, period: Period) -> list[FileRecord]:
    """List the evidence whose archived bytes are held against the ledger's digest; nothing of it is opened."""
    return [record for record in _files(office, period) if record.outcome is Outcome.ATTACHED]


def _files(office: OfficeContext, period: Period) -> list[FileRecord]:
    frozen = office.frozen
    return office.ledger.all_files(str(period)) if frozen is None else [record for stage in frozen.stages.values() for record in stage.files]


def _read_again(office: OfficeContext, records: Sequence[FileRecord], found: list[Difference], progress: Progress) -> tuple[int, int]:
    """Read originals again and compare; gives how many files and values there were."""
    values, phones = 0, erased_of(office.ledger.database, (Kept.PHONES,))
    with FileReading(office, before := PriorData(office)) as reading:
        accepted = _accepted(office)
        for record in progress(records, "核对"):
            content = _original(office, record, found)
            if content is None:
                continue
            before.today = record.collected.date()  # the day that exemptions were held against
            read = _read(office, before, reading, Job(record.name, content, inbox.Passwords().of(record.name)), claimed_seal(office, record))
            sent = Sent(record.name, record.sent, record.size, record.digest, record.origin, record.received)
            stored = _values(_stored_rows(office, record))
            arrival = read_return(read, sent, office=office, before=before, accepted=record.id in accepted, again=True)
            without = phone_fields(office.form(record.form)) if record.id in phones else {}
            found += _compared(record, stored, arrival, without)
            values += len(stored)
    return len(records), values


def _read(office: OfficeContext, before: PriorData, reading: FileReading, job: Job, claimed: str) -> ParsedReturn | Finding | UnreadableFile:
    """Read a file, as what the office says it is where it does."""
    if not claimed:
        return reading.read_one(job)
    with FileReading(office, before, claimed=claimed) as apart:
        return apart.read_one(job)


def _original(office: OfficeContext, record: FileRecord, found: list[Difference]) -> bytes | None:
    try:
        content = (office.space.root / record.path).read_bytes()
    except OSError:
        found.append(Difference(record.name, record.path, "有登记", "这台机器上没有原件" if office.ledger.database.is_on_server else "原件不见了"))
        return None
    if inbox.digest_of(content) != record.digest:
        found.append(Difference(record.name, record.path, f"原件的校验码是 {record.digest[:12]}", "原件被改动过"))
        return None
    return content


def _accepted(office: OfficeContext) -> set[int]:
    """Give the files that were taken in on the clerk's word."""
    files = office.decided().by.get(DecisionSubject.FILE, {})
    return {
        int(number)
        for number, fields in files.items()
        if fields.get(HANDLING) in {DecisionAction.ACCEPT.value, DecisionAction.EXCLUDE.value, DecisionAction.RESTORE.value}
    }


def _stored_rows(office: OfficeContext, record: FileRecord) -> Sequence[Row]:
    form = office.form(record.form)
    return office.ledger.rows_of(record, form) if form else ()


def _values(rows: Iterable[Row]) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Give every value with its cell, by table sheet, row key and field code."""
    answers = (((row.table, row.key, code), answer) for row in rows for code, answer in row.answers.items())
    return {key: (shown_text(answer.value), f"{answer.place.sheet} {answer.place.cell}") for key, answer in answers}


def _compared(record: FileRecord, stored: dict[tuple[str, str, str], tuple[str, str]], arrival: Arrival, without: Mapping[str, str]) -> Iterable[Difference]:
    if not arrival.outcome.counts or arrival.content is None:
        yield Difference(record.name, "整个文件", record.outcome.words, arrival.reason)
        return
    read = _values(arrival.content.rows)
    for key in sorted(stored.keys() | read.keys()):
        if key[2] in without:
            continue
        texts, other = stored.get(key, ("（没有）", "")), read.get(key, ("（没有）", ""))
        if texts[0] != other[0]:
            yield Difference(record.name, f"{texts[1] or other[1]}（{key[1]}）", texts[0], other[0])


def _books(office: OfficeContext, period: Period) -> Iterable[str]:
    paths = [path for path in consolidated_books(office.space.root / "outbox") if path.parent.parent.name == str(period)]
    if not paths:
        yield "还没有汇总表。"
    now = drawn(office, period) if paths else None
    content = now.content if now else b""
    for path in paths:
        if path.read_bytes() == content:
            yield f"“{path.name}”与按台账重新生成的完全一致。"
        elif is_read_back(office, path):
            yield f"“{path.name}”与现在的台账不同：之后又收了表、改了规则或作了认定。再运行一次 consolidate 即可更新。"
        else:
            yield f"“{path.name}”在生成以后被编辑过；其中的认定会在下次运行时读回。"
    board = outbox_of(office.space, period) / BOARD
    if now and board.exists() and board.read_bytes() != now.board:
        yield f"“{board.name}”与现在的台账不同，再运行一次 consolidate 即可更新。"

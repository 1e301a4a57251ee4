"""verify: every original of a period read once more, held against the ledger; the workbook drawn once more, held against the one on disk."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from toolkit.edges import inbox
from toolkit.edges.ledger.ledger import FileRecord
from toolkit.edges.reading.rulings_in import consolidated_books
from toolkit.edges.reading.sandbox_inside import Job
from toolkit.edges.workspace import Workspace
from toolkit.flows.assigning import assigned_seal
from toolkit.flows.before import Before
from toolkit.flows.consolidate import drawn
from toolkit.flows.difference import Difference
from toolkit.flows.ground import Ground, opened
from toolkit.flows.read_return import read_return
from toolkit.flows.reading import Reading
from toolkit.flows.rulings import is_read_back
from toolkit.flows.understand import Broken, Understood
from toolkit.flows.verify_closed import files_differ, recomputed
from toolkit.model.decisions import HANDLING, About, Deed
from toolkit.model.findings import Finding
from toolkit.model.period import Period
from toolkit.model.returns import Arrival, Row, Sent
from toolkit.model.seal import shown_text

Progress = Callable[[Sequence[FileRecord], str], Iterable[FileRecord]]


class Verified(NamedTuple):
    """How many files were read again and how many values compared, every difference, and a sentence on each workbook and on originals that are not here."""

    files: int
    values: int
    differences: tuple[Difference, ...]
    books: tuple[str, ...]


def verify(space: Workspace, period: Period, *, progress: Progress) -> Verified:
    """Compare a period's ledger with its originals, and its workbook with what the ledger gives. Changes nothing.

    Of a closed period the originals that were frozen are read by the list, rules and rulings of that time, and every value of its book is computed anew.
    """
    with opened(space) as whole:
        draft = whole.drafts.holding(period)
        ground = whole.of_book(period) if draft else whole
        found: list[Difference] = []
        files, values = _read_again(ground, _records(ground, period), found, progress)
        wrong, said = recomputed(whole, period, draft) if draft else ([], "")
        found += (*files_differ(whole, period, draft), *wrong) if draft else ()
        books = (said,) if draft else _books(whole, period)
        lost = filter(None, [ground.lost_originals(period)])
        return Verified(files, values, tuple(found), (*books, *lost))


def _records(ground: Ground, period: Period) -> list[FileRecord]:
    """List the files to read again: those of the period; of a closed one all that were frozen with it."""
    frozen = ground.frozen
    files = ground.ledger.all_files(str(period)) if frozen is None else [record for stage in frozen.stages.values() for record in stage.files]
    return [record for record in files if record.outcome.counts]


def _read_again(ground: Ground, records: Sequence[FileRecord], found: list[Difference], progress: Progress) -> tuple[int, int]:
    """Read originals again and compare; gives how many files and values there were."""
    values = 0
    with Reading(ground, before := Before(ground)) as reading:
        accepted = _accepted(ground)
        for record in progress(records, "核对"):
            content = _original(ground, record, found)
            if content is None:
                continue
            before.today = record.collected.date()  # the day that exemptions were held against
            read = _read(ground, before, reading, Job(record.name, content, inbox.Passwords().of(record.name)), assigned_seal(ground, record.id))
            sent = Sent(record.name, record.sent, record.size, record.digest, record.origin, record.received)
            kept = _values(_kept(ground, record))
            arrival = read_return(read, sent, ground=ground, before=before, accepted=record.id in accepted)
            found += _compared(record, kept, arrival)
            values += len(kept)
    return len(records), values


def _read(ground: Ground, before: Before, reading: Reading, job: Job, claimed: str) -> Understood | Finding | Broken:
    """Read a file, as what the office says it is where it does."""
    if not claimed:
        return reading.one(job)
    with Reading(ground, before, claimed=claimed) as apart:
        return apart.one(job)


def _original(ground: Ground, record: FileRecord, found: list[Difference]) -> bytes | None:
    try:
        content = (ground.space.root / record.path).read_bytes()
    except OSError:
        found.append(Difference(record.name, record.path, "有登记", "这台机器上没有原件" if ground.ledger.is_on_server else "原件不见了"))
        return None
    if inbox.digest_of(content) != record.digest:
        found.append(Difference(record.name, record.path, f"原件的校验码是 {record.digest[:12]}", "原件被改动过"))
        return None
    return content


def _accepted(ground: Ground) -> set[int]:
    """Give the files that were taken in on the clerk's word."""
    files = ground.decided().by.get(About.FILE, {})
    return {int(number) for number, fields in files.items() if fields.get(HANDLING) in {Deed.ACCEPT.value, Deed.EXCLUDE.value, Deed.RESTORE.value}}


def _kept(ground: Ground, record: FileRecord) -> Sequence[Row]:
    form = ground.form(record.form)
    return ground.ledger.rows_of(record, form) if form else ()


def _values(rows: Iterable[Row]) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Give every value with its cell, by table sheet, row key and field code."""
    answers = (((row.table, row.key, code), answer) for row in rows for code, answer in row.answers.items())
    return {key: (shown_text(answer.value), f"{answer.place.sheet} {answer.place.cell}") for key, answer in answers}


def _compared(record: FileRecord, kept: dict[tuple[str, str, str], tuple[str, str]], arrival: Arrival) -> Iterable[Difference]:
    if not arrival.outcome.counts or arrival.content is None:
        yield Difference(record.name, "整个文件", record.outcome.words, arrival.reason)
        return
    read = _values(arrival.content.rows)
    for key in sorted(kept.keys() | read.keys()):
        one, other = kept.get(key, ("（没有）", "")), read.get(key, ("（没有）", ""))
        if one[0] != other[0]:
            yield Difference(record.name, f"{one[1] or other[1]}（{key[1]}）", one[0], other[0])


def _books(ground: Ground, period: Period) -> Iterable[str]:
    paths = [path for path in consolidated_books(ground.space.root / "outbox") if path.parent.parent.name == str(period)]
    if not paths:
        yield "还没有汇总表。"
    content = drawn(ground, period).content if paths else b""
    for path in paths:
        if path.read_bytes() == content:
            yield f"“{path.name}”与按台账重新生成的完全一致。"
        elif is_read_back(ground, path):
            yield f"“{path.name}”与现在的台账不同：之后又收了表、改了规则或作了认定。再运行一次 consolidate 即可更新。"
        else:
            yield f"“{path.name}”在生成以后被编辑过；其中的认定会在下次运行时读回。"

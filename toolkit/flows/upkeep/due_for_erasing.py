"""due_for_erasing: which originals, evidence and telephone numbers have been kept for as long as settings.toml says; of closed periods only."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from toolkit.edges.ledger.erasure_records import erased_of, held_answers
from toolkit.edges.ledger.ledger import FileRecord
from toolkit.flows.intake.unpack_files import ENVELOPES
from toolkit.flows.office.office_context import OfficeContext
from toolkit.model.form import phone_fields
from toolkit.model.period import Period
from toolkit.model.retention import Kept, Retention
from toolkit.model.returns import Outcome


class Due(NamedTuple):
    """A file of which something is due: what, of which period, how many telephone numbers (0 for a file as a whole)."""

    record: FileRecord
    kind: Kept
    period: str
    numbers: int = 0


class DueList(NamedTuple):
    """What is due, and the periods whose time is over but which are not closed: nothing of those is erased."""

    due: tuple[Due, ...]
    open_periods: tuple[str, ...]


def list_due(office: OfficeContext, retention: Retention, on: date) -> DueList:
    """List what is due on a day, by period and file; what was erased before is left out."""
    found: list[Due] = []
    waiting = []
    every = office.ledger.all_files()
    for name in office.ledger.issued_periods():
        period = Period.parse(name)
        kinds = {kind for kind in Kept if retention.is_due(kind, period.year, on)}
        if kinds and office.drafts.holding(period) is None:
            waiting.append(name)
        elif kinds:
            found += [due for due in _of_period(office, period, every) if due.kind in kinds]
    known = erased_of(office.ledger.database)
    done = {file: line.kind for file, line in known.items() if line.kind is not Kept.PHONES}
    fresh = [due for due in found if due.kind is Kept.PHONES or due.record.id not in done]
    return DueList((*fresh, *_around(fresh, every, set(done))), tuple(waiting))


def _of_period(office: OfficeContext, period: Period, every: Sequence[FileRecord]) -> Iterator[Due]:
    strange = {record.id for record in office.ledger.strange_files(str(period))}
    files = [record for record in every if record.period == str(period) or record.id in strange]
    yield from (Due(record, Kept.EVIDENCE if record.outcome is Outcome.ATTACHED else Kept.ORIGINAL, str(period)) for record in files if record.path)
    counting = [record for record in files if record.outcome.counts]
    with office.ledger.reading() as connection:
        for record in counting:
            held = held_answers(connection, record.id, phone_fields(office.at(period).form(record.form)))
            if held:
                yield Due(record, Kept.PHONES, str(period), held)


def _around(due: Sequence[Due], every: Sequence[FileRecord], done: set[int]) -> Iterator[Due]:
    """Add the envelopes that hold another copy of what is due, and what lies in those envelopes only."""
    numbers = {part.record.id for part in due if part.kind is not Kept.PHONES} | done
    envelopes = [record for record in sorted(every, key=lambda record: record.id) if f"/{ENVELOPES}/" in record.path]
    found: dict[int, Due] = {}
    for part in due:
        if part.kind is Kept.PHONES:
            continue
        outer = next((record for record in envelopes if record.id > part.record.id and part.record.name.startswith(f"{record.name}/")), None)
        for record in (record for record in every if outer and record.path == outer.path):
            if record.id not in numbers:
                found.setdefault(record.id, Due(record, part.kind, part.period))
    yield from found.values()

"""The ledger and how its periods stand as typed tables: what `toolkit.data`, `export`, `analyse` and `compare` are made from."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from toolkit.assessment.assess import assess
from toolkit.edges.ledger.ledger import FileRecord
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.period_standing import period_standing, rules_of_book, year_standing
from toolkit.model.command_error import CommandError
from toolkit.model.data_table import BY_NAME, TABLES
from toolkit.model.event_words import in_words
from toolkit.model.period import Period

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.analysis.frames import Record, Snapshot

_DETAILS = 5  # the place of an event's details in its row
NAMES = tuple(table.name for table in TABLES)
AsOf = date | datetime | None


def tables(space: Workspace, names: Iterable[str] = NAMES, *, periods: Sequence[Period] = (), as_of: AsOf = None) -> "dict[str, pd.DataFrame]":
    """Give tables by name, of some periods or all that were issued, as the ledger stood at the end of a day, at a moment, or now.

    Raises CommandError for a name or a period that there is none of, and where nothing was issued.
    """
    from toolkit.analysis.frames import FROM_ROUNDS, frame, typed

    wanted = list(names)
    unknown = [name for name in wanted if name not in BY_NAME]
    if unknown:
        raise CommandError(f"没有“{unknown[0]}”这张数据表。", f"可以要：{'、'.join(NAMES)}。")
    with read_only(space, as_of) as office:
        chosen = chosen_periods(office, periods)
        taken = list(snapshots(office, chosen)) if FROM_ROUNDS.keys() & set(wanted) else []
        asked = {str(period) for period in chosen} if periods else None
        return {name: frame(name, taken) if name in FROM_ROUNDS else typed(BY_NAME[name], _recorded(office, name, asked)) for name in wanted}


def chosen_periods(office: OfficeContext, periods: Sequence[Period] = ()) -> list[Period]:
    """Give the periods asked for, or all that were issued, in the order of their first issue. Raises CommandError for one that was not issued."""
    issued = [Period.parse(text) for text in office.ledger.issued_periods()]
    missing = [period for period in periods if period not in issued and not any(other.year == period.year for other in issued if not period.is_part)]
    if missing or not issued:
        which = missing[0].label if missing else "这里"
        raise CommandError(f"{which}还没有发过表，没有数据。", f"发过表的有：{'、'.join(map(str, issued)) or '（没有）'}。")
    return list(periods or issued)


def snapshots(office: OfficeContext, periods: Iterable[Period]) -> "Iterable[Snapshot]":
    """Give how each period stands, judged, exactly as its consolidated workbook is drawn."""
    from toolkit.analysis.frames import Snapshot

    for period in periods:
        state = period_standing(office, period) if period.is_part else year_standing(office, period)
        yield Snapshot(state, assess(state, rules_of_book(office, period)))


def read_only(space: Workspace, as_of: AsOf) -> AbstractContextManager[OfficeContext]:
    """Open a workspace's ledger to read, as it stood at the end of a day or at a moment."""
    moment = as_of if isinstance(as_of, datetime) or as_of is None else datetime.combine(as_of, time.max)
    return open_office(space, as_of=moment)


def _recorded(office: OfficeContext, name: str, periods: set[str] | None) -> "list[Record]":
    """Give the rows of a table that the ledger itself holds."""
    if name == "returns":
        return _returns(office, periods)
    return _events(office, periods) if name == "events" else []


def _returns(office: OfficeContext, periods: set[str] | None) -> "list[Record]":
    files = sorted(office.ledger.all_files(), key=lambda file: file.id)
    return [_return(file) for file in files if periods is None or file.period in periods]


def _return(file: FileRecord) -> "Record":
    which = (file.id, file.period, file.unit, file.name, file.sent, file.collected, file.outcome.words, file.reason)
    return (*which, file.form, file.receipt, file.issue or None, file.size, file.digest, file.origin, file.path)


def _events(office: OfficeContext, periods: set[str] | None) -> "list[Record]":
    events = (row for row in office.ledger.events() if periods is None or row[3] in periods)
    return [(*row[:_DETAILS], in_words(str(row[_DETAILS])), *row[_DETAILS + 1 :]) for row in events]

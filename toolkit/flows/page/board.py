"""The board: how each unit of a period stands, told from the ledger's list of files alone, so that thousands of units cost no more than a query."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from toolkit.edges.ledger.ledger import FileRecord
from toolkit.flows.closed.closing_account import standings
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.unit_history import excluded_files
from toolkit.merging.arrival_times import arrival_of
from toolkit.merging.filed_return import FiledReturn
from toolkit.model.closing import State
from toolkit.model.decisions import Decided
from toolkit.model.form import LightRule
from toolkit.model.master import Unit
from toolkit.model.period import Period
from toolkit.model.returns import Outcome


class TileState(StrEnum):
    """How a unit stands, in the clerk's words; the order is that of the board's counts."""

    MISSING = "未报"
    RETURNED = "已报"
    TO_MEND = "待退改"
    WAITING = "待认定"
    LATE = "迟报"
    CLOSED = "已定稿"


class Tile(NamedTuple):
    """One unit: its name and group, how it stands, when its word first came (None: nothing came); `owes`: it is reminded of a return or of mending one."""

    unit: str
    group: str
    state: TileState
    came: datetime | None = None
    owes: bool = False


class Board(NamedTuple):
    """A period's units in the order of the list; `standing` says in words how far the period is, `is_closed` whether it is closed.

    `is_scored`: its form counts for the units' scores.
    """

    period: str
    label: str
    due: date | None
    standing: str
    is_closed: bool
    tiles: tuple[Tile, ...]
    is_scored: bool = False

    @property
    def counts(self) -> dict[TileState, int]:
        """Count the units of each state, every state in its order, 0 too."""
        found = Counter(tile.state for tile in self.tiles)
        return {state: found[state] for state in TileState}


class _Terms(NamedTuple):
    """What every unit of a period is held against: its due day, what the office decided, who is to mend something, whether the period is closed."""

    period: str
    due: date | None
    decided: Decided
    to_mend: frozenset[str]
    is_closed: bool


def board(office: OfficeContext, period: Period) -> Board:
    """Say how every unit stands that was issued a form for a period; of a closed one as it was closed. Where nothing was issued there are no tiles."""
    state = standings(office, [period])[0]
    here = office.of_book(period).at(period)
    issued = set(here.issued())
    aside = excluded_files(here)
    mine: dict[str, list[FileRecord]] = {}
    for record in here.records() if issued else ():
        if record.unit in issued and record.id not in aside:
            mine.setdefault(record.unit, []).append(record)
    line = here.line(period)
    due = line.due if line else None
    terms = _Terms(str(period), due, here.decided(), frozenset(office.ledger.sent_back(str(period))), state.state is State.CLOSED)
    tiles = tuple(_tile(unit, mine.get(unit.name, ()), terms) for unit in here.master.units if unit.name in issued)
    form = here.form_of(period) if tiles else None
    is_scored = form is not None and form.scored and form.light is not LightRule.NONE
    return Board(str(period), period.label, due, state.words, terms.is_closed, tiles, is_scored)


def _tile(unit: Unit, records: Sequence[FileRecord], terms: _Terms) -> Tile:
    counting = [_filed(record) for record in records if record.outcome.counts]
    waits = any(record.outcome is Outcome.WAITING for record in records)
    if not counting:
        return Tile(unit.name, unit.group, TileState.WAITING if waits else TileState.MISSING, owes=True)
    arrival = arrival_of(unit.name, counting, due=terms.due, period=terms.period, decided=terms.decided)
    if terms.is_closed:
        state = TileState.CLOSED
    elif waits:
        state = TileState.WAITING
    elif unit.name in terms.to_mend:
        state = TileState.TO_MEND
    else:
        state = TileState.RETURNED if arrival.on_time else TileState.LATE
    return Tile(unit.name, unit.group, state, arrival.received, owes=unit.name in terms.to_mend)


def _filed(record: FileRecord) -> FiledReturn:
    """Give a file as the rules of arrival look at it, without what stands in it."""
    by_server = bool(record.origin) and record.received != record.collected
    return FiledReturn(
        record.name, record.unit, record.sent, record.outcome, record.reason, record.path, (), (), record.id, received=record.received, by_server=by_server
    )

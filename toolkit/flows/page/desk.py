"""The desk: what the page's first sheet shows of a workspace, read at one go: rounds, board, files that wait, what came today."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from toolkit.edges import inbox
from toolkit.edges.clock import now
from toolkit.edges.file_states import folders_below, state_of_file, states_of_files
from toolkit.edges.ledger.ledger import FileRecord
from toolkit.edges.workspace import Workspace
from toolkit.flows.closed.closing_account import all_standings
from toolkit.flows.office.guard_office_books import LOST_LIST, LOST_LIST_REMEDY
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.page.board import Board, board
from toolkit.flows.page.cards import Card, cards
from toolkit.model.closing import Standing
from toolkit.model.period import Period

_MOST = 200  # files of today that are listed


class RoundLine(NamedTuple):
    """One period: its code and name, how far it is in words, whether forms were issued, whether its days of filling in have begun, its due day."""

    period: str
    label: str
    words: str
    is_issued: bool
    has_begun: bool
    due: date | None


class Came(NamedTuple):
    """A file that came today: its number, when, whose ('': nobody's), where it ended and why."""

    number: int
    at: datetime
    unit: str
    name: str
    outcome: str
    reason: str


class Desk(NamedTuple):
    """What the page shows; `sentences` are what the clerk is asked about the office's own books, `units` the names that a file can be given to.

    `asked` counts what the importer asks, `has_list` says whether there is a master list.
    """

    office: str
    rounds: tuple[RoundLine, ...]
    board: Board | None
    cards: tuple[Card, ...]
    today: tuple[Came, ...]
    in_inbox: int
    sentences: tuple[str, ...]
    units: tuple[str, ...]
    issued: tuple[tuple[str, str], ...]
    asked: int = 0
    has_list: bool = True


def desk(space: Workspace, period: Period | None) -> Desk:
    """Read what the page shows of a period, of the last issued where none is named. Raises CommandError where the office's books cannot be used."""
    if space.has_lost_list():
        return Desk(space.office(), (), None, (), (), len(inbox.waiting_files(space)), (LOST_LIST + LOST_LIST_REMEDY,), (), ())
    if not space.master.exists():
        return Desk(space.office(), (), None, (), (), len(inbox.waiting_files(space)), (), (), (), has_list=False)
    with open_office(space) as office_context:
        issued = set(office_context.ledger.issued_periods())
        lines = tuple(_round(office_context, standing, issued) for standing in all_standings(office_context))
        last = office_context.ledger.last_period()
        chosen = period or (Period.parse(last) if last else _first(lines))
        records = office_context.ledger.all_files()
        sentences = (*office_context.questions, *(f"[{fault.level}] {fault.place}：{fault.message}{fault.advice}" for fault in office_context.faults))
        return Desk(
            space.office(),
            lines,
            board(office_context, chosen) if chosen else None,
            cards(office_context, records),
            _today(records),
            len(inbox.waiting_files(space)),
            sentences,
            tuple(unit.name for unit in office_context.master.addressees()),
            tuple((line.period, line.label) for line in lines if line.is_issued),
            len(office_context.master.open_doubts()),
        )


def _first(lines: Sequence[RoundLine]) -> Period | None:
    """Give the round to begin with where none was issued: the last that has begun, else the first of the calendar."""
    begun = [line for line in lines if line.has_begun] or lines[:1]
    return Period.parse(begun[-1].period) if begun else None


def stamp_of(space: Workspace) -> tuple[object, ...]:
    """Give what changes whenever the desk may: the state of the files that it is read from; of a ledger on a server the time, by the two seconds."""
    watched = (space.records / "ledger.db", space.records / "ledger.db-wal", space.root / "settings.toml")
    seen = (*map(state_of_file, watched), states_of_files(space.templates), folders_below(space.inbox))
    return (*seen, now().date(), now().second // 2 if space.is_shared() else None)


def _round(office_context: OfficeContext, standing: Standing, issued: set[str]) -> RoundLine:
    line = office_context.line(standing.period)
    began = line is not None and line.start <= now().date()
    return RoundLine(str(standing.period), standing.period.label, standing.words, str(standing.period) in issued, began, line.due if line else None)


def _today(records: Sequence[FileRecord]) -> tuple[Came, ...]:
    """Give the files that were collected today, those that went into nothing before the others, of each the last first."""
    mine = [record for record in records if record.collected.date() == now().date()]
    mine.sort(key=lambda record: (not record.outcome.counts, record.collected, record.id), reverse=True)
    return tuple(Came(record.id, record.collected, record.unit, record.name, record.outcome.words, record.reason) for record in mine[:_MOST])

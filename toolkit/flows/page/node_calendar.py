"""What the page names beside the files: milestones overdue or due soon as of today, requests, matters and appeals that wait; the desk does not wait for it."""

from typing import NamedTuple

from toolkit.edges.workspace import Workspace
from toolkit.flows.closed.closed_files import book_name
from toolkit.flows.office.appeals_held import appeals_now
from toolkit.flows.office.nodes_by_now import milestones_by_now, named_nodes
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.rounds_said import year_so_far
from toolkit.merging.office_waits import OfficeWait, office_waits
from toolkit.model.period import Period


class NodeCalendar(NamedTuple):
    """Milestones in words: those that are overdue, those that are due soon; what else waits for the office, and the workbook that holds it ('': none yet)."""

    overdue: tuple[str, ...] = ()
    due: tuple[str, ...] = ()
    waits: tuple[OfficeWait, ...] = ()
    book: str = ""


def node_calendar(space: Workspace, period: Period) -> NodeCalendar:
    """Give them for a period; none where no task has a milestone or nothing was issued. Raises CommandError where the office's books cannot be used."""
    with open_office(space) as office:
        if not office.at(period).issued():
            return NodeCalendar()
        named = named_nodes(office, milestones_by_now(office, period), period)
        so_far, said = year_so_far(office, period), appeals_now(office, period)
        waits = office_waits(so_far.lives, so_far.matters, said.appeals, said.decided, str(period), said.book)
        return NodeCalendar(tuple(named.overdue), tuple(named.due), waits, _book(space, period) if waits else "")


def _book(space: Workspace, period: Period) -> str:
    """Name the period's consolidated workbook as the page links to it."""
    book = space.root / "outbox" / str(period) / book_name(period)
    return book.name if book.exists() else ""

"""The milestones that the page names: overdue, or due soon, as of today; read beside the desk, which does not wait for them."""

from typing import NamedTuple

from toolkit.edges.workspace import Workspace
from toolkit.flows.office.nodes_by_now import milestones_by_now, named_nodes
from toolkit.flows.office.office_context import open_office
from toolkit.model.period import Period


class NodeCalendar(NamedTuple):
    """Milestones in words: those that are overdue, those that are due soon."""

    overdue: tuple[str, ...] = ()
    due: tuple[str, ...] = ()


def node_calendar(space: Workspace, period: Period) -> NodeCalendar:
    """Give them for a period; none where no task has a milestone or nothing was issued. Raises CommandError where the office's books cannot be used."""
    with open_office(space) as office:
        if not office.at(period).issued():
            return NodeCalendar()
        named = named_nodes(office, milestones_by_now(office, period), period)
        return NodeCalendar(tuple(named.overdue), tuple(named.due))

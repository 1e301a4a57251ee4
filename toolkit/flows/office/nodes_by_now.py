"""How milestones stand today by what was returned so far, in words for the screen and the page."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.rounds_said import year_so_far
from toolkit.flows.office.unit_history import current_rows, milestones_before
from toolkit.merging.merge_milestones import Told, heard_in, with_closed
from toolkit.model.milestones import Milestone
from toolkit.model.period import Period
from toolkit.model.rules import SOON


class NamedNodes(NamedTuple):
    """Milestones as words: those that are overdue, and those that are due soon, each the earliest first."""

    overdue: list[str]
    due: list[str]


def milestones_by_now(office: OfficeContext, period: Period) -> tuple[Milestone, ...]:
    """Give the milestones of a quarter or month as the returns taken in so far and the tasks closed by now tell; () where there are none."""
    before = milestones_before(office, period)
    if not before:
        return ()
    heard = heard_in(before, Told(str(period), current_rows(office, period), {}))
    return with_closed(heard, year_so_far(office, period).lives)


def named_nodes(office: OfficeContext, milestones: Sequence[Milestone], period: Period) -> NamedNodes:
    """Name the milestones that are overdue today, and those that are due within the rules' number of days; in a later year as of the period's last day."""
    today = now().date()
    on = today if today.year <= period.year else period.ends
    soon = int(office.rules().value(SOON)) if milestones else 0
    order = sorted(milestones, key=lambda milestone: milestone.node.baseline)
    overdue = [f"{_named(node)}，逾期{node.overdue(on)}天）" for node in order if node.overdue(on)]
    return NamedNodes(overdue, [f"{_named(node)}，{_left(node, on)}）" for node in order if (days := node.left(on)) is not None and days <= soon])


def _left(node: Milestone, on: date) -> str:
    days = node.left(on)
    return f"还有{days}天" if days else "今天到期"


def _named(node: Milestone) -> str:
    return f"{node.node.number}“{node.node.name}”（{'、'.join(node.answers_for)}，{node.node.baseline.isoformat()}"

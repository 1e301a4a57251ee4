"""What makes sense next in a workspace: the numbered menu of a clerk who starts the program without a command."""

from collections import Counter
from typing import NamedTuple

from toolkit.edges import inbox
from toolkit.edges.clock import now
from toolkit.edges.templates.upper_forms import has_upper
from toolkit.edges.workspace import Workspace
from toolkit.flows.closed.closing_account import all_standings
from toolkit.flows.office.guard_office_books import demand_list
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.status import status
from toolkit.flows.upkeep.examine_upper import unanswered
from toolkit.model.closing import State as Standing
from toolkit.model.next_steps import Choice, State, next_steps
from toolkit.model.period import Period
from toolkit.model.returns import Outcome


class Menu(NamedTuple):
    """Where the work stands, in a sentence, and what can be done."""

    standing: str
    choices: tuple[Choice, ...]


def menu(space: Workspace) -> Menu:
    """Look at a workspace and say what makes sense next. Raises CommandError when its master list or forms cannot be used."""
    demand_list(space)
    if not space.master.exists():
        return Menu("还没有任务总表。", next_steps(State()))
    with open_office(space) as office:
        periods = tuple(line.period for line in office.master.calendar)
        open_now = tuple(line.period for line in office.master.calendar if line.start <= now().date())
        issued = tuple(period for period in periods if office.ledger.issued_units(period))
        closed = tuple(str(standing.period) for standing in all_standings(office) if standing.state is Standing.CLOSED)
        due = tuple(line.period for line in office.master.calendar if line.period in issued and line.due < now().date() and _is_part(line.period))
        waiting = Counter(file.period for file in office.ledger.all_files() if file.outcome is Outcome.WAITING and file.period)
        above = unanswered(office)
    found = status(space, None) if issued else None
    state = State(
        has_master=True,
        periods=periods,
        open_periods=open_now,
        issued=issued,
        waiting_in_inbox=len(inbox.waiting_files(space)),
        last=found.period if found else "",
        returned=found.returned if found else 0,
        missing=len(found.missing) if found else 0,
        undecided=len(found.waiting) if found else 0,
        closed=closed,
        due=due,
        has_upper=has_upper(space),
        unanswered=above,
        undecided_before=tuple((period, count) for period, count in sorted(waiting.items()) if found and period != found.period),
    )
    if found is None:
        return Menu("任务总表已建好，还没有发过表。", next_steps(state))
    label, inside = Period.parse(found.period).label, f"收件箱里有 {state.waiting_in_inbox} 个文件"
    ended = f"，{found.state}" if found.period in closed else ""
    return Menu(f"{label}{ended}：发放 {found.issued} 家，已报 {found.returned} 家，未报 {len(found.missing)} 家；{inside}。", next_steps(state))


def _is_part(period: str) -> bool:
    """Whether a period is closed by itself: a work plan stays open, it is frozen with each quarter."""
    return Period.parse(period).is_part

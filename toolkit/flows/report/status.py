"""status: who returned, what waits, what is next."""

from collections import Counter
from typing import Any, NamedTuple

from toolkit.edges.workspace import Workspace
from toolkit.flows.closed.closing_account import all_standings, standings
from toolkit.flows.closed.late_corrections import corrections
from toolkit.flows.office.appeals_held import appeals_now
from toolkit.flows.office.faults_told import faults_in
from toolkit.flows.office.nodes_by_now import named_nodes
from toolkit.flows.office.office_context import OfficeContext, open_office
from toolkit.flows.office.period_standing import period_standing, year_standing
from toolkit.merging.office_waits import office_waits
from toolkit.model.command_error import CommandError
from toolkit.model.findings import Code
from toolkit.model.master import COLLECTIVE, MAIN_LIST, Master
from toolkit.model.period import Period
from toolkit.model.returns import Outcome
from toolkit.model.standing import Round
from toolkit.views.papers.reminder import nothing_taken, rows_later


class Status(NamedTuple):
    """Where a period stands; names are units', `outcomes` counts files, `faults` are those of the master list and forms and what
    is asked about the list, as sentences.

    `overdue_nodes` and `due_nodes` are milestones in words, as of today; `waits` counts requests to close, matters and appeals that wait for the office.
    `untaken` names units that returned a form of which no cell was taken, `owe_later` those that owe tasks which came to them after they had reported.

    `unadopted` are those of `missing` that sent something which nothing was taken of yet: workbook and board count them as returned, with how they stand.

    `above` counts by 上级单位, where units have several: how many were issued a form, how many returned it.

    `beside` counts the same of other forms of this span of time: period, issued, returned, who is missing.

    `state` says whether it is open or closed, `periods` the same of every period; `corrections` counts what came after its closing, `open_matters` what was
    undecided then. `lists` count the tasks of each list (清单) and those that were reported, [] where there is but one.
    """

    period: str
    due: str
    issued: int
    outcomes: dict[str, int]
    returned: int
    missing: list[str]
    unadopted: list[str]
    late: list[str]
    sent_back: list[str]
    untaken: list[str]
    owe_later: list[str]
    waiting: list[str]
    open_collectives: list[str]
    faults: list[str]
    state: str
    periods: list[dict[str, str]]
    corrections: int
    open_matters: int
    lists: list[dict[str, Any]]
    above: dict[str, tuple[int, int]]
    overdue_nodes: list[str]
    due_nodes: list[str]
    waits: list[dict[str, Any]]
    beside: list[dict[str, Any]]


def status(space: Workspace, period: Period | None) -> Status | None:
    """Give a period's status, of the last issued one when none is named; None before anything was issued."""
    with open_office(space) as office:
        if period is None:
            last = office.ledger.last_period()
            if last is None:
                return None
            period = Period.parse(last)
        standing = _standing(office, period)
        nodes = named_nodes(office, standing.milestones, period)
        counts = Counter({outcome.value: 0 for outcome in Outcome}) + Counter(standing.files)
        missing = [unit.unit for unit in standing.units if unit.outcome is None or not unit.outcome.counts]
        return Status(
            period=str(period),
            due=standing.due.isoformat() if standing.due else "",
            issued=len(standing.units),
            outcomes={outcome.value: counts[outcome.value] for outcome in Outcome},
            returned=len(standing.units) - len(missing),
            missing=missing,
            unadopted=[unit.unit for unit in standing.units if unit.outcome is not None and not unit.outcome.counts],
            late=[unit.unit for unit in standing.units if unit.outcome is not None and unit.outcome.counts and not unit.on_time],
            sent_back=office.ledger.sent_back(str(period)),
            untaken=nothing_taken(standing),
            owe_later=[f"{unit}（{rows}）" for unit, rows in rows_later(standing).items()],
            waiting=_waiting(standing),
            open_collectives=_open_collectives(office.master),
            faults=[f"[{fault.level}] {fault.place}：{fault.message}{fault.advice}" for fault in (*office.asked, *faults_in(office, [period]))],
            state=standings(office, [period])[0].words,
            periods=[{"period": str(standing.period), "state": standing.state.value, "words": standing.words} for standing in all_standings(office)],
            corrections=len(corrections(office, period)),
            open_matters=len(frozen.account.matters) if (frozen := office.of_book(period).frozen) is not None else 0,
            lists=[_counted(standing, name) for name in standing.master.lists()],
            above=_above(office, standing, set(missing)),
            overdue_nodes=nodes.overdue,
            due_nodes=nodes.due,
            waits=_office_waits(office, standing, period),
            beside=[_beside(office, Period.parse(other)) for other in office.ledger.issued_periods() if _is_beside(other, period)],
        )


def _open_collectives(master: Master) -> list[str]:
    """Name the collectives without members, but those that the clerk has answered in 待确认: they need no form."""
    answered = {doubt.read for doubt in master.doubts if doubt.code == Code.MEMBERS_UNKNOWN.text.id and not doubt.is_open}
    return [unit.name for unit in master.units if unit.group == COLLECTIVE and not unit.members and unit.name not in answered]


def _is_beside(other: str, period: Period) -> bool:
    return other != str(period) and Period.parse(other).span == period.span


def _beside(office: OfficeContext, period: Period) -> dict[str, Any]:
    units = _standing(office, period).units
    missing = [unit.unit for unit in units if unit.outcome is None or not unit.outcome.counts]
    return {"period": str(period), "issued": len(units), "returned": len(units) - len(missing), "missing": missing}


def _standing(office: OfficeContext, period: Period) -> Round:
    """Say how a period stands; where the office's own sheets are what hinders, raises CommandError that lists all their errors."""
    try:
        return period_standing(office, period) if office.ledger.issued_units(str(period)) or not _is_year(period) else year_standing(office, period)
    except CommandError:
        office.demand_sound(period)
        raise


def _counted(standing: Round, name: str) -> dict[str, Any]:
    """Count a list's tasks, and those of which its lead has spoken."""
    tasks = [task for task in standing.tasks if task.task.listed == name]
    return {"list": name or MAIN_LIST, "tasks": len(tasks), "reported": sum(task.lead is not None for task in tasks)}


def _above(office: OfficeContext, standing: Round, missing: set[str]) -> dict[str, tuple[int, int]]:
    """Count units and returns by 上级单位; {} where no more than one is named."""
    parents = {unit.unit: known.parent for unit in standing.units if (known := office.master.resolve(unit.unit)) is not None and known.parent}
    counted: dict[str, tuple[int, int]] = {}
    for unit, parent in parents.items():
        issued, returned = counted.get(parent, (0, 0))
        counted[parent] = issued + 1, returned + (unit not in missing)
    return counted if len(counted) > 1 else {}


def _is_year(period: Period) -> bool:
    return not period.is_part


def _office_waits(office: OfficeContext, standing: Round, period: Period) -> list[dict[str, Any]]:
    said = appeals_now(office, period)
    found = office_waits(standing.lives, standing.matters, said.appeals, said.decided, str(period), said.book)
    return [{"what": wait.what, "count": wait.number, "sheet": wait.sheet, "book": wait.book} for wait in found]


def _waiting(standing: Round) -> list[str]:
    """Name the files that wait for the office's word, with their numbers."""
    own = [(unit.file, unit.unit) for unit in standing.units if unit.outcome is Outcome.WAITING]
    others = [(file.id, f"{file.unit or '单位不明'}：{file.name}") for file in standing.other_files if file.outcome is Outcome.WAITING]
    return [f"{number} 号（{name}）" for number, name in (*own, *others)]

"""consolidate: ledger → how the round stands → the consolidated workbook."""

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from toolkit.assessment.assess import assess
from toolkit.checks.gather import gather
from toolkit.checks.round import check_round
from toolkit.checks.weigh import weigh
from toolkit.edges.clock import now
from toolkit.edges.workbooks_out import draw
from toolkit.edges.workspace import Workspace, write_file
from toolkit.flows.before import look_back
from toolkit.flows.ground import Ground, opened
from toolkit.flows.history import earlier_progress, filed, planned, strangers, weighed
from toolkit.merging.merge import Known, merge, with_findings
from toolkit.model.findings import Finding
from toolkit.model.period import Period
from toolkit.model.rules import Rules
from toolkit.model.standing import Assessment, Quarter, Round
from toolkit.model.trouble import Trouble
from toolkit.views.consolidated.book import consolidated


class Consolidated(NamedTuple):
    """The workbook's path, and what stands in it."""

    path: Path
    round: Round
    assessment: Assessment
    findings: tuple[Finding, ...]


def consolidate(space: Workspace, period: Period) -> Consolidated:
    """Write the consolidated workbook of a period; the same ledger gives the same bytes."""
    with opened(space, alone=True) as ground:
        standing = stand(ground, period) if period.quarter or period.month else stand_year(ground, period)
        rules = ground.rules()
        assessment = assess(standing, rules)
        history = quarters_of(ground, standing, rules)
        path = space.out(period, "汇总") / f"{period.label}目标任务进展汇总.xlsx"
        write_file(path, draw(consolidated(standing, rules, assessment, history)))
        return Consolidated(path, standing, assessment, ground.faults)


def stand(ground: Ground, period: Period) -> Round:
    """Bring together everything that is known of a period; raises Trouble when nothing was issued."""
    if not _issued(ground, period):
        raise Trouble(f"{period.label}还没有发过表。", f"请先运行“generate {period}”。")
    rules, today = ground.rules(), now().date()
    state = _merged(ground, period, rules)
    across = weigh(check_round(state, look_back(ground, period), rules), rules, today, [said.row for said in state.details])
    return with_findings(state, gather(across))


def stand_year(ground: Ground, year: Period) -> Round:
    """Give how a year stands: what was filled in for the year itself, tasks and indicators as of its newest quarter, every period's process.

    A year without quarters is its work plan; one whose work plan was not issued keeps the newest quarter's returns. Raises Trouble when
    nothing was issued.
    """
    quarters = [one for one in year.quarters() if _issued(ground, one)]
    if not quarters:
        return stand(ground, year)
    stages = tuple(stand(ground, one) for one in (*([year] if _issued(ground, year) else []), *quarters))
    own, newest = stages[0] if stages[0].period == year else stages[-1], stages[-1]
    return replace(own, period=year, tasks=newest.tasks, indicators=newest.indicators, newest=newest.period, stages=stages)


def quarters_of(ground: Ground, state: Round, rules: Rules) -> tuple[Quarter, ...]:
    """Give how the quarters before a quarter stood, all quarters of a year; those that were not issued are left out."""
    period = state.period
    before = [one for one in period.quarters() if one.quarter < period.quarter and _issued(ground, one)]
    stages = state.stages or tuple(_merged(ground, one, rules) for one in before)
    return tuple(Quarter(one.period, one.tasks, assess(one, rules).lights, one.units, one.details) for one in stages if one.period.quarter)


def _issued(ground: Ground, period: Period) -> bool:
    return bool(ground.ledger.issued_units(str(period)))


def _merged(ground: Ground, period: Period, rules: Rules) -> Round:
    form, due = ground.form_of(period), ground.deadline(period).due
    issued = set(ground.ledger.issued_units(str(period)))
    order = [unit.name for unit in ground.master.units if unit.name in issued]
    known = Known(due, planned(ground, period), earlier_progress(ground, period), {}, order)
    files = [weighed(file, rules, now().date()) for file in filed(ground, period)]
    return merge(ground.master, form, period, files=files, strangers=strangers(ground, period), known=known)

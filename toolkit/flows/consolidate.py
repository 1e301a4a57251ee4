"""consolidate: ledger → how the round stands → the consolidated workbook."""

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
from toolkit.model.standing import Assessment, Round
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
        standing = stand(ground, period)
        rules = ground.rules()
        assessment = assess(standing, rules)
        path = space.out(period, "汇总") / f"{period.label}目标任务进展汇总.xlsx"
        write_file(path, draw(consolidated(standing, rules, assessment, ground.ledger.supervision(str(period)))))
        return Consolidated(path, standing, assessment, ground.faults)


def stand(ground: Ground, period: Period) -> Round:
    """Bring together everything that is known of a period; raises Trouble when nothing was issued."""
    form, due = ground.form_of(period), ground.deadline(period).due
    issued = ground.ledger.issued_units(str(period))
    if not issued:
        raise Trouble(f"{period.label}还没有发过表。", f"请先运行“generate {period}”。")
    order = [unit.name for unit in ground.master.units if unit.name in set(issued)]
    known = Known(due, planned(ground, period), earlier_progress(ground, period), {}, order)
    rules, today = ground.rules(), now().date()
    files = [weighed(file, rules, today) for file in filed(ground, period)]
    state = merge(ground.master, form, period, files=files, strangers=strangers(ground, period), known=known)
    across = weigh(check_round(state, look_back(ground, period), rules), rules, today, [said.row for said in state.details])
    return with_findings(state, gather(across))

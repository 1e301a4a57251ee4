"""consolidate: ledger → how the round stands → the consolidated workbook."""

from pathlib import Path
from typing import NamedTuple

from toolkit.assessment.assess import assess
from toolkit.checks.gather import gather
from toolkit.checks.round import check_round
from toolkit.edges.clock import now
from toolkit.edges.inbox import digest_of
from toolkit.edges.ledger_decisions import remember_book, remember_shown
from toolkit.edges.rulings_in import is_open
from toolkit.edges.workbooks_out import draw
from toolkit.edges.workspace import Workspace, write_file
from toolkit.flows.before import look_back
from toolkit.flows.ground import Ground, opened
from toolkit.flows.history import earlier_progress, filed, judge, planned, strangers
from toolkit.flows.receipts import write_receipts
from toolkit.flows.rulings import beside, is_read_back, read_back
from toolkit.merging.merge import Known, merge, with_findings
from toolkit.model.decisions import Decided
from toolkit.model.findings import Finding
from toolkit.model.period import Period
from toolkit.model.standing import Assessment, Round
from toolkit.model.trouble import Trouble
from toolkit.views.consolidated.book import consolidated


class Consolidated(NamedTuple):
    """The workbook's path, what stands in it, faults of master list and forms, sentences about what was left."""

    path: Path
    round: Round
    assessment: Assessment
    findings: tuple[Finding, ...]
    left: tuple[str, ...]


def consolidate(space: Workspace, period: Period) -> Consolidated:
    """Write the consolidated workbook of a period; the same ledger gives the same bytes. What the clerk typed into the last one is read first."""
    with opened(space, alone=True) as ground:
        back = read_back(ground)
        receipts = write_receipts(ground, back.units)
        standing = stand(ground, period)
        rules = ground.rules()
        assessment = assess(standing, rules)
        path, said = _write(ground, period, draw(consolidated(standing, rules, assessment)), standing.decided)
        return Consolidated(path, standing, assessment, ground.faults, (*back.said, *receipts.left, *said))


def stand(ground: Ground, period: Period) -> Round:
    """Bring together everything that is known of a period; raises Trouble when nothing was issued."""
    form, due = ground.form_of(period), ground.deadline(period).due
    issued = ground.ledger.issued_units(str(period))
    if not issued:
        raise Trouble(f"{period.label}还没有发过表。", f"请先运行“generate {period}”。")
    order = [unit.name for unit in ground.master.units if unit.name in set(issued)]
    judging = judge(ground, period)
    decided = judging.decided.within(str(period))
    known = Known(due, planned(ground, period), earlier_progress(ground, period), decided, order)
    files = [judging.file(file) for file in filed(ground, period)]
    state = merge(ground.master, form, period, files=files, strangers=strangers(ground, period), known=known)
    across = judging.judged(tuple(check_round(state, look_back(ground, period), judging.rules)), [said.row for said in state.details])
    return with_findings(state, gather(across))


def _write(ground: Ground, period: Period, content: bytes, decided: Decided) -> tuple[Path, list[str]]:
    """Write the workbook, beside the old one where that is open or could not be read back; gives the path and what there is to say."""
    path = ground.space.out(period, "汇总") / f"{period.label}目标任务进展汇总.xlsx"
    said: list[str] = []
    if is_open(path) or not is_read_back(ground, path) or not _replaced(path, content):
        said.append(f"“{path.name}”正在别处打开或还没有读回，没有动它；新的汇总表写在旁边的“{beside(path).name}”。关闭它之后再运行一次即可。")
        path = beside(path)
        write_file(path, content)
    elif beside(path).exists() and is_read_back(ground, beside(path)):
        beside(path).unlink()
    with ground.ledger.writing() as connection:
        remember_shown(connection, decided, now())
        remember_book(connection, ground.space.relative(path), digest_of(content))
    return path, said


def _replaced(path: Path, content: bytes) -> bool:
    try:
        write_file(path, content)
    except Trouble:
        return False
    return True

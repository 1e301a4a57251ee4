"""consolidate: ledger → how the round stands → the consolidated workbook."""

from collections.abc import Sequence
from dataclasses import replace
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
from toolkit.flows.history import Judge, earlier_progress, filed, judge, planned, strangers
from toolkit.flows.receipts import write_receipts
from toolkit.flows.rulings import beside, is_read_back, read_back
from toolkit.merging.merge import Known, merge, with_findings
from toolkit.model.decisions import LIGHT, LIGHT_REASON, About, Decided
from toolkit.model.findings import Finding
from toolkit.model.period import Period
from toolkit.model.rules import Rules
from toolkit.model.standing import Assessment, Quarter, Round, Ruling, TaskStanding
from toolkit.model.trouble import Trouble
from toolkit.views.consolidated.book import consolidated


class Consolidated(NamedTuple):
    """The workbook's path, what stands in it, faults of master list and forms, sentences about what was left."""

    path: Path
    round: Round
    assessment: Assessment
    findings: tuple[Finding, ...]
    left: tuple[str, ...]


class Drawn(NamedTuple):
    """The workbook's bytes, and what stands in it."""

    content: bytes
    round: Round
    assessment: Assessment


def consolidate(space: Workspace, period: Period) -> Consolidated:
    """Write the consolidated workbook of a period; the same ledger gives the same bytes. What the clerk typed into the last one is read first."""
    with opened(space, alone=True) as ground:
        back = read_back(ground)
        receipts = write_receipts(ground, back.units)
        book = drawn(ground, period)
        path, said = _write(ground, period, book.content, book.round.decided)
        return Consolidated(path, book.round, book.assessment, ground.faults, (*back.said, *receipts.left, *said))


def drawn(ground: Ground, period: Period) -> Drawn:
    """Draw the consolidated workbook of a period from what the ledger holds; raises Trouble when nothing was issued."""
    standing = stand(ground, period) if period.quarter or period.month else stand_year(ground, period)
    rules = ground.rules()
    assessment = assess(standing, rules)
    plan = consolidated(standing, rules, assessment, quarters_of(ground, standing, rules), ground.ledger.supervision(str(period)))
    return Drawn(draw(plan), standing, assessment)


def stand(ground: Ground, period: Period) -> Round:
    """Bring together everything that is known of a period; raises Trouble when nothing was issued."""
    if not _issued(ground, period):
        raise Trouble(f"{period.label}还没有发过表。", f"请先运行“generate {period}”。")
    judging = judge(ground, period)
    state = _merged(ground, judging)
    across = judging.judged(tuple(check_round(state, look_back(ground, period), judging.rules)), [said.row for said in state.details])
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
    tasks, decided = _ruled(newest.tasks, year, ground.decided().within(str(year)))
    return replace(own, period=year, tasks=tasks, indicators=newest.indicators, newest=newest.period, stages=stages, decided=decided)


def _ruled(tasks: Sequence[TaskStanding], year: Period, decided: Decided) -> tuple[tuple[TaskStanding, ...], Decided]:
    """Let the year's own rulings override the newest quarter's; gives with the tasks what the year's book will show as decided."""
    words = {task.task.number: decided.on(About.TASK, f"{year}|{task.task.number}") for task in tasks}
    ruled = tuple(
        replace(task, ruling=Ruling(said.get(LIGHT, ""), said.get(LIGHT_REASON, ""))) if (said := words[task.task.number]) else task for task in tasks
    )
    shown = {f"{year}|{task.task.number}": {LIGHT: task.ruling.light, LIGHT_REASON: task.ruling.note} for task in ruled if task.ruling.light}
    return ruled, Decided({**decided.by, About.TASK: shown})


def quarters_of(ground: Ground, state: Round, rules: Rules) -> tuple[Quarter, ...]:
    """Give how the quarters before a quarter stood, all quarters of a year; those that were not issued are left out."""
    period = state.period
    before = [one for one in period.quarters() if one.quarter < period.quarter and _issued(ground, one)]
    stages = state.stages or tuple(_merged(ground, judge(ground, one)) for one in before)
    return tuple(Quarter(one.period, one.tasks, assess(one, rules).lights, one.units, one.details) for one in stages if one.period.quarter)


def _issued(ground: Ground, period: Period) -> bool:
    return bool(ground.ledger.issued_units(str(period)))


def _merged(ground: Ground, judging: Judge) -> Round:
    period = judging.period
    form, due = ground.form_of(period), ground.deadline(period).due
    issued = set(ground.ledger.issued_units(str(period)))
    order = [unit.name for unit in ground.master.units if unit.name in issued]
    known = Known(due, planned(ground, period), earlier_progress(ground, period), judging.decided.within(str(period)), order)
    files = [judging.file(file) for file in filed(ground, period)]
    return merge(ground.master, form, period, files=files, strangers=strangers(ground, period), known=known)


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

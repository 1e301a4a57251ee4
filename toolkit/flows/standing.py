"""How a period, or a year so far, stands: what units said, merged, judged by the rules and by the office's word."""

from collections.abc import Sequence
from dataclasses import replace

from toolkit.assessment.assess import assess
from toolkit.checks.gather import gather
from toolkit.checks.round import check_round
from toolkit.flows.before import look_back
from toolkit.flows.ground import Ground
from toolkit.flows.history import Judge, earlier_progress, judge, planned, strangers, taken
from toolkit.merging.merge import Known, merge, with_findings
from toolkit.model.decisions import LIGHT, LIGHT_REASON, About, Decided
from toolkit.model.period import Period
from toolkit.model.rules import Rules
from toolkit.model.standing import Quarter, Round, Ruling, TaskStanding
from toolkit.model.trouble import Trouble


def stand(ground: Ground, period: Period) -> Round:
    """Bring together everything that is known of a period; raises Trouble when nothing was issued."""
    ground = ground.of_book(period).at(period)
    if not ground.issued():
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
    ground = ground.of_book(year)
    quarters = [one for one in year.quarters() if _issued(ground, one)]
    if not quarters:
        return stand(ground, year)
    stages = tuple(stand(ground, one) for one in (*([year] if _issued(ground, year) else []), *quarters))
    own, newest = stages[0] if stages[0].period == year else stages[-1], stages[-1]
    shown = _shown(ground, replace(own, period=year), ground.decided().within(str(year)))
    tasks, decided = _ruled(newest.tasks, year, shown)
    return replace(own, period=year, tasks=tasks, indicators=newest.indicators, newest=newest.period, stages=stages, decided=decided)


def _ruled(tasks: Sequence[TaskStanding], year: Period, decided: Decided) -> tuple[tuple[TaskStanding, ...], Decided]:
    """Let the year's own rulings override the newest quarter's; gives with the tasks what the year's book will show as decided."""
    words = {task.task.number: decided.on(About.TASK, f"{year}|{task.task.number}") for task in tasks}
    ruled = tuple(
        replace(task, ruling=Ruling(said.get(LIGHT, ""), said.get(LIGHT_REASON, ""))) if (said := words[task.task.number]) else task for task in tasks
    )
    shown = {f"{year}|{task.task.number}": {LIGHT: task.ruling.light, LIGHT_REASON: task.ruling.note} for task in ruled if task.ruling != Ruling()}
    return ruled, Decided({**decided.by, About.TASK: shown})


def quarters_of(ground: Ground, state: Round, rules: Rules) -> tuple[Quarter, ...]:
    """Give how the quarters before a quarter stood, all quarters of a year; those that were not issued are left out."""
    period = state.period
    ground = ground.of_book(period)
    before = [one for one in period.quarters() if one.quarter < period.quarter and _issued(ground, one)]
    stages = state.stages or tuple(_merged(ground, judge(ground, one)) for one in before)
    return tuple(
        Quarter(one.period, one.tasks, assess(one, rules_of(ground, one.period, rules)).lights, one.units, one.details) for one in stages if one.period.quarter
    )


def rules_of(ground: Ground, period: Period, rules: Rules) -> Rules:
    """Give the rules by which a quarter's lights are told: its own where it is closed, else those of the book."""
    return ground.at(period).rules() if ground.at(period).frozen is not None else rules


def _issued(ground: Ground, period: Period) -> bool:
    return bool(ground.at(period).issued())


def _merged(ground: Ground, judging: Judge) -> Round:
    period = judging.period
    ground = ground.at(period)
    form, due = ground.form_of(period), ground.deadline(period).due
    issued = set(ground.issued())
    order = [unit.name for unit in ground.master.units if unit.name in issued]
    known = Known(due, planned(ground, period), earlier_progress(ground, period), judging.decided.within(str(period)), order)
    files = [judging.file(file) for file in taken(ground, period)]
    state = merge(ground.master, form, period, files=files, strangers=strangers(ground, period), known=known)
    return replace(state, decided=_shown(ground, state, state.decided))


def _shown(ground: Ground, state: Round, decided: Decided) -> Decided:
    """Keep the decisions that a round's workbook shows: of files and letters its own, so that those of later rounds leave it as it is."""
    files = {str(number) for number in (*(unit.file for unit in state.units), *(file.id for file in state.other_files)) if number}
    return decided.of({About.FILE: files, About.SUPERVISION: {letter.reference for letter in ground.at(state.period).letters()}})

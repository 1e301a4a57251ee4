"""How a period, or a year so far, stands: what units said, merged, judged by the rules and by the office's word."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from toolkit.assessment.assess import assess
from toolkit.checks.gather import gather
from toolkit.checks.round import check_round
from toolkit.edges.ledger.decisions import history_of
from toolkit.flows.before import look_back
from toolkit.flows.ground import Ground
from toolkit.flows.history import Judge, earlier_progress, judge, planned, strangers, taken
from toolkit.flows.round_list import received_so_far
from toolkit.merging.arrivals import arrival_findings
from toolkit.merging.merge import Known, merge, with_findings
from toolkit.merging.requests import open_requests
from toolkit.merging.rulings import to_rule_again, with_rulings
from toolkit.model.conflicts import conflict_subject, ruled
from toolkit.model.decisions import HANDLING, LIGHT, LIGHT_REASON, OF_ALL_PERIODS, About, Decided, Decision
from toolkit.model.findings import Level
from toolkit.model.period import Period
from toolkit.model.rules import Rules
from toolkit.model.standing import Quarter, Round
from toolkit.model.statements import statements_in
from toolkit.model.trouble import Trouble


def stand(ground: Ground, period: Period) -> Round:
    """Bring together everything that is known of a period; raises Trouble when nothing was issued."""
    ground = ground.of_book(period).at(period)
    if not ground.issued():
        raise Trouble(f"{period.label}还没有发过表。", f"请先运行“generate {period}”。")
    judging = judge(ground, period)
    state = _judged_whole(_merged(ground, judging), judging)
    found, spoken = tuple(check_round(state, look_back(ground, period), judging.rules)), statements_in(state.findings)
    across = judging.judged(found, [said.row for said in state.details], spoken)
    asked = judging.judged((*to_rule_again(state), *arrival_findings(state), *open_requests(state)), [said.row for said in state.details])
    return with_findings(state, (*gather(across), *asked))


def _judged_whole(state: Round, judging: Judge) -> Round:
    """Judge what was found by putting several returns of a unit together: the office's word on it holds as on what was found in one file."""
    new, spoken = [one for one in state.findings if not one.mark], statements_in(state.findings)
    found = judging.judged(new, [said.row for said in state.details], spoken)
    settled = [one for one in found if one.verdict and not one.counts]
    known = {(one.code, one.place, one.title): one for one in found}
    findings = tuple(one if one.mark else known.get((one.code, one.place, one.title), one) for one in state.findings)
    less = Counter(one.unit for one in settled if one.level is Level.REVIEW)
    units = tuple(replace(unit, reviews=max(unit.reviews - less[unit.unit], 0)) if less[unit.unit] else unit for unit in state.units)
    return replace(state, findings=findings, units=units)


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
    decided = _shown(ground, replace(own, period=year), ground.decided().within(str(year)))
    stand_as = replace(own, period=year, tasks=newest.tasks, indicators=newest.indicators, newest=newest.period, stages=stages)
    return _ruled(replace(stand_as, decided=decided, rulings=_words(ground, year)))


def _ruled(state: Round) -> Round:
    """Let the year's own rulings override the newest quarter's, and show either as decided."""
    own = state.decided.by.get(About.CONFLICT, {})
    given = {conflict_subject(one.conflict, state): one.fields for one in ruled(state.stages[-1]) if one.fields}
    conflicts = {**given, **{subject: fields for subject, fields in own.items() if fields.get(HANDLING)}}
    ruled_anew = with_rulings(replace(state, decided=Decided({**state.decided.by, About.CONFLICT: conflicts})), str(state.period))
    lights = ((task.task.number, task.ruling) for task in ruled_anew.tasks if task.ruling.light or task.ruling.note)
    shown = {f"{state.period}|{number}": {LIGHT: ruling.light, LIGHT_REASON: ruling.note} for number, ruling in lights}
    return replace(ruled_anew, decided=Decided({**ruled_anew.decided.by, About.TASK: shown}))


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


def _earlier(ground: Ground, judging: Judge) -> dict[str, dict[int, Decimal]]:
    """Give the leads' progress of the other quarters, as the office ruled it where it did."""
    found, period = earlier_progress(ground, judging.period), judging.period
    for quarter in period.quarters():
        if quarter.quarter < period.quarter and judging.decided.within(str(quarter)).by.get(About.CONFLICT) and _issued(ground, quarter):
            for task in _merged(ground, judge(ground, quarter)).tasks:
                if task.settled and task.progress is not None:
                    found.setdefault(task.task.number, {})[quarter.quarter] = task.progress
    return found


def _merged(ground: Ground, judging: Judge) -> Round:
    period = judging.period
    ground = ground.at(period)
    form, due = ground.form_of(period), ground.deadline(period).due
    issued = set(ground.issued())
    order = [unit.name for unit in ground.master.units if unit.name in issued]
    known = Known(due, planned(ground, period), _earlier(ground, judging), judging.decided.within(str(period)), order)
    files = [judging.file(file) for file in taken(ground, period)]
    others = strangers(ground, period)
    state = merge(ground.master, form, period, files=files, strangers=others, known=known)
    issues = {record.receipt: record.issue for record in ground.records() if record.receipt}
    state = replace(state, received=received_so_far(files, others, period, issues))
    return replace(state, decided=_shown(ground, state, state.decided), rulings=_words(ground, period))


def _shown(ground: Ground, state: Round, decided: Decided) -> Decided:
    """Keep the decisions that a round's workbook shows: of files and letters its own, so that those of later rounds leave it as it is."""
    files = {str(number) for number in (*(unit.file for unit in state.units), *(file.id for file in state.other_files)) if number}
    return decided.of({About.FILE: files, About.SUPERVISION: {letter.reference for letter in ground.at(state.period).letters()}})


def _words(ground: Ground, period: Period) -> tuple[Decision, ...]:
    """Give every word of the office on a period and on its files; on a closed one up to its closing."""
    ground = ground.at(period)
    files = {str(record.id) for record in ground.records()}
    with ground.ledger.reading() as connection:
        words = history_of(connection, str(period), ground.stage.decided if ground.stage is not None else None)
    return tuple(word for word in words if word.about not in OF_ALL_PERIODS or word.subject in files)

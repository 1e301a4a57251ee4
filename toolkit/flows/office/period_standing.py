"""How a period, or a year so far, stands: what units said, merged, judged by the rules and by the office's word."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from toolkit.assessment.assess import assess
from toolkit.assessment.deductions import names_of
from toolkit.assessment.lights import light
from toolkit.assessment.year_scores import quarter_weights
from toolkit.checks.forecast_checks import check_forecasts
from toolkit.checks.group_findings import group_findings
from toolkit.checks.round_checks import check_round
from toolkit.edges.ledger.decision_records import history_of
from toolkit.edges.ledger.ladder_records import steps_of
from toolkit.edges.ledger.lower_records import sources_of
from toolkit.flows.office.appeals_held import appeals_of
from toolkit.flows.office.evidence_held import evidence_of
from toolkit.flows.office.finding_policy import FindingPolicy, judge
from toolkit.flows.office.nodes_in_force import days_moved, nodes_in_force
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.prior_data import load_prior_data
from toolkit.flows.office.round_chain import parts_of_year, rounds_before
from toolkit.flows.office.round_list import received_so_far
from toolkit.flows.office.rounds_said import year_so_far
from toolkit.flows.office.unit_history import earlier_progress, milestones_before, planned, taken, unidentified
from toolkit.merging.arrival_times import arrival_findings
from toolkit.merging.evidence_lines import evidence_lines
from toolkit.merging.life_effects import life_findings, matter_findings
from toolkit.merging.lower_lines import lower_lines
from toolkit.merging.merge_milestones import Told, heard_in, milestones, with_closed
from toolkit.merging.merge_round import Known, merge, with_findings
from toolkit.merging.open_appeals import open_appeals
from toolkit.merging.request_effects import open_requests
from toolkit.merging.ruling_effects import to_rule_again, with_rulings
from toolkit.model.command_error import CommandError
from toolkit.model.conflicts import conflict_subject, ruled
from toolkit.model.decisions import HANDLING, LIGHT, LIGHT_REASON, OF_ALL_PERIODS, Decided, Decision, DecisionSubject
from toolkit.model.findings import Code, Finding, Level
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.requests import ORIGIN
from toolkit.model.returns import Row
from toolkit.model.rules import Rules
from toolkit.model.standing import Quarter, Round
from toolkit.model.unit_statements import statements_in

_TREND = 12  # rounds before its own that a book looks back on


def period_standing(office: OfficeContext, period: Period) -> Round:
    """Bring together everything that is known of a period; raises CommandError when nothing was issued."""
    office = office.of_book(period).at(period)
    if not office.issued():
        raise CommandError(f"{period.label}还没有发过表。", f"请先运行“generate {period}”。")
    judging = judge(office, period)
    state = _judged_whole(_merged(office, judging), judging)
    state, moved = _with_milestones(office, state)
    past, lights = load_prior_data(office, period), {task.task.number: light(task, judging.rules) for task in state.tasks}
    found = (*check_round(state, past, judging.rules), *check_forecasts(state, past, judging.rules, lights), *moved)
    spoken = statements_in(state.findings)
    across = judging.judged(found, [detail.row for detail in state.details], spoken)
    questions = (*to_rule_again(state), *arrival_findings(state), *open_requests(state, _granted(office, period)), *open_appeals(state))
    waiting = (*questions, *life_findings(state), *matter_findings(state))
    asked = judging.judged(waiting, [detail.row for detail in state.details])
    return with_findings(state, (*group_findings(across), *asked))


def _granted(office: OfficeContext, period: Period) -> frozenset[str]:
    """Give the subjects of the requests that the list was changed for; of a closed period, by then."""
    until = office.frozen.at if office.frozen is not None else None
    stands = (change for change in office.lists.amendments(period.year) if (change.at is not None and change.at <= until if until else not change.is_void))
    return frozenset(change.origin.removeprefix(ORIGIN) for change in stands if change.origin.startswith(ORIGIN))


def _with_milestones(office: OfficeContext, state: Round) -> tuple[Round, tuple[Finding, ...]]:
    """Give a round with how its milestones stand, and what work plans say by now against the days that hold (in a plan's own round)."""
    if not state.period.is_part:
        plans = taken(office, state.period)
        planned = nodes_in_force(office, state.period, plans)
        standing = with_closed(milestones(state.master, planned, ()), state.lives)
        return replace(state, milestones=standing), days_moved(office, state.period, plans, planned)
    before = milestones_before(office, state.period)
    if not before:
        return state, ()
    rows: dict[str, list[Row]] = {}
    for detail in state.details:
        rows.setdefault(detail.unit, []).append(detail.row)
    told = Told(str(state.period), rows, {detail.row.place.file: detail.path for detail in state.details})
    return replace(state, milestones=with_closed(heard_in(before, told), state.lives)), ()


def _judged_whole(state: Round, judging: FindingPolicy) -> Round:
    """Judge what was found by putting several returns of a unit together: the office's word on it holds as on what was found in one file."""
    new, spoken = [finding for finding in state.findings if not finding.mark], statements_in(state.findings)
    found = judging.judged(new, [detail.row for detail in state.details], spoken)
    settled = [finding for finding in found if finding.verdict and not finding.counts]
    known = {(finding.code, finding.place, finding.title): finding for finding in found}
    findings = tuple(finding if finding.mark else known.get((finding.code, finding.place, finding.title), finding) for finding in state.findings)
    less = Counter(finding.unit for finding in settled if finding.level is Level.REVIEW)
    units = tuple(replace(unit, reviews=max(unit.reviews - less[unit.unit], 0)) if less[unit.unit] else unit for unit in state.units)
    return replace(state, findings=findings, units=units)


def year_standing(office: OfficeContext, year: Period) -> Round:
    """Give how a year stands: what was filled in for the year itself, tasks and indicators as of its newest quarter, every period's process.

    A year without quarters is its work plan; one whose work plan was not issued keeps the newest quarter's returns. Raises CommandError when
    nothing was issued.
    """
    office = office.of_book(year)
    quarters = parts_of_year(office, year)
    if not quarters:
        return period_standing(office, year)
    stages = (*((period_standing(office, year),) if _issued(office, year) else ()), *(_stage(office, period) for period in quarters))
    own, newest = stages[0] if stages[0].period == year else stages[-1], stages[-1]
    so_far = year_so_far(office, year)
    own = replace(own, lives=so_far.lives, matters=so_far.matters)
    decided = _shown(office, replace(own, period=year), office.decided().within(str(year)))
    evidence = own.evidence if own.period == year else ()  # that of quarters is checked in their own books
    stand_as = replace(own, evidence=evidence, period=year, tasks=newest.tasks, indicators=newest.indicators, newest=newest.period, stages=stages)
    stand_as = replace(stand_as, milestones=with_closed(newest.milestones, so_far.lives))
    stand_as = replace(stand_as, outcomes=_quarter_outcomes(office, stand_as), appeals=appeals_of(office, year))
    stand_as = replace(stand_as, findings=(*stand_as.findings, *_idle_weights(office, stand_as)))
    return _ruled(replace(stand_as, decided=decided, rulings=_words(office, year, own)))


def _stage(office: OfficeContext, period: Period) -> Round:
    """Give a quarter as the year has it: a closed one keeps the rules of its closing."""
    state, here = period_standing(office, period), office.at(period)
    return state if here.frozen is None else replace(state, closed_rules=here.rules())


def _idle_weights(office: OfficeContext, state: Round) -> Iterator[Finding]:
    """Say that weights of quarters count for nothing in a year without quarters."""
    if any(quarter_weights(office.at(state.period).rules())) and not any(stage.period.quarter for stage in state.stages):
        yield Finding(Code.QUARTERS_IDLE, Place(), title="参数")


def _quarter_outcomes(office: OfficeContext, state: Round) -> dict[tuple[str, int], Decimal]:
    """Give each unit's outcome score of each quarter as that quarter's own book has it, by the units' names in the year; {} where quarters have no weight."""
    rules = office.at(state.period).rules()
    if not any(quarter_weights(rules)):
        return {}
    found = {}
    for stage in state.stages:
        called = names_of(stage, state)
        for score in assess(stage, rules_of(office, stage.period, rules)).scores.units if stage.period.quarter else ():
            if score.unit in called:
                found[called[score.unit], stage.period.quarter] = score.outcome
    return found


def _ruled(state: Round) -> Round:
    """Let the year's own rulings override the newest quarter's, and show either as decided."""
    own = state.decided.by.get(DecisionSubject.CONFLICT, {})
    given = {conflict_subject(ruling.conflict, state): ruling.fields for ruling in ruled(state.stages[-1]) if ruling.fields}
    conflicts = {**given, **{subject: fields for subject, fields in own.items() if fields.get(HANDLING)}}
    ruled_anew = with_rulings(replace(state, decided=Decided({**state.decided.by, DecisionSubject.CONFLICT: conflicts})), str(state.period))
    lights = ((task.task.number, task.ruling) for task in ruled_anew.tasks if task.ruling.light or task.ruling.note)
    shown = {f"{state.period}|{number}": {LIGHT: ruling.light, LIGHT_REASON: ruling.note} for number, ruling in lights}
    return replace(ruled_anew, decided=Decided({**ruled_anew.decided.by, DecisionSubject.TASK: shown}))


def quarters_of(office: OfficeContext, state: Round, rules: Rules) -> tuple[Quarter, ...]:
    """Give how the rounds of its form before a round stood, all rounds of a year; those that were not issued are left out."""
    period = state.period
    office = office.of_book(period)
    before = rounds_before(office, period)[-_TREND:] if period.is_part else ()
    stages = state.stages or tuple(_merged(office, judge(office, period)) for period in before)
    return tuple(
        Quarter(stage.period, stage.tasks, assess(stage, rules_of(office, stage.period, rules)).lights, stage.units, stage.details)
        for stage in stages
        if stage.period.is_part
    )


def rules_of(office: OfficeContext, period: Period, rules: Rules) -> Rules:
    """Give the rules by which a quarter's lights are told: its own where it is closed, else those of the book."""
    return office.at(period).rules() if office.at(period).frozen is not None else rules


def rules_of_book(office: OfficeContext, period: Period) -> Rules:
    """Give the rules by which a period's own book is drawn: of a closed period those of its closing."""
    here = office.of_book(period)
    return rules_of(here, period, here.rules())


def _issued(office: OfficeContext, period: Period) -> bool:
    return bool(office.at(period).issued())


def _earlier(office: OfficeContext, judging: FindingPolicy) -> dict[str, dict[int, Decimal]]:
    """Give the leads' progress of the other quarters, as the office ruled it where it did."""
    found, period = earlier_progress(office, judging.period), judging.period
    for quarter in rounds_before(office, period) if period.quarter else ():
        if judging.decided.within(str(quarter)).by.get(DecisionSubject.CONFLICT):
            for task in _merged(office, judge(office, quarter)).tasks:
                if task.settled and task.progress is not None:
                    found.setdefault(task.task.number, {})[quarter.quarter] = task.progress
    return found


def _merged(office: OfficeContext, judging: FindingPolicy) -> Round:
    period = judging.period
    office = office.at(period)
    form, due = office.form_of(period), office.deadline(period).due
    issued = set(office.issued())
    order = [unit.name for unit in office.master.units if unit.name in issued]
    so_far = year_so_far(office, period)
    known = Known(due, planned(office, period), _earlier(office, judging), judging.decided.within(str(period)), order, so_far.lives)
    files = [judging.file(file) for file in taken(office, period)]
    others = unidentified(office, period)
    state = merge(office.master, form, period, files=files, strangers=others, known=known)
    issues = {record.receipt: record.issue for record in office.records() if record.receipt}
    state = replace(state, received=received_so_far(files, others, period, issues))
    lines = evidence_lines(evidence_of(office, period), state.details, form, state.decided, period)
    steps = steps_of(office.ledger, str(period), office.frozen.at if office.frozen is not None else None)
    state = replace(state, lives=so_far.lives, matters=so_far.matters, steps=tuple(steps))
    with office.ledger.reading() as connection:
        sources = sources_of(connection, (file.id for file in files if file.counts))
    below = tuple(lower_lines(state.details, files, form, sources))
    state = replace(state, evidence=lines, lower=below, appeals=appeals_of(office, period))
    return replace(state, decided=_shown(office, state, state.decided), rulings=_words(office, period, state))


def _shown(office: OfficeContext, state: Round, decided: Decided) -> Decided:
    """Keep the decisions that a round's workbook shows: of files and letters its own, so that those of later rounds leave it as it is."""
    files = {str(number) for number in (*(unit.file for unit in state.units), *(file.id for file in state.other_files)) if number}
    letters, matters = {letter.reference for letter in office.at(state.period).letters()}, {matter.id for matter in state.matters}
    numbered = {DecisionSubject.FILE: files, DecisionSubject.SUPERVISION: letters, DecisionSubject.MATTER: matters}
    return decided.of({**numbered, DecisionSubject.STEP: {step.reference for step in state.steps}})


def _words(office: OfficeContext, period: Period, state: Round) -> tuple[Decision, ...]:
    """Give every word of the office on a period, its files, matters and steps; on a closed one up to its closing."""
    office = office.at(period)
    known = {*(str(record.id) for record in office.records()), *(matter.id for matter in state.matters), *(step.reference for step in state.steps)}
    with office.ledger.reading() as connection:
        words = history_of(connection, str(period), office.stage.decided if office.stage is not None else None)
    return tuple(word for word in words if word.about not in OF_ALL_PERIODS or word.subject in known)

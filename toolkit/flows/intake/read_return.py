"""One file's way through the rooms: read → identify → typed answers → checks → what goes in."""

from collections.abc import Sequence
from dataclasses import replace

from toolkit.amending.in_force import successors
from toolkit.checks.apply_policy import apply_policy
from toolkit.checks.check_return import check_return
from toolkit.checks.group_findings import group_findings
from toolkit.edges.clock import now
from toolkit.flows.intake.read_appeal import read_appeal
from toolkit.flows.office.former_units import ending_of
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.parsed_return import ParsedReturn, UnreadableFile
from toolkit.flows.office.prior_data import PriorData
from toolkit.flows.office.unit_lookup import owner
from toolkit.merging.accept_answers import accept, outcome_of
from toolkit.model.appeals import APPEAL_FORM
from toolkit.model.findings import Code, Finding
from toolkit.model.issue import Issue
from toolkit.model.master import Master
from toolkit.model.part_names import part_name
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Arrival, Outcome, Return, Row, Sent
from toolkit.model.values import joined_words


def read_return(
    read: ParsedReturn | Finding | UnreadableFile,
    sent: Sent,
    *,
    office: OfficeContext,
    before: PriorData,
    accepted: bool = False,
    again: bool = False,
) -> Arrival:
    """Bring one file to its outcome; never raises for what is in the file. A finding in the place of a file says why it could not be read.

    Raises RuntimeError for a fault of our own in the reading process, with its traceback.

    `accepted`: the office looked at it and said whose it is; what was doubtful stays a finding.
    `again`: it was taken in before, from a unit that the list knew then.
    """
    if isinstance(read, Finding):
        return refused(sent, read)
    if isinstance(read, UnreadableFile):
        raise RuntimeError(read.trace)  # noqa: TRY004 - not a type that is wrong
    known = read.identity
    if known.issue is None:
        return refused(sent, *known.findings)
    issue = replace(known.issue, unit=owner(office.at(Period.parse(known.issue.period)), known.issue))
    known_findings = (*_older(issue, sent, before, read.rows), *known.findings)
    if known.unsure and not accepted:
        findings = tuple(replace(finding, unit=issue.unit) for finding in known_findings)
        return Arrival(sent, Outcome.WAITING, findings[-1].message, issue.unit, issue.period, findings=findings, votes=known.votes)
    strange = _out_of_place(issue, sent, office, again=again)
    if strange:
        return replace(refused(sent, strange), unit=issue.unit, period=issue.period)
    against = [] if part_name(sent.name) else list(before.register.contradictions(sent, issue, known.votes[0].carrier if known.votes else ""))
    votes = (*known.votes, *(contradiction.vote for contradiction in against))
    beside = (*known_findings, *(contradiction.finding for contradiction in against))
    if read.empty is not None:
        findings = tuple(replace(finding, unit=issue.unit) for finding in (read.empty, *beside))
        return Arrival(sent, Outcome.IGNORED, read.empty.message, issue.unit, issue.period, findings=findings, votes=votes)
    known = known._replace(votes=votes)
    return _taken_in(read._replace(identity=known, findings=(*beside, *read.findings)), issue, sent, office, before)


def _taken_in(done: ParsedReturn, issue: Issue, sent: Sent, office: OfficeContext, before: PriorData) -> Arrival:
    """Give what becomes of a file that is surely a unit's: an appeal is registered, a return judged."""
    if issue.form == APPEAL_FORM:
        return read_appeal(done, issue, sent, office)
    return _judged(done._replace(findings=(*_other_round(issue, sent, before), *done.findings)), issue, sent, office, before)


def refused(sent: Sent, *findings: Finding) -> Arrival:
    """Refuse a file for the reason its first finding gives; one behind a password waits for it, rows of nobody known for the clerk's word."""
    outcome = Outcome.WAITING if findings[0].code in {Code.PASSWORD, Code.NOT_PARTED} else Outcome.REFUSED
    return Arrival(sent, outcome, findings[0].message, findings=findings)


def _judged(done: ParsedReturn, issue: Issue, sent: Sent, office: OfficeContext, before: PriorData) -> Arrival:
    form = next(form for form in office.at(Period.parse(issue.period)).forms if form.code == issue.form)
    context = before.context(issue, sent)
    wrong = check_return(done.rows, done.signed, form, context)
    findings = [replace(finding, unit=issue.unit) for finding in (*done.findings, *wrong, *_late(issue, sent, context.master))]
    weighed = apply_policy(findings, context.rules, before.today, done.rows)
    outcome, reason = outcome_of(group_findings(weighed))
    content = Return(sent, issue.unit, Period.parse(issue.period), form.code, issue.receipt, issue.number, accept(done.rows, weighed), done.changed)
    return Arrival(sent, outcome, reason, issue.unit, issue.period, content, weighed, done.identity.votes, sources=done.sources)


def _older(issue: Issue, sent: Sent, before: PriorData, rows: Sequence[Row]) -> list[Finding]:
    """Say that a form is not the unit's last one, and which tasks were added to that one, or are not the unit's any more."""
    last, number, place = before.last_number(issue), str(issue.number), Place(sent.name)
    found = [Finding(Code.OLDER_ISSUE, place, {"number": number, "last": str(last)})] if last > issue.number else []
    added, left = before.added_since(issue), before.left_since(issue, rows)
    found += [Finding(Code.ROWS_ADDED, place, {"number": number, "rows": joined_words(added)})] if added else []
    return found + ([Finding(Code.ROWS_LEFT, place, {"rows": joined_words(left)})] if left else [])


def _other_round(issue: Issue, sent: Sent, before: PriorData) -> list[Finding]:
    """Say to a unit that it filled in the form of an earlier round, while a later one waits for it."""
    later = before.awaited(issue)
    if later is None:
        return []
    facts = {"period": Period.parse(issue.period).label, "current": later.label}
    return [Finding(Code.OTHER_ROUND, Place(sent.name), facts)]


def _out_of_place(issue: Issue, sent: Sent, office: OfficeContext, *, again: bool) -> Finding | None:
    place, office = Place(sent.name), office.at(Period.parse(issue.period))
    if office.form(issue.form) is None and issue.form != APPEAL_FORM:
        return Finding(Code.UNKNOWN_FORM, place, {"form": issue.form})
    if issue.period not in {line.period for line in office.master.calendar}:
        return Finding(Code.WRONG_PERIOD, place, {"seen": issue.period})
    if office.master.resolve(issue.unit) is None and not again:
        ended = ending_of(office.lists, Period.parse(issue.period).year, issue.unit)
        if ended is None:
            return Finding(Code.FOREIGN_UNIT, place, {"unit": issue.unit})
        others = joined_words(successors(ended.change))
        return Finding(Code.FORMER_UNIT, place, {"unit": issue.unit, "since": ended.since_text, "what": ended.change.matter, "others": others})
    return None


def _late(issue: Issue, sent: Sent, master: Master) -> list[Finding]:
    due = next((line.due for line in master.calendar if line.period == issue.period), None)
    came = (sent.received or now()).date()
    if due is None or came <= due or (not sent.origin and sent.sent.date() <= due):
        return []
    return [Finding(Code.LATE, Place(sent.name), {"due": due.isoformat(), "sent": came.isoformat()})]

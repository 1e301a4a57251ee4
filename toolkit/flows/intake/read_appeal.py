"""read_appeal: a returned form of 成绩申诉 is registered, line by line; the office rules on it, whatever else came of the period stays as it is."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from toolkit.edges.clock import now
from toolkit.flows.office.appeals_held import appeal_due, appeal_form, days_late
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.parsed_return import ParsedReturn
from toolkit.merging.accept_answers import accept
from toolkit.model.appeals import BASIS, OPINION, OTHER_MATTER, WHY
from toolkit.model.findings import Code, Finding
from toolkit.model.issue import Issue
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Arrival, Outcome, Return, Row, Sent


def read_appeal(done: ParsedReturn, issue: Issue, sent: Sent, office: OfficeContext) -> Arrival:
    """Register what a unit says against its scorecard. A form in which nothing is said is put aside, and why."""
    period, place = Period.parse(issue.period), Place(sent.name)
    rows = tuple(row for row in _taken_back(done.rows, done.findings) if _speaks(row))
    if not rows:
        blank = Finding(Code.APPEAL_BLANK, place, unit=issue.unit)
        return Arrival(sent, Outcome.IGNORED, blank.message, issue.unit, issue.period, findings=(blank, *done.findings), votes=done.identity.votes)
    here, came = office.at(period), (sent.received or now()).date()
    taken = Finding(Code.APPEAL_TAKEN, place, {"period": period.label, "count": str(len(rows))})
    findings, late = [taken], days_late(here, issue.unit, period, issue, came)
    if late:
        due = appeal_due(here, issue.unit, period, issue.due)
        findings.append(Finding(Code.APPEAL_LATE, place, {"due": due.isoformat() if due else "", "came": came.isoformat(), "days": str(late)}))
    found = tuple(replace(finding, unit=issue.unit) for finding in (*findings, *done.findings))
    content = Return(sent, issue.unit, period, appeal_form(office).code, issue.receipt, issue.number, accept(rows, found), done.changed)
    return Arrival(sent, Outcome.APPEALED, taken.message, issue.unit, issue.period, content, found, done.identity.votes)


def _taken_back(rows: Iterable[Row], findings: Iterable[Finding]) -> Iterator[Row]:
    """Give rows with the opinion that was taken back: 撤回 in its cell is no value of a form, but is the unit's word on its appeal."""
    said = {(note.facts["table"], note.facts["key"]): note for note in findings if note.code is Code.WITHDRAWN and note.facts["field"] == OPINION}
    for row in rows:
        note = said.get((row.table, row.key))
        yield replace(row, answers={**row.answers, OPINION: Answer(note.facts["words"], note.facts["words"], note.place)}) if note else row


def _speaks(row: Row) -> bool:
    return any(code in row.answers for code in (OPINION, WHY, BASIS, OTHER_MATTER))

"""One file's way through the rooms: read → identify → typed answers → checks → what goes in."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from toolkit.checks.check import check_return
from toolkit.checks.gather import gather
from toolkit.checks.weigh import weigh
from toolkit.flows.before import Before
from toolkit.intake.identify import identify
from toolkit.intake.read import read_rows
from toolkit.intake.signed import read_signatures
from toolkit.merging.accept import accept, outcome_of
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.master import Master
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Arrival, Grid, Outcome, Return, Sent


class Issued(Protocol):
    """What was issued, as far as recognising a return needs it: the ledger gives it."""

    def seal_of(self, receipt: str) -> str | None:
        """Give the seal issued under a receipt code, None for a code we never gave."""

    def seals(self) -> list[str]:
        """Give every seal that was ever issued."""


def read_return(
    grid: Grid | Finding, sent: Sent, *, master: Master, forms: Sequence[Form], key: bytes, issued: Issued, before: Before, accepted: bool = False
) -> Arrival:
    """Bring one file to its outcome; never raises for what is in the file. A finding in the place of a grid says why there is none.

    `accepted`: the office looked at it and said whose it is; what was doubtful stays a finding.
    """
    if isinstance(grid, Finding):
        return refused(sent, grid)
    known = identify(grid, key, issued.seal_of, issued=issued.seals, newest=before.last_number)
    issue = known.issue
    if issue is None:
        return refused(sent, *known.findings)
    if known.unsure and not accepted:
        findings = tuple(replace(finding, unit=issue.unit) for finding in known.findings)
        return Arrival(sent, Outcome.WAITING, findings[-1].message, issue.unit, issue.period, findings=findings, votes=known.votes)
    strange = _out_of_place(issue, sent, master, forms)
    if strange:
        return replace(refused(sent, strange), unit=issue.unit, period=issue.period)
    form = before.form(next(form for form in forms if form.code == issue.form), issue.unit)
    return replace(_judged(grid, issue, sent, form, known.findings, before), votes=known.votes)


def refused(sent: Sent, *findings: Finding) -> Arrival:
    """Refuse a file for the reason its first finding gives; one behind a password waits for it."""
    outcome = Outcome.WAITING if findings[0].code is Code.PASSWORD else Outcome.REFUSED
    return Arrival(sent, outcome, findings[0].message, findings=findings)


def _judged(grid: Grid, issue: Issue, sent: Sent, form: Form, said: tuple[Finding, ...], before: Before) -> Arrival:
    rows, found = read_rows(grid, issue, form)
    context = before.context(issue, sent)
    wrong = check_return(rows, read_signatures(grid, issue, form), form, context)
    findings = [replace(finding, unit=issue.unit) for finding in (*said, *_beside(grid, issue), *found, *wrong, *_late(issue, sent, context.master))]
    weighed = weigh(findings, context.rules, before.today, rows)
    outcome, reason = outcome_of(gather(weighed))
    content = Return(sent, issue.unit, Period.parse(issue.period), form.code, issue.receipt, issue.number, accept(rows, weighed))
    return Arrival(sent, outcome, reason, issue.unit, issue.period, content, weighed)


def _beside(grid: Grid, issue: Issue) -> list[Finding]:
    """What else is in the file; the comments of a receipt are the office's own."""
    is_receipt = any(row.filled for rows in issue.tables.values() for row in rows)
    return [finding for finding in grid.findings if not (is_receipt and finding.code is Code.COMMENTS)]


def _out_of_place(issue: Issue, sent: Sent, master: Master, forms: Sequence[Form]) -> Finding | None:
    place = Place(sent.name)
    if issue.form not in {form.code for form in forms}:
        return Finding(Code.UNKNOWN_FORM, place, {"form": issue.form})
    if issue.period not in {line.period for line in master.calendar}:
        return Finding(Code.WRONG_PERIOD, place, {"seen": issue.period})
    if master.resolve(issue.unit) is None:
        return Finding(Code.FOREIGN_UNIT, place, {"unit": issue.unit})
    return None


def _late(issue: Issue, sent: Sent, master: Master) -> list[Finding]:
    due = next((line.due for line in master.calendar if line.period == issue.period), None)
    if due is None or sent.sent.date() <= due:
        return []
    return [Finding(Code.LATE, Place(sent.name), {"due": due.isoformat(), "sent": sent.sent.date().isoformat()})]

"""grant_requests: what the office agreed to becomes dated changes of the master list; what it takes back is taken out again."""

from collections.abc import Collection, Iterator
from dataclasses import replace

from toolkit.amending.default_dates import first_span
from toolkit.edges.clock import now
from toolkit.edges.current_clerk import current_clerk
from toolkit.edges.ledger import amendment_records as kept
from toolkit.edges.templates.read_master import load_master
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.period_standing import period_standing
from toolkit.merging.request_effects import change_of, changes_list
from toolkit.model.amendments import Amendment, AmendmentKind, Change, first_day
from toolkit.model.command_error import CommandError
from toolkit.model.decisions import GRACE, GRACE_REASON, HANDLING, REASON, Decision, DecisionSubject
from toolkit.model.findings import Code
from toolkit.model.period import Period
from toolkit.model.requests import AGREED, ORIGIN, REFERENCE, Request, RequestKind, requests


def grant(office: OfficeContext) -> list[str]:
    """Bring the changes of the master list in line with what the office has agreed to; gives what the clerk has to do about the list."""
    subjects = office.decided().by.get(DecisionSubject.REQUEST, {})
    known = {
        amendment.origin: amendment
        for year in {int(name[:4]) for name in subjects}
        for amendment in office.lists.amendments(year)
        if amendment.origin.startswith(ORIGIN)
    }
    agreed = {subject: fields for subject, fields in subjects.items() if fields.get(HANDLING) == AGREED}
    new = {f"{ORIGIN}{subject}" for subject in agreed} - {origin for origin, amendment in known.items() if not amendment.is_void}
    undone = [replace(amendment, is_void=True) for origin, amendment in known.items() if not amendment.is_void and origin.removeprefix(ORIGIN) not in agreed]
    again = [replace(known[origin], is_void=False) for origin in sorted(new & known.keys())]
    added = [amendment for origin in sorted(new - known.keys()) for amendment in _amendments(office, origin.removeprefix(ORIGIN))]
    if not added and not undone and not again:
        return []
    with office.ledger.writing() as connection:
        kept.add(connection, added)
        kept.edit(connection, [*undone, *again])
    office.forget()
    registered = office.registrar.look_at(*load_master(office.space.master))
    office.forget()
    todo = (*(finding for finding in registered.findings if finding.code is Code.LIST_OPEN), *registered.asked)
    return [f"{finding.place}：{finding.message}{finding.advice}" for finding in todo]


def _amendments(office: OfficeContext, subject: str) -> Iterator[Amendment]:
    """Give the change that an agreed request makes; none where it cannot be told, which 问题清单 says."""
    period = Period.parse(subject.partition("|")[0])
    request = _request(office, period, subject)
    if request is None or not changes_list(request):
        return
    master = office.lists.current(period.year) or office.master
    change = change_of(request, master, period.year)
    if isinstance(change, Change) and change.before != change.after:
        fields = office.decided().on(DecisionSubject.REQUEST, subject)
        issued = office.ledger.issued_periods()
        settled = [name for name in issued if office.registrar.is_settled(name)]
        span = first_span(master.calendar, period.year, issued=issued, settled=settled, today=now().date()) or Period(period.year + 1)
        yield Amendment(
            0,
            period.year,
            change,
            first_day(span),
            str(span),
            AmendmentKind.CHANGE,
            reference=fields.get(REFERENCE, ""),
            reason=request.why,
            approved=fields.get(REASON, ""),
            origin=f"{ORIGIN}{subject}",
            who=current_clerk(office.space),
            at=now(),
        )


def _request(office: OfficeContext, period: Period, subject: str) -> Request | None:
    try:
        state = period_standing(office, period)
    except CommandError:  # a period that was never issued has no requests
        return None
    return next((request for request in requests(state) if request.subject(str(period)) == subject), None)


def graces(office: OfficeContext, period: str, changed: Collection[Decision]) -> list[Decision]:
    """Give a unit the time that it asked for to report, where that was just agreed to; take it back where the office has thought better of it."""
    ruled = [decision for decision in changed if decision.about is DecisionSubject.REQUEST and decision.field == HANDLING]
    ruled = [decision for decision in ruled if AGREED in {decision.value, decision.before} and decision.subject.split("|")[-2] == RequestKind.REPORT_LATER]
    words = {decision.subject: decision.value for decision in changed if decision.about is DecisionSubject.REQUEST and decision.field == REFERENCE}
    found: list[Decision] = []
    for decision in ruled:
        request = _request(office, Period.parse(period), decision.subject)
        if request is not None:
            subject = f"{period}|{request.unit}"
            given = office.decided().on(DecisionSubject.GRACE, subject)
            reason = words.get(decision.subject, "") or request.why or RequestKind.REPORT_LATER.value
            new = {GRACE: request.to, GRACE_REASON: reason} if decision.value == AGREED else {GRACE: "", GRACE_REASON: ""}
            if decision.value == AGREED or given.get(GRACE) == request.to:  # a day that the clerk gave otherwise stays
                at, who = now(), current_clerk(office.space)
                found += [Decision(DecisionSubject.GRACE, subject, field, value, given.get(field, ""), at, who) for field, value in new.items()]
    return found

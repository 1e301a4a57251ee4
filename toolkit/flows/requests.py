"""requests: what the office agreed to becomes dated changes of the master list; what it takes back is taken out again."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from toolkit.amending.dating import first_span
from toolkit.edges.clock import now
from toolkit.edges.ledger import amendments as kept
from toolkit.edges.templates.master_in import load_master
from toolkit.edges.who import who
from toolkit.flows.ground import Ground
from toolkit.flows.standing import stand
from toolkit.merging.requests import change_of, changes_list
from toolkit.model.amendments import Amendment, Change, Nature, first_day
from toolkit.model.decisions import GRACE, GRACE_REASON, HANDLING, REASON, About, Decision
from toolkit.model.findings import Code
from toolkit.model.period import Period
from toolkit.model.requests import AGREED, REFERENCE, Request, RequestKind, requests
from toolkit.model.trouble import Trouble

_ORIGIN = "申请事项 "  # before a request's subject, in a change's origin


def grant(ground: Ground) -> list[str]:
    """Bring the changes of the master list in line with what the office has agreed to; gives what the clerk has to do about the list."""
    subjects = ground.decided().by.get(About.REQUEST, {})
    known = {one.origin: one for year in {int(name[:4]) for name in subjects} for one in ground.lists.amendments(year) if one.origin.startswith(_ORIGIN)}
    agreed = {subject: fields for subject, fields in subjects.items() if fields.get(HANDLING) == AGREED}
    new = {f"{_ORIGIN}{subject}" for subject in agreed} - {origin for origin, one in known.items() if not one.is_void}
    undone = [replace(one, is_void=True) for origin, one in known.items() if not one.is_void and origin.removeprefix(_ORIGIN) not in agreed]
    again = [replace(known[origin], is_void=False) for origin in sorted(new & known.keys())]
    added = [one for origin in sorted(new - known.keys()) for one in _amendments(ground, origin.removeprefix(_ORIGIN))]
    if not added and not undone and not again:
        return []
    with ground.ledger.writing() as connection:
        kept.add(connection, added)
        kept.edit(connection, [*undone, *again])
    ground.forget()
    registered = ground.registrar.look_at(*load_master(ground.space.master))
    ground.forget()
    todo = (*(finding for finding in registered.said if finding.code is Code.LIST_OPEN), *registered.asked)
    return [f"{finding.place}：{finding.message}{finding.advice}" for finding in todo]


def _amendments(ground: Ground, subject: str) -> Iterator[Amendment]:
    """Give the change that an agreed request makes; none where it cannot be told, which 问题清单 says."""
    period = Period.parse(subject.partition("|")[0])
    request = _request(ground, period, subject)
    if request is None or not changes_list(request):
        return
    master = ground.lists.current(period.year) or ground.master
    change = change_of(request, master, period.year)
    if isinstance(change, Change) and change.before != change.after:
        fields = ground.decided().on(About.REQUEST, subject)
        issued = ground.ledger.issued_periods()
        settled = [name for name in issued if any(paper.number for paper in ground.ledger.papers(name).values())]
        span = first_span(master.calendar, period.year, issued=issued, settled=settled, today=now().date()) or Period(period.year + 1)
        yield Amendment(
            0,
            period.year,
            change,
            first_day(span),
            str(span),
            Nature.CHANGE,
            reference=fields.get(REFERENCE, ""),
            reason=request.why,
            approved=fields.get(REASON, ""),
            origin=f"{_ORIGIN}{subject}",
            who=who(ground.space),
            at=now(),
        )


def _request(ground: Ground, period: Period, subject: str) -> Request | None:
    try:
        state = stand(ground, period)
    except Trouble:  # a period that was never issued has no requests
        return None
    return next((one for one in requests(state) if one.subject(str(period)) == subject), None)


def graces(ground: Ground, period: str, changed: Iterable[Decision]) -> list[Decision]:
    """Give a unit the time that it asked for to report, where that was just agreed to."""
    agreed = [one.subject for one in changed if one.about is About.REQUEST and one.field == HANDLING and one.value == AGREED]
    kinds = [subject for subject in agreed if subject.split("|")[3] == RequestKind.REPORT_LATER]
    found = [one for subject in kinds if (one := _request(ground, Period.parse(period), subject))]
    words = {one.subject: one.value for one in changed if one.about is About.REQUEST and one.field == REFERENCE}
    return [
        Decision(About.GRACE, f"{period}|{one.unit}", field, value, "", now(), who(ground.space))
        for one in found
        for field, value in ((GRACE, one.to), (GRACE_REASON, words.get(one.subject(period), "") or one.why or RequestKind.REPORT_LATER.value))
    ]

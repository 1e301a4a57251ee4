"""migrate_rulings: rulings that older programs kept by a file's name and a cell, kept from now on by what they rule on."""

from collections.abc import Iterator

from toolkit.edges.clock import now
from toolkit.edges.ledger import decision_records as kept
from toolkit.edges.ledger.watch_log import WatchLog
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.period_standing import period_standing
from toolkit.model.command_error import CommandError
from toolkit.model.conflicts import conflict_subject, conflicts
from toolkit.model.decisions import HANDLING, REPORTED, Decided, Decision, DecisionSubject, finding_subject, former_finding_subject
from toolkit.model.period import Period

_PARTS = {DecisionSubject.FINDING: 6, DecisionSubject.CONFLICT: 5}  # of a subject as it is now, with its period


def carry_over(office: OfficeContext) -> None:
    """Give rulings of older programs, and of workbooks that they wrote, the names of today; once for each set of them."""
    decided = office.decided()
    old = {about: {subject for subject in decided.by.get(about, {}) if not _is_new(about, subject)} for about in _PARTS}
    count = sum(map(len, old.values()))
    done, name = WatchLog(office.ledger), f"认定移交 {count}"
    if not count or name in done.done():
        return
    periods = sorted({subject.partition("|")[0] for subjects in old.values() for subject in subjects})
    words = [word for period in periods for word in _renamed(office, period, decided)]
    with office.ledger.writing() as connection:
        kept.add(connection, words)
    done.record([name], now())


def _is_new(about: DecisionSubject, subject: str) -> bool:
    """Whether a subject ends in a 认定号."""
    last = subject.rpartition("|")[2]
    return subject.count("|") == _PARTS[about] - 1 and len(last) == 12 and set(last) <= set("0123456789abcdef")


def _renamed(office: OfficeContext, period: str, decided: Decided) -> Iterator[Decision]:
    try:
        state = period_standing(office, Period.parse(period))
    except CommandError:  # a period that was never issued has nothing to rule on
        return
    names = [
        (DecisionSubject.FINDING, f"{period}|{finding_subject(finding)}", f"{period}|{former_finding_subject(finding)}", finding.message)
        for finding in state.findings
    ]
    for conflict in conflicts(state):
        subject = conflict_subject(conflict, state)
        names.append((DecisionSubject.CONFLICT, subject, subject.rpartition("|")[0], ""))
    for about, subject, former, text in names:
        fields = decided.on(about, former)
        if fields.get(HANDLING) and not decided.on(about, subject):
            yield from (Decision(about, subject, field, value, "", now()) for field, value in {**fields, REPORTED: text or subject}.items())

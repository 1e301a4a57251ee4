"""rule_arrivals: the office's word on all returns whose time of arrival is in doubt, put down file by file."""

from collections.abc import Iterable, Iterator

from toolkit.edges.clock import now
from toolkit.edges.current_clerk import current_clerk
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.unit_history import filed
from toolkit.merging.arrival_times import corrected, grace_of, is_doubtful
from toolkit.model.decisions import ARRIVED, ARRIVED_REASON, HANDLING, REASON, Decision, DecisionSubject
from toolkit.model.findings import SENT_BACK, SETTLED, Code
from toolkit.model.period import Period

_USUAL = {True: "以文件自己的时间为准", False: "以收进来的时间为准"}


def arrivals_ruled(office: OfficeContext, period: str, changed: Iterable[Decision]) -> list[Decision]:
    """Give a corrected time for each file in doubt, where the clerk has ruled on the line that asks about them all."""
    asked = [decision for decision in changed if decision.about is DecisionSubject.FINDING and decision.subject.split("|")[1] == Code.ARRIVAL_DOUBT.text.id]
    word = next((decision.value for decision in asked if decision.field == HANDLING and decision.value in {*SETTLED, SENT_BACK}), "")
    why = next((decision.value for decision in asked if decision.field == REASON), "")
    return list(_times(office, Period.parse(period), in_time=word != SENT_BACK, why=why)) if word else []


def _times(office: OfficeContext, period: Period, *, in_time: bool, why: str) -> Iterator[Decision]:
    decided, usual = office.decided(), office.deadline(period).due
    for file in filed(office, period):
        due = grace_of(file.unit, due=usual, period=str(period), decided=decided)
        if due is None or not file.counts or not is_doubtful(file, due) or corrected(decided.on(DecisionSubject.FILE, str(file.id)), due):
            continue
        came = file.sent if in_time else file.came
        for field, value in ((ARRIVED, f"{came:%Y-%m-%d %H:%M}"), (ARRIVED_REASON, why or _USUAL[in_time])):
            yield Decision(
                DecisionSubject.FILE,
                str(file.id),
                field,
                value,
                decided.on(DecisionSubject.FILE, str(file.id)).get(field, ""),
                now(),
                current_clerk(office.space),
            )

"""What the calendar says of rounds' keys: the days of named spans, and that the first form of a span is the one it was issued with."""

from collections.abc import Callable

from toolkit.edges.ledger.edition_records import EditionKind, newest
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.workspace import MASTER
from toolkit.flows.office.list_in_force import ListsInForce
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Form
from toolkit.model.master import Master
from toolkit.model.period import Period, Span
from toolkit.model.place import Place


def spans_in(master: Master, lists: ListsInForce) -> Callable[[str], Span | None]:
    """Give what tells the days of a named span by its key: from the list that is at hand, else from that of its year; None where neither knows it."""
    here = _spans(master)

    def days(key: str) -> Span | None:
        if key not in here:
            other = lists.current(int(key[:4]))
            here.update({name: span for name, span in (_spans(other) if other else {}).items() if name not in here})
        return here.get(key)

    return days


def _spans(master: Master) -> dict[str, Span]:
    return {str(Period.parse(line.period).span): (line.first, line.last) for line in master.calendar if line.first and line.last}


def forms_in_other_places(master: Master, ledger: Ledger) -> list[Finding]:
    """List the spans whose first form in the calendar is not the one they were issued with, while that form stands further down: keys would change forms."""
    lines = [(Period.parse(line.period), line) for line in master.calendar]
    several = {period.span for period, _ in lines if period.form}
    found = []
    for period, line in lines:
        if period.form or period not in several:
            continue
        with ledger.reading() as connection:
            issued = newest(connection, EditionKind.ISSUED, str(period), Form)
        names = {issued.name, issued.code} if issued else {line.form}
        if issued and line.form not in names and any(other.span == period and below.form in names for other, below in lines):
            facts = {"period": str(period), "issued": issued.name, "seen": line.form}
            found.append(Finding(Code.FORMS_CHANGED_PLACES, Place(MASTER, "日程"), facts, title="期间"))
    return found

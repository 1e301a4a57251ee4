"""Freezing: everything that a period's book is made from, taken from the ledger and the office's books as they are now."""

from datetime import datetime
from typing import NamedTuple

from toolkit.edges.clock import now
from toolkit.edges.ledger import closing_records
from toolkit.edges.ledger.decision_records import last_number
from toolkit.edges.ledger.frozen_inputs import Frozen, Stage
from toolkit.flows.office.office_context import OfficeContext
from toolkit.model.closing import ClosingAccount
from toolkit.model.codec import encode
from toolkit.model.period import Period


class PeriodFreezer(NamedTuple):
    """Who closes, when, and the second person where the rules ask for one."""

    who: str
    at: datetime
    confirmed_by: str = ""


def freeze(office: OfficeContext, period: Period, *, number: int, closer: PeriodFreezer, account: ClosingAccount) -> Frozen:
    """Take what a period's book is made from: the rounds of its year up to it, each as it stands, or the draft with which it is closed."""
    office = office.of_book(period)
    stages: dict[str, Stage] = {}
    drafts: dict[str, int] = {}
    for served_period in rounds_up_to(office, period):
        served = office.at(served_period)
        if served.frozen is not None:
            drafts[str(served_period)] = served.frozen.number
        else:
            stages[str(served_period)] = _stage(served, served_period)
    return Frozen(str(period), number, closer.at, closer.who, closer.confirmed_by, stages, drafts, account)


def rounds_up_to(office: OfficeContext, period: Period) -> tuple[Period, ...]:
    """List the rounds that a period's book looks at: its year's work plan, every issued round that ends no later, and itself."""
    year = Period(period.year)
    issued = [Period.parse(name) for name in office.ledger.issued_periods()]
    before = sorted(earlier for earlier in issued if earlier.year == period.year and earlier != year and (period == year or earlier.ends <= period.ends))
    return tuple(dict.fromkeys((year, *before, period)))


def _stage(office: OfficeContext, period: Period) -> Stage:
    ledger = office.ledger
    strange = ledger.strange_files(str(period))
    files = (*(record for record in ledger.all_files(str(period)) if record.unit), *strange)
    loose = tuple(ledger.findings_of(record.id for record in files if not record.outcome.counts))
    texts = [encode(definition) for definition in (office.master, office.rules(), *office.forms)]
    with ledger.writing() as connection:
        master, rules, *forms = (closing_records.keep(connection, text.encode()) for text in texts)
        decided = last_number(connection)
    return Stage(
        period=str(period),
        on=min(now().date(), line.due) if (line := office.line(period)) else now().date(),
        issued=office.issued(),
        files=files,
        strangers=tuple(record.id for record in strange),
        findings=loose,
        letters=tuple(office.letters()),
        decided=decided,
        master=master,
        rules=rules,
        forms=tuple(forms),
    )

"""What a return is read and checked with: the office's forms, last quarter and the work plan, read once a period."""

from collections.abc import Iterator, Sequence
from datetime import date

from toolkit.checks.round_checks import Earlier
from toolkit.edges.clock import now
from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.office_words import foreign_words
from toolkit.flows.office.parse_file import ReturnParser
from toolkit.flows.office.round_chain import round_before
from toolkit.flows.office.unit_history import pasts, rows_before
from toolkit.intake.cross_check import Register
from toolkit.intake.identify import opened
from toolkit.intake.names_on_sheets import names_of
from toolkit.issuing.unit_rows import NOTHING_YET, PriorRows
from toolkit.model.check_context import CheckContext, led_by
from toolkit.model.decisions import DecisionSubject
from toolkit.model.issue import Issue, IssuedRow
from toolkit.model.master import Role, Task
from toolkit.model.period import Period
from toolkit.model.returns import Arrival, Row, Sent, by_number

_LOOKED_BACK = 4  # rounds before a round that its checks look at: a year of quarters, a month of weeks


class PriorData:
    """Gives each return the context that its checks need; raises CommandError at once when the rules cannot be used."""

    def __init__(self, office: OfficeContext) -> None:
        self._context, self._rules = office, office.rules()
        self._pasts: dict[Period, dict[str, PriorRows]] = {}
        self._judged: dict[tuple[str, Period], tuple[Row, ...]] = {}
        issued = office.issued_forms()
        self.understanding = ReturnParser(
            office.key,
            office.forms,
            office.decided().by.get(DecisionSubject.ALIAS, {}),
            issued,
            units=names_of(office.master.units),
            tongues=foreign_words(office, issued.values()),
        )
        self._issued: dict[tuple[str, str], dict[str, tuple[int, str]]] = {}
        self._rounds: list[Period] = []
        self._previous: dict[Period, Period | None] = {}
        self._reported: dict[str, set[str]] = {}
        self.today: date = now().date()
        self.register = Register(office.master.units)

    def last_number(self, issue: Issue) -> int:
        """Give the number of the last issue of the same form, period and unit; the issue's own where the ledger knows none."""
        key = issue.form, issue.period
        if key not in self._issued:
            self._issued[key] = self._context.ledger.last_issues(*key)
        return self._issued[key].get(issue.unit, (issue.number, ""))[0]

    def added_since(self, issue: Issue) -> list[str]:
        """List the tasks of which the unit's last form asks more than an older one of the same period: rows that are new, or led by the unit only now.

        They come in the form's order; [] where there is no newer form, or one of the two cannot be opened any more.
        """
        if self.last_number(issue) <= issue.number:
            return []
        ledger, live = self._context.ledger, {task.number for task, _ in self._duties(issue)}
        new, old = (self._rows_under(receipt) for receipt in (ledger.last_receipt(issue.period, issue.unit), issue.receipt))
        roles = {row.key: row.role for row in old}
        more = (row.number for row in new if row.number in live and roles.get(row.key) not in {row.role, Role.LEAD})
        return list(dict.fromkeys(more)) if old else []

    def _rows_under(self, receipt: str) -> list[IssuedRow]:
        """Give the rows of the form that was given under a receipt code; [] where it cannot be opened any more."""
        sealed = self._context.ledger.seal_of(receipt)
        issue = opened(sealed, self._context.key) if sealed else None
        return [row for rows in issue.tables.values() for row in rows] if issue else []

    def left_since(self, issue: Issue, rows: Sequence[Row]) -> list[str]:
        """List the tasks in a unit's rows that are not its own any more, or were withdrawn, in the rows' order."""
        master, mine = self._context.at(Period.parse(issue.period)).master, {task.number for task, _ in self._duties(issue)}
        return [number for number in dict.fromkeys(row.number for row in rows) if number not in mine and master.task(number) is not None]

    def _duties(self, issue: Issue) -> list[tuple[Task, Role]]:
        return self._context.at(Period.parse(issue.period)).master.duties(issue.unit)

    def awaited(self, issue: Issue) -> Period | None:
        """Give the newest later round of the same form that the unit was issued and has not reported in; None where there is none."""
        if not self._rounds:
            self._rounds = [Period.parse(name) for name in self._context.ledger.issued_periods()]
        period = Period.parse(issue.period)
        for later in sorted((other for other in self._rounds if other.ends > period.ends), key=lambda period: period.ends, reverse=True):
            key = issue.form, str(later)
            if key not in self._issued:
                self._issued[key] = self._context.ledger.last_issues(*key)
            if str(later) not in self._reported:
                self._reported[str(later)] = {file.unit for file in self._context.ledger.all_files(str(later)) if file.outcome.counts}
            if issue.unit in self._issued[key]:
                return None if issue.unit in self._reported[str(later)] else later
        return None

    def context(self, issue: Issue, sent: Sent) -> CheckContext:
        """Give the surroundings of a unit's return; what all units said before is read when a period is first asked for."""
        period = Period.parse(issue.period)
        if period not in self._pasts:
            self._pasts[period] = pasts(self._context, period)
        past = self._pasts[period].get(issue.unit, NOTHING_YET)
        if period not in self._previous:
            self._previous[period] = round_before(self._context, period)
        previous = self._previous[period]
        last = {(row.table, row.key): _values(row) for row in self._judged.get((issue.unit, previous), ())} if previous else {}
        planned = by_number(self._judged.get((issue.unit, Period(period.year)), ())) if period.plan_quarter else {}
        plan = {number: _values(row) for number, row in planned.items()}
        return CheckContext(
            period,
            sent.sent.date(),
            self._context.at(period).master,
            self._context.at(period).rules(),
            {**past.last, **last},
            {**past.plan, **plan},
            past.nodes,
            led_by(self._context.at(period).master, issue.unit),
        )

    def remember(self, arrival: Arrival) -> None:
        """Keep what was judged and is not in the ledger yet: it may be the last quarter or the plan of a return that comes behind it."""
        if arrival.content is not None and arrival.outcome.counts:
            self._reported.get(arrival.period, set()).add(arrival.unit)
            self._judged[arrival.unit, arrival.content.period] = arrival.content.rows

    def recorded(self, arrival: Arrival) -> None:
        """Look into the ledger again for what an arrival has changed there."""
        if arrival.content is not None and arrival.outcome.counts:
            self._judged.pop((arrival.unit, arrival.content.period), None)
            self._pasts = {period: past for period, past in self._pasts.items() if period == arrival.content.period}


def _values(row: Row) -> dict[str, object]:
    return {code: answer.value for code, answer in row.answers.items()}


def load_prior_data(office: OfficeContext, period: Period) -> Earlier:
    """Give what the round checks look back on: the earlier quarters of the year, the last one first, and the work plans."""
    quarters = tuple(
        {(unit, row.table, row.key): row for unit, rows in rows_before(office, period, earlier).items() for row in rows} for earlier in _earlier(office, period)
    )
    plans = rows_before(office, period, Period(period.year)) if period.plan_quarter else {}
    return Earlier(quarters, {(unit, number): row for unit, rows in plans.items() for number, row in by_number(rows).items()})


def _earlier(office: OfficeContext, period: Period) -> Iterator[Period]:
    before = round_before(office, period)
    for _ in range(_LOOKED_BACK):
        if before is None:
            return
        yield before
        before = round_before(office, before)

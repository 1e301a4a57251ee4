"""What a unit said before: its current answers of a period, typed."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from toolkit.checks.gather import gather, with_verdicts
from toolkit.checks.weigh import weigh
from toolkit.edges.clock import now
from toolkit.edges.ledger.decisions import excluded
from toolkit.edges.ledger.ledger import FileRecord
from toolkit.flows.ground import Ground
from toolkit.issuing.rows import Past
from toolkit.merging.accept import outcome_of
from toolkit.merging.versions import Filed, current_files
from toolkit.model import seal
from toolkit.model.decisions import HANDLING, REASON, About, Decided, Fields, finding_key
from toolkit.model.findings import Finding
from toolkit.model.form import PROGRESS
from toolkit.model.master import Role
from toolkit.model.period import Period
from toolkit.model.returns import Row
from toolkit.model.rules import Rules


def filed(ground: Ground, period: Period, units: Collection[str] | None = None, *, doubted: Collection[str] | None = None) -> list[Filed]:
    """Give a period's files of known units (or of some), oldest first, with rows and findings.

    With `doubted`, the one file of a unit that is not among them comes without its rows, which take most of the time, where nothing was found in it.
    """
    ground = ground.at(period)
    records = [record for record in ground.ledger.all_files(str(period)) if record.unit and (units is None or record.unit in units)]
    return _with_findings(ground, records, doubted=doubted)


def strangers(ground: Ground, period: Period) -> list[Filed]:
    """Give the files that belong to no unit and came while this period was the last one issued."""
    start, end = ground.ledger.issuing_span(str(period))
    records = [record for record in ground.ledger.all_files("") if start <= record.collected and (end is None or record.collected < end)]
    return _with_findings(ground, records)


def excluded_files(ground: Ground) -> dict[int, str]:
    """Give the files that the office put aside, with the reason."""
    return excluded(ground.decided())


def _with_findings(ground: Ground, records: list[FileRecord], *, doubted: Collection[str] | None = None) -> list[Filed]:
    findings: dict[int, list[Finding]] = {}
    aside = excluded_files(ground)
    for file, finding in ground.ledger.findings_of(record.id for record in records):
        findings.setdefault(file, []).append(finding)
    counting = [record for record in records if record.outcome.counts]
    files = Counter(record.unit for record in counting)
    wanted = (record for record in counting if doubted is None or record.unit in doubted or record.id in findings or files[record.unit] > 1)
    forms = ((record, ground.form(record.form)) for record in wanted)
    rows = ground.ledger.rows_of_all((record, form) for record, form in forms if form)
    return [_filed(ground, record, tuple(rows.get(record.id, ())), findings.get(record.id, []), aside.get(record.id, "")) for record in records]


def _filed(ground: Ground, record: FileRecord, rows: tuple[Row, ...], findings: list[Finding], aside: str) -> Filed:
    given = _given(ground, record) if rows and record.issue > 1 else {}
    known = (record.name, record.unit, record.sent, record.outcome, record.reason, record.path)
    return Filed(*known, rows, tuple(findings), record.id, aside, given, record.receipt)


def _given(ground: Ground, record: FileRecord) -> dict[tuple[str, str], Mapping[str, str]]:
    """Give the values that were in the cells to fill in when the form was issued: a receipt repeats what the unit had said."""
    sealed = ground.ledger.seal_of(record.receipt)
    try:
        tables = seal.open_seal(sealed, ground.key).tables if sealed else {}
    except seal.SealBroken:  # the key was changed since
        return {}
    return {(sheet, row.key): row.filled for sheet, rows in tables.items() for row in rows if row.filled}


def current_rows(ground: Ground, period: Period | None) -> dict[str, tuple[Row, ...]]:
    """Give each unit's accepted rows of a period, {} when there is none."""
    if period is None:
        return {}
    return {unit: file.rows for unit, file in current_files(filed(ground, period), None).items()}


def rows_before(ground: Ground, period: Period, earlier: Period | None) -> dict[str, tuple[Row, ...]]:
    """Give the accepted rows of an earlier period by the names that units have in `period`: each unit's own, and of a task that it leads
    by now the rows of whoever led it then.
    """
    said = current_rows(ground, earlier)
    if earlier is None or not said:
        return {}
    now_in, then = ground.at(period), ground.at(earlier).master
    rows = {now_in.called(unit): own for unit, own in said.items()}
    if now_in.master == then:
        return rows
    for task in now_in.master.live_tasks():
        old = then.task(task.number)
        led = [now_in.called(unit) for unit, role in then.roles(old).items() if role is Role.LEAD] if old else []
        found = next((taken for unit in led if (taken := tuple(row for row in rows.get(unit, ()) if row.number == task.number))), ())
        for unit, role in now_in.master.roles(task).items():
            if role is Role.LEAD and unit not in led and found:
                rows[unit] = (*(row for row in rows.get(unit, ()) if row.number != task.number), *found)
    return rows


def pasts(ground: Ground, period: Period) -> dict[str, Past]:
    """Give what each unit said last quarter and planned for the year; who took over a task has what was said of it before."""
    last = rows_before(ground, period, period.previous())
    plans = rows_before(ground, period, Period(period.year)) if period.quarter else {}
    return {
        unit: Past(
            {(row.table, row.key): {code: answer.value for code, answer in row.answers.items()} for row in last.get(unit, ())},
            {row.number: {code: answer.value for code, answer in row.answers.items()} for row in plans.get(unit, ())},
        )
        for unit in {*last, *plans}
    }


def planned(ground: Ground, period: Period) -> dict[tuple[str, str], Decimal]:
    """Give the percent that units' work plans name for this quarter, by (unit, task number)."""
    if not period.quarter:
        return {}
    rows = ((unit, row) for unit, plan in rows_before(ground, period, Period(period.year)).items() for row in plan)
    return {(unit, row.number): value for unit, row in rows if isinstance(value := row.value(f"plan{period.quarter}"), Decimal)}


def earlier_progress(ground: Ground, period: Period) -> dict[str, dict[int, Decimal]]:
    """Give the leads' cumulative progress of the other quarters of the year, by task number and quarter."""
    found: dict[str, dict[int, Decimal]] = {}
    for quarter in period.quarters():
        if quarter == period:
            continue
        for rows in current_rows(ground, quarter).values():
            for row in rows:
                value = row.value(PROGRESS)
                if row.role is Role.LEAD and isinstance(value, Decimal):
                    found.setdefault(row.number, {})[quarter.quarter] = value
    return found


class Judge(NamedTuple):
    """What says which findings count: the rules, the clerk's verdicts, for a period, on a day."""

    rules: Rules
    decided: Decided
    period: Period
    on: date

    def judged(self, findings: Sequence[Finding], rows: Sequence[Row]) -> tuple[Finding, ...]:
        """Weigh findings by the rules, and put the clerk's verdicts on them; `rows` tell which task a cell belongs to."""
        found = weigh(findings, self.rules, self.on, rows)
        said = self.decided.by.get(About.FINDING)
        return with_verdicts(found, lambda one: self._verdict(one, said)) if said and found else found

    def file(self, file: Filed) -> Filed:
        """Judge a file's findings, those that repeat said together, and where it ends by them."""
        findings = self.judged(file.findings, file.rows)
        together = gather(findings)
        outcome, reason = outcome_of(together)
        if not file.outcome.counts or (outcome is file.outcome and all(finding.counts for finding in findings)):
            return file._replace(findings=together)
        return file._replace(outcome=outcome, reason=reason, findings=together)

    def _verdict(self, finding: Finding, said: Mapping[str, Fields]) -> tuple[str, str]:
        fields = said.get(f"{self.period}|{finding_key(finding)}", {})
        return fields.get(HANDLING, ""), fields.get(REASON, "")


def judge(ground: Ground, period: Period) -> Judge:
    """Make ready to judge a period's findings by today's rules and what the office has decided."""
    return Judge(ground.at(period).rules(), ground.decided(), period, now().date())

"""Which findings count: by the rules, by the clerk's verdicts, by the unit's own words, on a day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from toolkit.checks.apply_policy import apply_policy
from toolkit.checks.finding_subjects import with_subjects
from toolkit.checks.group_findings import group_findings, with_verdicts
from toolkit.checks.statement_checks import with_statements
from toolkit.edges.clock import now
from toolkit.flows.office.office_context import OfficeContext
from toolkit.merging.accept_answers import outcome_of
from toolkit.merging.filed_return import FiledReturn
from toolkit.model.decisions import HANDLING, REASON, Decided, DecisionSubject, Fields, finding_subject, former_finding_subject
from toolkit.model.findings import Finding
from toolkit.model.period import Period
from toolkit.model.returns import Row
from toolkit.model.rules import Rules


class FindingPolicy(NamedTuple):
    """What says which findings count: the rules, the clerk's verdicts, for a period, on a day."""

    rules: Rules
    decided: Decided
    period: Period
    on: date

    def judged(self, findings: Sequence[Finding], rows: Sequence[Row], spoken: Iterable[Finding] = ()) -> tuple[Finding, ...]:
        """Weigh findings by the rules, and put the clerk's verdicts and the unit's own words on them.

        `rows` tell which task a cell belongs to, `spoken` are statements that are not among the findings.
        """
        return with_statements(self._ruled(findings, rows), rows, spoken)

    def _ruled(self, findings: Sequence[Finding], rows: Sequence[Row]) -> tuple[Finding, ...]:
        found = with_subjects(apply_policy(findings, self.rules, self.on, rows), rows)
        mapping = self.decided.by.get(DecisionSubject.FINDING)
        if not mapping or not found:
            return found
        return self._reminded(with_verdicts(found, lambda finding: self._verdict(finding, mapping)))

    def _reminded(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """Put beside findings without a verdict what was ruled on them when something else was said."""
        last = self.decided.last_on(DecisionSubject.FINDING)
        return tuple(finding if finding.verdict else replace(finding, former=self._former(finding, last)) for finding in findings) if last else tuple(findings)

    def _former(self, finding: Finding, last: Mapping[str, str]) -> str:
        """Give the last word on the same cell, or on a line that stood for several of its sort."""
        things = (f"{self.period}|{finding_subject(variant)}".rpartition("|")[0] for variant in (finding, replace(finding, number="")))
        return next((last[thing] for thing in things if thing in last), "")

    def file(self, file: FiledReturn) -> FiledReturn:
        """Judge a file's findings, those that repeat said together, and where it ends by them."""
        findings = self.judged(file.findings, file.rows)
        together = group_findings(findings)
        outcome, reason = outcome_of(together)
        if not file.outcome.counts or (outcome is file.outcome and all(finding.counts for finding in findings)):
            return file._replace(findings=together)
        return file._replace(outcome=outcome, reason=reason, findings=together)

    def _verdict(self, finding: Finding, mapping: Mapping[str, Fields]) -> tuple[str, str]:
        names = (f"{self.period}|{finding_subject(finding)}", f"{self.period}|{former_finding_subject(finding)}")
        fields = next((mapping[name] for name in names if name in mapping), {})
        return fields.get(HANDLING, ""), fields.get(REASON, "")


def judge(office: OfficeContext, period: Period) -> FindingPolicy:
    """Make ready to judge a period's findings by its rules and what the office has decided; once it is due, the day does not matter any more."""
    office = office.at(period)
    on = office.stage.on if office.stage is not None else min(now().date(), office.deadline(period).due)
    return FindingPolicy(office.rules(), office.decided(), period, on)

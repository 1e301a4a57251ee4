"""Decides what of a return goes in: a cell with an error stays out, everything else goes in."""

from collections.abc import Sequence
from dataclasses import replace

from toolkit.model.findings import Finding, Level
from toolkit.model.returns import Outcome, Row


def accept(rows: Sequence[Row], findings: Sequence[Finding]) -> tuple[Row, ...]:
    """Leave out the answers at whose place an error that counts points; the rows stay, in their order, perhaps without answers."""
    wrong = {finding.place for finding in findings if finding.counts and finding.level is Level.ERROR}
    if not wrong:
        return tuple(rows)
    return tuple(replace(row, answers={code: answer for code, answer in row.answers.items() if answer.place not in wrong}) for row in rows)


def outcome_of(findings: Sequence[Finding]) -> tuple[Outcome, str]:
    """Say where a recognised return ends, merged with findings or without, and why in Chinese; findings that do not count are passed over."""
    errors, reviews = counted(findings, Level.ERROR), counted(findings, Level.REVIEW)
    if errors and reviews:
        return Outcome.WITH_FINDINGS, f"有 {errors} 处错误、{reviews} 处待核"
    if errors or reviews:
        return Outcome.WITH_FINDINGS, f"有 {errors} 处错误" if errors else f"有 {reviews} 处待核"
    return Outcome.MERGED, "全部采用"


def counted(findings: Sequence[Finding], level: Level) -> int:
    """Count the findings of a level that count: none on trial, exempted, or settled by the clerk."""
    return sum(finding.counts and finding.level is level for finding in findings)

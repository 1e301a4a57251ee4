"""Says together what repeats: many findings of one sort in one book are one line for a reader."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace

from toolkit.checks.finding_subjects import mark_together
from toolkit.model.findings import Finding

MANY = 4  # findings of one sort in one column of a book that are said together
_SCOPES = ("R", "Q")  # what intake says together it says itself; a required cell that is blank is named wherever it is
_MOST_CELLS = 10


def group_findings(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Put one finding in the place of many that repeat, at the first one's cell, with their count and cells; the rest stays in order."""
    return tuple(shown for shown, _ in grouped(findings))


def grouped(findings: Sequence[Finding]) -> Iterator[tuple[Finding, Sequence[Finding]]]:
    """Give each finding that is shown with those that it stands for: itself, or all of its sort where there are 4 and more."""
    sorts: dict[Hashable, list[Finding]] = defaultdict(list)
    for finding in findings:
        sorts[_sort(finding)].append(finding)
    for finding in findings:
        same = sorts[_sort(finding)]
        if len(same) < MANY:
            yield finding, (finding,)
        elif finding is same[0]:
            yield _together(same), same


def with_verdicts(findings: Sequence[Finding], verdict: Callable[[Finding], tuple[str, str]]) -> tuple[Finding, ...]:
    """Put the clerk's word and its reason on findings; a word on a line that stands for several is one on each of them."""
    judged = ((verdict(shown), same) for shown, same in grouped(findings))
    return tuple(replace(finding, verdict=word, word=reason) if word else finding for (word, reason), same in judged for finding in same)


def _sort(finding: Finding) -> Hashable:
    """Give what findings must share to be said together; one that never is, is a sort of its own."""
    if not finding.code.text.id.startswith(_SCOPES):
        return id(finding)
    return finding.code, finding.title, finding.unit, finding.aside, finding.verdict, finding.place.file, finding.place.sheet


def _together(same: Sequence[Finding]) -> Finding:
    cells = [finding.place.cell for finding in same]
    listed = "、".join(cells[:_MOST_CELLS]) + ("等" if len(cells) > _MOST_CELLS else "")
    words = "；".join(dict.fromkeys(finding.stated for finding in same if finding.stated))
    answered = all(finding.answered for finding in same)
    facts = {**same[0].facts, "together": str(len(same)), "cells": listed}
    return replace(same[0], stated=words, answered=answered, facts=facts, number="", mark=mark_together(same))

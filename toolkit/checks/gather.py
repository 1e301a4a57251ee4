"""Says together what repeats: many findings of one sort in one book are one line for a reader."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace

from toolkit.model.findings import Finding

MANY = 4  # findings of one sort in one column of a book that are said together
_SCOPES = ("R", "Q")  # what intake says together it says itself; a required cell that is blank is named wherever it is
_MOST_CELLS = 10


def gather(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Put one finding in the place of many that repeat, at the first one's cell, with their count and cells; the rest stays in order."""
    sorts: dict[Hashable, list[Finding]] = defaultdict(list)
    for finding in findings:
        sorts[_sort(finding)].append(finding)
    many = {key for key, same in sorts.items() if len(same) >= MANY}
    kept = (finding for finding in findings if (key := _sort(finding)) not in many or finding is sorts[key][0])
    return tuple(_together(sorts[key]) if (key := _sort(finding)) in many else finding for finding in kept)


def _sort(finding: Finding) -> Hashable:
    """Give what findings must share to be said together; one that never is, is a sort of its own."""
    if not finding.code.text.id.startswith(_SCOPES):
        return id(finding)
    return finding.code, finding.title, finding.unit, finding.aside, finding.place.file, finding.place.sheet


def _together(same: Sequence[Finding]) -> Finding:
    cells = [finding.place.cell for finding in same]
    listed = "、".join(cells[:_MOST_CELLS]) + ("等" if len(cells) > _MOST_CELLS else "")
    return replace(same[0], facts={**same[0].facts, "together": str(len(same)), "cells": listed})

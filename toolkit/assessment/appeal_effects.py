"""What upheld appeals do to deductions: points come back in the very row that took them; another matter is a row of its own."""

from collections.abc import Iterator
from datetime import date

from toolkit.model.appeals import ITEM_OF_OTHER, OTHER, Ruled, appeal_subject, ruling_on
from toolkit.model.decisions import Decided, DecisionSubject
from toolkit.model.scoring import Deduction


def after_appeals(rows: list[Deduction], decided: Decided, period: str, unit: str) -> list[Deduction]:
    """Give a unit's deductions with the points that the office's rulings of a period give back; those without a ruling stay as they are."""
    if not decided.by.get(DecisionSubject.APPEAL):
        return rows
    return [_after(row, ruling_on(decided, appeal_subject(period, unit, row.mark), row.points)) if row.points < 0 else row for row in rows]


def _after(row: Deduction, ruled: Ruled) -> Deduction:
    if not ruled.back:
        return row
    return row._replace(points=row.points + ruled.back, returned=row.returned + ruled.back, ruled=in_words(ruled))


def other_appeals(decided: Decided, period: str, unit: str, day: date) -> Iterator[Deduction]:
    """Give the points that the office gave on other matters that a unit brought up, by their 扣分号; they count with what the office typed."""
    start = appeal_subject(period, unit, OTHER)
    for subject in sorted(subject for subject in decided.by.get(DecisionSubject.APPEAL, {}) if subject.startswith(start)):
        ruled = ruling_on(decided, subject, None)
        if ruled.back:
            yield Deduction(unit, ITEM_OF_OTHER, "", ruled.back, day, in_words(ruled), mark=subject.rpartition("|")[2])


def in_words(ruled: Ruled) -> str:
    """Say what was ruled: 申诉支持，返还 3 分（附了回执）."""
    why = f"（{ruled.reason}）" if ruled.reason else ""
    return f"申诉{ruled.word}，返还 {ruled.back.normalize():f} 分{why}"

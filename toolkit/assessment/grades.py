"""Ranks within a class, and grades by the quotas of the class."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.model.rules import Rules
from toolkit.model.scoring import EXCELLENT, FAILED, GOOD, PASSED, ClassQuota, UnitScore


def graded(units: Sequence[UnitScore], rules: Rules) -> tuple[list[UnitScore], dict[str, ClassQuota]]:
    """Give every unit its rank and grade, in the same order, and the places of each class."""
    found: dict[str, UnitScore] = {}
    seats: dict[str, ClassQuota] = {}
    for group in dict.fromkeys(unit.group for unit in units):
        mine = [unit for unit in units if unit.group == group]
        ranks = ranked([score.total for score in mine])
        seats[group] = places(ranks, rules)
        shared = Counter(ranks)
        for score, rank in zip(mine, ranks, strict=True):
            last = rank if rules.value("tie_up") == 1 else rank + shared[rank] - 1
            found[score.unit] = replace(score, rank=rank, grade=_grade(score.total, last, seats[group], rules))
    return [found[unit.unit] for unit in units], seats


def ranked(totals: Sequence[Decimal]) -> list[int]:
    """Rank totals, the highest first; equal totals share a rank, and the next rank is left out."""
    first: dict[Decimal, int] = {}
    for number, total in enumerate(sorted(totals, reverse=True), 1):
        first.setdefault(total, number)
    return [first[total] for total in totals]


def places(ranks: Sequence[int], rules: Rules) -> ClassQuota:
    """Count a class's places: shares are rounded down.

    Units that share a rank across the edge of 优秀 all stay below it, unless the rules say that ties go up; `taken` is what 优秀 takes then.
    """
    count = len(ranks)
    excellent, good = (int(count * rules.value(code) / 100) for code in ("excellent_share", "good_share"))
    inside = [rank for rank in ranks if rank <= excellent]
    over = len(inside) > excellent and rules.value("tie_up") != 1
    return ClassQuota(count, excellent, good, max(inside) - 1 if over else len(inside))


def _grade(total: Decimal, last: int, seats: ClassQuota, rules: Rules) -> str:
    if total < rules.value("pass_mark"):
        return FAILED
    if last <= seats.excellent:
        return EXCELLENT
    return GOOD if last <= seats.taken + seats.good else PASSED

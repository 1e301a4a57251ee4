"""Ranks within a class, and grades by the quotas of the class."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from toolkit.model.rules import QUOTA_ROUNDING, TIE_ORDER, Rules
from toolkit.model.scoring import EXCELLENT, FAILED, GOOD, PASSED, ClassQuota, UnitScore
from toolkit.model.veto_rules import EFFECTS


def graded(units: Sequence[UnitScore], rules: Rules) -> tuple[list[UnitScore], dict[str, ClassQuota]]:
    """Give every unit its rank and grade, in the same order, and the places of each class.

    The order: rank by total (then by what the rules say of ties) among all units of the class; the places are a share of all of them; who is held down by
    a veto takes no place, and the next ones move up.
    """
    found: dict[str, UnitScore] = {}
    seats: dict[str, ClassQuota] = {}
    for group in dict.fromkeys(unit.group for unit in units):
        mine = [unit for unit in units if unit.group == group]
        free = [unit for unit in mine if not unit.cap]
        ranks, awards = (dict(zip([unit.unit for unit in some], ranked(some, rules), strict=True)) for some in (mine, free))
        seats[group] = places(list(awards.values()), rules, count=len(mine))
        shared = Counter(awards.values())
        for score in mine:
            rank, award = ranks[score.unit], awards.get(score.unit, 0)
            last = award if rules.value("tie_up") == 1 else award + shared[award] - 1
            found[score.unit] = replace(score, rank=rank, award=award, grade=_grade(score, rank, last, seats[group], rules))
    return [found[unit.unit] for unit in units], seats


def ranked(units: Sequence[UnitScore], rules: Rules) -> list[int]:
    """Rank scores, the highest first; equal ones share a rank, and the next rank is left out. The rules say whether outcome and process part equal totals."""
    parted = rules.value(TIE_ORDER) == 1
    keys = [(unit.total, unit.outcome, unit.process) if parted else (unit.total,) for unit in units]
    first: dict[tuple[Decimal, ...], int] = {}
    for number, key in enumerate(sorted(keys, reverse=True), 1):
        first.setdefault(key, number)
    return [first[key] for key in keys]


def places(ranks: Sequence[int], rules: Rules, *, count: int) -> ClassQuota:
    """Count the places of a class of so many units: shares are rounded as the rules say, down where they say nothing.

    Units that share a rank across the edge of 优秀 all stay below it, unless the rules say that ties go up; `taken` is what 优秀 takes then.
    """
    rounding = _ROUNDINGS.get(int(rules.value(QUOTA_ROUNDING)), ROUND_FLOOR)
    excellent, good = (int((count * rules.value(code) / 100).quantize(Decimal(1), rounding)) for code in ("excellent_share", "good_share"))
    inside = [rank for rank in ranks if rank <= excellent]
    over = len(inside) > excellent and rules.value("tie_up") != 1
    return ClassQuota(count, excellent, good, max(inside) - 1 if over else len(inside))


_ROUNDINGS = {1: ROUND_HALF_UP, 2: ROUND_CEILING}


def _grade(score: UnitScore, rank: int, last: int, seats: ClassQuota, rules: Rules) -> str:
    best = EFFECTS.get(score.cap, "")
    if score.total < rules.value("pass_mark") or best == FAILED:
        return FAILED
    if best:
        return GOOD if best == GOOD and rank <= seats.excellent + seats.good else PASSED
    if last <= seats.excellent:
        return EXCELLENT
    return GOOD if last <= seats.taken + seats.good else PASSED

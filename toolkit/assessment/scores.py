"""Scores: outcome by role and weight, process, bonus with its cap, rank within the class, grade by quota.

The sheets 单位考核, 任务计分 and 扣分明细 compute the same from their cells, and a test holds the two together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby

from toolkit.assessment.deductions import deductions
from toolkit.assessment.grades import graded
from toolkit.assessment.unit_duties import duties, weights
from toolkit.assessment.year_scores import quarter_weights, vetoes, weighed_outcome, weighed_process, year_parts
from toolkit.model.master import Role
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW, Rules
from toolkit.model.scoring import Deduction, Duty, Scores, UnitScore, YearParts, cents
from toolkit.model.standing import Round
from toolkit.model.veto_rules import strictest

_NO_CLASS = "未分类"


def scores(state: Round, rules: Rules, lights: Mapping[str, str]) -> Scores:
    """Score every unit that was issued a form and has a part in a task: classes in the register's order, then by rank, then in the register's order."""
    parts = {unit: list(group) for unit, group in groupby(duties(state, rules, lights), key=lambda duty: duty.unit)}
    off = deductions(state, rules, parts)
    groups = {unit.unit: unit.group or _NO_CLASS for unit in state.units}
    quarters, against = year_parts(state, rules, list(parts)), tuple(vetoes(state, rules, parts, off))
    found = [unit_score(unit, groups[unit], parts[unit], off[unit], rules) for unit in parts]
    found = [_of_year(score, quarters[score.unit], off[score.unit], state, rules) if quarters else score for score in found]
    caps = {unit: strictest(tuple(veto.effect for veto in against if veto.unit == unit and veto.holds)) for unit in parts}
    units, seats = graded([replace(score, cap=caps[score.unit]) for score in found], rules)
    order = {group: number for number, group in enumerate(dict.fromkeys(groups.values()))}
    ranked = sorted(units, key=lambda unit: (order[unit.group], unit.rank))
    places = {unit.unit: place for place, unit in enumerate(ranked)}
    return Scores(
        units=tuple(ranked),
        duties=tuple(part for unit in ranked for part in parts[unit.unit]),
        deductions=tuple(deduction for unit in ranked for deduction in off[unit.unit]),
        weights=weights(state, rules),
        seats={group: seats[group] for group in order if group in seats},
        quarters=quarters,
        vetoes=tuple(sorted(against, key=lambda veto: places[veto.unit])),
    )


def _of_year(score: UnitScore, parts: YearParts, off: Sequence[Deduction], state: Round, rules: Rules) -> UnitScore:
    """Put what the weighed quarters give in the place of how the year ends; a unit whose quarters weigh nothing keeps its own."""
    weights = quarter_weights(rules)
    outcome, process = weighed_outcome(parts, weights), weighed_process(parts, weights, off, state, rules)
    outcome, process = score.outcome if outcome is None else outcome, score.process if process is None else process
    return replace(score, outcome=outcome, process=process, total=total_of(outcome, process, score.bonus, rules))


def total_of(outcome: Decimal, process: Decimal, bonus: Decimal, rules: Rules) -> Decimal:
    """Weigh outcome and process, add the bonus, within 0 and the cap; two decimals."""
    total = (outcome * rules.value("outcome_weight") + process * rules.value("process_weight")) / 100 + bonus
    return cents(max(Decimal(0), min(rules.value("total_cap"), total)))


def unit_score(unit: str, group: str, parts: Sequence[Duty], off: Sequence[Deduction], rules: Rules) -> UnitScore:
    """Give a unit its outcome, process, bonus and total; rank and grade are still open."""
    whole = sum((part.share for part in parts), Decimal(0))
    outcome = cents(sum((part.share * part.points for part in parts), Decimal(0)) / whole) if whole else Decimal(0)
    process = cents(max(Decimal(0), rules.value("full_marks") + sum(deduction.points for deduction in off if deduction.code)))
    given = [deduction.points for deduction in off if not deduction.code]
    bonus = min(rules.value("bonus_cap"), sum((number for number in given if number > 0), Decimal(0))) + sum(number for number in given if number < 0)
    return UnitScore(
        unit=unit,
        group=group,
        leads=sum(part.role is Role.LEAD for part in parts),
        supports=sum(part.role is Role.SUPPORT for part in parts),
        counts={light: sum(part.light == light for part in parts) for light in (BLUE, GREEN, YELLOW, RED, GREY)},
        outcome=outcome,
        process=process,
        bonus=cents(bonus),
        total=total_of(outcome, process, cents(bonus), rules),
    )

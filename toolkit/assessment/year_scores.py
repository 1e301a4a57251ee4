"""What is special in a year's scores: quarters that are weighed, and what is held against a unit (一票否决)."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.assessment.deductions import names_of
from toolkit.model.master import Role
from toolkit.model.rules import RED, Rules
from toolkit.model.scoring import QUARTER_WEIGHTS, Deduction, Duty, Veto, YearParts, cents, lefts_in, taken_in
from toolkit.model.standing import Round
from toolkit.model.veto_rules import RED_TASKS, VetoCondition

_NOTHING = Decimal(0)


def quarter_weights(rules: Rules) -> tuple[Decimal, ...]:
    """Give the weights of the four quarters (percent); all 0 where the year is judged as it stands at its end."""
    return tuple(rules.value(code) for code in QUARTER_WEIGHTS)


def year_parts(state: Round, rules: Rules, units: Sequence[str]) -> dict[str, YearParts]:
    """Give what each unit's quarters bring; {} where the round is no year, or its quarters have no weight."""
    if not state.stages or not any(quarter_weights(rules)):
        return {}
    numbers = (1, 2, 3, 4)
    owed = {(unit, stage.period.quarter) for stage in state.stages for unit in names_of(stage, state).values()}
    full = {stage.period.quarter: stage.closed_rules.value("full_marks") for stage in state.stages if stage.closed_rules is not None}
    return {
        unit: YearParts(
            tuple(state.outcomes.get((unit, quarter)) for quarter in numbers),
            tuple((unit, quarter) in owed for quarter in numbers),
            tuple(full.get(quarter) for quarter in numbers),
        )
        for unit in units
    }


def weighed_outcome(parts: YearParts, weights: Sequence[Decimal]) -> Decimal | None:
    """Weigh the outcomes of the quarters in which a unit has one (two decimals); None where these weigh nothing."""
    pairs = [(weight, outcome) for weight, outcome in zip(weights, parts.outcomes, strict=True) if outcome is not None]
    whole = sum((weight for weight, _ in pairs), _NOTHING)
    return cents(sum((weight * outcome for weight, outcome in pairs), _NOTHING) / whole) if whole else None


def weighed_process(parts: YearParts, weights: Sequence[Decimal], off: Sequence[Deduction], state: Round, rules: Rules) -> Decimal | None:
    """Weigh what is left of each quarter's process, then take off what the work plan cost (0 at least, two decimals); None where quarters weigh nothing."""
    left = lefts_in(off, state.period, parts, rules.value("full_marks"))
    pairs = [(weight, quarter) for weight, quarter, owed in zip(weights, left, parts.owed, strict=True) if owed]
    whole = sum((weight for weight, _ in pairs), _NOTHING)
    if not whole:
        return None
    return cents(max(_NOTHING, sum((weight * quarter for weight, quarter in pairs), _NOTHING) / whole + taken_in(off, state.period)))


def vetoes(state: Round, rules: Rules, parts: Mapping[str, Sequence[Duty]], off: Mapping[str, Sequence[Deduction]]) -> Iterator[Veto]:
    """Give what is held against units, unit by unit in the order of `parts`; nothing in a round that is no year."""
    if state.period.is_part:
        return
    for unit in parts:
        for event in rules.vetoes:
            known = state.master.resolve(event.unit)
            if known is not None and known.name == unit and state.period.has(event.day):
                yield Veto(unit, event.what, event.effect, event.day, event.evidence, event.place)
        for condition in rules.veto_conditions:
            count = _count(condition.counted, parts[unit], off.get(unit, ()))
            if count:
                yield Veto(unit, _in_words(condition), condition.effect, None, condition.note, condition.place, condition.counted, condition.least, count)


def _in_words(condition: VetoCondition) -> str:
    if condition.counted == RED_TASKS:
        return f"牵头的任务 {condition.least} 项以上{RED_TASKS}"
    return f"全年{condition.counted} {condition.least} 次以上"


def _count(counted: str, parts: Sequence[Duty], off: Sequence[Deduction]) -> int:
    """Count a unit's deductions of a sort, of 0 points too, those that came back whole left out; or the tasks that it leads with a red light."""
    if counted == RED_TASKS:
        return sum(part.role is Role.LEAD and part.light == RED for part in parts)
    return sum(row.item == counted and (row.points < 0 or not row.returned) for row in off)

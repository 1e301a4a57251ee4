"""Judges how a round stands: a light for each task, and whether each indicator is where it should be."""

from toolkit.assessment.indicators import reached, yardstick
from toolkit.assessment.lights import light
from toolkit.model.rules import Rules
from toolkit.model.standing import Assessment, Round


def assess(round: Round, rules: Rules) -> Assessment:  # noqa: A002 - the product's own word
    """Give every task its light and every indicator its judgement; the same round and rules always give the same."""
    marks = tuple(yardstick(standing.indicator, round.period.schedule) for standing in round.indicators)
    return Assessment(
        lights={standing.task.number: light(standing, rules) for standing in round.tasks},
        reached=tuple(reached(standing.indicator, standing.reached, mark) for standing, mark in zip(round.indicators, marks, strict=True)),
        yardsticks=marks,
    )

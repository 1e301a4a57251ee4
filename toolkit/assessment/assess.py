"""Judges how a round stands: a light for each task, whether each indicator is where it should be, what each unit scores."""

from toolkit.assessment.indicator_rates import reached, yardstick
from toolkit.assessment.lights import light
from toolkit.assessment.scores import scores
from toolkit.model.rules import Rules
from toolkit.model.scoring import Scores
from toolkit.model.standing import Assessment, Round

NOT_SCORED = Scores()


def assess(round: Round, rules: Rules) -> Assessment:  # noqa: A002 - the product's own word
    """Give every task its light, every indicator its judgement and every unit its score; the same round and rules always give the same."""
    marks = tuple(yardstick(standing.indicator, round.schedule) for standing in round.indicators)
    rule, as_of = round.task_form.light, round.as_of
    lights = {standing.task.number: light(standing, rules, rule, as_of) for standing in round.tasks}
    return Assessment(
        lights=lights,
        reached=tuple(reached(standing.indicator, standing.reached, mark) for standing, mark in zip(round.indicators, marks, strict=True)),
        yardsticks=marks,
        scores=scores(round, rules, lights) if round.is_scored else NOT_SCORED,
    )

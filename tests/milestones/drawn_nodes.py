"""Rounds with drawn milestones and forecasts, for the views and the engines."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.views.rounds import busy_round, shipped_rules
from toolkit.assessment.assess import assess
from toolkit.model.form import FORECAST
from toolkit.model.master import Node
from toolkit.model.milestones import OFFICE, PLAN, Milestone, PlannedNode
from toolkit.model.place import Place
from toolkit.model.returns import Answer
from toolkit.model.rules import FORECASTS
from toolkit.model.sheet import BookPlan
from toolkit.model.standing import Round, TaskStanding
from toolkit.views.consolidated.consolidated_book import consolidated

Days = tuple[date, date | None, date | None]


def milestone(name: str, days: Days, *, number: str = "任务1", unit: str = "区发改局") -> Milestone:
    """Make a milestone of a baseline, an expected and an actual day."""
    baseline, expected, actual = days
    planned = PlannedNode(Node(number, name, baseline), unit, PLAN if unit else OFFICE)
    said = "2023Q1" if expected or actual else ""
    place = Place("甲.xlsx", "节点进展", "F5") if said else Place()
    return Milestone(planned, ("区发改局",), expected, actual, said_by=unit, said_in=said, place=place, path="records/returns/2023Q1/甲.xlsx" if said else "")


def node_round(days: Sequence[Days]) -> Round:
    """Give the busy round with milestones of these days, several to a task."""
    state = busy_round()
    numbers = [task.task.number for task in state.tasks]
    milestones = tuple(milestone(f"节点{at}", some, number=numbers[at // 3 % len(numbers)], unit="区发改局" if at % 4 else "") for at, some in enumerate(days))
    return replace(state, milestones=tuple(sorted(milestones, key=lambda one: numbers.index(one.node.number))))


def foreseen_round(state: Round, seed: int = 1) -> Round:
    """Let the leads of a round foresee the end of the year."""
    dice = random.Random(seed)  # noqa: S311 - a test, repeatable by its seed
    return replace(state, tasks=tuple(_foresees(task, dice.choice((*FORECASTS, ""))) for task in state.tasks))


def _foresees(task: TaskStanding, word: str) -> TaskStanding:
    if task.lead is None or not word:
        return task
    answer = Answer(word, word, Place(task.lead.row.place.file, "任务进展", "S7"))
    return replace(task, lead=task.lead._replace(row=replace(task.lead.row, answers={**task.lead.row.answers, FORECAST: answer})))


def drawn_days(count: int, seed: int = 7) -> list[Days]:
    """Draw days around the first quarter: before the year, on the day itself, a day beside it, far ahead; some expected, some reached."""
    dice = random.Random(seed)  # noqa: S311 - a test, repeatable by its seed
    ends = date(2023, 3, 31)

    def day() -> date:
        return ends + timedelta(days=dice.choice((-100, -31, -1, 0, 1, 29, 30, 31, 59, 60, 61, 200, dice.randint(-90, 300))))

    return [(day(), day() if dice.random() < 0.6 else None, day() if dice.random() < 0.3 else None) for _ in range(count)]


def node_book() -> BookPlan:
    """Plan a book with drawn milestones and forecasts."""
    state, rules = foreseen_round(node_round(drawn_days(40))), shipped_rules()
    return consolidated(state, rules, assess(state, rules))

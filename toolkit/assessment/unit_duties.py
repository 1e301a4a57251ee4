"""What each unit is judged on: its part in every task, by which light, and how much it counts."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from toolkit.assessment.lights import light
from toolkit.model.form import LightRule
from toolkit.model.master import Role
from toolkit.model.own_part import OwnPart
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW, Rules
from toolkit.model.scoring import Duty
from toolkit.model.standing import Round, TaskStanding

POINTS = {BLUE: "points_blue", GREEN: "points_green", YELLOW: "points_yellow", RED: "points_red", GREY: "points_grey"}


def weights(state: Round, rules: Rules) -> dict[str, Decimal]:
    """Give every task's weight, by its number: what the rules (考核规则) say of it, else what the master list says."""
    by_number = {weight.number: weight.weight for weight in rules.weights}
    return {task.task.number: by_number.get(task.task.number, task.task.weight) for task in state.tasks}


def reported_parts(state: Round) -> frozenset[tuple[str, str]]:
    """Give (unit, task number) of every row in which something was written, and of every part in a task that is closed (销号): it is not asked for.

    Units go by what the round calls them.
    """
    rows = (row for task in state.tasks for row in (task.lead, *task.others) if row is not None and row.row.answers)
    closed = ((unit, task.task.number) for task in state.tasks if task.closed for unit in state.master.roles(task.task))
    own = ((known.name if state.stages and (known := state.master.resolve(row.unit)) else row.unit, row.row.number) for row in rows)
    return frozenset((*own, *closed))


def duties(state: Round, rules: Rules, lights: Mapping[str, str]) -> tuple[Duty, ...]:
    """Give every part of every unit that was issued a form, unit by unit, in the order of the master list."""
    reported = reported_parts(state)
    weighed = weights(state, rules)
    points = {name: rules.value(code) for name, code in POINTS.items()}
    shares = {Role.LEAD: Decimal(1), Role.SUPPORT: rules.value("support_share") / 100}
    standings = {standing.task.number: standing for standing in state.tasks}
    by_part = state.task_form.light is LightRule.PROGRESS
    found = []
    for unit in state.units:
        for task, role in state.master.duties(unit.unit):
            has_reported, task_light, standing = (unit.unit, task.number) in reported, lights[task.number], standings[task.number]
            part = standing.parts.get(unit.unit) if by_part and role is Role.LEAD else None
            if part is not None:
                task_light = light_of_part(standing, part, rules)
            judged = judged_by(task_light, role, reported=has_reported)
            share = weighed[task.number] * shares[role]
            found.append(Duty(unit.unit, task.number, role, has_reported, task_light, judged, share, points[judged], part, standing.past_due))
    return tuple(found)


def light_of_part(standing: TaskStanding, part: OwnPart, rules: Rules) -> str:
    """Give the light of a unit's own part of a task; the office's ruling on the task holds for each part."""
    own = replace(standing, planned=part.planned, status=part.status, progress=part.progress, means=part.means, overdue=standing.past_due)
    return light(own, rules)


def judged_by(task_light: str, role: Role, *, reported: bool) -> str:
    """Say by which light a unit's part is judged: its own silence is grey; a lead's silence is not its supports' fault."""
    if not reported:
        return GREY
    return GREEN if role is Role.SUPPORT and task_light == GREY else task_light

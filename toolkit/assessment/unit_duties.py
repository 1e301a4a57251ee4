"""What each unit is judged on: its part in every task, by which light, and how much it counts."""

from collections.abc import Mapping
from decimal import Decimal

from toolkit.model.master import Role
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW, Rules
from toolkit.model.scoring import Duty
from toolkit.model.standing import Round

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
    points = {light: rules.value(code) for light, code in POINTS.items()}
    shares = {Role.LEAD: Decimal(1), Role.SUPPORT: rules.value("support_share") / 100}
    found = []
    for unit in state.units:
        for task, role in state.master.duties(unit.unit):
            has_reported, task_light = (unit.unit, task.number) in reported, lights[task.number]
            light = judged_by(task_light, role, reported=has_reported)
            found.append(Duty(unit.unit, task.number, role, has_reported, task_light, light, weighed[task.number] * shares[role], points[light]))
    return tuple(found)


def judged_by(task_light: str, role: Role, *, reported: bool) -> str:
    """Say by which light a unit's part is judged: its own silence is grey; a lead's silence is not its supports' fault."""
    if not reported:
        return GREY
    return GREEN if role is Role.SUPPORT and task_light == GREY else task_light

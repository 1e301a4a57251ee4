"""The part of 参数与图例 that says whose class each lead is of, and counts each lead's tasks by light: 总览 adds them up by class."""

from collections import Counter
from collections.abc import Mapping, Sequence

from toolkit.model.master import OTHER, Master
from toolkit.model.rules import Rules
from toolkit.model.sheet import Area, Formula
from toolkit.model.standing import Assessment, Round
from toolkit.model.values import joined_words
from toolkit.views.consolidated.anchors import Classes
from toolkit.views.consolidated.book_styles import header_look
from toolkit.views.consolidated.criteria import met, quoted, taken_for_others
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.sheet_names import LEGEND
from toolkit.views.consolidated.task_table import TaskTable, task_table

_GROUP, _COUNT = 2, 4  # the columns of the class, and of the number of tasks; a column a light follows


def class_table(board: FreeLayout, state: Round, assessment: Assessment, rules: Rules) -> Classes:
    """Put the leads on the board, a line each; say where the classes and the counts stand."""
    lights = [(light.name, header_look(light.name), 1) for light in rules.lights]
    board.line([(title, "表头", 1) for title in ("", "牵头单位", "类别", "牵头的任务", "任务数")] + lights)
    groups, led = _groups(state.master, [standing.task.leads for standing in state.tasks]), _led(state)
    counts = {lead: Counter(assessment.lights[number] for number in numbers) for lead, numbers in led.items()}
    first, table, mixed = board.row, task_table(state), taken_for_others(groups)
    for lead, group in groups.items():
        counted = [("", len(led[lead])), *((light.name, counts[lead][light.name]) for light in rules.lights)]
        cells = [Formula(_formula(lead, light, table), count) if lead not in mixed else count for light, count in counted]
        words = (("", "正文"), (lead, "正文"), (group, "居中"), (joined_words(led[lead]), "正文"))
        board.line([*((text, look, 1) for text, look in words), *((number, "数字", 1) for number in cells)])
    last = max(board.row - 1, first)
    columns = {light: _ref(first, last, _COUNT + at) for at, light in enumerate(("", *(light.name for light in rules.lights)))}
    order = list(dict.fromkeys(unit.group for unit in state.master.units))
    named = sorted(dict.fromkeys(groups.values()), key=lambda group: order.index(group) if group in order else len(order))
    return Classes(groups, tuple(named), _ref(first, last, _GROUP), columns)


def _ref(first: int, last: int, column: int) -> str:
    return f"'{LEGEND}'!{Area(first, column, last, column).ref(absolute=True)}"


def _formula(lead: str, light: str, table: TaskTable) -> str:
    leads, lights = map(table.span, ("牵头单位", "灯"))
    return f"=COUNTIFS({met(leads, lead)}{f',{lights},{quoted(light)}' if light else ''})"


def _led(state: Round) -> Mapping[str, list[str]]:
    """Give the numbers of the tasks of each printed combination of leads."""
    found: dict[str, list[str]] = {}
    for standing in state.tasks:
        found.setdefault("、".join(standing.task.leads), []).append(standing.task.number)
    return found


def _groups(master: Master, leads: Sequence[tuple[str, ...]]) -> dict[str, str]:
    """Give each printed combination of leads the class of its first unit."""
    found: dict[str, str] = {}
    for names in leads:
        if names:
            unit = master.resolve(names[0])
            found.setdefault("、".join(names), unit.group if unit else OTHER)
    return found

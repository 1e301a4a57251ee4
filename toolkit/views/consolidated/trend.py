"""What 总览 says of the course of the year: returns and lights by quarter, and which lights moved since last quarter."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from toolkit.model.period import Period
from toolkit.model.place import address
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW, Rules
from toolkit.model.sheet import Area, Chart, Condition, Formula, Series
from toolkit.model.standing import Assessment, Quarter, Round, TaskStanding, UnitStanding
from toolkit.views.consolidated.book_styles import chart_colour, header_look, light_look
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.sheet_names import OVERVIEW
from toolkit.views.consolidated.source_links import internal_link
from toolkit.views.consolidated.tallies import share, share_formula
from toolkit.views.consolidated.task_table import TaskTable

_LABEL, _FIRST_LIGHT = 2, 5  # columns that a quarter's name takes, and the column of the first light
_WORTH = {GREY: 0, RED: 1, YELLOW: 2, GREEN: 3, BLUE: 4}
_MOST, _TEXT = 15, 44  # moves that are listed, characters of a task's text
_NEW_RED, _WORSE, _DONE, _BETTER = "■新变红", "↓变差", "★新完成", "↑变好"


class Move(NamedTuple):
    """A task whose light is another than last quarter: how it moved, the standing before and now, the lights."""

    kind: str
    before: TaskStanding
    now: TaskStanding
    was: str
    light: str


def quarters_so_far(state: Round, assessment: Assessment, history: Sequence[Quarter]) -> list[Quarter]:
    """List the quarters up to the present one, which stands as it is judged now."""
    present = state.newest or state.period
    before = [quarter for quarter in history if quarter.period != present]
    return [*before, Quarter(present, state.tasks, assessment.lights, _units(state, present), ())] if present.is_part else before


def quarter_table(board: FreeLayout, quarters: Sequence[Quarter], rules: Rules, table: TaskTable) -> Area:
    """Put the quarters on the board, the present one's lights live; give the rows."""
    lights = [(f"{light.symbol}{light.name}", header_look(light.name), 1) for light in rules.lights]
    counted, shared = (tuple((name, "表头", 1) for name in names) for names in (("应报", "已报", "按时"), ("已完成占比", "滞后占比")))
    board.line([("季度" if all(quarter.period.quarter for quarter in quarters) else "期间", "表头", _LABEL), *counted, *lights, *shared], points=20)
    first = board.row
    for number, quarter in enumerate(quarters, 1):
        returned = [unit for unit in quarter.units if unit.outcome is not None]
        counts = Counter(quarter.lights.values())
        numbers = [_live(light.name, counts[light.name], table) if number == len(quarters) else counts[light.name] for light in rules.lights]
        shares = [_share(board.row, names, counts, rules) for names in ((BLUE,), (YELLOW, RED))]
        values = (len(quarter.units), len(returned), sum(unit.on_time for unit in returned), *numbers, *shares)
        board.line([(quarter.period.label, "正文", _LABEL), *((value, "数字", 1) for value in values)], points=18)
    return Area(first, 0, board.row - 1, 0)


def line_chart(row: int, column: int, rows: Area, rules: Rules, *, title: str, width: int, height: int) -> Chart:
    """Draw the lights by quarter as lines, in the lights' own colours."""
    series = tuple(
        Series(
            name=f"='{OVERVIEW}'!{address(rows.top - 1, at, absolute=True)}",
            categories=_ref(rows._replace(right=0)),
            values=_ref(rows._replace(left=at, right=at)),
            colour=chart_colour(light),
        )
        for at, light in enumerate(rules.lights, _FIRST_LIGHT)
    )
    return Chart(row, column, "line", title, series, width=width, height=height)


def moves(quarters: Sequence[Quarter]) -> list[Move]:
    """List the tasks whose light moved between the last two quarters: newly red, newly finished, worse, better."""
    if len(quarters) < 2:
        return []
    last, now = quarters[-2:]
    before = {task.task.number: task for task in last.tasks}
    found = []
    for standing in now.tasks:
        was, light = last.lights.get(standing.task.number, ""), now.lights[standing.task.number]
        if was and was != light:
            kind = _NEW_RED if light == RED else _DONE if light == BLUE else _BETTER if _WORTH[light] > _WORTH[was] else _WORSE
            found.append(Move(kind, before[standing.task.number], standing, was, light))
    order = (_NEW_RED, _DONE, _WORSE, _BETTER)
    return sorted(found, key=lambda move: order.index(move.kind))


def move_table(board: FreeLayout, moved: Sequence[Move], table: TaskTable) -> None:
    """Put the moves on the board: how many of each kind, then the first of them."""
    counts = Counter(move.kind for move in moved)
    board.line([(f"{kind} {counts[kind]} 项", "数名", 3) for kind in (_NEW_RED, _DONE, _WORSE, _BETTER)], points=20)
    if not moved:
        return
    head = (("变化", 1), ("编号", 1), ("目标任务", 4), ("牵头单位", 2), ("上季灯", 1), ("本季灯", 1), ("上季进度", 1), ("本季进度", 1))
    board.line([(title, "表头", across) for title, across in head], points=20)
    first = board.row
    for move in moved[:_MOST]:
        task = move.now.task
        text = task.text if len(task.text) <= _TEXT else f"{task.text[: _TEXT - 1]}…"
        board.line(
            (
                (move.kind, "居中", 1),
                (internal_link(table.sheet, task.number), "链接", 1),
                (text, "正文", 4),
                ("、".join(task.leads), "正文", 2),
                (move.was, "居中", 1),
                (light_formula(task.number, move.light, table), "居中", 1),
                (move.before.progress, "数字", 1),
                (move.now.progress, "数字", 1),
            )
        )
    lamps = Area(first, 8, board.row - 1, 9)
    board.conditions += [Condition(lamps, f'=I{first + 1}="{name}"', light_look(name)) for name in _WORTH]
    if len(moved) > _MOST:
        board.line(((f"其余 {len(moved) - _MOST} 项从略。", "注", 12),))


def light_formula(number: str, light: str, table: TaskTable) -> Formula:
    """Look up a task's light as it is now, wherever sorting has moved its row."""
    numbers, lamps = map(table.span, ("编号", "灯"))
    quoted = number.replace('"', '""')
    return Formula(f'=INDEX({lamps},MATCH("{quoted}",{numbers},0))', light)


def _units(state: Round, present: Period) -> tuple[UnitStanding, ...]:
    return next((stage.units for stage in state.stages if stage.period == present), state.units)


def _live(light: str, count: int, table: TaskTable) -> Formula:
    return Formula(f'=COUNTIF({table.span("灯")},"{light}")', count)


def _share(row: int, names: Sequence[str], counts: Counter[str], rules: Rules) -> Formula:
    every = [address(row, at) for at, _ in enumerate(rules.lights, _FIRST_LIGHT)]
    mine = [address(row, at) for at, light in enumerate(rules.lights, _FIRST_LIGHT) if light.name in names]
    text = share_formula(f"({'+'.join(mine)})", f"SUM({every[0]}:{every[-1]})")
    return Formula(text, share(sum(counts[name] for name in names), sum(counts.values())))


def _ref(area: Area) -> str:
    return f"'{OVERVIEW}'!{area.ref(absolute=True)}"

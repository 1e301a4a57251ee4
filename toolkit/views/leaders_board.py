"""看板: one page for leaders, made from what the consolidated workbook shows, figure by figure."""

import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal

from toolkit.model.board_page import BoardFigure, BoardIndicator, BoardLight, BoardMove, BoardPage, BoardShare, BoardTask, BoardUnit
from toolkit.model.column_kinds import show_number
from toolkit.model.form import LightRule
from toolkit.model.rules import Light, Rules
from toolkit.model.scoring import UnitScore
from toolkit.model.sheet import Formula
from toolkit.model.standing import Assessment, IndicatorStanding, Quarter, Round, TaskStanding, UnitStanding
from toolkit.model.values import plain
from toolkit.views.consolidated.laggards import laggards
from toolkit.views.consolidated.sheet_names import TASKS, book_title
from toolkit.views.consolidated.tallies import section_lines
from toolkit.views.consolidated.tiles import Tile, all_tiles
from toolkit.views.consolidated.trend import Move, moves, quarters_so_far
from toolkit.views.consolidated.units_sheet import on_time, result
from toolkit.views.papers.figures import why

_WHY = 300  # characters of what a unit says of a lagging task
_TITLE = "目标任务看板"
Standings = Sequence[tuple[str, str]]


def leaders_board(
    state: Round, rules: Rules, assessment: Assessment, history: Sequence[Quarter], standings: Standings, *, book: str, is_closed: bool
) -> BoardPage:
    """Make the page; `standings` say how far each round of the year is, `book` is the name of the workbook whose figures these are."""
    quarters = quarters_so_far(state, assessment, history)
    scores = {unit.unit: unit for unit in assessment.scores.units}
    names = [light.name for light in rules.lights]
    late = [laggard.standing for laggard in laggards(state, assessment)]
    return BoardPage(
        title=_clean(_title(state)),
        lines=tuple(map(_clean, _lines(state, standings))),
        is_closed=is_closed,
        book=book,
        lights=tuple(_light(light, state) for light in rules.lights),
        figures=tuple(_figure(tile) for tile in all_tiles(state, rules, assessment)),
        chapters=tuple(BoardShare(_clean(line.label), tuple(line.counts.get(name, 0) for name in names)) for line in section_lines(state, assessment)),
        units=tuple(_unit(unit, scores.get(unit.unit), names) for unit in state.units),
        late=tuple(_task(standing, assessment, state, _reason(standing)) for standing in late),
        tasks=tuple(_task(task, assessment, state) for task in state.tasks),
        indicators=tuple(map(_indicator, state.indicators, assessment.reached, assessment.yardsticks)),
        since=quarters[-2].period.label if len(quarters) > 1 else "",
        moves=tuple(map(_move, moves(quarters))),
        has_lights=state.task_form.light is not LightRule.NONE,
        has_progress=state.task_form.light is LightRule.PROGRESS,
    )


def _title(state: Round) -> str:
    """Name the board: 2023年第一季度目标任务看板, of a form with a sheet of its own 2023年5月隐患排查看板, in another language its name first."""
    form = state.task_form
    if form.book_sheet == TASKS:
        return book_title(state.period.label).replace("目标任务进展汇总", _TITLE)
    return f"{form.name}，{state.period.span_label}" if form.language else f"{state.period.span_label}{form.name}看板"


def _lines(state: Round, standings: Standings) -> Iterator[str]:
    due = f"截止日期 {state.due.isoformat()}" if state.due else ""
    until = f"截至{state.newest.label}" if state.newest else ""
    yield "　·　".join(text for text in (state.master.title, until, due) if text)
    if standings:
        yield "　·　".join(f"{name}：{words}" for name, words in standings)


def _figure(tile: Tile) -> BoardFigure:
    note = tile.note.value if isinstance(tile.note, Formula) else tile.note
    return BoardFigure(_number(tile.number.value), _clean(tile.name), _clean(note), tile.light)


def _unit(unit: UnitStanding, score: UnitScore | None, names: Sequence[str]) -> BoardUnit:
    cells = (_clean(unit.unit), _clean(unit.group), result(unit), on_time(unit))
    if score is None:
        return BoardUnit(*cells)
    return BoardUnit(*cells, tuple(score.counts.get(name, 0) for name in names), f"{score.total:.2f}", str(score.rank), score.grade)


def _task(standing: TaskStanding, assessment: Assessment, state: Round, reason: str = "") -> BoardTask:
    task = standing.task
    chapter = _clean(task.section or task.category)
    leads, numbers = _clean("、".join(task.leads)), (_number(standing.planned), _number(standing.progress), _number(standing.gap))
    return BoardTask(_clean(task.number), chapter, _clean(task.text), leads, assessment.lights[task.number], _status(standing, state), *numbers, reason)


def _status(standing: TaskStanding, state: Round) -> str:
    """Give a row's state, of a form without states what it says instead: the rate of an amount spent, or only that it was reported."""
    rule = state.task_form.light
    if standing.status or rule is LightRule.PROGRESS:
        return standing.status
    if rule is LightRule.AMOUNT and standing.measured.share is not None:
        return f"{_number(standing.measured.share)}%"
    return "已报" if standing.measured.came else ""


def _light(light: Light, state: Round) -> BoardLight:
    """Give a light with what it means by the form's rule."""
    rule, look = state.task_form.light, light.look
    meaning = light.meaning if rule is LightRule.PROGRESS else light.words(rule)
    return BoardLight(light.name, meaning, light.symbol, look.fill, look.colour, light.strong or look.fill)


def _reason(standing: TaskStanding) -> str:
    return ("已过完成时限。" if standing.overdue else "") + why(standing, _WHY)


def _indicator(standing: IndicatorStanding, verdict: str, due: Decimal | str) -> BoardIndicator:
    target = f"{standing.indicator.comparator}{show_number(standing.indicator.target)}"
    figures = (_number(standing.reached), _number(standing.rate), _number(due), verdict)
    return BoardIndicator(
        _clean(standing.indicator.number), _clean(standing.indicator.name), target, _clean(standing.indicator.unit), *figures, _clean(standing.lead)
    )


def _move(move: Move) -> BoardMove:
    task = move.now.task
    leads = _clean("、".join(task.leads))
    return BoardMove(move.kind, _clean(task.number), _clean(task.text), leads, move.was, move.light, _number(move.before.progress), _number(move.now.progress))


def _number(value: object) -> str:
    """Write a figure as the workbook shows it: 25 and not 25.0."""
    if isinstance(value, Decimal):
        return show_number(value.normalize() if value != value.to_integral_value() else value.quantize(Decimal(1)))
    return "" if value is None else str(value)


def _clean(text: object) -> str:
    """Give a text without signs that cannot stand on a page, or that turn or hide what stands beside them."""
    return "".join(sign for sign in plain(text) if unicodedata.category(sign) not in {"Cf", "Cc"} or sign == "\n")

"""总览: the first sheet, whose first screen tells the story."""

from collections.abc import Mapping

from toolkit.model.look import Look
from toolkit.model.rules import Rules
from toolkit.model.sheet import Area, Chart, Series, SheetPlan
from toolkit.model.standing import Assessment, Round
from toolkit.views.consolidated.anchors import Anchors
from toolkit.views.consolidated.board import Board
from toolkit.views.consolidated.laggards import laggard_table, laggards, missed_indicators, returns
from toolkit.views.consolidated.looks import chart_colour
from toolkit.views.consolidated.names import OTHERS, OVERVIEW, book_title
from toolkit.views.consolidated.sources import go
from toolkit.views.consolidated.table import page
from toolkit.views.consolidated.tallies import FIRST_LIGHT, LABEL, Tally, class_lines, section_lines, tally
from toolkit.views.consolidated.tiles import FIRST_LIGHT as FIRST_TILE
from toolkit.views.consolidated.tiles import tiles

_ACROSS = 12
_WIDTH = 13.0
_PIXELS = 96  # of a column so wide
_CHART_ROWS, _CHART_ROW = 12, 19.5  # rows that the charts cover, and their points
_CHART_PIXELS = int(_CHART_ROWS * _CHART_ROW * 96 / 72) - 8


def overview_sheet(state: Round, rules: Rules, assessment: Assessment, anchors: Anchors, looks: Mapping[str, Look]) -> SheetPlan:
    """Plan the sheet: title, ways to the other sheets, big numbers, charts, tallies, laggards, indicators, returns."""
    board = Board([_WIDTH] * _ACROSS, looks)
    _top(board, state)
    numbers = tiles(board, state, rules, assessment)
    board.next(8)
    charts = board.row
    for _ in range(_CHART_ROWS):
        board.next(_CHART_ROW)
    _heading(board, "一、各章节进展")
    sections = tally(board, "章节", section_lines(state, assessment), rules)
    board.charts += [_doughnut(rules, charts, numbers), _columns(rules, charts, sections)]
    _heading(board, "二、按牵头单位类别")
    tally(board, "类别", class_lines(state, assessment, anchors.classes), rules)
    _heading(board, "三、滞后任务")
    laggard_table(board, laggards(state, assessment))
    _heading(board, "四、量化指标")
    missed_indicators(board, state, assessment)
    _heading(board, "五、报送")
    returns(board, state)
    return SheetPlan(
        name=OVERVIEW,
        cells=tuple(board.cells),
        widths=dict.fromkeys(range(_ACROSS), _WIDTH),
        heights=board.heights,
        merges=tuple(board.merges),
        conditions=tuple(board.conditions),
        charts=tuple(board.charts),
        printing=page(OVERVIEW, book_title(state.period.label), fit_height=2),
    )


def _top(board: Board, state: Round) -> None:
    board.line(((book_title(state.period.label), "标题", _ACROSS),), points=34)
    due = f"截止日期 {state.due.isoformat()}" if state.due else ""
    known = (f"期间 {state.period}", due, f"表单 {state.form.name}", state.master.title)
    board.line((("　·　".join(one for one in known if one), "副题", _ACROSS),), points=18)
    wide, left = divmod(_ACROSS, len(OTHERS))
    board.line([(go(sheet), "标签", wide + (number < left)) for number, sheet in enumerate(OTHERS)], points=20)
    board.next(6)


def _heading(board: Board, text: str) -> None:
    board.next(8)
    board.line(((text, "小标题", _ACROSS),), points=24)


def _doughnut(rules: Rules, row: int, numbers: int) -> Chart:
    last = FIRST_TILE + len(rules.lights) - 1
    series = Series("各灯项数", _ref(numbers + 1, FIRST_TILE, numbers + 1, last), _ref(numbers, FIRST_TILE, numbers, last))
    colours = tuple(chart_colour(light) for light in rules.lights)
    return Chart(row, 0, "doughnut", "目标任务的灯", (series,), width=4 * _PIXELS - 8, height=_CHART_PIXELS, point_colours=colours)


def _columns(rules: Rules, row: int, sections: Tally) -> Chart:
    series = tuple(
        Series(
            name="=" + _ref(sections.header, column, sections.header, column).partition(":")[0],
            categories=_ref(sections.first, LABEL, sections.last, LABEL),
            values=_ref(sections.first, column, sections.last, column),
            colour=chart_colour(light),
        )
        for column, light in enumerate(rules.lights, FIRST_LIGHT)
    )
    return Chart(row, 4, "column", "各章节的灯（项）", series, stacked=True, width=8 * _PIXELS - 4, height=_CHART_PIXELS)


def _ref(top: int, left: int, bottom: int, right: int) -> str:
    return f"'{OVERVIEW}'!{Area(top, left, bottom, right).ref(absolute=True)}"

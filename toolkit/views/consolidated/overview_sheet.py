"""总览: the first sheet, whose first screen tells the story."""

from collections.abc import Callable, Mapping, Sequence

from toolkit.model.cell_style import CellStyle
from toolkit.model.form import LightRule
from toolkit.model.rules import Rules
from toolkit.model.sheet import Area, Chart, Series, SheetPlan
from toolkit.model.standing import Assessment, Quarter, Round
from toolkit.views.consolidated.anchors import Anchors
from toolkit.views.consolidated.book_styles import chart_colour
from toolkit.views.consolidated.class_scores import class_scores
from toolkit.views.consolidated.data_sheet import page
from toolkit.views.consolidated.forecast_tallies import forecast_table, foreseen
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.further_totals import Details, further_totals_tables
from toolkit.views.consolidated.laggards import laggard_table, laggards, missed_indicators, returns
from toolkit.views.consolidated.life_counts import has_counts, life_counts
from toolkit.views.consolidated.node_tallies import node_tallies
from toolkit.views.consolidated.own_task_columns import item_title
from toolkit.views.consolidated.sheet_names import DEDUCTIONS, INDICATORS, OTHERS, OVERVIEW, POINTS, SCORES, TASKS, title_of
from toolkit.views.consolidated.source_links import internal_link
from toolkit.views.consolidated.split_sheets import Cut, split_index
from toolkit.views.consolidated.tallies import FIRST_LIGHT, LABEL, Tally, class_lines, list_lines, section_lines, tally
from toolkit.views.consolidated.task_table import has_indicators, task_table
from toolkit.views.consolidated.tiles import FIRST_LIGHT as FIRST_TILE
from toolkit.views.consolidated.tiles import tiles
from toolkit.views.consolidated.totals import totals_tables
from toolkit.views.consolidated.trend import line_chart, move_table, moves, quarter_table, quarters_so_far

_ACROSS = 12
_NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五", "十六")
_WIDTH = 13.0
_PIXELS = 96  # of a column so wide
_CHART_ROWS, _CHART_ROW = 12, 19.5  # rows that the charts cover, and their points
_CHART_PIXELS = int(_CHART_ROWS * _CHART_ROW * 96 / 72) - 8


def overview_sheet(
    state: Round,
    rules: Rules,
    assessment: Assessment,
    anchors: Anchors,
    history: Sequence[Quarter],
    cuts: Sequence[Sequence[Cut]],
    looks: Mapping[str, CellStyle],
    standings: Sequence[tuple[str, str]] = (),
    *,
    details: Details,
    lives: bool = False,
) -> SheetPlan:
    """Plan the sheet: title, ways to the other sheets, big numbers, charts, tallies, course of the year, laggards, indicators, scores, returns.

    `standings` say how far each round of the year is: its name, and words; `lives` whether there is a sheet 销号台账; `details`
    are the rows of 填报明细.
    """
    board = FreeLayout([_WIDTH] * _ACROSS, looks)
    _top(board, state, standings)
    numbers = tiles(board, state, rules, assessment)
    board.next(8)
    charts = board.row
    for _ in range(_CHART_ROWS if task_table(state).has_lights else 0):
        board.next(_CHART_ROW)
    heading = _headings(board)
    if task_table(state).has_lights:
        sections = _lights(board, heading, state, rules, assessment, anchors)
        quarters = quarters_so_far(state, assessment, history)
        course = "各季度的灯（项）" if all(quarter.period.quarter for quarter in quarters) else "各期的灯（项）"
        titles = (item_title(state.task_form), "章节" if has_indicators(state) else "类", course)
        _charts(board, rules, charts, numbers, sections, _course(board, heading, quarters, rules, state), titles)
        heading("滞后任务" if has_indicators(state) else "滞后的")
        laggard_table(board, laggards(state, assessment), task_table(state), state)
        if foreseen(state, quarters):
            heading("年底预判与灯")
            forecast_table(board, state, assessment, rules, quarters)
    if state.milestones:
        heading("里程碑节点")
        node_tallies(board, state, rules)
    totals_tables(board, heading, state, task_table(state).columns, task_table(state).span)
    further_totals_tables(board, heading, state, details)
    _last(board, heading, state, assessment, lives=lives)
    split_index(board, cuts)
    return SheetPlan(
        name=OVERVIEW,
        cells=tuple(board.cells),
        widths=dict.fromkeys(range(_ACROSS), _WIDTH),
        heights=board.heights,
        merges=tuple(board.merges),
        conditions=tuple(board.conditions),
        charts=tuple(board.charts),
        printing=page(OVERVIEW, title_of(state), large=True),
    )


def _last(board: FreeLayout, heading: Callable[[str], None], state: Round, assessment: Assessment, *, lives: bool) -> None:
    """Put indicators, scores, requests and matters, and returns on the board, those that the round has."""
    if has_indicators(state):
        heading("量化指标")
        missed_indicators(board, state, assessment)
    if assessment.scores.units:
        heading("各类单位考核")
        class_scores(board, assessment.scores)
    if has_counts(state, lives=lives):
        heading("销号和协调")
        life_counts(board, state, lives=lives)
    heading("报送")
    returns(board, state)


def _lights(
    board: FreeLayout, heading: Callable[[str], None], state: Round, rules: Rules, assessment: Assessment, anchors: Anchors
) -> Tally:
    """Put the lights by section and by class on the board; give where those by section stand."""
    if lists := list_lines(state, assessment):
        heading("各清单进展")
        tally(board, "清单", lists, rules)
    heading("各章节进展" if has_indicators(state) else "各类进展")
    sections = tally(board, "章节" if has_indicators(state) else "类别", section_lines(state, assessment), rules)
    heading("按牵头单位类别" if has_indicators(state) else "按单位类别")
    tally(board, "类别", class_lines(state, assessment, anchors.classes), rules)
    return sections


def _others(state: Round) -> list[str]:
    """List the sheets that the overview leads to: those that the round has."""
    absent = {*(() if state.is_scored else (SCORES, POINTS, DEDUCTIONS)), *(() if has_indicators(state) else (INDICATORS,))}
    return [state.task_form.book_sheet if sheet == TASKS else sheet for sheet in OTHERS if sheet not in absent]


def _judged(state: Round) -> str:
    """Say by what the rows of a round are judged, where that is not as everywhere."""
    if state.task_form.light is LightRule.NONE:
        return "本表不亮灯、不计分"
    return "" if state.is_scored else "本表不计分"


def _top(board: FreeLayout, state: Round, standings: Sequence[tuple[str, str]]) -> None:
    board.line(((title_of(state), "标题", _ACROSS),), points=34)
    due = f"截止日期 {state.due.isoformat()}" if state.due else ""
    until = f"截至{state.newest.label}" if state.newest else ""
    known = (f"期间 {state.period}", until, due, f"表单 {state.form.name}", _judged(state), state.master.title)
    board.line((("　·　".join(text for text in known if text), "副题", _ACROSS),), points=18)
    if standings:
        board.line((("　·　".join(f"{name}：{words}" for name, words in standings), "副题", _ACROSS),), points=18)
    others = _others(state)
    wide, left = divmod(_ACROSS, len(others))
    board.line([(internal_link(sheet), "标签", wide + (number < left)) for number, sheet in enumerate(others)], points=20)
    board.next(6)


def _headings(board: FreeLayout) -> Callable[[str], None]:
    """Give what puts the next heading on the board: 一、…, 二、…"""
    numerals = iter(_NUMERALS)

    def heading(text: str) -> None:
        board.next(8)
        board.line(((f"{next(numerals)}、{text}", "小标题", _ACROSS),), points=24)

    return heading


def _course(board: FreeLayout, heading: Callable[[str], None], quarters: Sequence[Quarter], rules: Rules, state: Round) -> Area | None:
    """Put the course of the year on the board, where there is more than one quarter; give its rows."""
    if len(quarters) < 2:
        return None
    heading("各季度情况" if all(quarter.period.quarter for quarter in quarters) else "各期情况")
    rows = quarter_table(board, quarters, rules, task_table(state))
    heading(f"与{quarters[-2].period.label}相比")
    move_table(board, moves(quarters), task_table(state))
    return rows


def _charts(
    board: FreeLayout, rules: Rules, row: int, numbers: int, sections: Tally, quarters: Area | None, titles: tuple[str, str, str]
) -> None:
    """Put the charts side by side: lights, lights by section, lights by quarter where there are several."""
    left, wide = (3, 6) if quarters else (4, 8)
    board.charts += [_doughnut(rules, row, numbers, left * _PIXELS - 8, titles[:2]), _columns(rules, row, left, sections, wide * _PIXELS - 4, titles[:2])]
    if quarters:
        board.charts.append(line_chart(row, 9, quarters, rules, title=titles[2], width=3 * _PIXELS, height=_CHART_PIXELS))


def _doughnut(rules: Rules, row: int, numbers: int, width: int, titles: tuple[str, str]) -> Chart:
    last = FIRST_TILE + len(rules.lights) - 1
    series = Series("各灯项数", _ref(numbers + 1, FIRST_TILE, numbers + 1, last), _ref(numbers, FIRST_TILE, numbers, last))
    colours = tuple(chart_colour(light) for light in rules.lights)
    return Chart(row, 0, "doughnut", f"{titles[0]}的灯", (series,), width=width, height=_CHART_PIXELS, point_colours=colours)


def _columns(rules: Rules, row: int, at: int, sections: Tally, width: int, titles: tuple[str, str]) -> Chart:
    series = tuple(
        Series(
            name="=" + _ref(sections.header, column, sections.header, column).partition(":")[0],
            categories=_ref(sections.first, LABEL, sections.last, LABEL),
            values=_ref(sections.first, column, sections.last, column),
            colour=chart_colour(light),
        )
        for column, light in enumerate(rules.lights, FIRST_LIGHT)
    )
    return Chart(row, at, "column", f"各{titles[1]}的灯（项）", series, stacked=True, width=width, height=_CHART_PIXELS)


def _ref(top: int, left: int, bottom: int, right: int) -> str:
    return f"'{OVERVIEW}'!{Area(top, left, bottom, right).ref(absolute=True)}"

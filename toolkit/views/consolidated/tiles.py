"""The big numbers at the top of 总览, each a live formula over the other sheets."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.model.decisions import HANDLING
from toolkit.model.findings import SETTLED, Level
from toolkit.model.form import LightRule
from toolkit.model.place import address
from toolkit.model.rules import Light, Rules
from toolkit.model.sheet import Formula
from toolkit.model.standing import Assessment, Round
from toolkit.views.consolidated import findings_sheet, indicators_sheet, units_sheet
from toolkit.views.consolidated.book_styles import name_look, number_look
from toolkit.views.consolidated.criteria import quoted
from toolkit.views.consolidated.data_sheet import span
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.own_task_columns import item_title
from toolkit.views.consolidated.sheet_names import FINDINGS, INDICATORS, NOTHING_CAME, NOTHING_TYPED, UNITS
from toolkit.views.consolidated.tallies import share, share_formula
from toolkit.views.consolidated.task_table import has_indicators, task_table

FIRST_LIGHT = 5  # the column of the first light's number
_DUE, _TASKS = 0, 4  # the columns of the wholes that shares are of
_NUMBER, _NAME, _NOTE = 40, 30, 18  # points


class Tile(NamedTuple):
    """A big number, what it counts, and a note below; `light` where it counts a light."""

    number: Formula
    name: str
    note: Formula | str
    light: str = ""


def tiles(board: FreeLayout, state: Round, rules: Rules, assessment: Assessment) -> int:
    """Put the tiles on the board, a column each; give the row of the numbers (their names are in the next)."""
    top = board.row
    every = all_tiles(state, rules, assessment, top)
    board.line([(tile.number, number_look(tile.light) if tile.light else "大数", 1) for tile in every], points=_NUMBER)
    board.line([(tile.name, name_look(tile.light) if tile.light else "数名", 1) for tile in every], points=_NAME)
    board.line([(tile.note, name_look(tile.light) if tile.light else "数名", 1) for tile in every], points=_NOTE)
    return top


def all_tiles(state: Round, rules: Rules, assessment: Assessment, top: int = 0) -> list[Tile]:
    """List the tiles whose formulas stand in a row `top` of 总览: returns, lights, indicators reached, faults."""
    return [*_returns(state, top), *_lights(state, rules, assessment, top), *_rest(state, assessment)]


def light_words(light: Light, rule: LightRule = LightRule.PROGRESS) -> str:
    """Name a light for a tile: its symbol and what it means by a rule."""
    return f"{light.symbol}{light.words(rule)}"


def _returns(state: Round, top: int) -> Iterator[Tile]:
    count = len(state.units)
    results, names, in_time = (span(UNITS, units_sheet.COLUMNS, title, count) for title in ("结果", "单位", "是否按时"))
    missing = sum(unit.outcome is None for unit in state.units)
    punctual = sum(units_sheet.on_time(unit) == "是" for unit in state.units)
    due, none = address(top, _DUE), f'(COUNTIF({results},"{NOTHING_CAME}")+COUNTIF({results},"{NOTHING_TYPED}"))'
    yield Tile(Formula(f"=COUNTA({names})", count), "应报单位", "")
    for column, (name, formula, value) in enumerate(
        (
            ("已报", f"=COUNTA({names})-{none}", count - missing),
            (NOTHING_CAME, f"={none}", missing),
            ("按时", f'=COUNTIF({in_time},"是")', punctual),
        ),
        1,
    ):
        yield Tile(Formula(formula, value), name, Formula(share_formula(address(top, column), due), share(value, count)))


def _lights(state: Round, rules: Rules, assessment: Assessment, top: int) -> Iterator[Tile]:
    total, table = len(state.tasks), task_table(state)
    numbers = table.span("编号")
    counts = Counter(assessment.lights[task.task.number] for task in state.tasks)
    yield Tile(Formula(f"=COUNTA({numbers})", total), item_title(state.task_form), "")
    lamps = table.span("灯") if table.has_lights else ""
    for column, light in enumerate(rules.lights if lamps else (), FIRST_LIGHT):
        note = Formula(share_formula(address(top, column), address(top, _TASKS)), share(counts[light.name], total))
        yield Tile(Formula(f'=COUNTIF({lamps},"{light.name}")', counts[light.name]), light_words(light, state.task_form.light), note, light.name)


def _rest(state: Round, assessment: Assessment) -> Iterator[Tile]:
    if has_indicators(state):
        yield _indicators(state, assessment)
    found = findings_sheet.shown(state)
    levels, text, done = (span(FINDINGS, findings_sheet.columns(state), title, len(found)) for title in ("级别", "问题", HANDLING))
    counts = Counter(finding.level for finding in found if finding.counts)

    def still_open(level: Level) -> str:
        """Count all of a level, less those set aside and those settled, and add what is both: what equals is counted alike everywhere."""
        every, aside = f"{levels},{quoted(level.value)}", f"{text},{quoted(findings_sheet.SET_ASIDE)}"
        settled = [f"{done},{quoted(word)}" for word in SETTLED]
        off = "".join(f"-COUNTIFS({every},{where})" for where in (aside, *settled))
        return f"COUNTIF({every}){off}" + "".join(f"+COUNTIFS({every},{aside},{where})" for where in settled)

    errors, reviews = still_open(Level.ERROR), still_open(Level.REVIEW)
    yield Tile(Formula(f"={errors}", counts[Level.ERROR]), "填报错误", Formula(f'="待核"&{reviews}&"处"', f"待核{counts[Level.REVIEW]}处"))


def _indicators(state: Round, assessment: Assessment) -> Tile:
    judged, names = (span(INDICATORS, indicators_sheet.COLUMNS, title, len(state.indicators)) for title in ("是否达标", "编号"))
    total = Formula(f'="共"&COUNTA({names})&"项"', f"共{len(state.indicators)}项")
    return Tile(Formula(f'=COUNTIF({judged},"是")', assessment.reached.count("是")), "指标达标", total)

"""Tables of 总览 that count lights: live formulas over 任务进展, with the value they have now."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from toolkit.model.place import address
from toolkit.model.rules import BLUE, GREY, RED, YELLOW, Rules
from toolkit.model.sheet import Area, Formula
from toolkit.model.standing import Assessment, Round
from toolkit.views.consolidated.anchors import Classes
from toolkit.views.consolidated.board import Board
from toolkit.views.consolidated.legend import UNCLEAR
from toolkit.views.consolidated.looks import header_look
from toolkit.views.consolidated.names import TASKS
from toolkit.views.consolidated.table import span
from toolkit.views.consolidated.tasks import COLUMNS

LABEL, TOTAL, FIRST_LIGHT = 0, 3, 4  # columns of a tally: its label takes three, then the total, then a column a light
_SHARES = (("已完成占比", (BLUE,)), ("滞后占比", (YELLOW, RED)), ("未报占比", (GREY,)))
_LONGEST = 200  # characters of a criterion: Excel takes a text of 255 in a formula
_LABEL = 12


class Line(NamedTuple):
    """One line of a tally: its label, a formula that counts (for a light, or "" for all), and the counts now."""

    label: str
    formula: Callable[[str], str]
    counts: Mapping[str, int]


class Tally(NamedTuple):
    """Where a tally stands: its header row, and the first and last row of its lines, counted from 0."""

    header: int
    first: int
    last: int


def tally(board: Board, title: str, lines: Sequence[Line], rules: Rules) -> Tally:
    """Put a tally on the board: a line each, a total, shares."""
    header = board.row
    lights = [(f"{light.symbol}{light.name}", header_look(light.name), 1) for light in rules.lights]
    board.line([(title, "表头", 3), ("任务数", "表头", 1), *lights, *((name, "表头", 1) for name, _ in _SHARES)], points=20)
    first = board.row
    for line in lines:
        counts = [Formula(line.formula(light.name), line.counts.get(light.name, 0)) for light in rules.lights]
        whole = Formula(line.formula(""), sum(line.counts.values()))
        _numbers(board, (line.label, "正文"), whole, counts, rules)
    last = max(board.row - 1, first)
    sums = [sum(line.counts.get(light.name, 0) for line in lines) for light in rules.lights]
    totals = [Formula(f"=SUM({Area(first, column, last, column).ref()})", value) for column, value in enumerate((sum(sums), *sums), TOTAL)]
    _numbers(board, ("合计", "表头"), totals[0], totals[1:], rules)
    return Tally(header, first, last)


def section_lines(state: Round, assessment: Assessment) -> list[Line]:
    """Count by section, in the order of the master list; what has no section is counted by category."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for one in state.tasks:
        found.setdefault((one.task.category, one.task.section), Counter())[assessment.lights[one.task.number]] += 1
    return [
        Line(_short(section or category), _section_formula(category, section, len(state.tasks)), counts) for (category, section), counts in found.items()
    ]


def class_lines(state: Round, assessment: Assessment, classes: Classes) -> list[Line]:
    """Count by the class of the first lead, from the list of leads in 参数与图例."""
    found: dict[str, Counter[str]] = {name: Counter() for name in classes.names}
    for one in state.tasks:
        found.setdefault(classes.of.get("、".join(one.task.leads), UNCLEAR), Counter())[assessment.lights[one.task.number]] += 1
    return [Line(group, _class_formula(group, classes, len(state.tasks)), counts) for group, counts in found.items()]


def share(part: int, whole: int) -> str:
    """Write a share as whole percent, as the sheets' formulas do; '' of nothing."""
    return f"{(Decimal(part) / whole * 100).quantize(Decimal(1), ROUND_HALF_UP)}%" if whole else ""


def share_formula(part: str, whole: str) -> str:
    """Write the formula of a share over two cells."""
    return f'=IF({whole}=0,"",ROUND({part}/{whole}*100,0)&"%")'


def _section_formula(category: str, section: str, count: int) -> Callable[[str], str]:
    categories, sections, lights = (span(TASKS, COLUMNS, title, count) for title in ("类别", "章节", "灯"))
    if not category or not section:  # counting by criterion does not find blank cells in every program
        same = f"({categories}={_quoted(category)})*({sections}={_quoted(section)})"
        return lambda light: f"=SUMPRODUCT({same}*({lights}={_quoted(light)}))" if light else f"=SUMPRODUCT({same})"
    same = f"{categories},{_criterion(category)},{sections},{_criterion(section)}"
    return lambda light: f"=COUNTIFS({same},{lights},{_quoted(light)})" if light else f"=COUNTIFS({same})"


def _class_formula(group: str, classes: Classes, count: int) -> Callable[[str], str]:
    leads, lights = (span(TASKS, COLUMNS, title, count) for title in ("牵头单位", "灯"))
    if group not in classes.names:  # tasks without any lead
        return lambda light: f'=SUMPRODUCT(({leads}="")*({lights}={_quoted(light)}))' if light else f'=SUMPRODUCT(({leads}="")*1)'
    chosen = f"({classes.groups}={_quoted(group)})"

    def formula(light: str) -> str:
        count_of = f"COUNTIFS({leads},{classes.leads},{lights},{_quoted(light)})" if light else f"COUNTIF({leads},{classes.leads})"
        return f"=SUMPRODUCT({chosen}*{count_of})"

    return formula


def _numbers(board: Board, label: tuple[str, str], whole: Formula, counts: Sequence[Formula], rules: Rules) -> None:
    words, look = label
    figures = "数字" if look == "正文" else "表头"
    by_light = {light.name: (FIRST_LIGHT + number, _whole(count)) for number, (light, count) in enumerate(zip(rules.lights, counts, strict=True))}
    shares = []
    for _, names in _SHARES:
        parts = [by_light[name] for name in names if name in by_light]
        summed = "+".join(address(board.row, column) for column, _ in parts)
        text = share_formula(f"({summed})", address(board.row, TOTAL))
        shares.append(Formula(text, share(sum(value for _, value in parts), _whole(whole))))
    board.line([(words, look, 3), (whole, figures, 1), *((one, figures, 1) for one in (*counts, *shares))], points=18)


def _whole(formula: Formula) -> int:
    return formula.value if isinstance(formula.value, int) else 0


def _short(text: str) -> str:
    """Shorten a heading to its first clause, so that it fits under a chart's column."""
    for mark in ",，;；。":
        text = text.partition(mark)[0]
    return text if len(text) <= _LABEL else f"{text[:_LABEL]}…"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _criterion(text: str) -> str:
    """Write a text as a criterion that only itself meets, a very long one by its beginning."""
    exact = "".join(f"~{sign}" if sign in "~*?" else sign for sign in text)
    return _quoted("=" + exact if len(exact) <= _LONGEST else f"={exact[:_LONGEST]}*")

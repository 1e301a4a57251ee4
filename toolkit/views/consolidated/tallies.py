"""Tables of 总览 that count lights: live formulas over the sheet of tasks, with the value they have now."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from toolkit.model.master import MAIN_LIST
from toolkit.model.place import address
from toolkit.model.rules import BLUE, GREY, RED, YELLOW, Rules
from toolkit.model.sheet import Area, Formula
from toolkit.model.standing import Assessment, Round
from toolkit.views.consolidated.anchors import Classes
from toolkit.views.consolidated.book_styles import header_look
from toolkit.views.consolidated.criteria import ANY_TEXT, met, quoted, taken_for_others
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.task_table import LIST, TaskTable, task_table

LABEL, TOTAL, FIRST_LIGHT = 0, 3, 4  # columns of a tally: its label takes three, then the total, then a column a light
_SHARES = (("已完成占比", (BLUE,)), ("滞后占比", (YELLOW, RED)), ("未报占比", (GREY,)))
UNCLEAR = "未明确"
_LABEL = 12


class Line(NamedTuple):
    """One line of a tally: its label, a formula that counts (for a light, or "" for all), and the counts now.

    `is_live` is false where programs take what it counts and what another line counts for the same: its numbers are no formulas.
    """

    label: str
    formula: Callable[[str], str]
    counts: Mapping[str, int]
    is_live: bool = True

    def cell(self, light: str) -> Formula | int:
        """Give the cell that counts a light, or '' all."""
        count = self.counts.get(light, 0) if light else sum(self.counts.values())
        return Formula(self.formula(light), count) if self.is_live else count


class Tally(NamedTuple):
    """Where a tally stands: its header row, and the first and last row of its lines, counted from 0."""

    header: int
    first: int
    last: int


def tally(board: FreeLayout, title: str, lines: Sequence[Line], rules: Rules) -> Tally:
    """Put a tally on the board: a line each, a total, shares."""
    header = board.row
    lights = [(f"{light.symbol}{light.name}", header_look(light.name), 1) for light in rules.lights]
    board.line([(title, "表头", 3), ("任务数", "表头", 1), *lights, *((name, "表头", 1) for name, _ in _SHARES)], points=20)
    first = board.row
    for line in lines:
        _numbers(board, (line.label, "正文"), line.cell(""), [line.cell(light.name) for light in rules.lights], rules)
    last = max(board.row - 1, first)
    sums = [sum(line.counts.get(light.name, 0) for line in lines) for light in rules.lights]
    totals = [Formula(f"=SUM({Area(first, column, last, column).ref()})", value) for column, value in enumerate((sum(sums), *sums), TOTAL)]
    _numbers(board, ("合计", "表头"), totals[0], totals[1:], rules)
    return Tally(header, first, last)


def section_lines(state: Round, assessment: Assessment) -> list[Line]:
    """Count by section, in the order of the master list; what has no section is counted by category."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for task in state.tasks:
        found.setdefault((task.task.category, task.task.section), Counter())[assessment.lights[task.task.number]] += 1
    table = task_table(state)
    apart = not any(taken_for_others(filter(None, names)) for names in zip(*found, strict=True))
    return [Line(_short(section or category), _section_formula(category, section, table), counts, apart) for (category, section), counts in found.items()]


def list_lines(state: Round, assessment: Assessment) -> list[Line]:
    """Count by list (清单), in their order; [] where there is but one."""
    found: dict[str, Counter[str]] = {name or MAIN_LIST: Counter() for name in state.master.lists()}
    for task in state.tasks if found else ():
        found[task.task.listed or MAIN_LIST][assessment.lights[task.task.number]] += 1
    cells, lights = map(task_table(state).span, (LIST, "灯")) if found else ("", "")

    def formula(name: str) -> Callable[[str], str]:
        return lambda light: f"=COUNTIFS({met(cells, name)}{f',{lights},{quoted(light)}' if light else ''})"

    mixed = taken_for_others(found)
    return [Line(name, formula(name), counts, name not in mixed) for name, counts in found.items()]


def class_lines(state: Round, assessment: Assessment, classes: Classes) -> list[Line]:
    """Count by the class of the first lead, from the list of leads in 参数与图例."""
    found: dict[str, Counter[str]] = {name: Counter() for name in classes.names}
    for task in state.tasks:
        found.setdefault(classes.of.get("、".join(task.task.leads), UNCLEAR), Counter())[assessment.lights[task.task.number]] += 1
    apart = not taken_for_others(classes.names)
    return [Line(group, _class_formula(group, classes, task_table(state)), counts, apart) for group, counts in found.items()]


def share(part: int, whole: int) -> str:
    """Write a share as whole percent, as the sheets' formulas do; '' of nothing."""
    return f"{(Decimal(part) / whole * 100).quantize(Decimal(1), ROUND_HALF_UP)}%" if whole else ""


def share_formula(part: str, whole: str) -> str:
    """Write the live formula of part ÷ whole as a percent, of two cells' addresses; an empty text where the whole is 0."""
    return f'=IF({whole}=0,"",ROUND({part}*100/{whole},0)&"%")'


def _section_formula(category: str, section: str, table: TaskTable) -> Callable[[str], str]:
    """Count by category and section; a blank one is counted as all less what has a text there, since programs find blanks in different ways."""
    numbers, categories, sections = map(table.span, ("编号", "类别", "章节"))
    lights = table.span("灯") if table.has_lights else ""

    def counted(light: str, *pairs: str) -> str:
        criteria = [*pairs, *([f"{lights},{quoted(light)}"] if light else [])]
        return f"COUNTIFS({','.join(criteria)})" if criteria else f"COUNTA({numbers})"

    def formula(light: str) -> str:
        where, whole = [], True
        for cells, text in ((categories, category), (sections, section)):
            where.append(met(cells, text) if text else f"{cells},{ANY_TEXT}")
            whole = whole and bool(text)
        if whole:
            return f"={counted(light, *where)}"
        if category or section:
            return f"={counted(light, where[0] if category else where[1])}-{counted(light, *where)}"
        return f"={counted(light)}-{counted(light, where[0])}-{counted(light, where[1])}+{counted(light, *where)}"

    return formula


def _class_formula(group: str, classes: Classes, table: TaskTable) -> Callable[[str], str]:
    """Add up the leads of a class; tasks without any lead are all less those of leads."""
    numbers, lights = map(table.span, ("编号", "灯"))

    def formula(light: str) -> str:
        if group in classes.names:
            return f"=SUMIFS({classes.counts[light]},{met(classes.groups, group)})"
        return f"={f'COUNTIF({lights},{quoted(light)})' if light else f'COUNTA({numbers})'}-SUM({classes.counts[light]})"

    return formula


def _numbers(board: FreeLayout, label: tuple[str, str], whole: Formula | int, counts: Sequence[Formula | int], rules: Rules) -> None:
    words, look = label
    figures = "数字" if look == "正文" else "表头"
    by_light = {light.name: (FIRST_LIGHT + number, _whole(count)) for number, (light, count) in enumerate(zip(rules.lights, counts, strict=True))}
    shares = []
    for _, names in _SHARES:
        parts = [by_light[name] for name in names if name in by_light]
        summed = "+".join(address(board.row, column) for column, _ in parts)
        text = share_formula(f"({summed})", address(board.row, TOTAL))
        shares.append(Formula(text, share(sum(value for _, value in parts), _whole(whole))))
    board.line([(words, look, 3), (whole, figures, 1), *((count, figures, 1) for count in (*counts, *shares))], points=18)


def _whole(number: Formula | int) -> int:
    value = number.value if isinstance(number, Formula) else number
    return value if isinstance(value, int) else 0


def _short(text: str) -> str:
    """Shorten a heading to its first clause, so that it fits under a chart's column."""
    for mark in ",，;；。":
        text = text.partition(mark)[0]
    return text if len(text) <= _LABEL else f"{text[:_LABEL]}…"

"""Columns of a form that are put together (汇总): helper columns in the sheet of tasks, and tables by unit and by section in 总览, all live."""

from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from toolkit.model.form import PROGRESS, Field, Form, Source, Total
from toolkit.model.sheet import Formula
from toolkit.model.standing import Round, TaskStanding
from toolkit.views.consolidated.book_styles import field_look
from toolkit.views.consolidated.criteria import ANY_TEXT, met, rounded, taken_for_others
from toolkit.views.consolidated.data_sheet import Column
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.own_task_columns import renamed
from toolkit.views.consolidated.task_lines import TaskLine, listed_value

ACROSS, LABEL = 8, 3  # figures side by side in 总览, and the columns that a line's label takes
_WORDS = {Total.SUM: "合计", Total.WEIGHTED: "加权", Total.MEAN: "平均", Total.COUNT: "计数"}
_WEIGHT, _PRODUCT, _COUNT = "·权", "·积", "·数"
_HUNDREDTH = Decimal("0.01")
SUM_PLACES = 6  # of a sum, so that what binary cannot hold does not show
Span = Callable[[str], str]  # a column's header → the area of its rows, for a formula on another sheet
Value = Callable[[TaskLine], object]


class Figure(NamedTuple):
    """A column to put together: its field and its header in the sheet of tasks."""

    field: Field
    title: str

    @property
    def name(self) -> str:
        """How it is called in a table: 支出（万元）合计."""
        return total_name(self.field)


def total_name(field: Field) -> str:
    """Name what a column comes to in a table: 支出（万元）合计."""
    return f"{field.title}{_WORDS[field.total]}"


def figures(form: Form, titles: Collection[str]) -> tuple[Figure, ...]:
    """List the columns of a form's first table that are put together, each with its header among those that the sheet of tasks has."""
    return tuple(Figure(field, own if (own := renamed(field.title)) in titles else field.title) for field in form.main.summed)


def total_columns(form: Form, columns: Sequence[Column[TaskLine]], ours: Collection[str] = ()) -> tuple[Column[TaskLine], ...]:
    """Give the columns that are to stand behind a sheet's own, so that all of it can be computed from cells: values, weights, products, counts.

    `ours` are the headers of the sheet's own that hold no column of the form's, whatever the form calls its columns.
    """
    known, more = {column.title for column in columns}, list[Column[TaskLine]]()
    for asked in figures(form, known):
        figure = asked._replace(title=renamed(asked.title)) if asked.title in ours else asked
        value = value_of(figure.field)
        if figure.title not in known:
            more.append(Column(figure.title, max(figure.field.width, 8.0), field_look(figure.field), value))
        more += _helpers(figure, value)
    return tuple(more)


def value_of(field: Field) -> Value:
    """Give what reads a column's value off a row: what its lead filled in, else what the form's list shows; a task's progress as the office ruled it."""
    if field.code == PROGRESS:
        return lambda line: line.standing.progress
    if field.source is Source.PREFILLED:
        return lambda line: listed_value(line, field)
    return lambda line: line.of_lead(field.code)


def _helpers(figure: Figure, value: Value) -> Iterator[Column[TaskLine]]:
    """Give a column's helpers; a row without a value counts for nothing."""
    title = figure.title

    def made(name: str, formula: Callable[[str, TaskLine], str], result: Callable[[TaskLine], object]) -> Column[TaskLine]:
        def cell(line: TaskLine) -> Formula:
            where = line.cell(title)
            return Formula(f'=IF({where}="",0,{formula(where, line)})', 0 if value(line) is None else result(line))

        return Column(f"{title}{name}", 8, "数字", cell)

    if figure.field.total is Total.WEIGHTED:
        yield made(_WEIGHT, lambda _, line: f"{line.standing.task.weight:f}", lambda line: line.standing.task.weight)
        yield made(_PRODUCT, lambda where, line: f"{where}*{line.cell(title + _WEIGHT)}", lambda line: _number(value(line)) * line.standing.task.weight)
    elif figure.field.total in {Total.MEAN, Total.COUNT}:
        yield made(_COUNT, lambda *_: "1", lambda _: 1)


def _number(value: object) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(0)


def put_together(field: Field, rows: Sequence[tuple[object, Decimal]]) -> Decimal | int | str:
    """Put values (with their rows' weights) together as the formulas do; '' where there is nothing to divide by."""
    given = [(value, weight) for value, weight in rows if value is not None]
    if field.total is Total.COUNT:
        return len(given)
    if field.total is Total.SUM:
        return _cut(sum((_number(value) for value, _ in given), Decimal(0)))
    whole = sum((weight for _, weight in given), Decimal(0)) if field.total is Total.WEIGHTED else Decimal(len(given))
    parts = ((_number(value) * weight if field.total is Total.WEIGHTED else _number(value)) for value, weight in given)
    return (sum(parts, Decimal(0)) / whole).quantize(_HUNDREDTH, ROUND_HALF_UP) if whole else ""


def _cut(value: Decimal) -> Decimal:
    """Round a sum as its formula does."""
    least = Decimal(1).scaleb(-SUM_PLACES)
    return value.quantize(least, ROUND_HALF_UP) if value != value.quantize(least) else value


class Group(NamedTuple):
    """A line of a table: its label, what sums a column (by header) for it, what counts its rows, and its rows.

    `summed` is None where programs take its label and another one for the same: its numbers are no formulas.
    """

    label: str
    summed: Callable[[str], str] | None
    counted: str
    lines: Sequence[TaskLine]


def totals_tables(board: FreeLayout, heading: Callable[[str], None], state: Round, columns: Sequence[Column[TaskLine]], span: Span) -> None:
    """Put on the board, where a form has columns to put together, what they come to by unit and by section, and on the whole."""
    asked = figures(state.task_form, {column.title for column in columns})
    if not asked:
        return
    lines = [TaskLine(task, at, "", {}, state.task_form.main, {}, state.as_of) for at, task in enumerate(state.tasks, 2)]
    heading("汇总")
    for first in range(0, len(asked), ACROSS):
        some = asked[first : first + ACROSS]
        _table(board, "单位", some, _grouped(lines, span, "牵头单位", lambda task: "、".join(task.task.leads)), (span, lines))
        if any(task.task.section for task in state.tasks):
            board.next(6)
            _table(board, "章节", some, _grouped(lines, span, "章节", lambda task: task.task.section), (span, lines))


def _grouped(lines: Sequence[TaskLine], span: Span, title: str, key: Callable[[TaskStanding], str]) -> list[Group]:
    """Group rows by a column; those with nothing in it are all less those with a text, since programs find blanks in different ways."""
    found: dict[str, list[TaskLine]] = {}
    for line in lines:
        found.setdefault(key(line.standing), []).append(line)
    where, mixed = span(title), taken_for_others(found)
    rest = f"COUNTA({span('编号')})-COUNTIF({where},{ANY_TEXT})"
    return [
        _group(name, where, span, mine, is_live=name not in mixed) if name else Group("未分", _sum_rest(where, span), rest, mine)
        for name, mine in found.items()
    ]


def _group(name: str, where: str, span: Span, lines: Sequence[TaskLine], *, is_live: bool) -> Group:
    wanted = met(where, name)
    return Group(name, _sum_where(wanted, span) if is_live else None, f"COUNTIFS({wanted})", lines)


def _sum_where(wanted: str, span: Span) -> Callable[[str], str]:
    return lambda title: f"SUMIFS({span(title)},{wanted})"


def _sum_rest(where: str, span: Span) -> Callable[[str], str]:
    return lambda title: f"(SUM({span(title)})-SUMIF({where},{ANY_TEXT},{span(title)}))"


def _table(board: FreeLayout, title: str, asked: Sequence[Figure], groups: Sequence[Group], whole: tuple[Span, Sequence[TaskLine]]) -> None:
    board.line([(title, "表头", LABEL), ("项数", "表头", 1), *((figure.name, "表头", 1) for figure in asked)], points=20)
    for group in groups:
        _line(board, group, asked, ("正文", "数字"))
    span, lines = whole
    _line(board, Group("合计", lambda name: f"SUM({span(name)})", f"COUNTA({span('编号')})", lines), asked, ("表头", "表头"))


def _line(board: FreeLayout, group: Group, asked: Sequence[Figure], looks: tuple[str, str]) -> None:
    words, numbers = looks
    cells = [(_number_cell(figure, group), numbers, 1) for figure in asked]
    size = len(group.lines)
    board.line([(group.label, words, LABEL), (Formula(f"={group.counted}", size) if group.summed else size, numbers, 1), *cells], points=18)


def _number_cell(figure: Figure, group: Group) -> object:
    result = _result(figure, group)
    return Formula(_formula(figure.field.total, figure.title, group.summed, result), result) if group.summed else result


def _formula(total: Total, title: str, summed: Callable[[str], str], result: object) -> str:
    if total is Total.SUM:
        return f"=ROUND({summed(title)},{SUM_PLACES})"
    if total is Total.COUNT:
        return f"={summed(title + _COUNT)}"
    above, below = (title + _PRODUCT, title + _WEIGHT) if total is Total.WEIGHTED else (title, title + _COUNT)
    return f'=IF({summed(below)}=0,"",{rounded(f"({summed(above)}/{summed(below)})", 2, result)})'


def _result(figure: Figure, group: Group) -> Decimal | int | str:
    value = value_of(figure.field)
    return put_together(figure.field, [(value(line), line.standing.task.weight) for line in group.lines])

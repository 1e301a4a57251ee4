"""Where the rows of a round stand in its consolidated workbook: the sheet that its form names, its columns, how many rows."""

from collections.abc import Iterator
from typing import NamedTuple

from toolkit.model.form import FORECAST, Form, LightRule, Subject
from toolkit.model.master import MAIN_LIST
from toolkit.model.own_rows import OWN
from toolkit.model.standing import Round, TaskStanding
from toolkit.views.consolidated import own_task_columns, task_columns
from toolkit.views.consolidated.data_sheet import Column, span
from toolkit.views.consolidated.evidence_sheet import counted_pieces
from toolkit.views.consolidated.lower_sources_sheet import links_to_lower
from toolkit.views.consolidated.sheet_names import LOWER
from toolkit.views.consolidated.task_lines import TaskLine
from toolkit.views.consolidated.totals import total_columns

LIST = "清单"


class TaskTable(NamedTuple):
    """The sheet, its columns and the number of its rows; `has_lights` where each row has one."""

    sheet: str
    columns: tuple[Column[TaskLine], ...]
    size: int
    has_lights: bool

    def span(self, title: str) -> str:
        """Write the area of a column's rows for a formula on another sheet; a column goes by the name it has in 任务进展."""
        known = {column.title for column in self.columns}
        return span(self.sheet, self.columns, title if title in known else own_task_columns.RENAMED[title], self.size)


def task_table(state: Round) -> TaskTable:
    """Say where a round's rows stand."""
    form = state.task_form
    return TaskTable(form.book_sheet, (*_shown(state), *_more(state)), len(state.tasks), form.light is not LightRule.NONE)


def _shown(state: Round) -> Iterator[Column[TaskLine]]:
    """Give the form's columns; those of quarters where they tell something."""
    unsaid = () if not is_standard(state.task_form) or has_quarters(state) else task_columns.QUARTERS
    return (column for column in columns_of(state.task_form) if column.title not in unsaid)


def _more(state: Round) -> Iterator[Column[TaskLine]]:
    """Give the columns that stand last: pieces of evidence where some came, words from below the units, the list where there are several, forecasts."""
    if counted := counted_pieces(state):
        yield Column("佐证份数", 6, "数字", lambda line: counted.get(line.standing.task.number, 0))
    if below := links_to_lower(state):
        yield Column(LOWER, 8, "链接", lambda line: below.get(line.standing.task.number, ""))
    if state.master.lists():
        yield Column(LIST, 10, "居中", lambda line: line.standing.task.listed or MAIN_LIST)
    if any(map(forecast_of, state.tasks)):
        yield Column("年底预判", 8, "居中", lambda line: forecast_of(line.standing))


def forecast_of(standing: TaskStanding) -> str:
    """Give what the lead foresees for the end of the year; '' where it does not say."""
    value = standing.lead.row.value(FORECAST) if standing.lead else None
    return value if isinstance(value, str) else ""


def has_quarters(state: Round) -> bool:
    """Whether the columns of quarters tell something: in a quarter's book and a year's, unless that is made of other spans, and where a quarter spoke."""
    of_year = not state.period.is_part and (state.newest is None or bool(state.newest.quarter))
    return bool(state.period.quarter) or of_year or any(value is not None for task in state.tasks for value in task.quarters)


def has_indicators(state: Round) -> bool:
    """Whether a round is about the office's tasks, and so about their indicators."""
    return state.task_form.main.subject not in OWN


def is_standard(form: Form) -> bool:
    """Whether a form's rows are tasks with progress against plan: they have the columns of 任务进展."""
    return form.main.subject in {Subject.TASK, Subject.INDICATOR} and form.light is LightRule.PROGRESS


def columns_of(form: Form) -> tuple[Column[TaskLine], ...]:
    """Give the columns: those of 任务进展 or what the form's own columns and light need; behind them what its sums are computed from."""
    if not is_standard(form):
        own = own_task_columns.columns(form)
        return (*own, *total_columns(form, own))
    taken = {field.title for code in task_columns.SAID.values() if (field := form.main.field(code))}
    ours = {column.title for column in task_columns.COLUMNS} - (taken & task_columns.SAID.keys())
    return (*task_columns.COLUMNS, *total_columns(form, task_columns.COLUMNS, ours))

"""Where the rows of a round stand in its consolidated workbook: the sheet that its form names, its columns, how many rows."""

from typing import NamedTuple

from toolkit.model.form import Form, LightRule, Subject
from toolkit.model.own_rows import OWN
from toolkit.model.standing import Round
from toolkit.views.consolidated import own_task_columns, task_columns
from toolkit.views.consolidated.data_sheet import Column, span
from toolkit.views.consolidated.task_lines import TaskLine
from toolkit.views.consolidated.totals import figures, total_columns


class TaskTable(NamedTuple):
    """The sheet, its columns and the number of its rows; `has_lights` where each row has one."""

    sheet: str
    columns: tuple[Column[TaskLine], ...]
    count: int
    has_lights: bool

    def span(self, title: str) -> str:
        """Write the area of a column's rows for a formula on another sheet; a column goes by the name it has in 任务进展."""
        known = {column.title for column in self.columns}
        return span(self.sheet, self.columns, title if title in known else own_task_columns.RENAMED[title], self.count)


def task_table(state: Round) -> TaskTable:
    """Say where a round's rows stand."""
    form = state.task_form
    return TaskTable(form.book_sheet, columns_of(form), len(state.tasks), form.light is not LightRule.NONE)


def has_indicators(state: Round) -> bool:
    """Whether a round is about the office's tasks, and so about their indicators."""
    return state.task_form.main.subject not in OWN


def is_standard(form: Form) -> bool:
    """Whether a form's rows are tasks with progress against plan: they have the columns of 任务进展."""
    return form.main.subject in {Subject.TASK, Subject.INDICATOR} and form.light is LightRule.PROGRESS


def columns_of(form: Form) -> tuple[Column[TaskLine], ...]:
    """Give the columns: those of 任务进展 or what the form's own columns and light need; behind them what its sums are computed from."""
    found = task_columns.COLUMNS if is_standard(form) else own_task_columns.columns(form)
    return (*found, *total_columns(form, found)) if figures(form) else found

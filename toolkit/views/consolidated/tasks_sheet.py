"""The sheet of tasks (任务进展 where the form names no other): one row a task, its light a live formula over the row and the parameters."""

from collections.abc import Iterator, Mapping

from toolkit.model.cell_style import CellStyle
from toolkit.model.form import LightRule
from toolkit.model.rules import BLUE, GREEN, GREY, RED, YELLOW, Rules
from toolkit.model.sheet import Condition, Guard, SheetPlan
from toolkit.model.stages import Stage
from toolkit.model.standing import Assessment, Round, TaskStanding
from toolkit.views.consolidated.book_styles import light_look
from toolkit.views.consolidated.data_sheet import Columns, Extras, at, body, data_sheet, letters
from toolkit.views.consolidated.own_task_columns import item_title, status_title
from toolkit.views.consolidated.sheet_names import title_of
from toolkit.views.consolidated.task_lines import Places, TaskLine
from toolkit.views.consolidated.task_table import is_standard, task_table


def task_sheet(state: Round, rules: Rules, assessment: Assessment, places: Places, looks: Mapping[str, CellStyle]) -> SheetPlan:
    """Plan the sheet, tasks in the order of the master list; a number leads to the lead's row in 填报明细, else to the first unit's that spoke."""
    table, main = task_table(state), state.task_form.main
    at_columns = letters(table.columns)
    rows = [
        TaskLine(standing, number, assessment.lights[standing.task.number], places, main, at_columns, state.as_of)
        for number, standing in enumerate(state.tasks, 2)
    ]
    frozen = at(table.columns, item_title(state.task_form)) + 1
    extras = _with_lights(state, rules, table.columns, frozen) if table.has_lights else Extras(frozen=frozen, large=True)
    return data_sheet(table.sheet, table.columns, rows, looks=looks, title=title_of(state), extras=extras)


def _with_lights(state: Round, rules: Rules, columns: Columns, frozen: int) -> Extras:
    lamps, first = body(columns, "灯", len(state.tasks)), f"${letters(columns)['灯']}2"
    return Extras(
        frozen=frozen,
        guards=((body(columns, "认定灯", len(state.tasks)), _ruling_guard()),),
        conditions=tuple(Condition(lamps, f'={first}="{light.name}"', light_look(light.name)) for light in rules.lights),
        comments=tuple(_comments(state, columns)),
        large=True,
    )


def _comments(state: Round, columns: Columns) -> Iterator[tuple[int, int, str]]:
    status = "进展状态" if is_standard(state.task_form) else status_title(state.task_form)
    for number, standing in enumerate(state.tasks, 1):
        if standing.overdue and standing.stage is not Stage.FINISHED and state.task_form.light is LightRule.PROGRESS:
            yield number, at(columns, "灯"), _overdue_words(standing)
        if standing.settled and status:
            yield number, at(columns, status), standing.settled


def _overdue_words(standing: TaskStanding) -> str:
    return f"已过完成时限{standing.task.deadline and f'（{standing.task.deadline}）'}，没有报告完成，所以是红灯。"


def _ruling_guard() -> Guard:
    return Guard(
        "list",
        choices=f"{BLUE},{GREEN},{YELLOW},{RED},{GREY}",
        title="认定灯",
        prompt="选了就以认定为准，清空就恢复按数计算；理由请写在右边。",
        error="请从下拉框中选一个，或者清空。",
    )

"""What 总览 says of 年底预判: what leads foresee against the lights of their tasks, and quarter by quarter."""

from collections import Counter
from collections.abc import Sequence

from toolkit.model.form import FORECAST
from toolkit.model.rules import FORECASTS, Rules
from toolkit.model.sheet import Formula
from toolkit.model.standing import Assessment, Quarter, Round, TaskStanding
from toolkit.views.consolidated.book_styles import header_look
from toolkit.views.consolidated.criteria import quoted
from toolkit.views.consolidated.free_layout import FreeLayout
from toolkit.views.consolidated.task_table import forecast_of, task_table

UNSAID = "未填"


def choices(state: Round) -> tuple[str, ...]:
    """Give the words of 年底预判, best first: those of the form in which it is asked, else the program's own."""
    forms = (state.form, *(stage.form for stage in reversed(state.stages)))
    field = next((field for form in forms if (field := form.main.field(FORECAST))), None)
    return field.limits.choices if field and field.limits.choices else FORECASTS


def foreseen(state: Round, quarters: Sequence[Quarter]) -> bool:
    """Whether any lead foresaw anything, by now or in an earlier quarter."""
    return any(forecast_of(task) for tasks in (state.tasks, *(quarter.tasks for quarter in quarters)) for task in tasks)


def forecast_table(board: FreeLayout, state: Round, assessment: Assessment, rules: Rules, quarters: Sequence[Quarter]) -> None:
    """Put on the board a table of forecasts by light, live over 任务进展, and below it the forecasts by quarter."""
    lamps, said, names = map(task_table(state).span, ("灯", "年底预判", "编号")) if any(map(forecast_of, state.tasks)) else ("", "", "")
    words = choices(state)
    counted = Counter((forecast_of(task) or UNSAID, assessment.lights[task.task.number]) for task in state.tasks)
    if said:
        lights = [(f"{light.symbol}{light.name}", header_look(light.name), 1) for light in rules.lights]
        board.line([("年底预判", "表头", 3), ("任务数", "表头", 1), *lights], points=20)
        for word in (*words, UNSAID):
            numbers = [_live(word, light.name, (lamps, said, names), words, counted[word, light.name]) for light in rules.lights]
            whole = sum(number for (foreseen_as, _), number in counted.items() if foreseen_as == word)
            board.line([(word, "正文", 3), (_live(word, "", (lamps, said, names), words, whole), "数字", 1), *((n, "数字", 1) for n in numbers)], points=18)
    if len(quarters) > 1:
        board.line([("季度", "表头", 3), *((word, "表头", 1) for word in (*words, UNSAID))], points=20)
        for quarter in quarters:
            board.line([(quarter.period.label, "正文", 3), *((number, "数字", 1) for number in _of_quarter(quarter.tasks, words))], points=18)


def _live(word: str, light: str, ranges: tuple[str, str, str], words: Sequence[str], value: int) -> Formula:
    """Count the tasks of a forecast and a light ('' for all); those without a forecast are all less those with one."""
    lamps, said, names = ranges
    of_light = f"{lamps},{quoted(light)}" if light else ""

    def counted(text: str) -> str:
        return f"COUNTIFS({of_light}{',' if of_light else ''}{said},{quoted(text)})"

    if word != UNSAID:
        return Formula(f"={counted(word)}", value)
    every = f"COUNTIF({of_light})" if light else f"COUNTA({names})"
    return Formula(f"={every}{''.join(f'-{counted(text)}' for text in words)}", value)


def _of_quarter(tasks: Sequence[TaskStanding], words: Sequence[str]) -> list[int]:
    counts = Counter(forecast_of(task) or UNSAID for task in tasks)
    return [counts[word] for word in (*words, UNSAID)]

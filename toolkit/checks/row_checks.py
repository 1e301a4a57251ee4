"""Checks of one row: its cells against each other, the calendar, the task's own words and what the unit said before."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from toolkit.checks.measure_checks import spending_fits_the_budget
from toolkit.checks.similarity import is_empty, is_similar
from toolkit.model.check_context import CheckContext
from toolkit.model.column_kinds import show_number
from toolkit.model.deadlines import last_day
from toolkit.model.findings import Code, Finding
from toolkit.model.form import DUE, EVIDENCE, FINISHED, PLAN, PROBLEM, PROGRESS, REASON, RUNNING, STATUS, Field, Subject, Table
from toolkit.model.master import Role
from toolkit.model.own_rows import told
from toolkit.model.returns import Answer, Row
from toolkit.model.rules import SAME_TEXT
from toolkit.model.stages import Stage

_STATE, _PROGRESS = "进展状态", "累计进度"  # what a form without such a column is spoken of with
_SHORT = 24  # characters of a text that a sentence repeats


def finished_is_full(row: Row, table: Table, _: CheckContext) -> Iterator[Finding]:
    """A task called 已完成 is at 100 per cent (FINISHED_NOT_FULL, at the progress); a blank progress is not judged."""
    field, answer = table.field(PROGRESS), row.answers.get(PROGRESS)
    if field and answer and table.is_finished(row.value(STATUS)) and isinstance(answer.value, Decimal) and answer.value < 100:
        facts = {"seen": show_number(answer.value), **_state_words(row, table)}
        yield Finding(Code.FINISHED_NOT_FULL, answer.place, facts, title=field.title)


def full_is_finished(row: Row, table: Table, _: CheckContext) -> Iterator[Finding]:
    """A task at 100 per cent is called 已完成 (FULL_NOT_FINISHED, at the state); a blank state is not judged."""
    field, answer = table.field(STATUS), row.answers.get(STATUS)
    if field and answer and not table.is_finished(answer.value) and row.value(PROGRESS) == 100:
        yield Finding(Code.FULL_NOT_FINISHED, answer.place, {"seen": str(answer.value), **_state_words(row, table)}, title=field.title)


def lagging_is_explained(row: Row, table: Table, context: CheckContext) -> Iterator[Finding]:
    """A lead that lags as far as a yellow light says what the problem or its reason is."""
    field, progress = table.field(PROBLEM), row.value(PROGRESS)
    if field is None or row.role is not Role.LEAD or not isinstance(progress, Decimal):
        return
    blank = row.blank(PROBLEM)
    if blank is None or row.value(REASON) or table.is_finished(row.value(STATUS)):
        return
    own = told(table, row.number, row, PLAN)
    plan = own if isinstance(own, Decimal) else context.planned(row)
    if plan - progress >= context.rules.value("yellow_gap"):
        facts = {"seen": show_number(progress), "plan": show_number(plan), "gap": show_number(plan - progress), **_state_words(row, table)}
        yield Finding(Code.LAGGING_UNEXPLAINED, blank, facts, title=field.title)


def finished_is_proven(row: Row, table: Table, _: CheckContext) -> Iterator[Finding]:
    """A finished task names its evidence; a blank that is required is the cell check's to name."""
    field, answer = table.field(EVIDENCE), row.answers.get(EVIDENCE)
    if field is None or not table.is_finished(row.value(STATUS)):
        return
    if answer is not None and is_empty(str(answer.value)):
        yield Finding(Code.FINISHED_UNPROVEN, answer.place, {"seen": f"只有“{answer.value}”", **_state_words(row, table)}, title=field.title)
    elif (blank := row.blank(EVIDENCE)) and not field.required.of(row.role, is_finished=True):
        yield Finding(Code.FINISHED_UNPROVEN, blank, {"seen": "空白", **_state_words(row, table)}, title=field.title)


def due_is_ahead(row: Row, table: Table, context: CheckContext) -> Iterator[Finding]:
    """The day on which an unfinished task will be finished has not passed."""
    field, answer, status = table.field(DUE), row.answers.get(DUE), row.value(STATUS)
    if field is None or answer is None or status is None or table.is_finished(status) or not isinstance(answer.value, date):
        return
    if answer.value < context.today:
        yield Finding(Code.DUE_PAST, answer.place, {"seen": answer.value.isoformat(), **_state_words(row, table)}, title=field.title)


def due_is_in_time(row: Row, table: Table, context: CheckContext) -> Iterator[Finding]:
    """A task is to be finished by its own deadline, or by the end of the year."""
    field, answer = table.field(DUE), row.answers.get(DUE)
    if field is None or answer is None or not isinstance(answer.value, date) or table.subject is Subject.BLANK:
        return
    limit = _limit(row, context)
    if answer.value > limit:
        yield Finding(Code.DUE_LATE, answer.place, {"seen": answer.value.isoformat(), "limit": limit.isoformat()}, title=field.title)


def text_says_something(row: Row, table: Table, _: CheckContext) -> Iterator[Finding]:
    """What was done is told in more than stop words; a text that is too short already is the cell check's to name."""
    telling = _telling_answer(row, table)
    if telling is None or table.is_waiting(row.value(STATUS)):
        return
    field, answer, text = telling
    if is_empty(text) and len(text) >= (field.limits.low or 0):
        yield Finding(Code.NO_SUBSTANCE, answer.place, {"seen": text}, title=field.title)


def text_is_new(row: Row, table: Table, context: CheckContext) -> Iterator[Finding]:
    """What was done is not last quarter's text again, unless the task was finished then or has not begun yet."""
    telling = _telling_answer(row, table)
    if telling is None:
        return
    field, answer, text = telling
    before, status = context.before(row), row.value(STATUS)
    if not before or table.is_waiting(status) or (table.is_finished(status) and table.is_finished(before.get(STATUS))):
        return
    if is_similar(text, str(before.get(field.code) or ""), float(context.rules.value(SAME_TEXT))) and not is_empty(text):
        yield Finding(Code.COPY_OF_LAST, answer.place, {"seen": _short(text)}, title=field.title)


def text_is_own(row: Row, table: Table, context: CheckContext) -> Iterator[Finding]:
    """What was done is not the task's own text again (COPY_OF_TASK); how alike is too alike is a parameter of 考核规则."""
    telling, task = _telling_answer(row, table), context.master.task(row.number)
    if telling is None or task is None:
        return
    field, answer, text = telling
    if is_similar(text, task.text, float(context.rules.value(SAME_TEXT))):
        yield Finding(Code.COPY_OF_TASK, answer.place, {"seen": _short(text)}, title=field.title)


ROW_CHECKS = (
    finished_is_full,
    full_is_finished,
    lagging_is_explained,
    finished_is_proven,
    spending_fits_the_budget,
    due_is_ahead,
    due_is_in_time,
    text_says_something,
    text_is_new,
    text_is_own,
)


def check_row(row: Row, table: Table, context: CheckContext) -> Iterator[Finding]:
    """Run every row check on a row, in their fixed order; a row without a fault gives nothing."""
    for check in ROW_CHECKS:
        yield from check(row, table, context)


def _state_words(row: Row, table: Table) -> dict[str, str]:
    """Give how the form calls what a sentence speaks of: its columns of state and progress, the row's state, its words for running and finished."""
    titles = {"state": (STATUS, _STATE), "progress": (PROGRESS, _PROGRESS)}
    named = {name: field.title if (field := table.field(code)) else usual for name, (code, usual) in titles.items()}
    running = (*table.words_of(Stage.RUNNING), *table.words_of(Stage.WAITING), RUNNING)[0]
    return named | {"status": str(row.value(STATUS) or ""), "running": running, "done": (*table.words_of(Stage.FINISHED), FINISHED)[0]}


def _telling_answer(row: Row, table: Table) -> tuple[Field, Answer, str] | None:
    field = table.telling
    answer = row.answers.get(field.code) if field else None
    return (field, answer, answer.value) if field and answer and isinstance(answer.value, str) else None


def _limit(row: Row, context: CheckContext) -> date:
    task, year = context.master.task(row.number), context.period.year
    ends = last_day(task.deadline, year=year) if task else None
    return ends or date(year, 12, 31)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line[:_SHORT] + "…" if len(line) > _SHORT else line

"""Where two units report one thing differently, and what the office has ruled to hold."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.decisions import BY_LEAD, BY_OFFICE, BY_OTHER, HANDLING, RULED_VALUE, DecisionSubject, Fields, mark_of
from toolkit.model.form import FINISHED, NOT_STARTED, PROGRESS, REACHED, RUNNING, STATUS, Field, Table
from toolkit.model.numerals import quantity_in
from toolkit.model.seal import shown_text
from toolkit.model.stages import Stage
from toolkit.model.standing import Round, UnitRow

_FULL = Decimal(100)
HINT_STATUS = "“已完成”“未启动”，或进展的百分数，如 60%"
HINT_NUMBER = "一个数，按这个指标的计量单位"


class Conflict(NamedTuple):
    """Two rows that contradict each other in one field: the lead's (or the first that reports) and another unit's."""

    field: str
    first: UnitRow
    other: UnitRow


class Stated(NamedTuple):
    """What is to stand in the place of what was reported: a task's status and percent, or an indicator's value ('' as its status)."""

    status: str
    number: Decimal | None


class Ruled(NamedTuple):
    """A conflict with the office's ruling on it: what holds by it, None where it has no effect; `why` says what a ruling lacks that should have one."""

    conflict: Conflict
    fields: Fields
    stated: Stated | None
    why: str = ""


def conflicts(state: Round) -> Iterator[Conflict]:
    """Give tasks that the lead calls finished and another unit not begun, and indicators that units report with different values.

    Of a task in parts each lead reports its own.
    """
    table = state.task_form.main
    for task in state.tasks:
        if task.lead is not None and table.is_finished(task.lead.row.value(STATUS)):
            yield from (Conflict(STATUS, task.lead, other) for other in task.others if table.is_waiting(other.row.value(STATUS)))
    same: dict[tuple[str, str], list[UnitRow]] = defaultdict(list)
    for detail in state.details:
        about = state.master.task(detail.row.number)
        if REACHED in detail.row.answers and not (about and about.parted):
            same[detail.row.table, detail.row.key].append(detail)
    for first, *rest in same.values():
        yield from (Conflict(REACHED, first, row) for row in rest if row.row.value(REACHED) != first.row.value(REACHED))


def field_of(row: UnitRow, code: str, state: Round) -> Field | None:
    """Find the column of a row; a year's tasks stand as in its newest quarter, on that quarter's form. None where that form has it not."""
    table = state.task_form.table(row.row.table)
    return table.field(code) if table else None


def name_of(conflict: Conflict, state: Round) -> str:
    """Name what is reported differently: the indicator where the row is one's, else the column's title, or its code where no form has it."""
    field = field_of(conflict.first, conflict.field, state)
    return conflict.first.row.key.partition("|")[2] or (field.title if field else conflict.field)


def conflict_mark(conflict: Conflict) -> str:
    """Give the 认定号: who reports what, wherever it stands."""
    first, other = ((row.unit, shown_text(row.row.value(conflict.field))) for row in (conflict.first, conflict.other))
    return mark_of(conflict.first.row.key, *first, *other)


def conflict_subject(conflict: Conflict, state: Round) -> str:
    """Name a conflict as its line in 进展不一 does: period, task, what, the other unit and the 认定号, | between."""
    return "|".join([str(state.period), conflict.first.row.number, name_of(conflict, state), conflict.other.unit, conflict_mark(conflict)])


def ruled(state: Round) -> tuple[Ruled, ...]:
    """Give every conflict with its ruling; rulings on one thing that contradict each other have no effect."""
    found = [_ruled(conflict, state) for conflict in conflicts(state)]
    stated: dict[tuple[str, str], set[Stated]] = defaultdict(set)
    for ruling in found:
        if ruling.stated is not None:
            stated[_subject(ruling.conflict)].add(ruling.stated)
    torn = {subject for subject, words in stated.items() if len(words) > 1}
    return tuple(
        ruling._replace(stated=None, why="同一事项的几条认定互相矛盾") if ruling.stated and _subject(ruling.conflict) in torn else ruling for ruling in found
    )


def _subject(conflict: Conflict) -> tuple[str, str]:
    return conflict.field, conflict.first.row.key


def _ruled(conflict: Conflict, state: Round) -> Ruled:
    decided = state.decided
    subject = conflict_subject(conflict, state)
    fields = decided.on(DecisionSubject.CONFLICT, subject) or decided.on(DecisionSubject.CONFLICT, subject.rpartition("|")[0])
    word = fields.get(HANDLING, "")
    if word in {BY_LEAD, BY_OTHER}:
        row = (conflict.first if word == BY_LEAD else conflict.other).row
        number = row.value(REACHED if conflict.field == REACHED else PROGRESS)
        return Ruled(conflict, fields, Stated(str(row.value(STATUS) or ""), number if isinstance(number, Decimal) else None))
    if word != BY_OFFICE:
        return Ruled(conflict, fields, None)
    typed = fields.get(RULED_VALUE, "")
    stated = _own_word(conflict.field, typed, state.task_form.main)
    why = "" if stated else f"“认定值”写的是“{typed}”" if typed else "“认定值”还空着"
    return Ruled(conflict, fields, stated, why)


def _own_word(field: str, typed: str, table: Table) -> Stated | None:
    """Understand what the office typed: a number, or for a task also its status; None for what is not clear."""
    if field == STATUS and table.stage(typed) in {Stage.FINISHED, Stage.WAITING}:
        return Stated(typed, _FULL if table.is_finished(typed) else Decimal(0))
    under_way = _word(table, Stage.RUNNING, RUNNING)
    found = quantity_in(typed.removeprefix(under_way) if field == STATUS else typed)
    if found is None or found.power or found.name not in {"", "%"}:
        return None
    if field == REACHED:
        return Stated("", found.number)
    if not 0 <= found.number <= _FULL or (not found.name and 0 < found.number <= 1):  # 0.6 may be 60 % of a cell that was a percent
        return None
    if found.number and found.number != _FULL:
        return Stated(under_way, found.number)
    return Stated(_word(table, Stage.FINISHED, FINISHED) if found.number else _word(table, Stage.WAITING, NOT_STARTED), found.number)


def _word(table: Table, stage: Stage, usual: str) -> str:
    """Give the form's first word for a stage, the usual one where it has none."""
    return next(iter(table.words_of(stage)), usual)

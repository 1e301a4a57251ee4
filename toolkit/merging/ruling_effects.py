"""What the office's rulings do to how a round stands: a light while what it rules on is still reported, one of two contradicting reports."""

from collections.abc import Iterator
from dataclasses import replace

from toolkit.model.conflicts import HINT_NUMBER, HINT_STATUS, Conflict, Ruled, field_of, name_of, ruled
from toolkit.model.decisions import ASK_AGAIN, HANDLING, LIGHT, LIGHT_REASON, REASON, REPORTED, DecisionSubject, Fields, ruling_in_words
from toolkit.model.findings import SENT_BACK, Code, Finding
from toolkit.model.form import PROGRESS, REACHED, STATUS, Table
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.seal import shown_text
from toolkit.model.stages import Stage
from toolkit.model.standing import IndicatorStanding, Round, Ruling, TaskStanding, UnitRow


def with_rulings(state: Round, name: str) -> Round:
    """Let the office's rulings hold. `name` is the period as rulings on lights name it: a year has its own, on its newest quarter's tasks."""
    return _with_lights(_settled(state), name)


def _with_lights(state: Round, name: str) -> Round:
    """Let rulings on lights hold where what they were made on is still reported; the others are kept as 原认定, and not shown as holding."""
    tasks = tuple(_with_light(task, state.decided.on(DecisionSubject.TASK, f"{name}|{task.task.number}")) for task in state.tasks)
    stale = {f"{name}|{task.task.number}" for task in tasks if task.ruling.former}
    return replace(state, tasks=tasks, decided=state.decided.without(DecisionSubject.TASK, stale))


def _with_light(task: TaskStanding, fields: Fields) -> TaskStanding:
    light, note = fields.get(LIGHT, ""), fields.get(LIGHT_REASON, "")
    if not light and not note:
        return task
    if light and REPORTED in fields and fields[REPORTED] not in _reported(task):
        return replace(task, ruling=Ruling(former=ruling_in_words(fields)))
    return replace(task, ruling=Ruling(light, note))


def _reported(task: TaskStanding) -> frozenset[str]:
    """Give what a task's row shows as reported, as a ruling on its light remembers it: what the lead said, and what holds by a ruling."""
    row = task.lead.row if task.lead else None
    own = (shown_text(row.value(STATUS)), shown_text(row.value(PROGRESS))) if row else ("", "")
    return frozenset(_joined(*pair) for pair in (own, (task.status, shown_text(task.progress))))


def _joined(*texts: str) -> str:
    return " ".join(filter(None, texts))


def _settled(state: Round) -> Round:
    """Put what the office has ruled to hold in the place of contradicting reports."""
    holding = {(ruling.conflict.field, ruling.conflict.first.row.key): ruling for ruling in ruled(state) if ruling.stated is not None}
    if not holding:
        return state
    return replace(
        state,
        tasks=tuple(_stated_task(task, holding.get((STATUS, task.task.number)), state.period, state.task_form.main) for task in state.tasks),
        indicators=tuple(
            _stated_indicator(indicator, holding.get((REACHED, f"{indicator.indicator.number}|{indicator.indicator.name}"))) for indicator in state.indicators
        ),
    )


def _stated_task(task: TaskStanding, ruling: Ruled | None, period: Period, table: Table) -> TaskStanding:
    if ruling is None or ruling.stated is None:
        return task
    status, progress = ruling.stated
    first, second, third, fourth = (progress if quarter == period.quarter else reported for quarter, reported in enumerate(task.quarters, 1))
    means = table.stage(status)
    overdue = task.past_due and means is not Stage.FINISHED
    quarters = first, second, third, fourth
    return replace(task, status=status, means=means, progress=progress, quarters=quarters, overdue=overdue, settled=_words(ruling))


def _stated_indicator(standing: IndicatorStanding, ruling: Ruled | None) -> IndicatorStanding:
    return standing if ruling is None or ruling.stated is None else replace(standing, reached=ruling.stated.number, settled=_words(ruling))


def _words(ruling: Ruled) -> str:
    """Say for a reader of the task what was ruled, and what each unit had reported."""
    pair = "，".join(f"{unit_row.unit}报 {_shown(unit_row, ruling.conflict.field)}" for unit_row in (ruling.conflict.first, ruling.conflict.other))
    return f"进展不一：{pair}；已认定{ruling_in_words({name: text for name, text in ruling.fields.items() if name != REPORTED})}。"


def _shown(row: UnitRow, field: str) -> str:
    return shown_text(row.row.value(field))


def to_rule_again(state: Round) -> Iterator[Finding]:
    """Ask about rulings on what is said no more, and about those that lack what gives them effect."""
    column = state.form.main.field(STATUS)
    for task in state.tasks:
        if task.ruling.former:
            place = task.lead.row.place if task.lead else Place()
            seen = max(_reported(task), key=len)
            facts = {"ruled": task.ruling.former, "seen": seen, "sheet": state.task_form.book_sheet}
            yield Finding(Code.RULED_ANEW, place, facts, task.lead.unit if task.lead else "", column.title if column else "")
    for ruling in ruled(state):
        if ruling.why:
            hint = HINT_STATUS if ruling.conflict.field == STATUS else HINT_NUMBER
            first = ruling.conflict.first
            yield Finding(Code.NOT_RULED, _place(first, ruling.conflict), {"why": ruling.why, "hint": hint}, first.unit, name_of(ruling.conflict, state))


def sent_back(state: Round) -> Iterator[Finding]:
    """Give each of two units that contradict each other what it has to check, where the office asks both again."""
    for ruling in ruled(state):
        if ruling.fields.get(HANDLING) == ASK_AGAIN:
            pair = ruling.conflict.first, ruling.conflict.other
            for mine, theirs in (pair, pair[::-1]):
                facts = {"seen": _shown(mine, ruling.conflict.field), "other": theirs.unit, "theirs": _shown(theirs, ruling.conflict.field)}
                title = _title(ruling.conflict, state)
                yield Finding(Code.CONFLICT_BACK, _place(mine, ruling.conflict), facts, mine.unit, title, verdict=SENT_BACK, word=ruling.fields.get(REASON, ""))


def _place(row: UnitRow, conflict: Conflict) -> Place:
    answer = row.row.answers.get(conflict.field)
    return answer.place if answer else row.row.place


def _title(conflict: Conflict, state: Round) -> str:
    field = field_of(conflict.first, conflict.field, state)
    return field.title if field else ""

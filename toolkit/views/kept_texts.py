"""The texts in a workbook or paper that are the office's and the units' own: in another language they stay as they are."""

from collections.abc import Iterable, Iterator

from toolkit.model.form import Field, Form, Source, Table
from toolkit.model.issue import Issue
from toolkit.model.standing import Round
from toolkit.views.form_table import Own

_ROLE = "本单位角色"


def texts_of_issue(issue: Issue, form: Form, own: Own) -> frozenset[str]:
    """Give what was prefilled for a unit and what it reported, but for words of the form's lists."""
    chosen, roles = _choices(form), {(table.sheet, field.code) for table in form.tables for field in table.fields if field.taken_from == _ROLE}
    prefilled = (
        text for sheet, rows in issue.tables.items() for row in rows for code, text in row.shown.items() if isinstance(text, str) and (sheet, code) not in roles
    )
    filled = (text for text in own.filled.values() if isinstance(text, str) and text not in chosen)
    return frozenset((issue.unit, *prefilled, *filled))


def texts_of_round(state: Round) -> frozenset[str]:
    """Give the names and texts of the master list, and what units and the office wrote, but for words of the form's lists."""
    return frozenset(text for text in (*_of_list(state), *_of_units(state)) if text)


def _of_list(state: Round) -> Iterator[str]:
    master = state.master
    yield master.title
    for unit in master.units:
        yield from (unit.name, unit.parent, unit.contact, *unit.aliases, *unit.members)
    for task in master.tasks:
        yield from (task.section, task.subsection, task.text, task.deadline, *task.leads, *task.supports)
    for indicator in master.indicators:
        yield from (indicator.name, indicator.unit)


def _of_units(state: Round) -> Iterator[str]:
    stages = (state, *state.stages)
    chosen = {word for stage in stages for word in _choices(stage.form)}
    rows = (detail for stage in stages for detail in stage.details)
    yield from (text for detail in rows for answer in detail.row.answers.values() if isinstance(text := answer.value, str) and text not in chosen)
    for fields in state.decided.by.values():
        yield from (text for found in fields.values() for name, text in found.items() if name.endswith(("说明", "理由", "情况", "备注", "文号")))
    yield from (text for appeal in state.appeals for text in (appeal.opinion, appeal.why, appeal.basis))
    yield from (finding.word for finding in state.findings)
    yield from (finding.stated for finding in state.findings)


def _choices(form: Form) -> frozenset[str]:
    return frozenset(word for field in _fields(form.tables) if field.source is Source.FILLED for word in field.limits.choices)


def _fields(tables: Iterable[Table]) -> Iterator[Field]:
    return (field for table in tables for field in table.fields)

"""Checks of 年底预判: what a lead foresees for the end of the year against the task's light, and against what it foresaw before."""

from collections.abc import Iterator, Mapping

from toolkit.checks.round_checks import Earlier
from toolkit.model.findings import Code, Finding
from toolkit.model.form import FORECAST, Field
from toolkit.model.master import Role
from toolkit.model.rules import Rules
from toolkit.model.standing import Round, UnitRow


def check_forecasts(state: Round, past: Earlier, rules: Rules, lights: Mapping[str, str]) -> Iterator[Finding]:
    """Point at each lead's judgement that its task's light contradicts (by 预判对照 of the rules), and at each that is worse than the last one.

    `lights` are by task number; a form without the column, and a row without the word, give nothing.
    """
    field = state.form.main.field(FORECAST)
    for detail in state.details if field else ():
        if field and detail.row.table == state.form.main.sheet and detail.role is Role.LEAD and isinstance(detail.row.value(FORECAST), str):
            yield from _against_light(detail, field, rules, lights.get(detail.row.number, ""))
            yield from _against_last(detail, field, past)


def _against_light(detail: UnitRow, field: Field, rules: Rules, light: str) -> Iterator[Finding]:
    seen = str(detail.row.value(FORECAST))
    meaning = next((known.meaning for known in rules.lights if known.name == light), "")
    if rules.disagree(light, seen):
        yield _finding(Code.FORECAST_DISAGREES, detail, field, seen=seen, light=light, meaning=meaning)


def _against_last(detail: UnitRow, field: Field, past: Earlier) -> Iterator[Finding]:
    """Say that a judgement is worse than the last one: the choices of the form stand from best to worst."""
    choices, before = field.limits.choices, past.row(detail)
    seen, last = str(detail.row.value(FORECAST)), str(before.value(FORECAST) or "") if before else ""
    if seen in choices and last in choices and choices.index(seen) > choices.index(last):
        yield _finding(Code.FORECAST_WORSE, detail, field, seen=seen, last=last)


def _finding(code: Code, detail: UnitRow, field: Field, **facts: str) -> Finding:
    return Finding(code, detail.row.answers[FORECAST].place, facts, detail.unit, field.title)

"""What a row's light by days or by money is found from: its own answers, the form's list, the task's deadline."""

from datetime import date
from decimal import Decimal

from toolkit.model.deadlines import last_day
from toolkit.model.form import BUDGET, DUE, ENDED, LIMIT, SPENT, Form, LightRule
from toolkit.model.master import Task
from toolkit.model.own_rows import told
from toolkit.model.period import Period
from toolkit.model.standing import NOT_MEASURED, Measured, UnitRow


def measured(task: Task, lead: UnitRow | None, form: Form, period: Period) -> Measured:
    """Give what is known; a row is due when its own answer, the list or the task's deadline says, else when the unit expects to finish."""
    came = lead is not None and bool(lead.row.answers)
    if form.light in {LightRule.PROGRESS, LightRule.NONE}:
        return Measured(came=True) if came else NOT_MEASURED

    def value(code: str) -> object:
        return told(form.main, task.number, lead.row if lead else None, code)

    days = (value(LIMIT), last_day(task.deadline, year=period.year), value(DUE))
    due = next((day for day in days if isinstance(day, date)), None)
    ended, budget, spent = value(ENDED), value(BUDGET), value(SPENT)
    return Measured(
        due,
        ended if isinstance(ended, date) else None,
        budget if isinstance(budget, Decimal) else None,
        spent if isinstance(spent, Decimal) else None,
        came,
    )

"""Makes one unit's issue: its rows, its number, its receipt code."""

from datetime import date

from toolkit.issuing.unit_rows import PriorRows, issued_rows
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.master import Master, Unit
from toolkit.model.period import Period
from toolkit.model.seal import receipt_code


def make_issue(form: Form, master: Master, unit: Unit, *, period: Period, due: date | None, past: PriorRows, key: bytes, number: int) -> Issue:
    """Issue a form to a unit, the `number`th time; the same number has the same receipt code."""
    tables = issued_rows(form, master, unit, period=period, past=past)
    receipt = receipt_code(key, form=form.code, period=str(period), unit=unit.key, number=number)
    return Issue(receipt, form.code, form.version, str(period), unit.name, number, due, tables)

"""Makes one unit's issue: its rows, its number, its receipt code."""

from datetime import date

from toolkit.issuing.rows import Past, issued_rows
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.master import Master, Unit
from toolkit.model.period import Period
from toolkit.model.seal import content_digest, receipt_code


def make_issue(form: Form, master: Master, unit: Unit, *, period: Period, due: date | None, past: Past, key: bytes, last: tuple[int, str] | None) -> Issue:
    """Issue a form to a unit; `last` is the number and content digest of its last issue: the number stays unless the content changed."""
    tables = issued_rows(form, master, unit, period=period, past=past)

    def numbered(number: int) -> Issue:
        receipt = receipt_code(key, form=form.code, period=str(period), unit=unit.key, number=number)
        return Issue(receipt, form.code, form.version, str(period), unit.name, number, due, tables)

    if last is None:
        return numbered(1)
    same = numbered(last[0])
    return same if content_digest(same) == last[1] else numbered(last[0] + 1)

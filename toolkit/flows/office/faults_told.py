"""Which faults of the office's own sheets a command on some rounds tells: those of their forms; other forms' are told in their own rounds, and by doctor."""

from collections.abc import Iterable

from toolkit.flows.office.office_context import OfficeContext
from toolkit.model.findings import Finding
from toolkit.model.period import Period


def faults_in(office: OfficeContext, periods: Iterable[Period]) -> tuple[Finding, ...]:
    """Give what is wrong with the list, the rules and the forms of these periods; of a period that the calendar has not, no form's."""
    used = {line.form for period in periods if (line := office.line(period)) is not None}
    files = {form.file for form in office.forms if used & {form.name, form.code}} | {f"{name}.xlsx" for name in used}
    others = {path.name for path in office.space.form_files()} - files
    return tuple(fault for fault in office.faults if fault.place.file not in others)

"""Units under whatever name or mailbox they are met, and what a unit is told of its tasks."""

from dataclasses import replace

from toolkit.amending.amendment_wording import description_of
from toolkit.flows.office.office_context import OfficeContext
from toolkit.model.amendments import AmendmentSubject
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.master import Unit
from toolkit.model.period import Period


def owner(office: OfficeContext, issue: Issue) -> str:
    """Give the name of the unit that an issue was made for: by its receipt code where units were renamed, for a name may mean another by now."""
    if office.master.has_former_names() and (recorded := office.ledger.unit_of(issue.receipt)):
        return recorded
    return office.called(issue.unit)


def mailboxes(office: OfficeContext) -> dict[str, str]:
    """Give the unit of every mailbox (address in small letters → unit), also of those that units had before."""
    year = office.lists.year_of(office.master)
    amendments, registered = office.lists.amendments(year), office.lists.current(year) or office.master
    changed = (amendment.change for amendment in amendments if amendment.change.about is AmendmentSubject.UNIT and amendment.change.matter == "邮箱")
    former = {change.before.lower(): office.called(change.subject) for change in changed if change.before}
    return former | {unit.email.lower(): unit.name for master in (registered, office.master) for unit in master.units if unit.email}


def with_notes(office: OfficeContext, form: Form, unit: Unit, period: Period) -> Form:
    """Give a form that tells a unit what was changed of its tasks in the course of the year."""
    numbers = {task.number for task, _ in office.at(period).master.duties(unit.name)}
    notes = description_of(office.lists.amendments(period.year), numbers, period)
    return replace(form, notes=(*form.notes, *notes)) if notes else form

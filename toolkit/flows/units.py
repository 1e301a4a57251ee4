"""Units under whatever name or mailbox they are met, and what a unit is told of its tasks."""

from dataclasses import replace

from toolkit.amending.wording import told_of
from toolkit.flows.ground import Ground
from toolkit.model.amendments import About
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.master import Unit
from toolkit.model.period import Period


def owner(ground: Ground, issue: Issue) -> str:
    """Give the name of the unit that an issue was made for: by its receipt code where units were renamed, for a name may mean another by now."""
    if any(unit.former for unit in ground.master.units) and (kept := ground.ledger.unit_of(issue.receipt)):
        return kept
    return ground.called(issue.unit)


def mailboxes(ground: Ground) -> dict[str, str]:
    """Give the unit of every mailbox, in small letters, also of those that units had before."""
    year = ground.lists.year_of(ground.master)
    amendments, registered = ground.lists.amendments(year), ground.lists.current(year) or ground.master
    changed = (one.change for one in amendments if one.change.about is About.UNIT and one.change.matter == "邮箱")
    former = {change.before.lower(): ground.called(change.subject) for change in changed if change.before}
    return former | {unit.email.lower(): unit.name for master in (registered, ground.master) for unit in master.units if unit.email}


def with_notes(ground: Ground, form: Form, unit: Unit, period: Period) -> Form:
    """Give a form that tells a unit what was changed of its tasks in the course of the year."""
    numbers = {task.number for task, _ in ground.at(period).master.duties(unit.name)}
    told = told_of(ground.lists.amendments(period.year), numbers, period)
    return replace(form, notes=(*form.notes, *told)) if told else form

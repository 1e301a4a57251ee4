"""Plans the workbooks of a period's form, unit by unit: what is issued now, and what a played unit fills in."""

from toolkit.flows.office.office_context import OfficeContext
from toolkit.flows.office.office_words import words_of
from toolkit.flows.office.unit_history import pasts
from toolkit.flows.office.unit_lookup import with_notes
from toolkit.issuing.make_issue import make_issue
from toolkit.issuing.unit_rows import NOTHING_YET
from toolkit.model.form import Form
from toolkit.model.handover import form_text, list_text, own_part
from toolkit.model.issue import Issue
from toolkit.model.master import Unit
from toolkit.model.period import Period
from toolkit.model.sheet import BookPlan
from toolkit.views.form_table import NOTHING_SAID, Own
from toolkit.views.kept_texts import texts_of_issue
from toolkit.views.shown_book import book_in
from toolkit.views.unit_form import unit_book


class PlannedForms:
    """Makes the issues of a form in a period, and plans their workbooks; `last` numbers the last issue of each unit, with its digest."""

    def __init__(self, office_context: OfficeContext, form: Form, period: Period) -> None:
        self._context, self._form, self._period = office_context, form, period
        self._office, self._due = office_context.space.office(), office_context.deadline(period).due
        self._history, self._words, self._handed = pasts(office_context, period), words_of(office_context, form), form_text(form)
        self.last = office_context.ledger.last_issues(form.code, str(period))

    def issue(self, unit: Unit) -> Issue:
        """Make a unit's issue as it is now, numbered as its last one."""
        number, past = self.last.get(unit.name, (1, ""))[0], self._history.get(unit.name, NOTHING_YET)
        context = self._context
        return make_issue(self._form, context.master, unit, period=self._period, due=self._due, past=past, key=context.key, number=number)

    def plan(self, unit: Unit, issue: Issue, sealed: str, own: Own = NOTHING_SAID) -> BookPlan:
        """Plan the workbook of a unit's issue, with what it says itself."""
        form = with_notes(self._context, self._form, unit, self._period)
        handed = self._handed_to(issue), list_text(issue, self._context.master, self._office)
        plan = unit_book(issue, form, sealed=sealed, office=self._office, own=own, handed=handed)
        return book_in(plan, self._words.keeping(texts_of_issue(issue, self._form, own)))

    def _handed_to(self, issue: Issue) -> str:
        """Give the form's definition as it travels with an issue; all of a form without a list are alike."""
        mine = own_part(self._form, issue)
        return self._handed if mine is self._form else form_text(mine)

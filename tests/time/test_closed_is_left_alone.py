"""A closed period gets no forms and no reminders, by hand or unattended; who sends late still gets a receipt."""

from datetime import date
from pathlib import Path

import pytest

from tests.time.small_year import DUE, Q1, TOWN, WHOLE_YEAR, close, issue, lay, office, quietly, take_in
from toolkit.edges.clock import held
from toolkit.flows.issue.generate import generate
from toolkit.flows.mail.remind import remind
from toolkit.model.agenda import Duty, Known, Plan, due_actions
from toolkit.model.command_error import CommandError
from toolkit.model.workdays import Workdays

AFTER = date(2023, 4, 6)


def test_unattended_work_leaves_a_closed_period_alone() -> None:
    """Of the first quarter, closed, only receipts are left to do; open, it would be reminded of and consolidated."""
    found = {}
    for closed in ((), (str(Q1),)):
        actions = due_actions(WHOLE_YEAR.calendar, Known((), {str(Q1): "1"}, closed), AFTER, Plan(), Workdays(()))
        found[closed] = {action.duty for action in actions if action.period == str(Q1)}

    assert {(): {Duty.RECEIPTS, Duty.REMIND, Duty.CONSOLIDATE}, (str(Q1),): {Duty.RECEIPTS}} == found


def test_forms_and_reminders_of_a_closed_period_are_refused(tmp_path: Path) -> None:
    """Generate and remind say that it is closed and what to do; a late return still gets its receipt."""
    space = office(tmp_path)
    issue(space, Q1)
    lay(space, Q1, TOWN)
    take_in(space, DUE[Q1])
    close(space, Q1, AFTER)

    with held(AFTER):
        with pytest.raises(CommandError, match="已经定稿（第 1 稿），不再生成报送表"):
            generate(space, Q1, only=(), progress=quietly)  # type: ignore[arg-type]
        with pytest.raises(CommandError, match="已经定稿（第 1 稿），不再催报"):
            remind(space, Q1, only=(), resend=(), progress=quietly)  # type: ignore[arg-type]
    lay(space, Q1, TOWN, progress=45, on=AFTER, name="更正.xlsx")
    assert [TOWN] == [*(done := take_in(space, AFTER)).receipts.to_mend, *done.receipts.clean]

"""What units ask for in the sheet 申请事项 of their form: another deadline or target, another lead, to be let off, more time to report."""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.decisions import HANDLING, DecisionSubject, mark_of
from toolkit.model.form import Form, Table
from toolkit.model.seal import shown_text
from toolkit.model.standing import Round, UnitRow

# Field codes of the sheet; a form that has no column KIND has no requests.
NUMBER, KIND, NOW, TO, WHY, BASIS = "request_number", "request_kind", "request_now", "request_to", "request_why", "request_basis"
AGREED, REFUSED, MORE = "同意", "不同意", "补充材料"
REQUEST_WORDS = (AGREED, REFUSED, MORE)
REFERENCE = "文号"
ORIGIN = "申请事项 "  # before a request's subject, in the origin of the change of the list that it brought about


class RequestKind(StrEnum):
    """What can be asked for; the last three change nothing in the master list, and 申请办结 is ruled in 销号台账 (model/task_life)."""

    DEADLINE = "延期"
    TARGET = "调整目标"
    LEAD = "更换牵头"
    WITHDRAW = "撤销"
    REPORT_LATER = "延期报送"
    NOTE = "情况说明"
    CLOSE = "申请办结"


class Request(NamedTuple):
    """One line of a unit's 申请事项: about which task (编号), what it asks for, what stands, what it is to be, why, on what grounds, and where it stands."""

    unit: str
    number: str
    kind: str
    now: str
    to: str
    why: str
    basis: str
    unit_row: UnitRow

    @property
    def mark(self) -> str:
        """The 认定号: what is asked, wherever it stands."""
        return mark_of(*self[:7])

    def subject(self, period: str) -> str:
        """Name it as its line in the consolidated workbook does: period, unit, task, kind and 认定号 with | between."""
        return f"{period}|{self.unit}|{self.number}|{self.kind}|{self.mark}"

    def word(self, state: Round) -> str:
        """Give the office's word on it, '' where there is none yet."""
        return state.decided.on(DecisionSubject.REQUEST, self.subject(str(state.period))).get(HANDLING, "")


def is_request_table(table: Table) -> bool:
    """Whether a table of a form is the one for requests (申请事项): it has a column for the kind."""
    return table.field(KIND) is not None


def request_sheets(form: Form) -> frozenset[str]:
    """Name the sheets of a form that hold requests; an empty set for a form without."""
    return frozenset(table.sheet for table in form.tables if is_request_table(table))


def requests(state: Round) -> Iterator[Request]:
    """Give every line that says what it asks for, unit by unit; the same line twice is one. Requests to close a task are none of these: 销号台账 has them."""
    sheets = request_sheets(state.form)
    seen: set[tuple[str, ...]] = set()
    for detail in state.details:
        if detail.row.table in sheets and detail.row.value(KIND) and detail.row.value(KIND) != RequestKind.CLOSE:
            number, kind, now, to, why, basis = (shown_text(detail.row.value(code)) for code in (NUMBER, KIND, NOW, TO, WHY, BASIS))
            request = Request(detail.unit, number, kind, now, to, why, basis, detail)
            if request[:7] not in seen:
                seen.add(request[:7])
                yield request

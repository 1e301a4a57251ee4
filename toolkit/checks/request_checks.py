"""Checks of what a unit asks for in 申请事项: a request that nobody could find again is said to the unit that made it."""

from collections.abc import Iterator, Sequence

from toolkit.model.check_context import CheckContext
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Form
from toolkit.model.requests import KIND, NUMBER, RequestKind, is_request_table
from toolkit.model.returns import Row
from toolkit.model.seal import shown_text
from toolkit.model.task_numbers import task_number


def check_requests(rows: Sequence[Row], form: Form, context: CheckContext) -> Iterator[Finding]:
    """Point at each request to close a task that names none which the unit leads: 销号台账 has no line for it."""
    for table in filter(is_request_table, form.tables):
        column = table.field(NUMBER)
        for row in rows:
            if row.table != table.sheet or row.value(KIND) != RequestKind.CLOSE:
                continue
            text, answer = shown_text(row.value(NUMBER)), row.answers.get(NUMBER)
            place = answer.place if answer else row.blank(NUMBER)
            if column is None or place is None:
                continue
            if not task_number(text, context.led):
                facts = {"seen": text or "空白", "choices": "、".join(context.led[:3]) or "任务12"}
                yield Finding(Code.CLOSING_NOT_LED, place, facts, title=column.title)

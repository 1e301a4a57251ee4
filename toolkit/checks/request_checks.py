"""Checks of what a unit asks for in 申请事项: a request that nobody could find again is said to the unit that made it."""

from collections.abc import Iterator, Sequence

from toolkit.model.check_context import CheckContext
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Form, Table
from toolkit.model.requests import KIND, NUMBER, TO, RequestKind, is_request_table
from toolkit.model.returns import Row
from toolkit.model.seal import shown_text
from toolkit.model.task_numbers import task_number


def check_requests(rows: Sequence[Row], form: Form, context: CheckContext) -> Iterator[Finding]:
    """Point at each request that does not say what it asks for, and at each to close a task that names none which the unit leads: 申请事项 and 销号台账 of
    the consolidated workbook have no line for it. A note of one cell is no request.
    """
    for table in filter(is_request_table, form.tables):
        yield from _without_kind([row for row in rows if row.table == table.sheet], table)
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


def _without_kind(rows: Sequence[Row], table: Table) -> Iterator[Finding]:
    column = table.field(KIND)
    for row in rows:
        place = row.blank(KIND)
        if column is not None and place is not None and (row.value(NUMBER) is not None or row.value(TO) is not None):
            hint = "从下拉框选：" + "、".join(column.limits.choices or tuple(RequestKind))
            yield Finding(Code.BLANK, place, {"title": column.title, "hint": hint}, title=column.title)

"""Checks of one cell: filled in where required, within its limits."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.model.column_kinds import show_number
from toolkit.model.findings import Code, Finding
from toolkit.model.form import STATUS, Field, Required, Table
from toolkit.model.numerals import is_counted
from toolkit.model.returns import Answer, Row


def required_is_filled(row: Row, field: Field, table: Table) -> Iterator[Finding]:
    """A cell that the unit's role and its 进展状态 require is not blank (BLANK)."""
    is_finished = field.required is Required.FINISHED and table.is_finished(row.value(STATUS))
    if field.required.of(row.role, is_finished=is_finished) and (blank := row.blank(field.code)):
        yield Finding(Code.BLANK, blank, {"hint": field.hint or f"“{field.title}”"}, title=field.title)


def number_is_within(answer: Answer, field: Field) -> Iterator[Finding]:
    """A number is not below the lowest or above the highest allowed."""
    if not isinstance(answer.value, Decimal):
        return
    low, high = field.limits.low, field.limits.high
    if low is not None and answer.value < low:
        yield Finding(Code.TOO_LOW, answer.place, {"low": show_number(low), "seen": show_number(answer.value)}, title=field.title)
    if high is not None and answer.value > high:
        yield Finding(Code.TOO_HIGH, answer.place, {"high": show_number(high), "seen": show_number(answer.value)}, title=field.title)


def count_is_whole(answer: Answer, field: Field) -> Iterator[Finding]:
    """In a column that counts one by one (计量 户, 个, 件) stands a whole number (NOT_COUNTED)."""
    if isinstance(answer.value, Decimal) and is_counted(field.limits.unit) and answer.value != answer.value.to_integral_value():
        yield Finding(Code.NOT_COUNTED, answer.place, {"seen": show_number(answer.value), "unit": field.limits.unit}, title=field.title)


def text_is_within(answer: Answer, field: Field) -> Iterator[Finding]:
    """A text is neither too short to say anything nor too long for its cell."""
    if field.kind.name != "文本" or not isinstance(answer.value, str):
        return
    length, low, high = len(answer.value), field.limits.low, field.limits.high
    if low is not None and length < low:
        yield Finding(Code.TOO_SHORT, answer.place, {"low": show_number(low), "seen": str(length)}, title=field.title)
    if high is not None and length > high:
        yield Finding(Code.TOO_LONG, answer.place, {"high": show_number(high), "seen": str(length)}, title=field.title)


ANSWER_CHECKS = {Decimal: (number_is_within, count_is_whole), str: (text_is_within,)}  # by the type of the value


def check_row_cells(table: Table, row: Row) -> Iterator[Finding]:
    """Run every cell check on a row, column by column: one for what is blank, the others for what is not."""
    for field in table.filled:
        answer = row.answers.get(field.code)
        if answer is not None:
            for check in ANSWER_CHECKS.get(type(answer.value), ()):
                yield from check(answer, field)
        elif field.required is not Required.NO:
            yield from required_is_filled(row, field, table)

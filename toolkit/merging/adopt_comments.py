"""Takes over what stands beside a cell (a comment, a text box) as its answer, where the clerk has ruled so."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.model.findings import Code, Finding
from toolkit.model.form import Field, Form
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Row

ADOPTABLE = frozenset({Code.BESIDE, Code.ONLY_BESIDE})


def adopt(rows: Sequence[Row], findings: Sequence[Finding], form: Form, adopted: Collection[Finding]) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Put the words of adopted findings into their cells, where they can be an answer there; what was said of the old contents falls away."""
    done = {finding.place: finding for finding in adopted if answer_of(finding, rows, form) is not None}
    if not done:
        return tuple(rows), tuple(findings)
    remaining = tuple(finding for finding in findings if finding.place not in done or finding is done[finding.place])
    return tuple(_with(row, done, form) for row in rows), remaining


def answer_of(finding: Finding, rows: Sequence[Row], form: Form) -> Answer | None:
    """Give the answer that a finding's words are in its cell; None where the cell is none that is filled in, or they are no clear answer there."""
    for row in rows:
        for field in _fields(row, form):
            if _place(row, field) == finding.place:
                return _answer(field, finding)
    return None


def _with(row: Row, done: dict[Place, Finding], form: Form) -> Row:
    answers, blanks = dict(row.answers), dict(row.blanks)
    for field in _fields(row, form):
        place = _place(row, field)
        answer = _answer(field, done[place]) if place in done else None
        if answer is not None:
            answers[field.code] = answer
            blanks.pop(field.code, None)
    return replace(row, answers=answers, blanks=blanks) if answers != row.answers else row


def _fields(row: Row, form: Form) -> Sequence[Field]:
    return next((table.filled for table in form.tables if table.sheet == row.table), ())


def _place(row: Row, field: Field) -> Place | None:
    answer = row.answers.get(field.code)
    return answer.place if answer else row.blank(field.code)


def _answer(field: Field, finding: Finding) -> Answer | None:
    """A number must stand alone and within its bounds: the row's unit of measure is not known here."""
    words = finding.facts["words"]
    reading = field.kind.read(words, field.limits)
    if reading.value is None or (field.kind.numeric and reading.code is not None and not words.strip().endswith(("%", "％"))):
        return None
    low, high = field.limits.low, field.limits.high
    if isinstance(reading.value, Decimal) and ((low is not None and reading.value < low) or (high is not None and reading.value > high)):
        return None
    return Answer(reading.value, words, finding.place)

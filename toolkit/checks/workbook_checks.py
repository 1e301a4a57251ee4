"""Checks of a whole return: its rows against each other, its sign-off."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from toolkit.checks.similarity import is_empty, letters_only
from toolkit.model.findings import Code, Finding
from toolkit.model.form import STATUS, Table
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Row
from toolkit.model.values import row_called

_FEW = 3  # rows: two that are alike may well be so
_MOST_NAMES = 10


def rows_differ(rows: Sequence[Row], table: Table) -> Iterator[Finding]:
    """No two rows of a table tell the same; all copies of one text are one finding, and a whole table of copies is another."""
    field = table.telling
    if field is None:
        return
    same: dict[str, list[tuple[Row, Answer]]] = defaultdict(list)
    for row in rows:
        answer = row.answers.get(field.code)
        if answer is not None and not table.is_waiting(row.value(STATUS)) and not is_empty(str(answer.value)):
            same[letters_only(str(answer.value))].append((row, answer))
    for copies in same.values():
        _, first = copies[0]
        count, text = str(len(copies)), str(first.value)
        if len(copies) == len(rows) >= _FEW:
            yield Finding(Code.ALL_ALIKE, first.place, {"count": count, "seen": text[:24] + ("…" if len(text) > 24 else "")}, title=field.title)
        elif len(copies) > 1:
            yield Finding(Code.COPY_OF_ROWS, first.place, {"count": count, "rows": _names(copies)}, title=field.title)


def sign_off_is_filled(signed: Mapping[str, Answer]) -> Iterator[Finding]:
    """The lines to sign on at the foot of the table are filled in; lines that are not in the file are not asked for."""
    blank = [label for label, answer in signed.items() if not answer.value]
    if blank:
        place: Place = signed[blank[0]].place
        yield Finding(Code.UNSIGNED, place, {"labels": "、".join(f"“{label}”" for label in blank)})


TABLE_CHECKS = (rows_differ,)
SIGN_OFF_CHECKS = (sign_off_is_filled,)


def _names(copies: Sequence[tuple[Row, Answer]]) -> str:
    names = [row_called(row.key) for row, _ in copies]
    return "、".join(names[:_MOST_NAMES]) + ("等" if len(names) > _MOST_NAMES else "")

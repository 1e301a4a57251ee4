"""Puts what a unit said in its receipt beside the findings that it answers; the office's word and the count stay as they are."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.model.findings import SENT_BACK, Code, Finding, Level
from toolkit.model.returns import Row
from toolkit.model.unit_statements import SPOKEN, Meaning

_LINE = re.compile(r"\d+")
_NO_ROW = ("", "")
Key = tuple[str, str]  # table sheet, row key


class _Spoken(NamedTuple):
    """A statement: whose, on which row (_NO_ROW: on none), beside which words of the office."""

    finding: Finding
    unit: str
    key: Key
    opinion: str
    titles: tuple[str, ...]
    confirms: bool


def with_statements(findings: Sequence[Finding], rows: Iterable[Row], said: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """Give findings with the unit's words; `rows` tell where they stand, `said` are statements that are not among the findings.

    A statement answers what the office's words beside it had said, in the same row; where those words are gone, the only doubt of the row.
    What it confirms is `answered`, unless it is an error or was sent back after that. A statement that was put beside a finding is `answered` too.
    """
    spoken = [_spoken(one) for one in (*findings, *said) if one.code in SPOKEN]
    if not spoken:
        return tuple(findings)
    keys = _keys(rows)
    places = [_key(one, keys) for one in findings]
    open_in: dict[tuple[str, Key], int] = {}
    for one, key in zip(findings, places, strict=True):
        open_in[one.unit, key] = open_in.get((one.unit, key), 0) + _is_answerable(one)
    used: set[int] = set()
    still_open: set[int] = set()
    result = []
    for one, key in zip(findings, places, strict=True):
        mine = [word for word in spoken if _answers(word, one, key, alone=open_in[one.unit, key] == 1)] if _is_answerable(one) else []
        if not mine:
            result.append(one)
            continue
        done = one.level is not Level.ERROR and any(word.confirms and (not word.titles or one.title in word.titles) for word in mine)
        used |= {id(word.finding) for word in mine}
        still_open |= {id(word.finding) for word in mine if one.counts and not done}
        result.append(replace(one, stated="；".join(dict.fromkeys(word.finding.facts["words"] for word in mine)), answered=done))
    return tuple(_spent(one, used, still_open) for one in result)


def _spent(one: Finding, used: set[int], still_open: set[int]) -> Finding:
    """Mark a statement that stands beside a finding now; one that is not clear is asked about only while what it is about is open."""
    if one.code is Code.STATED_UNCLEAR and id(one) not in still_open:
        one, spent = replace(one, code=Code.STATED), id(one) in used
        return replace(one, answered=spent)
    return replace(one, answered=True) if one.code is Code.STATED and id(one) in used else one


def _is_answerable(one: Finding) -> bool:
    return one.code not in SPOKEN and one.code is not Code.WITHDRAWN and (one.level is not Level.NOTE or one.verdict == SENT_BACK)


def _answers(word: _Spoken, one: Finding, key: Key, *, alone: bool) -> bool:
    if word.unit != one.unit or (word.key != key and _NO_ROW not in {word.key, key}):
        return False
    if not word.opinion:
        return alone and word.key == key and one.verdict != SENT_BACK
    shown = _squeezed(one.message + (one.advice + one.back if one.verdict == SENT_BACK else ""))
    return shown in word.opinion


def _spoken(one: Finding) -> _Spoken:
    facts = one.facts
    titles = tuple(filter(None, facts.get("titles", "").split("、")))
    key = (facts["table"], facts["key"]) if facts["key"] else _NO_ROW
    return _Spoken(one, one.unit, key, _squeezed(facts["opinion"]), titles, facts["meaning"] == Meaning.CONFIRMED.value)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _keys(rows: Iterable[Row]) -> dict[tuple[str, str, str], Key]:
    """Tell the row of every line of the sheets."""
    return {place: (row.table, row.key) for row in rows for place in _places(row)}


def _places(row: Row) -> Iterator[tuple[str, str, str]]:
    for place in (row.place, *(answer.place for answer in row.answers.values()), *(place for code in row.blanks if (place := row.blank(code)))):
        yield place.file, place.sheet, _line(place.cell)


def _key(one: Finding, keys: Mapping[tuple[str, str, str], Key]) -> Key:
    return keys.get((one.place.file, one.place.sheet, _line(one.place.cell)), _NO_ROW)


def _line(cell: str) -> str:
    found = _LINE.search(cell)
    return found[0] if found else ""

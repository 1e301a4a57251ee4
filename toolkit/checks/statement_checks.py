"""Puts what a unit said in its receipt beside the findings that it answers; the office's word and the count stay as they are."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.model.findings import SENT_BACK, Code, Finding, Level
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.returns import Row
from toolkit.model.unit_statements import SPOKEN, Meaning

_LINE = lazy_pattern(r"\d+")
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


def with_statements(findings: Sequence[Finding], rows: Iterable[Row], statements: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """Give findings with the unit's words; `rows` tell where they stand, `statements` are those that are not among the findings.

    A statement answers what the office's words beside it had said, in the same row; where those words are gone, the only doubt of the row.
    What it confirms is `answered`, unless it is an error or was sent back after that. A statement that was put beside a finding is `answered` too.
    """
    spoken = [_spoken(finding) for finding in (*findings, *statements) if finding.code in SPOKEN]
    if not spoken:
        return tuple(findings)
    keys = _keys(rows)
    places = [_key(finding, keys) for finding in findings]
    open_in: dict[tuple[str, Key], int] = {}
    for finding, key in zip(findings, places, strict=True):
        open_in[finding.unit, key] = open_in.get((finding.unit, key), 0) + _is_answerable(finding)
    used: set[int] = set()
    still_open: set[int] = set()
    result = []
    for finding, key in zip(findings, places, strict=True):
        mine = [word for word in spoken if _answers(word, finding, key, alone=open_in[finding.unit, key] == 1)] if _is_answerable(finding) else []
        if not mine:
            result.append(finding)
            continue
        done = finding.level is not Level.ERROR and any(word.confirms and (not word.titles or finding.title in word.titles) for word in mine)
        used |= {id(word.finding) for word in mine}
        still_open |= {id(word.finding) for word in mine if finding.counts and not done}
        result.append(replace(finding, stated="；".join(dict.fromkeys(word.finding.facts["words"] for word in mine)), answered=done))
    return tuple(_spent(finding, used, still_open) for finding in result)


def _spent(finding: Finding, used: set[int], still_open: set[int]) -> Finding:
    """Mark a statement that stands beside a finding now; one that is not clear is asked about only while what it is about is open."""
    if finding.code is Code.STATED_UNCLEAR and id(finding) not in still_open:
        finding, spent = replace(finding, code=Code.STATED), id(finding) in used
        return replace(finding, answered=spent)
    return replace(finding, answered=True) if finding.code is Code.STATED and id(finding) in used else finding


def _is_answerable(finding: Finding) -> bool:
    return finding.code not in SPOKEN and finding.code is not Code.WITHDRAWN and (finding.level is not Level.NOTE or finding.verdict == SENT_BACK)


def _answers(word: _Spoken, finding: Finding, key: Key, *, alone: bool) -> bool:
    if word.unit != finding.unit or (word.key != key and _NO_ROW not in {word.key, key}):
        return False
    if not word.opinion:
        return alone and word.key == key and finding.verdict != SENT_BACK
    shown = _squeezed(finding.message + (finding.advice + finding.back if finding.verdict == SENT_BACK else ""))
    return shown in word.opinion


def _spoken(finding: Finding) -> _Spoken:
    facts = finding.facts
    titles = tuple(filter(None, facts.get("titles", "").split("、")))
    key = (facts["table"], facts["key"]) if facts["key"] else _NO_ROW
    return _Spoken(finding, finding.unit, key, _squeezed(facts["opinion"]), titles, facts["meaning"] == Meaning.CONFIRMED.value)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _keys(rows: Iterable[Row]) -> dict[tuple[str, str, str], Key]:
    """Tell the row of every line of the sheets."""
    return {place: (row.table, row.key) for row in rows for place in _places(row)}


def _places(row: Row) -> Iterator[tuple[str, str, str]]:
    for place in (row.place, *(answer.place for answer in row.answers.values()), *(place for code in row.blanks if (place := row.blank(code)))):
        yield place.file, place.sheet, _line(place.cell)


def _key(finding: Finding, keys: Mapping[tuple[str, str, str], Key]) -> Key:
    return keys.get((finding.place.file, finding.place.sheet, _line(finding.place.cell)), _NO_ROW)


def _line(cell: str) -> str:
    found = _LINE.search(cell)
    return found[0] if found else ""

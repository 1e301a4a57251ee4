"""Whether findings count: a rule on trial is shown only, an exemption is shown with its reason, a rule switched off is left out."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from toolkit.model.findings import EXEMPT, TRIAL, Finding
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place
from toolkit.model.returns import Row
from toolkit.model.rules import Mode, Rules

_LINE = lazy_pattern(r"\d+")
Line = tuple[str, str, str]  # file, sheet, row of the sheet


def apply_policy(findings: Iterable[Finding], rules: Rules, on: date, rows: Iterable[Row]) -> tuple[Finding, ...]:
    """Say of each finding of a unit whether it counts on a day; `rows` tell which task a cell belongs to. Weighing again starts afresh."""
    whole = tuple(findings)
    numbers = _numbers(rows) if rules.exemptions and whole else {}
    return tuple(_weighed(whole, rules, on, numbers))


def _weighed(findings: Iterable[Finding], rules: Rules, on: date, numbers: Mapping[Line, str]) -> Iterator[Finding]:
    for finding in findings:
        mode = rules.mode(finding.code)
        aside = TRIAL if mode is Mode.TRIAL else _exempted(finding, rules, on, numbers)
        if mode is not Mode.OFF:
            yield finding if finding.aside == aside else replace(finding, aside=aside)


def _exempted(finding: Finding, rules: Rules, on: date, numbers: Mapping[Line, str]) -> str:
    """Give the word and reason of the exemption that covers a finding, '' where none does."""
    for exemption in rules.exemptions:
        covers = exemption.unit == finding.unit and exemption.code is finding.code and on <= exemption.until
        if covers and exemption.number in {"", numbers.get(_line(finding.place))}:
            return f"{EXEMPT}：{exemption.reason}"
    return ""


def _numbers(rows: Iterable[Row]) -> dict[Line, str]:
    """Tell the task of every row of the sheets."""
    found: dict[Line, str] = {}
    for row in rows:
        blanks = (place for code in row.blanks if (place := row.blank(code)))
        found |= {_line(place): row.number for place in (row.place, *(answer.place for answer in row.answers.values()), *blanks)}
    return found


def _line(place: Place) -> Line:
    found = _LINE.search(place.cell)
    return place.file, place.sheet, found[0] if found else ""

"""Tells of each finding which task it is about and what was said there: a ruling on it is known again by that, not by a file's name or a cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from toolkit.model.decisions import mark_of
from toolkit.model.findings import Finding
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place
from toolkit.model.returns import Row
from toolkit.model.seal import shown_text

RULED = "ruled_on"  # a fact that says in full what is ruled on, in the place of all others
_WHERE = frozenset({"cells", "range", "lines", "places", "column", "top", "bottom", "sent", "together"})  # facts that say where or when, not what
_ADDRESS = lazy_pattern(r"(?:[^!]*!)?[A-Z]{1,3}\d+")
_LINE = lazy_pattern(r"\d+")
Line = tuple[str, str]  # sheet, row of the sheet


class _RowTexts(NamedTuple):
    """A row, and the text of each answer by its cell."""

    row: Row
    texts: Mapping[tuple[str, str], str]


def with_subjects(findings: Sequence[Finding], rows: Sequence[Row]) -> tuple[Finding, ...]:
    """Put number and mark on findings of one file, or of rows of many files; those that have them keep them."""
    new = [finding for finding in findings if not finding.mark]
    if not new:
        return tuple(findings)
    known = _rows_by_line(rows, {finding.place[:2] for finding in new})
    return tuple(finding if finding.mark else _marked(finding, known.get((finding.place.file, *_line(finding.place)))) for finding in findings)


def mark_together(same: Sequence[Finding]) -> str:
    """Give the 认定号 of a line that stands for several findings: the same in whatever order they come."""
    return mark_of(*sorted(finding.mark for finding in same))


def _rows_by_line(rows: Iterable[Row], sheets: set[tuple[str, str]]) -> dict[tuple[str, str, str], _RowTexts]:
    """Find rows on some sheets (file and name of each) by file, sheet and line of the sheet, also those that are spread over several sheets."""
    found: dict[tuple[str, str, str], _RowTexts] = {}
    for row in (row for row in rows if _stands_on(row, sheets)):
        row_texts = _RowTexts(row, {answer.place[1:]: shown_text(answer.value) for answer in row.answers.values()})
        for place in _places(row):
            found.setdefault((place.file, *_line(place)), row_texts)
    return found


def _stands_on(row: Row, sheets: set[tuple[str, str]]) -> bool:
    """Whether any cell of a row stands on one of some sheets: rows are many, and the findings that are about none of them, too."""
    if row.place[:2] in sheets or any(answer.place[:2] in sheets for answer in row.answers.values()):
        return True
    return any("!" in cell and (row.place.file, cell.rpartition("!")[0]) in sheets for cell in row.blanks.values())


def _places(row: Row) -> Iterator[Place]:
    yield row.place
    yield from (answer.place for answer in row.answers.values())
    yield from (place for code in row.blanks if (place := row.blank(code)))


def _marked(finding: Finding, row_texts: _RowTexts | None) -> Finding:
    texts = _identifying_facts(finding.facts)
    if row_texts is None:
        return replace(finding, mark=mark_of(finding.code.text.id, finding.title, *texts))
    text = row_texts.texts.get(finding.place[1:], "")
    return replace(finding, number=row_texts.row.number, mark=mark_of(row_texts.row.table, row_texts.row.key, text, *texts))


def _identifying_facts(facts: Mapping[str, str]) -> list[str]:
    """Give what a finding tells, without where and when it was seen."""
    if RULED in facts:
        return [facts[RULED]]
    return [f"{name}={text}" for name, text in sorted(facts.items()) if name not in _WHERE and not (name == "other" and _ADDRESS.fullmatch(text))]


def _line(place: Place) -> Line:
    found = _LINE.search(place.cell)
    return place.sheet, found[0] if found else ""

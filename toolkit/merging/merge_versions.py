"""Several returns of one unit become one: the newest sent wins cell by cell, and a blank never clears what was said before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from toolkit.merging.filed import Filed
from toolkit.merging.halves import Chain, chains_of, in_order, joined, title_of
from toolkit.model.findings import Code, Finding, Level
from toolkit.model.form import Form
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Row
from toolkit.model.seal import shown_text

__all__ = ["FiledReturn", "current_files", "parts_of"]


def current_files(files: Sequence[Filed], form: Form | None) -> dict[str, Filed]:
    """Give each unit's word: its newest sent file that counts, with what older ones say where the newest says nothing.

    `files` come oldest first. What is kept from an older file is a finding, at the cell that was left blank.
    """
    return {unit: _word(chains, form) for unit, chains in parts_of(files).items()}


def parts_of(files: Sequence[Filed]) -> dict[str, list[Chain]]:
    """Give the parts of each unit's word, each with its versions, oldest first; the part with the newest file is last."""
    mine: dict[str, list[Filed]] = {}
    for file in sorted((file for file in files if file.counts), key=in_order):
        mine.setdefault(file.unit, []).append(file)
    return {unit: chains_of(versions) if len(versions) > 1 else [versions] for unit, versions in mine.items()}


def _word(chains: Sequence[Chain], form: Form | None) -> Filed:
    parts = [_layered(chain, form) if len(chain) > 1 else chain[0] for chain in chains]
    return joined(parts, chains, form) if len(parts) > 1 else parts[0]


def _layered(versions: Sequence[Filed], form: Form | None) -> Filed:
    newest = versions[-1]
    known: dict[tuple[str, str], dict[str, tuple[Answer, datetime]]] = {}
    kept = {(row.table, row.key): row for file in versions for row in file.rows}
    for file in versions[:-1]:
        for row in file.rows:
            known.setdefault((row.table, row.key), {}).update({code: (answer, file.sent) for code, answer in row.answers.items()})
    said: list[Finding] = []
    rows = []
    present = {(row.table, row.key): row for row in newest.rows}
    wrong = {(finding.place.sheet, finding.place.cell) for finding in newest.findings if finding.level is Level.ERROR}
    for key in (*present, *(key for key in kept if key not in present)):
        row, older = present.get(key, kept[key]), known.get(key, {})
        missing = {code: answer for code, (answer, _) in older.items() if code not in row.answers}
        said += [
            _said(Code.BLANK_NOW, blank, older[code], title_of(row, code, form))
            for code in missing
            if (blank := row.blank(code)) and (blank.sheet, blank.cell) not in wrong
        ]
        stale = {code: older[code][0] for code in _untouched(row, newest.given.get(key, {}), older)}
        said += [_said(Code.STALE, row.answers[code].place, older[code], title_of(row, code, form), seen=row.answers[code].raw[:40]) for code in stale]
        rows.append(replace(row, answers={**row.answers, **missing, **stale}))
    return newest._replace(rows=tuple(rows), findings=(*newest.findings, *(replace(finding, unit=newest.unit) for finding in said)))


def _untouched(row: Row, given: Mapping[str, str], older: Mapping[str, tuple[Answer, datetime]]) -> list[str]:
    """List the fields that stand as the receipt gave them, although something else was reported in between."""
    return [
        code
        for code, answer in row.answers.items()
        if code in given and code in older and shown_text(answer.value) == given[code] and shown_text(older[code][0].value) != given[code]
    ]


def _said(code: Code, place: Place, older: tuple[Answer, datetime], title: str, **facts: str) -> Finding:
    answer, sent = older
    return Finding(code, place, {"sent": f"{sent:%Y-%m-%d}", "value": answer.raw[:40], **facts}, title=title)

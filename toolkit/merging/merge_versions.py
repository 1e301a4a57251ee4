"""Several returns of one unit become one: the newest sent wins cell by cell, and a blank never clears what was said before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from toolkit.model.findings import Code, Finding, Level
from toolkit.model.form import Form
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Outcome, Row
from toolkit.model.seal import shown_text


class FiledReturn(NamedTuple):
    """One file of the period as merging sees it: unit, when sent, outcome and reason, archived path, rows (empty unless it counts), findings.

    `received` is when it came to us; `by_server` where a mail server says so, or the office itself.

    `id` is its number in the ledger; `excluded` says why the office put it aside, '' when it did not; `given` are the values that a receipt
    gave back to the unit, as text by (table sheet, row key) and field code; `receipt` is the code it was issued under.
    """

    name: str
    unit: str
    sent: datetime
    outcome: Outcome
    reason: str
    path: str
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    id: int = 0
    excluded: str = ""
    given: Mapping[tuple[str, str], Mapping[str, str]] = MappingProxyType({})
    receipt: str = ""
    received: datetime | None = None
    by_server: bool = False

    @property
    def came(self) -> datetime:
        """When it came to us, as far as is known."""
        return self.received or self.sent

    @property
    def counts(self) -> bool:
        """Whether its values take part."""
        return self.outcome.counts and not self.excluded


def current_files(files: Sequence[FiledReturn], form: Form | None) -> dict[str, FiledReturn]:
    """Give each unit's word: its newest sent file that counts, with what older ones say where the newest says nothing.

    `files` come oldest first. What is kept from an older file is a finding, at the cell that was left blank.
    """
    mine: dict[str, list[FiledReturn]] = {}
    for file in sorted((file for file in files if file.counts), key=lambda file: file.sent):
        mine.setdefault(file.unit, []).append(file)
    return {unit: _layered(versions, form) if len(versions) > 1 else versions[0] for unit, versions in mine.items()}


def _layered(versions: Sequence[FiledReturn], form: Form | None) -> FiledReturn:
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
            _said(Code.BLANK_NOW, blank, older[code], _title(row, code, form))
            for code in missing
            if (blank := row.blank(code)) and (blank.sheet, blank.cell) not in wrong
        ]
        stale = {code: older[code][0] for code in _untouched(row, newest.given.get(key, {}), older)}
        said += [_said(Code.STALE, row.answers[code].place, older[code], _title(row, code, form), seen=row.answers[code].raw[:40]) for code in stale]
        rows.append(replace(row, answers={**row.answers, **missing, **stale}))
    return newest._replace(rows=tuple(rows), findings=(*newest.findings, *(replace(finding, unit=newest.unit) for finding in said)))


def _untouched(row: Row, given: Mapping[str, str], older: Mapping[str, tuple[Answer, datetime]]) -> list[str]:
    """List the fields that stand as the receipt gave them, although something else was reported in between."""
    return [
        code
        for code, answer in row.answers.items()
        if code in given and code in older and shown_text(answer.value) == given[code] and shown_text(older[code][0].value) != given[code]
    ]


def _title(row: Row, code: str, form: Form | None) -> str:
    table = form.table(row.table) if form else None
    field = table.field(code) if table else None
    return field.title if field else code


def _said(code: Code, place: Place, older: tuple[Answer, datetime], title: str, **facts: str) -> Finding:
    answer, sent = older
    return Finding(code, place, {"sent": f"{sent:%Y-%m-%d}", "value": answer.raw[:40], **facts}, title=title)

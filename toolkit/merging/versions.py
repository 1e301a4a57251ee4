"""Several returns of one unit become one: the newest sent wins cell by cell, and a blank never clears what was said before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from toolkit.model.findings import Code, Finding, Level
from toolkit.model.form import Form
from toolkit.model.returns import Answer, Outcome, Row


class Filed(NamedTuple):
    """One file of the period as merging sees it: unit, when sent, outcome and reason, archived path, rows (empty unless it counts), findings.

    `id` is its number in the ledger; `excluded` says why the office put it aside, '' when it did not.
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

    @property
    def counts(self) -> bool:
        """Whether its values take part."""
        return self.outcome.counts and not self.excluded


def current_files(files: Sequence[Filed], form: Form | None) -> dict[str, Filed]:
    """Give each unit's word: its newest sent file that counts, with what older ones say where the newest says nothing.

    `files` come oldest first. What is kept from an older file is a finding, at the cell that was left blank.
    """
    mine: dict[str, list[Filed]] = {}
    for file in sorted((file for file in files if file.counts), key=lambda file: file.sent):
        mine.setdefault(file.unit, []).append(file)
    return {unit: _layered(versions, form) for unit, versions in mine.items()}


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
        said += [_said(row, code, older[code], form) for code in missing if code in row.blanks and (row.place.sheet, row.blanks[code].cell) not in wrong]
        rows.append(replace(row, answers={**row.answers, **missing}))
    return newest._replace(rows=tuple(rows), findings=(*newest.findings, *(replace(finding, unit=newest.unit) for finding in said)))


def _said(row: Row, code: str, older: tuple[Answer, datetime], form: Form | None) -> Finding:
    answer, sent = older
    table = form.table(row.table) if form else None
    field = table.field(code) if table else None
    facts = {"sent": f"{sent:%Y-%m-%d}", "value": answer.raw[:40]}
    return Finding(Code.BLANK_NOW, row.blanks[code], facts, title=field.title if field else code)

"""One file as far as the file, the forms and the key tell: whose it is, its typed rows, what had to be repaired. Runs in the reading processes."""

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple, NoReturn

from toolkit.intake.identify import Identity, claimed, identify
from toolkit.intake.nothing_new import nothing_new
from toolkit.intake.read_answers import read_rows
from toolkit.intake.sign_off_fields import read_signatures
from toolkit.model.decisions import ALIAS_FIELD, Fields
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.received import brought_by
from toolkit.model.returns import Answer, Grid, Row


class ParsedReturn(NamedTuple):
    """A file that was read: whose it is (the issue without its baseline), its rows, its sign-off, what was found while reading them."""

    identity: Identity
    rows: tuple[Row, ...] = ()
    signed: Mapping[str, Answer] = {}
    findings: tuple[Finding, ...] = ()
    changed: int = -1  # cells of a receipt that differ from how it went out
    empty: Finding | None = None  # says that nothing was typed, or that a receipt came back as it went out


class UnreadableFile(NamedTuple):
    """A fault of our own while a file was being understood: the traceback."""

    trace: str


class IdentityClue(Enum):
    """What a reading process asks for."""

    LEDGER = "what a file is cannot be told without knowing what was issued"


class _LedgerNeeded(Exception):  # noqa: N818 - said of the file
    """See Clue."""


@dataclass(frozen=True)
class ReturnParser:
    """What every file is read with: the office's key, its forms, and the names of columns that the clerk has confirmed, by unit, form and name.

    `issued` are the forms that periods were issued with.
    `seals` are those that were ever issued, by receipt code, newest first; None where only a few strange files need them.
    `claimed` is the seal of the form that the office says a file is, '' where it says nothing.
    """

    key: bytes
    forms: Sequence[Form]
    names: Mapping[str, Fields]
    issued: Mapping[str, Form] = field(default_factory=dict)
    seals: Mapping[str, str] | None = None
    claimed: str = ""

    def __call__(self, grid: Grid) -> ParsedReturn | IdentityClue | UnreadableFile:
        """Understand a file in a reading process."""
        try:
            return self.of(grid)
        except _LedgerNeeded:
            return IdentityClue.LEDGER
        except Exception:  # noqa: BLE001 - whatever it was, it is our own fault, said of this one file and logged
            return UnreadableFile(traceback.format_exc())

    def of(self, grid: Grid) -> ParsedReturn:
        """Understand a file."""
        seal_of, issued = (_not_here, _not_here) if self.seals is None else (self.seals.get, self.seals.values)
        identity = claimed(grid, self.claimed, self.key) if self.claimed else identify(grid, self.key, seal_of, issued=issued)
        issue = identity.issue
        forms = (self.issued[issue.period], *self.forms) if issue and issue.period in self.issued else self.forms
        form = next((form for form in forms if issue and form.code == issue.form), None)
        if issue is None or form is None:
            return ParsedReturn(identity)
        form = self._named(form, issue.unit)
        rows, found = read_rows(grid, issue, form)
        signed = read_signatures(grid, issue, form)
        found = (*_findings_outside_tables(grid, issue), *found)
        empty = nothing_new(grid, issue, form, rows=rows, signed=signed, found=found)
        return ParsedReturn(identity._replace(issue=replace(issue, tables={})), rows, signed, found, brought_by(rows, _given(issue)).changed, empty)

    def _named(self, form: Form, unit: str) -> Form:
        """Give a form with the names that a unit uses for its columns and the clerk has confirmed."""
        start = f"{unit}|{form.code}|"
        names = {subject.removeprefix(start): fields[ALIAS_FIELD] for subject, fields in self.names.items() if subject.startswith(start)}
        return form.with_aliases(names) if names else form


def _given(issue: Issue) -> dict[tuple[str, str], Mapping[str, str]]:
    return {(sheet, row.key): row.filled for sheet, rows in issue.tables.items() for row in rows if row.filled}


def _not_here(*_: object) -> NoReturn:
    raise _LedgerNeeded


def _findings_outside_tables(grid: Grid, issue: Issue) -> list[Finding]:
    """What else is in the file; the comments of a receipt are the office's own."""
    is_receipt = any(row.filled for rows in issue.tables.values() for row in rows)
    return [finding for finding in grid.findings if not (is_receipt and finding.code is Code.COMMENTS)]

"""One file as far as the file, the forms and the key tell: whose it is, its typed rows, what had to be repaired. Runs in the reading processes."""

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NoReturn

from toolkit.flows.office.parse_parts import claimed_part, in_parts, read_part
from toolkit.flows.office.parsed_return import ParsedParts, ParsedReturn, UnreadableFile
from toolkit.intake.book_evidence import speaks_of_several, with_bare_titles
from toolkit.intake.identify import Identity, claimed, identify
from toolkit.intake.lower_sources import held_against, source_findings, without_sources
from toolkit.intake.nothing_new import nothing_new
from toolkit.intake.own_words import in_source_words
from toolkit.intake.read_answers import read_rows
from toolkit.intake.sign_off_fields import read_signatures
from toolkit.intake.split_book import SplitBook, split_book
from toolkit.intake.title_similarity import plain_title
from toolkit.model.decisions import ALIAS_FIELD, Fields
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.part_names import PartName, part_name
from toolkit.model.place import Place
from toolkit.model.received import brought_by
from toolkit.model.returns import Grid
from toolkit.model.words import Words

__all__ = ["IdentityClue", "ParsedParts", "ParsedReturn", "ReturnParser", "UnreadableFile"]


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
    `claimed` is the seal of the form that the office says a file is, '' where it says nothing. `units` are the names that units go by.
    `tongues` are the words of the languages, but Chinese, in which forms were issued.
    """

    key: bytes
    forms: Sequence[Form]
    names: Mapping[str, Fields]
    issued: Mapping[str, Form] = field(default_factory=dict)
    seals: Mapping[str, str] | None = None
    claimed: str = ""
    units: Mapping[str, str] = field(default_factory=dict)
    tongues: Sequence[Words] = ()

    def __call__(self, grid: Grid) -> ParsedReturn | ParsedParts | IdentityClue | UnreadableFile:
        """Understand a file in a reading process."""
        try:
            return self.of(grid)
        except _LedgerNeeded:
            return IdentityClue.LEDGER
        except Exception:  # noqa: BLE001 - whatever it was, it is our own fault, said of this one file and logged
            return UnreadableFile(traceback.format_exc())

    def of(self, grid: Grid) -> ParsedReturn | ParsedParts:
        """Understand a file, or the part of one that its name tells."""
        grid, part = without_sources(grid), part_name(grid.file)
        if self.tongues:
            grid = in_source_words(grid, (*self.forms, *self.issued.values()), self.tongues)
        if part is not None:
            return self._part(grid, part)
        if self.claimed:
            return self._whole(grid)
        grid = with_bare_titles(grid)
        split = self._parted(grid) if speaks_of_several(grid, self.units) else None
        if split is None:
            whole = self._whole(grid)
            split = self._parted(grid) if _is_nobodys(whole) else None
            if split is None:
                return whole
        return in_parts(grid, split, self)

    def form_of(self, code: str, period: str) -> Form | None:
        """Give the form of a code as it was issued for a period, the form in force where nothing was; None for a code that is none."""
        forms = (self.issued[period], *self.forms) if period in self.issued else self.forms
        return next((form for form in forms if form.code == code), None)

    def understood(self, grid: Grid, identity: Identity, issue: Issue, form: Form) -> ParsedReturn:
        """Read what is known to be a unit's return: rows, signatures, findings in and outside its tables, what changed, whether it brings nothing new."""
        form = self._named(form, issue.unit)
        rows, found = read_rows(grid, issue, form)
        signed = read_signatures(grid, issue, form)
        sources = held_against(grid.sources, rows)
        found = (*_findings_outside_tables(grid, issue), *found, *source_findings(grid, sources))
        empty = nothing_new(grid, issue, form, rows=rows, signed=signed, found=found)
        changed = brought_by(rows, _given(issue)).changed
        return ParsedReturn(identity._replace(issue=replace(issue, tables={})), rows, signed, found, changed, sources, empty)

    def _whole(self, grid: Grid) -> ParsedReturn:
        seal_of, issued = (_not_here, _not_here) if self.seals is None else (self.seals.get, self.seals.values)
        identity = claimed(grid, self.claimed, self.key) if self.claimed else identify(grid, self.key, seal_of, issued=issued, titles_of=self._titles_of)
        issue = identity.issue
        form = self.form_of(issue.form, issue.period) if issue else None
        document = next((finding for finding in grid.findings if finding.code is Code.DOCUMENT_TABLE), None)
        if issue is None and document is not None:  # a document with tables of its own
            return ParsedReturn(identity._replace(findings=(Finding(Code.NOT_WORKBOOK, document.place, {"seen": document.facts["kind"]}),)))
        return ParsedReturn(identity) if issue is None or form is None else self.understood(grid, identity, issue, form)

    def _parted(self, grid: Grid) -> SplitBook | None:
        """Split a book that several units may share; the quick look does not see every way in which units are named."""
        if self.seals is None:
            raise _LedgerNeeded
        return split_book(grid, self.key, self.seals, self.units, self.form_of)

    def _part(self, grid: Grid, part: PartName) -> ParsedReturn:
        """Read a part again: as the form that the office says it is, else as what it is taken for now."""
        grid = with_bare_titles(grid)
        if self.claimed:
            return claimed_part(grid, part, self)
        split = self._parted(grid._replace(file=part.whole))
        same = next((candidate for candidate in split.parts if candidate.name == grid.file), None) if split else None
        return ParsedReturn(Identity(None, (Finding(Code.UNKNOWN, Place(grid.file)),))) if same is None or split is None else read_part(grid, same, split, self)

    def _titles_of(self, code: str, period: str) -> frozenset[str]:
        """Give the titles of the columns that units fill in."""
        form = self.form_of(code, period)
        return frozenset(plain_title(field.title) for table in form.tables for field in table.filled) if form else frozenset()

    def _named(self, form: Form, unit: str) -> Form:
        """Give a form with the names that a unit uses for its columns and the clerk has confirmed."""
        start = f"{unit}|{form.code}|"
        names = {subject.removeprefix(start): fields[ALIAS_FIELD] for subject, fields in self.names.items() if subject.startswith(start)}
        return form.with_aliases(names) if names else form


def _is_nobodys(whole: ParsedReturn) -> bool:
    """Whether a file is not known as any unit's return, or guessed to be one by its rows alone."""
    return whole.identity.findings[:1] != () and whole.identity.findings[0].code in {Code.UNKNOWN, Code.NOT_WORKBOOK, Code.GUESSED}


def _given(issue: Issue) -> dict[tuple[str, str], Mapping[str, str]]:
    return {(sheet, row.key): row.filled for sheet, rows in issue.tables.items() for row in rows if row.filled}


def _not_here(*_: object) -> NoReturn:
    raise _LedgerNeeded


def _findings_outside_tables(grid: Grid, issue: Issue) -> list[Finding]:
    """What else is in the file; the comments of a receipt are the office's own."""
    is_receipt = any(row.filled for rows in issue.tables.values() for row in rows)
    return [finding for finding in grid.findings if not (is_receipt and finding.code is Code.COMMENTS)]

"""A file that several units share: each part is read as a return of its own, with what is doubtful about whose it is. Runs in the reading processes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Protocol

from toolkit.flows.office.parsed_return import ParsedPart, ParsedParts, ParsedReturn
from toolkit.intake.finding_notes import MANY, listed
from toolkit.intake.identify import Identity, claimed, opened
from toolkit.intake.part_grid import beside_parts, part_grid
from toolkit.intake.sorted_rows import SortedRow
from toolkit.intake.split_book import SplitBook, UnitPart
from toolkit.intake.title_similarity import short
from toolkit.model.column_kinds import plain
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Form, Required, Subject
from toolkit.model.issue import Issue
from toolkit.model.part_names import PartName, part_name, rows_at
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Grid, IdentityEvidence
from toolkit.model.values import joined_words, row_called

# what is said of the table's look: a form site writes its own, and it is said once of the file
_OF_THE_LOOK = frozenset(
    {Code.COLUMN_ALIAS, Code.PREFILLED_GONE, Code.NAME_GONE, Code.SHEET_RENAMED, Code.ROWS_REORDERED, Code.TEXT_ABOVE, Code.TABLE_SPLIT}
)


class Reader(Protocol):
    """What a file is read with."""

    @property
    def key(self) -> bytes:
        """The office's key, with which seals are checked (bytes of records/seal.key)."""

    @property
    def claimed(self) -> str:
        """The seal of the form that the office says a file is."""

    @property
    def units(self) -> Mapping[str, str]:
        """The names that units go by, former and short ones too → the unit's name in force."""

    def form_of(self, code: str, period: str) -> Form | None:
        """Give the form of a code as it was issued for a period; None for a code that is none."""

    def understood(self, grid: Grid, identity: Identity, issue: Issue, form: Form) -> ParsedReturn:
        """Read what is known to be a unit's return, of this issue and form."""


def in_parts(grid: Grid, split: SplitBook, reader: Reader) -> ParsedParts:
    """Read every part of a file, and say of the whole what it is and what is in no part."""
    parts = tuple(ParsedPart(part.name, read_part(grid, part, split, reader)) for part in split.parts)
    labels = [named.label for part in split.parts if (named := part_name(part.name))]
    facts = {"count": str(len(parts)), "units": joined_words(labels)}
    what = Finding(Code.FROM_SITE if split.from_site else Code.SEVERAL_UNITS, Place(grid.file), facts)
    return ParsedParts(parts, (what, *beside_parts(grid, [part.rows for part in split.parts]), *_loose(grid, split)))


def read_part(grid: Grid, part: UnitPart, split: SplitBook, reader: Reader) -> ParsedReturn:
    """Read one part; one that is not sure waits, as what is proposed."""
    doubts = (_not_parted(grid, part),) if part.asked else ()
    if part.issue is None:
        return ParsedReturn(Identity(None, doubts))
    own = part_grid(grid, part.name, part.rows, form=split.form, issue=part.issue, names=reader.units)
    votes = (IdentityEvidence(part.by or "提议", part.issue.receipt, agrees=not part.asked),)
    identity = Identity(part.issue, (*doubts, *_known_by(part, split)), votes, unsure=bool(part.asked))
    read = reader.understood(own, identity, part.issue, split.form)
    free = {table.sheet for table in split.form.tables if table.subject is Subject.BLANK}  # nobody has to hand in an empty table
    found = [finding for finding in read.findings if not (split.from_site and _is_of_the_site(finding, split.form)) and not _lacks(finding, free)]
    return read._replace(findings=(*found, *_extra(grid, part), *_twice(grid, part)))


def claimed_part(grid: Grid, part: PartName, reader: Reader) -> ParsedReturn:
    """Read the rows that a part's name tells, as the form that the office says they are."""
    issue = opened(reader.claimed, reader.key)
    form = reader.form_of(issue.form, issue.period) if issue else None
    if issue is None or form is None:
        return ParsedReturn(claimed(grid, reader.claimed, reader.key))
    rows = rows_at(part.address, [sheet.name for sheet in grid.sheets])
    own = part_grid(grid, grid.file, rows, form=form, issue=issue, names=reader.units)
    return reader.understood(own, claimed(own, reader.claimed, reader.key), issue, form)


def _is_of_the_site(finding: Finding, form: Form) -> bool:
    """Whether a finding says how a form site's export looks, or that it did not ask for what nobody has to answer."""
    optional = {field.title for table in form.tables for field in table.filled if field.required in {Required.NO, Required.FINISHED}}
    return finding.code in _OF_THE_LOOK or (finding.code is Code.NO_COLUMN and finding.title in optional)


def _lacks(finding: Finding, tables: Collection[str]) -> bool:
    return finding.code is Code.NO_SHEET and finding.facts.get("sheet") in tables


def _known_by(part: UnitPart, split: SplitBook) -> Iterator[Finding]:
    issue = part.issue
    if issue is None or part.asked or split.from_site:
        return
    if part.by == "回执编号":
        yield Finding(Code.NO_SEAL, Place(part.name), {"receipt": issue.receipt})
    elif part.by == "单位名称":
        facts = {"unit": issue.unit, "period": Period.parse(issue.period).label, "receipt": issue.receipt}
        yield Finding(Code.PART_BY_NAME, Place(part.name), facts)


def _not_parted(grid: Grid, part: UnitPart) -> Finding:
    why = "；".join(list(dict.fromkeys(row.why for row in part.asked))[:MANY])
    guess = f"看来是“{part.issue.unit}”{Period.parse(part.issue.period).label}的" if part.issue else "看不出可能是谁的"
    return Finding(Code.NOT_PARTED, _place(grid, part.name, part.asked[0]), {"count": str(len(part.asked)), "why": why, "guess": guess})


def _extra(grid: Grid, part: UnitPart) -> Iterator[Finding]:
    if len(part.extra) > MANY:
        facts = {"count": str(len(part.extra)), "rows": listed([row.key for row in part.extra])}
        yield Finding(Code.ROWS_EXTRA, _place(grid, part.name, part.extra[0]), facts)
        return
    for row in part.extra:
        yield Finding(Code.ROW_EXTRA, _place(grid, part.name, row), {"row": row.key})


def _twice(grid: Grid, part: UnitPart) -> Iterator[Finding]:
    for last, before in part.twice:
        where = str(_place(grid, "", before))
        facts = {"row": row_called(last.key), "sent": plain(last.when), "where": where, "before": plain(before.when)}
        yield Finding(Code.ANSWERED_TWICE, _place(grid, part.name, last), facts)


def _loose(grid: Grid, split: SplitBook) -> Iterator[Finding]:
    texts = [(row, text) for row in split.loose for value in grid.sheets[row.sheet].rows[row.row] if (text := plain(value))]
    below = [(row, text) for row, text in texts if _is_below(row, split.parts)]
    if below:
        yield Finding(Code.BESIDE_PARTS, _place(grid, grid.file, below[0][0]), {"count": str(len(below)), "seen": short(below[0][1], 20)})


def _is_below(row: SortedRow, parts: Sequence[UnitPart]) -> bool:
    """Whether a line stands below the first row of a part: what stands above all of them is the title of the whole."""
    firsts = [min(rows) for part in parts if (rows := part.rows.get(row.sheet))]
    return not firsts or row.row > min(firsts)


def _place(grid: Grid, file: str, row: SortedRow) -> Place:
    return grid.place(grid.sheets[row.sheet], row.row, 0)._replace(file=file)

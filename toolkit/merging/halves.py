"""Several files of one issue that fill different rows or columns are one return: which files are parts of it, which are new versions of a part."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from enum import Enum

from toolkit.merging.accept_answers import outcome_of
from toolkit.merging.filed_return import FiledReturn
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Form
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Row
from toolkit.model.seal import shown_text
from toolkit.model.values import row_called

Chain = list[FiledReturn]  # the versions of one part, oldest first
Cells = Mapping[tuple[str, str, str], str]  # what is filled in: table sheet, row key and field code → the value as text

# what a part lacks because another division fills it; found anew where all parts are looked at together
OF_THE_WHOLE = frozenset({Code.BLANK, Code.ALL_ALIKE, *(code for code in Code if code.text.id.startswith("R"))})
_LACKS = frozenset({Code.NO_SHEET, Code.NO_COLUMN, Code.PREFILLED_GONE, Code.UNSIGNED})
_FEW = 2  # cells in a column of its own that make a file more than a version with one cell left out
_LONGEST = 40  # characters of a value that a sentence repeats


class Relation(Enum):
    """What a file is to an earlier one of the same unit."""

    VERSION = "says the same cells anew"
    HALF = "fills other rows or columns"
    UNCLEAR = "fills some cells of its own and many of the other's, or came at the same moment and says otherwise"


def chains_of(files: Sequence[FiledReturn]) -> list[Chain]:
    """Put a unit's files, oldest first, into parts with their versions; the part with the newest file is last.

    A later issue (a receipt that comes back) is a new version of all that came before it.
    """
    chains: list[Chain] = []
    for file in files:
        continued = [chain for chain in chains if _continues(file, chain)]
        older = sorted((filed for chain in continued for filed in chain), key=in_order)
        chains = [*(chain for chain in chains if chain not in continued), [*older, file]]
    return chains


def in_order(file: FiledReturn) -> tuple[object, int]:
    """Give what versions are put in order by: when sent; of those that came together the later issue is the later one."""
    return file.sent, file.number


def relation(file: FiledReturn, chain: Sequence[FiledReturn]) -> Relation:
    """Say by the cells that both fill in what a file is to the part before it (its versions, oldest first): HALF, VERSION or UNCLEAR."""
    mine, theirs = filled(file.rows), {key: text for filed in chain for key, text in filled(filed.rows).items()}
    own, others, both = mine.keys() - theirs.keys(), theirs.keys() - mine.keys(), mine.keys() & theirs.keys()
    together = file.sent == chain[-1].sent and file.number == chain[-1].number
    if together and any(mine[key] != theirs[key] for key in both):
        return Relation.UNCLEAR
    if 2 * len(both) <= min(len(mine), len(theirs)) and _is_of_its_own(own, theirs) and _is_of_its_own(others, mine):
        return Relation.HALF
    return Relation.UNCLEAR if _fills_apart(own, theirs) and _fills_apart(others, mine) else Relation.VERSION


def filled(rows: Sequence[Row]) -> Cells:
    """Give what rows say by (table sheet, row key, field code), as text; blanks are left out."""
    return {(row.table, row.key, code): shown_text(answer.value) for row in rows for code, answer in row.answers.items()}


def joined(parts: Sequence[FiledReturn], chains: Sequence[Chain], form: Form | None) -> FiledReturn:
    """Make one return of a unit's parts, the newest last: of two that differ in a cell the newer holds, and both are named for review."""
    newest = parts[-1]
    keys = dict.fromkeys((row.table, row.key) for part in parts for row in part.rows)
    by_part = [{(row.table, row.key): row for row in part.rows} for part in parts]
    rows: list[Row] = []
    differing: list[Finding] = []
    for key in keys:
        mine = [(part, own[key]) for part, own in zip(parts, by_part, strict=True) if key in own]
        differing += _differing(mine, form, newest.unit)
        rows.append(_whole(mine))
    remaining = [finding for part in parts for finding in part.findings if not _is_filled_elsewhere(finding, part, rows, parts)]
    unclear = [blank for blank in _unclear_blanks(parts, chains, form) if blank.place not in {finding.place for finding in remaining}]
    note = Finding(Code.JOINED, Place(newest.name), {"count": str(len(parts)), "names": "、".join(f"“{part.name}”" for part in parts[:-1])}, newest.unit)
    findings = (note, *differing, *unclear, *remaining)
    outcome, reason = outcome_of(findings)
    return newest._replace(rows=tuple(rows), findings=findings, outcome=outcome, reason=reason)


def _continues(file: FiledReturn, chain: Chain) -> bool:
    return file.number > chain[-1].number or relation(file, chain) is Relation.VERSION


def _is_of_its_own(own: AbstractSet[tuple[str, str, str]], other: Cells) -> bool:
    """Whether cells that the other does not fill are more than one that was left out."""
    return len(own) >= _FEW or _fills_apart(own, other)


def _fills_apart(own: AbstractSet[tuple[str, str, str]], other: Cells) -> bool:
    """Whether cells are in rows of which the other fills none, or are several in columns of which the other fills none."""
    rows, columns = {key[:2] for key in other}, {(table, code) for table, _, code in other}
    apart = [key for key in own if (key[0], key[2]) not in columns]
    return any(key[:2] not in rows for key in own) or len(apart) >= _FEW


def _whole(mine: Sequence[tuple[FiledReturn, Row]]) -> Row:
    """Put a row's answers together; its place is in the newest part that says something of it."""
    answers: dict[str, Answer] = {}
    for _, row in mine:
        answers |= row.answers
    base = next((row for _, row in reversed(mine) if row.answers), mine[-1][1])
    return replace(base, answers=answers, blanks={code: cell for code, cell in base.blanks.items() if code not in answers})


def _differing(mine: Sequence[tuple[FiledReturn, Row]], form: Form | None, unit: str) -> Iterator[Finding]:
    """Name both cells wherever two parts say two things of one."""
    first_answers: dict[str, tuple[FiledReturn, Answer]] = {}
    for file, row in reversed(mine):
        for code, answer in row.answers.items():
            if code not in first_answers:
                first_answers[code] = file, answer
                continue
            holding = first_answers[code][1]
            if shown_text(holding.value) != shown_text(answer.value):
                seen, again = holding.raw[:_LONGEST], answer.raw[:_LONGEST]
                facts = {"seen": seen, "again": again, "where": str(answer.place), "sent": f"{file.sent:%Y-%m-%d}", "ruled_on": f"{seen}|{again}"}
                yield Finding(Code.PARTS_DIFFER, holding.place, facts, unit, title_of(row, code, form))


def _unclear_blanks(parts: Sequence[FiledReturn], chains: Sequence[Chain], form: Form | None) -> Iterator[Finding]:
    """Ask about cells that the newest file leaves blank where it may be a version of the part that fills them."""
    newest = {(row.table, row.key): row for row in parts[-1].rows}
    for part, chain in zip(parts[:-1], chains[:-1], strict=True):
        if relation(parts[-1], chain) is not Relation.UNCLEAR:
            continue
        for row in part.rows:
            now = newest.get((row.table, row.key))
            for code, answer in row.answers.items():
                if now and (blank := now.blank(code)):
                    facts = {"sent": f"{part.sent:%Y-%m-%d}", "value": answer.raw[:_LONGEST]}
                    yield Finding(Code.BLANK_NOW, blank, facts, part.unit, title_of(row, code, form))


def _is_filled_elsewhere(finding: Finding, part: FiledReturn, rows: Sequence[Row], parts: Sequence[FiledReturn]) -> bool:
    """Whether what a finding misses in a part is in another part."""
    if finding.code is Code.ROW_MISSING:
        return finding.facts.get("row", "") in {row_called(row.key) for row in rows}
    if finding.code in _LACKS:
        return any(not _lacks(finding, filed) for filed in parts if filed is not part)
    if finding.code not in OF_THE_WHOLE:
        return False
    blanks = {blank: (row.table, row.key, code) for row in part.rows for code in row.blanks if (blank := row.blank(code))}
    there = {(row.table, row.key, code) for row in rows for code in row.answers}
    return blanks.get(finding.place) in there


def _lacks(finding: Finding, part: FiledReturn) -> bool:
    """Whether a part has a finding of the same thing."""
    return any((other.code, other.title, other.place.sheet) == (finding.code, finding.title, finding.place.sheet) for other in part.findings)


def title_of(row: Row, code: str, form: Form | None) -> str:
    """Give the title of a row's field, its code where the form is not known."""
    table = form.table(row.table) if form else None
    field = table.field(code) if table else None
    return field.title if field else code

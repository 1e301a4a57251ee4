"""What goes back to a unit: its own values, and which cells it has to look at again."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from toolkit.model.column_kinds import plain
from toolkit.model.findings import SENT_BACK, Code, Fault, Finding, Level
from toolkit.model.form import Form
from toolkit.model.issue import Issue
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place
from toolkit.model.returns import Row
from toolkit.model.seal import shown_text
from toolkit.model.values import row_called

NOT_TAKEN = frozenset(
    {Code.COLUMN_EXTRA, Code.SHEET_EXTRA, Code.SHEET_HIDDEN, Code.TEXT_OUTSIDE, Code.ROW_EXTRA, Code.ROWS_EXTRA, Code.NO_ENTRY, Code.NOT_TAKEN, Code.ACTIVE}
)  # what the unit wrote and nobody read
FOR_THE_OFFICE = frozenset(
    {
        *(Code.NO_SEAL, Code.BROKEN_SEAL, Code.UNIT_UNSEEN, Code.GUESSED, Code.DISAGREE, Code.OTHER_PERIOD, Code.OTHER_ROWS),
        *(Code.NAME_OF_OTHER, Code.SENDER_OF_OTHER, Code.OUR_FAULT, Code.WITHDRAWN),
        *(Code.DOCUMENT_TABLE, Code.PART_BY_NAME, Code.NOT_PARTED, Code.ANSWERED_TWICE),
    }
)  # doubts about the file, not about what was filled in: the office looks at them, a unit has nothing to mend
TOLD = frozenset({*FOR_THE_OFFICE, Code.REQUEST_ANSWERED, Code.OTHER_ROUND, Code.STATED}) - {Code.OUR_FAULT}  # what a receipt tells beside that
_TYPED = frozenset(
    {
        *(Code.NOT_NUMBER, Code.NOT_WHOLE, Code.NOT_DATE, Code.NOT_CHOICE, Code.TOO_LOW, Code.TOO_HIGH, Code.NOT_PHONE),
        *(Code.OTHER_UNIT, Code.IS_RANGE, Code.NODE_AHEAD),
    }
)  # their fact `seen` is what was typed into the cell
_ROW_NUMBER = lazy_pattern(r"\d+")

Key = tuple[str, str, str]


def faults_of(findings: Sequence[Finding], rows: Sequence[Row], form: Form) -> tuple[Fault, ...]:
    """Say where in the form each finding belongs, wherever the unit had moved its rows and columns to."""
    at = {(row.place.sheet, _row_number(row.place.cell)): row for row in rows}
    exactly = {(*place[:2], _row_number(place.cell)): row for row in rows for place in _places(row)}  # of several files, the cell's own
    named = {row_called(row.key): row for row in rows}
    here = (
        exactly.get((*finding.place[:2], _row_number(finding.place.cell))) or at.get((finding.place.sheet, _row_number(finding.place.cell)))
        for finding in findings
    )
    placed = (_fault(finding, named.get(plain(finding.facts.get("row"))) or row, form) for finding, row in zip(findings, here, strict=True))
    return tuple(fault._replace(kept=_is_kept(fault, rows)) for fault in placed)


def own_values(rows: Sequence[Row], faults: Sequence[Fault]) -> dict[Key, object]:
    """Give a unit's accepted values, and what it typed where that could not be accepted."""
    values: dict[Key, object] = {(row.table, row.key, code): answer.value for row in rows for code, answer in row.answers.items()}
    typed = {(fault.table, fault.key, fault.code): fault.finding.facts["seen"] for fault in faults if fault.finding.code in _TYPED and fault.code}
    return values | typed


def opinions(faults: Sequence[Fault]) -> dict[Key, list[str]]:
    """Collect the office's words by cell, and by row ('' as the field) where no cell is meant."""
    sentences: dict[Key, list[str]] = {}
    for fault in faults:
        if fault.key:
            sentences.setdefault((fault.table, fault.key, fault.code), []).append(f"{fault.finding.message}{fault.advice}")
    return sentences


def with_values(issue: Issue, values: Mapping[Key, object]) -> Issue:
    """Put a unit's own values into the baseline, so that the next return tells what was touched."""
    by_row: dict[tuple[str, str], dict[str, str]] = {}
    for (table, key, code), value in values.items():
        by_row.setdefault((table, key), {})[code] = shown_text(value)
    tables = {sheet: tuple(replace(row, filled=by_row.get((sheet, row.key), {})) for row in rows) for sheet, rows in issue.tables.items()}
    return replace(issue, tables=tables)


def to_mend(findings: Sequence[Finding]) -> list[Finding]:
    """Pick what a unit has to act on, errors first: what is wrong or doubtful, and whatever the clerk sent back; not what it has answered."""
    wanted = [finding for finding in findings if not finding.answered and (finding.verdict == SENT_BACK or _asks(finding))]
    return sorted(wanted, key=lambda finding: list(Level).index(finding.level))


def _asks(finding: Finding) -> bool:
    return finding.level is not Level.NOTE and finding.code not in NOT_TAKEN and finding.code not in FOR_THE_OFFICE


def _places(row: Row) -> Iterator[Place]:
    yield from (row.place, *(answer.place for answer in row.answers.values()))
    yield from (place for code in row.blanks if (place := row.blank(code)))


def _fault(finding: Finding, row: Row | None, form: Form) -> Fault:
    table = form.table(row.table if row else finding.place.sheet)
    field = next((field for field in table.fields if field.title == finding.title), None) if table else None
    return Fault(finding, row.table if row else table.sheet if table else "", row.key if row else "", field.code if field else "")


def _is_kept(fault: Fault, rows: Sequence[Row]) -> bool:
    """Whether all that stands where a fault is comes from another file than the one that it was found in; a fault of no row or column is about the file."""
    if fault.finding.code in _TYPED or not (fault.key or fault.code):
        return False
    mine = [row for row in rows if row.table == fault.table and fault.key in {"", row.key}]
    answers = [answer for row in mine for code, answer in row.answers.items() if fault.code in {"", code}]
    return bool(answers) and all(answer.place.file != fault.finding.place.file for answer in answers)


def _row_number(cell: str) -> int:
    found = _ROW_NUMBER.search(cell)
    return int(found[0]) if found else 0

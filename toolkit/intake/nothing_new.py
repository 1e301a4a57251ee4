"""Whether a returned form says anything: one in which no cell was typed, or a receipt that came back just as it went out."""

from collections.abc import Mapping, Sequence

from toolkit.intake.office_text import OfficeText
from toolkit.intake.unchanged_tables import unchanged_tables
from toolkit.model.column_kinds import plain
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Field, Form, Subject
from toolkit.model.issue import Issue, IssuedRow
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Grid, GridSheet, Row
from toolkit.model.seal import shown_text

_TYPED_ELSEWHERE = frozenset(
    {
        *(Code.TEXT_OUTSIDE, Code.TEXT_ABOVE, Code.SHEET_EXTRA, Code.SHEETS_EXTRA, Code.SHEET_HIDDEN, Code.COLUMN_EXTRA, Code.UNSURE),
        *(Code.ROW_EXTRA, Code.ROWS_EXTRA, Code.ROW_MIXED, Code.ROW_SHIFTED, Code.CELL_TWICE, Code.CHANGED, Code.CHANGED_MANY, Code.NO_COLUMN),
        *(Code.BESIDE, Code.ONLY_BESIDE, Code.COMMENTS, Code.NOT_TAKEN, Code.IS_PICTURE, Code.STRUCK, Code.CELL_ERROR, Code.NO_RESULT, Code.COVERED),
        *(Code.UNSEEN, Code.STATED, Code.STATED_UNCLEAR, Code.WITHDRAWN, Code.WITHDRAW_UNCLEAR),
    }
)  # findings that say that a person wrote, or put, something somewhere


def nothing_new(grid: Grid, issue: Issue, form: Form, *, rows: Sequence[Row], signed: Mapping[str, Answer], found: Sequence[Finding]) -> Finding | None:
    """Say that a return holds nothing new: BLANK_FORM, or UNCHANGED; None where something was typed, or nothing has to be filled in."""
    if any(finding.code in _TYPED_ELSEWHERE for finding in found) or any(answer.value for answer in signed.values()):
        return None
    if any(row.filled for table in issue.tables.values() for row in table):
        return Finding(Code.UNCHANGED, Place(grid.file)) if _as_given(grid, issue, form) else None
    if all(table.subject is Subject.BLANK for table in form.tables):  # an empty one says that there is nothing to report
        return None
    filled = {table.sheet: table.filled for table in form.tables}
    cells = [(row, field) for row in rows for field in filled.get(row.table, ())]
    blank = bool(cells) and not any(row.answers for row in rows) and all(field.code in row.blanks for row, field in cells)
    return Finding(Code.BLANK_FORM, Place(grid.file)) if blank else None


def _as_given(grid: Grid, issue: Issue, form: Form) -> bool:
    """Whether every cell to fill in of a receipt holds what it was given back with."""
    pieces = unchanged_tables(grid, issue, form, OfficeText(form, issue))
    if pieces is None:
        return False
    for table in form.tables_with(issue.filled_sheets):
        piece = pieces[table.sheet]
        for at, row in enumerate(issue.tables.get(table.sheet, ()), piece.header.bottom + 1):
            if not all(_same(field, piece.header.sheet, at, piece.columns[field.code], row) for field in table.filled):
                return False
    return True


def _same(field: Field, sheet: GridSheet, at: int, column: int, row: IssuedRow) -> bool:
    raw, given = sheet.at(at, column), row.filled.get(field.code, "")
    if plain(raw) == plain(given):
        return True
    return bool(plain(raw) and given) and shown_text(field.kind.read(raw, field.limits).value) == given

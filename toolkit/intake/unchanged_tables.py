"""Recognises a workbook whose tables stand just as they were issued: then nothing has to be searched for, matched or compared."""

from collections.abc import Sequence

from toolkit.intake.header_rows import Header
from toolkit.intake.match_columns import OFFICE_COLUMNS, Located
from toolkit.intake.office_text import NO_ROWS, OfficeText
from toolkit.model.column_kinds import plain
from toolkit.model.form import Form, Source, Subject, Table
from toolkit.model.issue import Issue, IssuedRow
from toolkit.model.returns import Grid, GridSheet
from toolkit.model.seal import shown_text

_SEARCHED = 12  # rows in which a header stands that nobody has moved far


def unchanged_tables(grid: Grid, issue: Issue, form: Form, ours: OfficeText) -> dict[str, Located] | None:
    """Give each table's one piece by sheet name, whose rows stand in the order they were issued in; None as soon as anything is not as it was issued."""
    tables = {table.sheet: table for table in form.tables_with(issue.filled_sheets)}
    if sorted(sheet.name for sheet in grid.sheets if not ours.sheet(sheet.name)) != sorted(tables):
        return None
    found: dict[str, Located] = {}
    for sheet in grid.sheets:
        if sheet.name in tables:
            piece = None if sheet.hidden else _piece(sheet, tables[sheet.name], issue.tables.get(sheet.name, ()), ours)
            if piece is None:
                return None
            found[sheet.name] = piece
    return found


def _piece(sheet: GridSheet, table: Table, issued: Sequence[IssuedRow], ours: OfficeText) -> Located | None:
    titles = [field.title for field in table.fields]
    top = next((at for at, row in enumerate(sheet.rows[:_SEARCHED]) if list(row[: len(titles)]) == titles), None)
    if top is None:
        return None
    first, end = top + 1, top + 1 + len(issued)
    if not issued:
        end = next((at for at in range(first, len(sheet.rows)) if ours.sign_off(sheet.rows[at])), len(sheet.rows))
    merged = any(bottom >= first and upper < end for upper, _, bottom, _ in sheet.merges) and bool(issued)
    behind = next((row for row in sheet.rows[end:] if any(map(plain, row))), None)
    # empty lines at the end of a sheet are not in the file: those of a table that nobody typed into, without a place to sign below
    if merged or (len(sheet.rows) < end and table.subject is not Subject.BLANK) or (behind is not None and not ours.sign_off(behind)):
        return None
    if not (_body_agrees(sheet, table, issued, top) if issued else _is_empty(sheet, first, end)):
        return None
    return Located(Header(sheet, table, top, top, min(end, len(sheet.rows))), {field.code: column for column, field in enumerate(table.fields)})


def _body_agrees(sheet: GridSheet, table: Table, issued: Sequence[IssuedRow], top: int) -> bool:
    """Whether every prefilled cell says what was issued and nothing stands beside the table but the office's own column."""
    width = len(table.fields)
    beside = [value for value in sheet.rows[top][width:] if plain(value)]
    if any(value not in OFFICE_COLUMNS for value in beside):
        return False
    shown = [(column, field.code) for column, field in enumerate(table.fields) if field.source is Source.PREFILLED]
    for row, raw in zip(issued, sheet.rows[top + 1 :], strict=False):
        if not beside and len(raw) > width and any(map(plain, raw[width:])):
            return False
        for column, code in shown:
            seen, baseline = raw[column] if column < len(raw) else None, row.shown.get(code)
            if seen != baseline and plain(seen) != shown_text(baseline):
                return False
    return True


def _is_empty(sheet: GridSheet, first: int, end: int) -> bool:
    """Whether a table that was issued without rows is still without."""
    return all(text == NO_ROWS for row in sheet.rows[first:end] for value in row if (text := plain(value)))

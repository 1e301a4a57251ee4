"""Finds every piece of a form's tables in a returned workbook: its sheet, its header, its columns."""

from collections.abc import Iterator, Sequence

from toolkit.intake.finding_notes import FindingNotes, listed
from toolkit.intake.header_rows import Header, body_end, find_headers
from toolkit.intake.match_columns import FITTING, Located, fit_columns, match_columns
from toolkit.intake.office_text import OfficeText
from toolkit.intake.title_similarity import plain_title
from toolkit.model.column_kinds import plain
from toolkit.model.findings import OPTIONAL, Code, Finding
from toolkit.model.form import NAMED_BY, Field, Form, Source, Table
from toolkit.model.issue import Issue, IssuedRow
from toolkit.model.place import Place
from toolkit.model.returns import GridSheet
from toolkit.model.seal import shown_text

_NAMES = frozenset(("目标任务", *NAMED_BY.values()))  # what tells rows apart when their numbers have been moved
_AGREEING = 0.8  # share of prefilled cells that must stand at their issued places where there is no header to go by


def locate(form: Form, issue: Issue, ours: OfficeText, notes: FindingNotes) -> dict[str, tuple[Located, ...]]:
    """Find the pieces of each table by its sheet's name; repairs, doubts and what is missing are findings."""
    sheets = [sheet for sheet in notes.grid.sheets if not ours.sheet(sheet.name)]
    keys = {sheet: frozenset(plain_title(row.number) for row in rows) for sheet, rows in issue.tables.items()}
    headers = [header for sheet in sheets if not sheet.hidden for header in find_headers(sheet, form.tables, keys, ours.sign_off)]
    found: dict[str, tuple[Located, ...]] = {}
    for table in form.tables:
        issued = issue.tables.get(table.sheet, ())
        mine = [header for header in headers if header.table is table]
        if issued and not mine:
            hidden = (header for sheet in sheets if sheet.hidden for header in find_headers(sheet, form.tables, keys, ours.sign_off))
            mine = [header for header in hidden if header.table is table]
        pieces = [match_columns(header, baseline_of(table, issued), notes) for header in mine]
        if issued and not pieces:
            pieces = list(_without_header(table, issued, sheets, headers, ours, notes))
        if issued and not pieces:
            _report_gone(table, issued, [sheet for sheet in sheets if not any(header.sheet is sheet for header in headers)], notes)
        elif issued:
            _report(table, pieces, notes)
        found[table.sheet] = tuple(pieces)
    return found


def baseline_of(table: Table, issued: Sequence[IssuedRow]) -> dict[str, frozenset[str]]:
    """Give the issued values of each prefilled column: field code → texts without blanks and width; what was issued blank is left out."""
    prefilled = [field.code for field in table.fields if field.source is Source.PREFILLED]
    return {code: frozenset(plain_title(text) for row in issued if (text := shown_text(row.shown.get(code)))) for code in prefilled}


def _without_header(
    table: Table, issued: Sequence[IssuedRow], sheets: Sequence[GridSheet], headers: Sequence[Header], ours: OfficeText, notes: FindingNotes
) -> Iterator[Located]:
    """Find a table whose header is gone by its issued rows standing at their issued places; each column so read is for review."""
    number = next((at for at, field in enumerate(table.fields) if field.taken_from == "编号"), None)
    if number is None:
        return
    for sheet in sheets:
        spots = _numbered(sheet, issued)
        left = spots[0][1] - number if spots else -1
        if left < 0 or len(spots) * 2 < len(issued) or not _agrees(table, sheet, spots, left):
            continue
        first = spots[0][0]
        end = min((header.top for header in headers if header.sheet is sheet and header.top > first), default=len(sheet.rows))
        end = body_end(sheet, first, end, frozenset(plain_title(row.number) for row in issued), ours.sign_off)
        values = {field.code: [value for at in range(first, end) if plain(value := sheet.at(at, left + here))] for here, field in enumerate(table.fields)}
        if any((share := fit_columns(field, values[field.code], frozenset())) is not None and share < FITTING for field in table.filled):
            continue
        notes.say(Code.HEADER_LOST, sheet, max(first - 1, 0), left, sheet=table.sheet)
        for here, field in enumerate(table.fields):
            if field.source is Source.FILLED and values[field.code]:
                notes.say_column(Code.PLACED, sheet, max(first - 1, 0), left + here, title=field.title, seen="（空）")
        yield Located(Header(sheet, table, first, first - 1, end), {field.code: left + at for at, field in enumerate(table.fields)})
        return


def _numbered(sheet: GridSheet, issued: Sequence[IssuedRow]) -> list[tuple[int, int, IssuedRow]]:
    """Give the issued rows of a sheet (row, column, issued row): those in the column that holds most of the issued numbers."""
    by_number = {plain_title(row.number): row for row in issued}
    spots = [
        (at, column, by_number[seen])
        for at, row in enumerate(sheet.rows)
        for column, value in enumerate(row)
        if (seen := plain_title(plain(value))) in by_number
    ]
    columns = [column for _, column, _ in spots]
    best = max(columns, key=columns.count, default=None)
    return [spot for spot in spots if spot[1] == best]


def _agrees(table: Table, sheet: GridSheet, spots: Sequence[tuple[int, int, IssuedRow]], left: int) -> bool:
    """Whether prefilled cells stand at their issued places beside the numbers."""
    cells = [
        plain_title(plain(sheet.at(at, left + column))) == plain_title(text)
        for at, _, row in spots
        for column, field in enumerate(table.fields)
        if field.source is Source.PREFILLED and field.taken_from != "编号" and (text := shown_text(row.shown.get(field.code)))
    ]
    return len(cells) >= 1 and sum(cells) >= len(cells) * _AGREEING


def _report_gone(table: Table, issued: Sequence[IssuedRow], others: Sequence[GridSheet], notes: FindingNotes) -> None:
    """Say that a table is not there, or where its numbers stand in a shape that is none of its own: turned on its side, a block a task."""
    numbers = {plain_title(row.number) for row in issued}
    spots = [(sheet, at, column, seen) for sheet in others for at, column, seen in _cells(sheet) if seen in numbers]
    if 2 * len({seen for *_, seen in spots}) >= len(numbers) and not table.is_optional:
        sheet, at, column, _ = spots[0]
        notes.say(Code.TABLE_UNREAD, sheet, at, column, sheet=table.sheet)
        return
    may_be_left_out = {OPTIONAL: "是"} if table.is_optional else {}
    notes.append(Finding(Code.NO_SHEET, Place(notes.grid.file, table.sheet), {"sheet": table.sheet, **may_be_left_out}))


def _cells(sheet: GridSheet) -> Iterator[tuple[int, int, str]]:
    return ((at, column, plain_title(plain(value))) for at, row in enumerate(sheet.rows) for column, value in enumerate(row) if value is not None)


def _report(table: Table, pieces: Sequence[Located], notes: FindingNotes) -> None:
    """Say where a table was found and what of it was not."""
    names = list(dict.fromkeys(piece.header.sheet.name for piece in pieces))
    first = pieces[0].header
    if table.sheet not in names:
        notes.say(Code.SHEET_RENAMED, first.sheet, max(first.top, 0), 0, title=table.sheet, seen="、".join(names))
    if len(pieces) > 1:
        places = [f"{piece.header.sheet.name}第 {piece.header.top + 1} 行" for piece in pieces]
        notes.say(Code.TABLE_SPLIT, first.sheet, first.top, 0, count=str(len(pieces)), places=listed(places))
    for field in table.fields:
        if field.source is Source.PREFILLED and field.taken_from in _NAMES:
            _report_nameless(field, pieces, notes)
        elif not any(field.code in piece.columns for piece in pieces):
            _report_missing(field, first, notes)


def _report_nameless(field: Field, pieces: Sequence[Located], notes: FindingNotes) -> None:
    """Name each piece that holds answers without what tells its rows apart: there is only their number to go by."""
    for piece in pieces:
        if field.code not in piece.columns and any(field.code in piece.columns for field in piece.header.table.filled):
            notes.say(Code.NAME_GONE, piece.header.sheet, max(piece.header.bottom, 0), 0, title=field.title)


def _report_missing(field: Field, header: Header, notes: FindingNotes) -> None:
    asked = any(note.code is Code.UNSURE and note.title == field.title for note in notes)
    if field.source is Source.FILLED and not asked:
        notes.say(Code.NO_COLUMN, header.sheet, max(header.bottom, 0), 0, title=field.title)
    elif field.source is Source.PREFILLED:
        notes.say(Code.PREFILLED_GONE, header.sheet, max(header.bottom, 0), 0, title=field.title)

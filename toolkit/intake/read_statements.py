"""Reads what a unit wrote into 单位说明 of its receipt: confirmations and remarks are findings, what it takes back is taken out of its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from toolkit.intake.finding_notes import FindingNotes
from toolkit.intake.header_rows import titles_of
from toolkit.intake.match_columns import Located
from toolkit.intake.office_text import OfficeText
from toolkit.intake.title_similarity import plain_title
from toolkit.model.column_kinds import plain
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Field, Form, Table
from toolkit.model.issue import Issue
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place
from toolkit.model.returns import GridSheet, Row
from toolkit.model.unit_statements import FIRST_ISSUED_ROW, MOST_WORDS, OPINION, STATEMENT, STATEMENT_TITLES, Meaning, parse_statement

_QUOTED = lazy_pattern(r"“([^”]+)”")
_DIGITS = lazy_pattern(r"\d+")
_MOST_OPINION = 4000
_QUESTION, _REMEDY, _SHEET, _CELL, _TITLE = "问题", "怎么改", "位置", "单元格", "栏目"  # columns of a receipt's first sheet


class _Statement(NamedTuple):
    """A unit's words: on which row (key '' for none), beside which of the office's, where, and the columns that they may name."""

    table: Table | None
    key: str
    words: str
    opinion: str
    place: Place
    about: str = ""  # the one column that the line is about, where it is about one


def with_statements_read(rows: Sequence[Row], pieces: Mapping[str, Sequence[Located]], issue: Issue, form: Form, notes: FindingNotes) -> tuple[Row, ...]:
    """Give the rows without what was taken back; statements become findings among the notes."""
    found = [*_statements_beside_rows(rows, pieces, form, notes), *_on_first_sheet(issue, form, notes)]
    if not found:
        return tuple(rows)
    by_key = {(row.table, row.key): row for row in rows}
    for statement in found:
        key = (statement.table.sheet if statement.table else "", statement.key)
        row = _carried_out(statement, by_key.get(key), pieces, notes)
        if row is not None:
            by_key[key] = row
    return tuple(by_key[row.table, row.key] for row in rows)


def _statements_beside_rows(rows: Sequence[Row], pieces: Mapping[str, Sequence[Located]], form: Form, notes: FindingNotes) -> Iterator[_Statement]:
    """Give what stands in the column beside each table."""
    for table in form.tables:
        for piece in pieces.get(table.sheet, ()):
            titles = [[*map(plain_title, names)] for names in titles_of(piece.header)]
            if STATEMENT_TITLES.isdisjoint(chain.from_iterable(titles)):
                continue
            own = {plain_title(field.title) for field in table.fields}
            number = next((at for at, names in enumerate(titles) if STATEMENT_TITLES & {*names} - own), None)
            office = next((at for at, names in enumerate(titles) if OPINION in names), None)
            at_line = {(row.place.sheet, _line(row.place.cell)): row.key for row in rows if row.table == table.sheet}
            for at in range(piece.header.bottom + 1, piece.header.end) if number is not None else ():
                sheet = piece.header.sheet
                words, opinion = plain(sheet.at(at, number or 0)), plain(sheet.at(at, office)) if office is not None else ""
                if words:
                    yield _Statement(table, at_line.get((sheet.name, at + 1), ""), words, opinion, notes.grid.place(sheet, at, number or 0))


def _on_first_sheet(issue: Issue, form: Form, notes: FindingNotes) -> Iterator[_Statement]:
    """Give what stands behind the lines of 需修改的 N 处; their cells are those of the receipt as it was issued."""
    for sheet in notes.grid.sheets:
        head = _head_of(sheet) if OfficeText.is_list(sheet.name) else None
        if head is None:
            continue
        columns = {plain(value): at for at, value in enumerate(sheet.rows[head]) if plain(value)}
        for at in range(head + 1, len(sheet.rows)):
            line = {title: plain(sheet.at(at, column)) for title, column in columns.items()}
            if not line.get(STATEMENT) or not line.get(_QUESTION):
                continue
            table = form.table(line.get(_SHEET, ""))
            issued = issue.tables.get(table.sheet, ()) if table else ()
            row = _line(line.get(_CELL, "")) - FIRST_ISSUED_ROW - 1
            key = issued[row].key if 0 <= row < len(issued) else ""
            opinion = line[_QUESTION] + line.get(_REMEDY, "")
            yield _Statement(table, key, line[STATEMENT], opinion, notes.grid.place(sheet, at, columns[STATEMENT]), line.get(_TITLE, ""))


def _head_of(sheet: GridSheet) -> int | None:
    return next((at for at, row in enumerate(sheet.rows[:12]) if {_QUESTION, STATEMENT} <= {*map(plain, row)}), None)


def _carried_out(statement: _Statement, row: Row | None, pieces: Mapping[str, Sequence[Located]], notes: FindingNotes) -> Row | None:
    """Say what a statement is as a finding, and do what it asks for; gives the row as it is then."""
    fields = statement.table.filled if statement.table and row else ()
    parsed = parse_statement(statement.words, [field.title for field in fields])
    words = statement.words[:MOST_WORDS]
    facts = {"words": words, "opinion": statement.opinion[:_MOST_OPINION], "table": statement.table.sheet if statement.table else "", "key": statement.key}
    if parsed.meaning is Meaning.WITHDRAWN:
        chosen = [field for field in _chosen(statement, fields, parsed.titles) if row and (parsed.titles or field.code not in row.blanks)]
        if row is None or not chosen:
            choices = "、".join(field.title for field in fields[:2]) or "累计进度"
            notes.append(Finding(Code.WITHDRAW_UNCLEAR, statement.place, {"words": words, "choices": choices}, title=STATEMENT))
            return row
        for field in chosen:
            row = taken_back(row, field, _cell(row, field, pieces, notes), words, notes)
        return row
    code = Code.STATED_UNCLEAR if parsed.meaning is Meaning.UNCLEAR else Code.STATED
    notes.append(Finding(code, statement.place, {**facts, "meaning": parsed.meaning.value, "titles": "、".join(parsed.titles)}, title=STATEMENT))
    return row


def _chosen(statement: _Statement, fields: Sequence[Field], titles: Sequence[str]) -> list[Field]:
    """Give the columns that are taken back: those that are named, else the one that the office's words are about; [] where it is not sure."""
    if titles:
        return [field for field in fields if field.title in titles]
    about = {statement.about} if statement.about else {*_QUOTED.findall(statement.opinion)}
    found = [field for field in fields if field.title in about]
    return found if len(found) == 1 else []


def taken_back(row: Row, field: Field, place: Place | None, words: str, notes: FindingNotes) -> Row:
    """Give a row without a field's value; what was said of the value falls away, that it was taken back is said at its cell."""
    answers, blanks = {code: answer for code, answer in row.answers.items() if code != field.code}, dict(row.blanks)
    if place is None:
        place = row.place
    else:
        blanks[field.code] = place.cell if place.sheet == row.place.sheet else f"{place.sheet}!{place.cell}"
        notes[:] = [finding for finding in notes if finding.place != place]
    facts = {"words": words[:40], "table": row.table, "key": row.key, "field": field.code}
    notes.append(Finding(Code.WITHDRAWN, place, facts, title=field.title))
    return replace(row, answers=answers, blanks=blanks)


def _cell(row: Row, field: Field, pieces: Mapping[str, Sequence[Located]], notes: FindingNotes) -> Place | None:
    """Name the cell of a row's field, None where the row's piece of the table has no such column."""
    answer = row.answers.get(field.code)
    if answer is not None:
        return answer.place
    at = _line(row.place.cell) - 1
    for piece in pieces.get(row.table, ()):
        header = piece.header
        if header.sheet.name == row.place.sheet and header.bottom < at < header.end and field.code in piece.columns:
            return notes.grid.place(header.sheet, at, piece.columns[field.code])
    return None


def _line(cell: str) -> int:
    found = _DIGITS.search(cell)
    return int(found[0]) if found else 0

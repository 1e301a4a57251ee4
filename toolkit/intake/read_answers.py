"""Reads a recognised workbook into typed answers, each with its place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from toolkit.intake.column_units import ColumnUnits, from_unit, typed_unit
from toolkit.intake.finding_notes import MANY, FindingNotes, listed
from toolkit.intake.locate_tables import locate
from toolkit.intake.match_columns import Located
from toolkit.intake.match_rows import Matcher, RowPlace
from toolkit.intake.needless_lines import without_needless
from toolkit.intake.office_text import OfficeText
from toolkit.intake.read_statements import with_statements_read
from toolkit.intake.shifted_cells import shifted_choice
from toolkit.intake.text_outside import report_outside
from toolkit.intake.title_similarity import same_text, short
from toolkit.intake.typed_results import report_typed_results
from toolkit.intake.unchanged_tables import unchanged_tables
from toolkit.model.column_kinds import Limits, Reading, plain
from toolkit.model.ditto_words import is_ditto
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Field, Form, Source, Subject, Table, Total
from toolkit.model.issue import Issue, IssuedRow
from toolkit.model.numerals import unit_of
from toolkit.model.period import Period
from toolkit.model.place import Place, column_letters
from toolkit.model.returns import Answer, Grid, GridSheet, Row
from toolkit.model.seal import shown_text
from toolkit.model.unit_statements import withdraws
from toolkit.model.units_of_measure import unit_in_caption
from toolkit.model.values import row_called


def read_rows(grid: Grid, issue: Issue, form: Form) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Read every table of a return; rows come in the order they were issued in, every repair and doubt is a finding."""
    notes, ours, period = FindingNotes(grid), OfficeText(form, issue), Period.parse(issue.period)
    rows, caption = list[Row](), unit_in_caption(form.title)
    as_issued = unchanged_tables(grid, issue, form, ours)
    pieces: dict[str, tuple[Located, ...]]
    if as_issued is not None:
        pieces = {name: (piece,) for name, piece in as_issued.items()}
        for table in form.tables_with(issue.filled_sheets):
            read = _Reader(table, period, notes, caption).read_as_issued(issue.tables.get(table.sheet, ()), as_issued[table.sheet])
            rows += without_needless(read, table, notes)
    else:
        pieces = locate(form, issue, ours, notes)
        for table in form.tables:
            issued = issue.tables.get(table.sheet, ())
            matcher = Matcher(table, issued, ours, notes)
            spots = matcher.match(pieces[table.sheet])
            rows += without_needless(_Reader(table, period, notes, caption).read((*issued, *matcher.added), spots), table, notes)
    report_outside(pieces, ours, notes)
    return with_statements_read(rows, pieces, issue, form, notes), tuple(notes)


class _Reader:
    """Reads the matched rows of one table."""

    def __init__(self, table: Table, period: Period, notes: FindingNotes, caption: str) -> None:
        self._table, self._notes = table, notes
        self._year, self._starts = period.year, period.begins
        self._units = ColumnUnits(notes, caption)
        self._unit_field = next((field for field in table.fields if field.taken_from == "单位" and table.subject is Subject.INDICATOR), None)
        self._known_limits: dict[tuple[str, str], Limits] = {}
        self._changes: dict[tuple[str, str], list[tuple[GridSheet, int, int, Finding]]] = {}

    def read_as_issued(self, issued: Sequence[IssuedRow], piece: Located) -> list[Row]:
        """Read the rows of a table that stands just as it was issued."""
        columns = [(field, piece.columns[field.code], column_letters(piece.columns[field.code])) for field in self._table.filled]
        spots = [RowPlace(piece, at) for at in range(piece.header.bottom + 1, piece.header.bottom + 1 + len(issued))]
        rows = [self._row_as_issued(row, spot, columns) for row, spot in zip(issued, spots, strict=True)]
        report_typed_results(self._table, spots, self._notes)
        return rows

    def _row_as_issued(self, issued: IssuedRow, spot: RowPlace, columns: Sequence[tuple[Field, int, str]]) -> Row:
        sheet = spot.piece.header.sheet
        cells = sheet.rows[spot.at] if spot.at < len(sheet.rows) else ()  # an empty line at the end of a sheet is not in the file
        answers: dict[str, Answer] = {}
        blanks: dict[str, str] = {}
        unit, line, file = self._unit(issued), str(spot.at + 1), self._notes.grid.file
        if cells and self._is_shifted(issued, spot, unit):
            columns = ()
        for field, column, letters in columns:
            raw = cells[column] if column < len(cells) else None
            if raw is None or not plain(raw):
                blanks[field.code] = letters + line
                continue
            if _withdraws(field, raw):
                self._taken_back(issued, field, raw, Place(file, sheet.name, letters + line))
                blanks[field.code] = letters + line
                continue
            answer = self._understood(field, spot, raw, unit, Place(file, sheet.name, letters + line))
            if answer is not None:
                answers[field.code] = answer
        return Row(self._table.sheet, issued.key, issued.number, issued.role, answers, self._notes.grid.place(sheet, spot.at, 0), blanks)

    def read(self, issued: Sequence[IssuedRow], spots: Mapping[str, Sequence[RowPlace]]) -> list[Row]:
        """Read the rows that were found, in the order they were issued in, and hold their prefilled cells against what was issued."""
        rows = [self._row(row, spots[row.key]) for row in issued if row.key in spots]
        self._report_changes()
        report_typed_results(self._table, [spots[row.key][0] for row in issued if row.key in spots], self._notes)
        return rows

    def _row(self, issued: IssuedRow, spots: Sequence[RowPlace]) -> Row:
        for spot in (spot for spot in spots if not spot.continues):
            self._compare(issued, spot)
        answers: dict[str, Answer] = {}
        blanks: dict[str, str] = {}
        limits = self._unit(issued)
        start = self._notes.grid.place(spots[0].piece.header.sheet, spots[0].at, 0)
        for field in self._table.filled if len(spots) > 1 or not self._is_shifted(issued, spots[0], limits) else ():
            cells = [cell for spot in spots if field.code in spot.piece.columns for cell in spot.with_twins(field.code)]
            typed = [spot for spot in cells if spot.raw(field) is not None and spot.text(field) and not self._is_covered(field, spot)]
            back = bool(typed) and all(_withdraws(field, spot.raw(field)) for spot in typed)
            answering = [] if back else typed
            if back:
                self._taken_back(issued, field, typed[0].raw(field), self._place(typed[0], field))
            if answering:
                answer = self._answer(issued, field, answering, limits)
                if answer is not None:
                    answers[field.code] = answer
            elif cells:
                answer = None if back else self._from_above(field, cells[0], limits)
                if answer is None:
                    blank = self._place(cells[0], field)
                    blanks[field.code] = blank.cell if blank.sheet == start.sheet else f"{blank.sheet}!{blank.cell}"
                else:
                    answers[field.code] = answer
            else:
                self._gap(issued, field, spots)
        return Row(self._table.sheet, issued.key, issued.number, issued.role, answers, start, blanks)

    def _is_shifted(self, issued: IssuedRow, spot: RowPlace, unit: str) -> bool:
        """Whether a row's cells stand one column beside their own, which is said: none of them is taken."""
        found = shifted_choice(self._table, spot, lambda field: self._limits(field, field.limits.unit or unit))
        if found:
            beside = self._notes.grid.place(spot.piece.header.sheet, spot.at, found[1]).cell
            self._say(Code.ROW_SHIFTED, spot, found[0], {"row": row_called(issued.key), "cell": beside})
        return bool(found)

    def _gap(self, issued: IssuedRow, field: Field, spots: Sequence[RowPlace]) -> None:
        """Say that a row's piece of the table lacks a column, or that the row is missing from the piece that has it."""
        header = spots[0].piece.header
        sheet, row = header.sheet, max(header.bottom, 0)
        if any(note.title == field.title and note.code in {Code.UNSURE, Code.NO_COLUMN} and note.place.sheet == sheet.name for note in self._notes):
            return
        held = {code for spot in spots for code in spot.piece.columns}
        if 2 * sum(field.code in held for field in self._table.filled) >= len(self._table.filled):
            self._notes.say(Code.NO_COLUMN, sheet, row, 0, title=field.title)
        elif not any(note.code is Code.ROW_MISSING and note.facts.get("row") == row_called(issued.key) for note in self._notes):
            self._notes.say(Code.ROW_MISSING, sheet, row, 0, row=row_called(issued.key))

    def _answer(self, issued: IssuedRow, field: Field, spots: Sequence[RowPlace], unit: str) -> Answer | None:
        """Understand a cell; where a row stands twice and says two things, nothing is taken."""
        first = spots[0]
        other = next((spot for spot in spots[1:] if not spot.continues and not same_text(spot.text(field), first.text(field))), None)
        if other is not None:
            facts = {"row": row_called(issued.key), "seen": short(first.text(field)), "again": short(other.text(field))}
            there, again = self._place(first, field), self._place(other, field)
            self._say(Code.CELL_TWICE, first, field, facts | {"other": again.cell if again.sheet == there.sheet else f"{again.sheet}!{again.cell}"})
            return None
        more = [spot for spot in spots if spot.continues]
        raw = "\n".join(dict.fromkeys(spot.text(field) for spot in spots)) if more else first.raw(field)
        if more:
            lines = listed([str(spot.at + 1) for spot in more])
            self._say(Code.CONTINUED, first, field, {"lines": lines, "row": row_called(issued.key)})
        return self._understood(field, first, raw, unit, self._place(first, field))

    def _taken_back(self, issued: IssuedRow, field: Field, raw: object, place: Place) -> None:
        """Say that 撤回 stands in a cell in the place of a value."""
        facts = {"words": short(plain(raw), 40), "table": self._table.sheet, "key": issued.key, "field": field.code}
        self._notes.append(Finding(Code.WITHDRAWN, place, facts, title=field.title))

    def _understood(self, field: Field, first: RowPlace, raw: object, unit: str, place: Place) -> Answer | None:
        meant = self._ditto(field, first) if isinstance(raw, str) and is_ditto(raw) else raw
        reading = self._meant(field, first, meant, unit)
        if reading.code is not None:
            self._notes.append(Finding(reading.code, place, dict(reading.facts), title=field.title))
        elif meant is not raw:
            facts = {"seen": plain(raw), "value": f"“{short(plain(meant))}”"}
            self._notes.append(Finding(Code.UNDERSTOOD, place, facts, title=field.title))
        return None if reading.value is None else Answer(reading.value, plain(raw), place)

    def _meant(self, field: Field, spot: RowPlace, raw: object, unit: str) -> Reading:
        """Read a cell in the unit of measure of its column, else of its row (`unit`); a unit that the table's own header names goes first."""
        named, wanted = self._units.named(spot.piece, field), field.limits.unit
        if not named and unit and not wanted and field.kind.numeric:
            typed = typed_unit(spot.text(self._unit_field), unit)
            if typed:
                return from_unit(field.kind.read(raw, self._limits(field, typed)), raw, typed, unit, Code.OTHER_ROW_UNIT)
        if not (wanted or unit):
            named = self._units.scaled(spot.piece, field)
            wanted = unit_of(named)[1]
        reading = field.kind.read(raw, self._limits(field, named or wanted or unit))
        return from_unit(reading, raw, named, wanted) if named else reading

    def _is_covered(self, field: Field, spot: RowPlace) -> bool:
        """Whether a cell lies under a merged one, where nobody sees what stands in it; said where that is something else."""
        sheet, column = spot.piece.header.sheet, spot.piece.columns[field.code]
        first = sheet.covered_by(spot.at, column) if sheet.merges else None
        if first is None or first[0] <= spot.piece.header.bottom:
            return False
        if not same_text(spot.text(field), plain(sheet.at(*first))):
            facts = {"above": self._notes.grid.place(sheet, *first).cell, "seen": short(spot.text(field))}
            self._say(Code.COVERED, spot, field, facts)
        return True

    def _from_above(self, field: Field, spot: RowPlace, unit: str) -> Answer | None:
        """Read a cell that was merged with the ones above it: what stands in the first holds for all. None for any other, and for what is added up."""
        sheet, column = spot.piece.header.sheet, spot.piece.columns[field.code]
        first = sheet.merged_from(spot.at, column)
        if first is None or first[0] <= spot.piece.header.bottom or first[1] != column or not plain(sheet.at(*first)):
            return None
        place = self._notes.grid.place(sheet, *first)
        code = Code.MERGED_SUM if field.total is Total.SUM else Code.MERGED_DOWN
        if not any(note.code is code and note.place == place for note in self._notes):
            bottom = next(bottom for top, left, bottom, _ in sheet.merges if (top, left) == first)
            self._notes.append(Finding(code, place, {"top": str(first[0] + 1), "bottom": str(bottom + 1)}, title=field.title))
        if code is Code.MERGED_SUM:
            return None
        raw = sheet.at(*first)
        value = self._meant(field, spot, raw, unit).value  # what is doubtful in it is said of the first cell
        return None if value is None else Answer(value, plain(raw), place)

    def _ditto(self, field: Field, spot: RowPlace) -> object:
        """Give what 同上 stands for: the nearest cell above that says something of its own; the word itself where there is none."""
        sheet, column = spot.piece.header.sheet, spot.piece.columns[field.code]
        above = (sheet.at(at, column) for at in range(spot.at - 1, spot.piece.header.bottom, -1))
        return next((raw for raw in above if plain(raw) and not is_ditto(plain(raw))), spot.raw(field))

    def _limits(self, field: Field, unit: str) -> Limits:
        known = self._known_limits.get((field.code, unit))
        if known is None:
            known = replace(field.limits, unit=unit or field.limits.unit, year=self._year, starts=self._starts, since_1904=self._notes.grid.since_1904)
            self._known_limits[field.code, unit] = known
        return known

    def _unit(self, issued: IssuedRow) -> str:
        """Give the unit of measure that an indicator's row was issued with."""
        return plain(issued.shown.get(self._unit_field.code)) if self._unit_field else ""

    def _compare(self, issued: IssuedRow, spot: RowPlace) -> None:
        """Hold the prefilled cells of a row against what was issued."""
        for field in self._table.fields:
            lost = spot.by_text and field.taken_from == "编号"  # said already, as the way the row was found
            if field.source is not Source.PREFILLED or field.code not in spot.piece.columns or lost:
                continue
            baseline, raw = shown_text(issued.shown.get(field.code)), spot.raw(field)
            if not _same(field, raw, baseline):
                column = spot.piece.columns[field.code]
                facts = {"issued": short(baseline), "seen": short(plain(raw))}
                finding = Finding(Code.CHANGED, self._place(spot, field), facts, title=field.title)
                self._changes.setdefault((spot.piece.header.sheet.name, field.code), []).append((spot.piece.header.sheet, spot.at, column, finding))

    def _report_changes(self) -> None:
        """Name each changed cell, or many of one column together."""
        for changes in self._changes.values():
            sheet, _, column, first = changes[0]
            if len(changes) <= MANY:
                self._notes += [finding for _, _, _, finding in changes]
                continue
            top, bottom = (ends(at for _, at, _, _ in changes) for ends in (min, max))
            where = f"{self._notes.grid.place(sheet, top, column).cell}:{self._notes.grid.place(sheet, bottom, column).cell}"
            self._notes.append(Finding(Code.CHANGED_MANY, first.place, {"count": str(len(changes)), "range": where}, title=first.title))

    def _place(self, spot: RowPlace, field: Field) -> Place:
        return self._notes.grid.place(spot.piece.header.sheet, spot.at, spot.piece.columns[field.code])

    def _say(self, code: Code, spot: RowPlace, field: Field, facts: Mapping[str, str]) -> None:
        self._notes.append(Finding(code, self._place(spot, field), facts, title=field.title))


def _withdraws(field: Field, raw: object) -> bool:
    return isinstance(raw, str) and "撤" in raw and raw not in field.limits.choices and withdraws(raw)


def _same(field: Field, raw: object, baseline: str) -> bool:
    """Whether a prefilled cell still says what was issued; a number and a whole day may be written otherwise."""
    if same_text(plain(raw), baseline):
        return True
    if not (field.kind.numeric or field.kind.name == "日期") or not plain(raw) or not baseline:
        return False
    return field.kind.read(raw, field.limits).value == field.kind.load(baseline)

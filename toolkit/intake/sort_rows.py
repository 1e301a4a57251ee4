"""Says of every row of a workbook that several units share whose it is: only where number and unit agree; what does not is asked about, with a proposal."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from toolkit.intake.book_evidence import Aside, Claim, asides_of, headings_of, unit_column
from toolkit.intake.finding_notes import FindingNotes
from toolkit.intake.header_rows import Header, find_headers
from toolkit.intake.locate_tables import baseline_of
from toolkit.intake.match_columns import Located, match_columns
from toolkit.intake.names_on_sheets import Names, exact_unit, near_unit, unit_within
from toolkit.intake.office_text import OfficeText
from toolkit.intake.sorted_rows import Evidence, SortedRow, Sorting, Whose
from toolkit.intake.title_similarity import plain_title, same_text, short, text_similarity
from toolkit.model.column_kinds import plain
from toolkit.model.ditto_words import is_ditto
from toolkit.model.form import NAMED_BY, Field, Form, Source, Subject, Table
from toolkit.model.issue import Issue, IssuedRow
from toolkit.model.returns import TEXT_BEFORE, Grid, GridSheet
from toolkit.model.seal import shown_text

_BLOCK = 4  # rows from a line that names a unit to the table below it
_ALIKE = 80  # likeness of a task's or an indicator's name, 0–100
_NOTES = ("注", "备注", "说明", "合计", "小计", "总计", "填报", "审核")


def sort_rows(grid: Grid, form: Form, evidence: Evidence) -> Sorting:
    """Sort every row of every sheet that units answer on, from the top; a document's text before a table says whose the table is."""
    issue = next(iter(evidence.issues.values()))
    sorters = [_SheetSorter(grid, at, form, evidence, OfficeText(form, issue)) for at, sheet in enumerate(grid.sheets) if not _is_offices(sheet.name)]
    rows: list[SortedRow] = []
    before = Claim()
    for sorter in sorters:
        rows += sorter.rows(before)
        before = sorter.carried
    titles = {(sorter.at, unit): frozenset(lines) for sorter in sorters for unit, lines in sorter.titles.items()}
    receipts = {unit: code for sorter in sorters for unit, code in sorter.receipts.items()}
    return Sorting(tuple(rows), titles, any(sorter.from_site for sorter in sorters), receipts)


def _is_offices(name: str) -> bool:
    return name.startswith(("填报说明", "_封签", "需修改"))


class _SheetSorter:
    """Sorts the rows of one sheet, from the top."""

    def __init__(self, grid: Grid, at: int, form: Form, evidence: Evidence, ours: OfficeText) -> None:
        self.at, self._sheet, self._evidence, self._ours = at, grid.sheets[at], evidence, ours
        self._issued = {table.sheet: _by_number(table, evidence.issues) for table in form.tables}
        keys = {sheet: frozenset(numbers) for sheet, numbers in self._issued.items()}
        self._headers = find_headers(self._sheet, form.tables, keys, ours.sign_off)
        self._pieces = [_located(grid, header, evidence.issues) for header in self._headers]
        self._columns = [_unit_aside(self._sheet, piece, evidence.names) for piece in self._pieces]
        self._all_keys = frozenset().union(*keys.values())
        tops = [header.top for header in self._headers]
        owner_of = evidence.owners.get
        self._headings = headings_of(self._sheet, evidence.names, lambda code: owner_of(code, ""), tops, self._has_number)
        self._titled = self._title_rows()
        self.titles: dict[str, set[int]] = {}
        self.receipts = {claim.unit: claim.receipt for claim in self._headings.values() if claim.receipt}
        self.from_site = any(column and any(aside.tells_time for aside in asides_of(self._sheet, column.row)) for column in self._columns)
        self._is_grouped = {id(column): _names_groups(self._sheet, column) for column in self._columns if column}

    @property
    def carried(self) -> Claim:
        """Whose the next sheet is, as the text before a document's table says."""
        return next(reversed(list(self._headings.values())), Claim()) if self._sheet.name.endswith(TEXT_BEFORE) else Claim()

    def rows(self, before: Claim) -> Iterator[SortedRow]:
        """Give every row that holds anything, but for headers and title blocks; `before` is whose the sheet is, as the one in front of it says."""
        claim, above, covering = before if before.words else self._of_sheet(), SortedRow(self.at, -1, Whose.LOOSE), None
        inside = dict(self._inside())
        for at, row in enumerate(self._sheet.rows):
            if at in self._headings:
                claim, covering = self._headings[at], None
            if not any(map(plain, row)):
                continue
            if at in self._titled:
                self.titles.setdefault(self._titled[at], set()).add(at)
            elif at in inside and not self._ours.row(row):
                piece, column = inside[at]
                if at <= piece.header.bottom:
                    continue
                covering = self._told(at, column, covering) if column else None
                above = self._sort(at, piece, covering if covering and covering.words else claim, above, column)
                yield above
            else:
                self.titles.setdefault(claim.unit, set()).add(at)
                if not self._ours.row(row) and (not claim.unit or self._has_number(at)):
                    unit = claim.unit if claim.unit in self._evidence.issues else ""
                    yield SortedRow(self.at, at, Whose.ASKED if self._has_number(at) else Whose.LOOSE, unit, "上面没有表头", claim.words)

    def _title_rows(self) -> dict[int, str]:
        """Give the rows of title blocks with their units: lines that name a unit, lines of one text right above, and what stands before the table below."""
        tops = [header.top for header in self._headers]
        found: dict[int, str] = {}
        for at, claim in self._headings.items():
            below = next((top for top in tops if at < top <= at + _BLOCK), at + 1)
            found |= dict.fromkeys(range(at, below), claim.unit)
            start = at - 1
            while start >= 0 and start not in found and self._is_title(start):
                found[start] = claim.unit
                start -= 1
        return found

    def _is_title(self, at: int) -> bool:
        texts = [text for value in self._sheet.rows[at] if (text := plain(value))]
        return len(texts) == 1 and not self._has_number(at) and not self._ours.sign_off(self._sheet.rows[at]) and not self._is_header(at)

    def _inside(self) -> Iterator[tuple[int, tuple[Located, Aside | None]]]:
        for piece, column in zip(self._pieces, self._columns, strict=True):
            yield from ((at, (piece, column)) for at in range(piece.header.top, piece.header.end))

    def _of_sheet(self) -> Claim:
        """Give whose a sheet is before anything on it says so: by its name, or by the only seal where it is still called as it was issued."""
        unit = unit_within(self._sheet.name, self._evidence.names)
        if unit:
            return Claim(unit, self._sheet.name)
        return Claim(self._evidence.sealed, "封签") if self._sheet.name in self._issued and self._evidence.sealed else Claim()

    def _is_header(self, at: int) -> bool:
        return any(header.top <= at <= header.bottom for header in self._headers)

    def _has_number(self, at: int) -> bool:
        return any(plain_title(plain(value)) in self._all_keys for value in self._sheet.rows[at][:6])

    def _told(self, at: int, column: Aside, before: Claim | None) -> Claim:
        """Read the unit beside a row: its own cell, the merged one above, or behind 同上 and in a sheet that names each group once the last name above."""
        text = plain(self._sheet.at(at, column.column))
        first = self._sheet.merged_from(at, column.column)
        if not text and first is not None:
            text = plain(self._sheet.at(*first))
        goes_on = is_ditto(text) or (not text and self._is_grouped[id(column)])
        if goes_on and before is not None and any(map(plain, self._sheet.rows[at - 1])):
            return before
        return Claim(exact_unit(text, self._evidence.names), text)

    def _sort(self, at: int, piece: Located, claim: Claim, above: SortedRow, column: Aside | None) -> SortedRow:
        found = self._judged(at, piece, claim, above)
        if self._sheet.hidden and found.whose in {Whose.SURE, Whose.EXTRA}:
            found = found._replace(whose=Whose.ASKED, why="它们在隐藏的工作表里")
        time = next((aside for aside in asides_of(self._sheet, column.row) if aside.tells_time), None) if column else None
        return found._replace(header=piece.header, words=claim.words, when=self._sheet.at(at, time.column) if time else None)

    def _judged(self, at: int, piece: Located, claim: Claim, above: SortedRow) -> SortedRow:
        table, here = piece.header.table, SortedRow(self.at, at, Whose.ASKED)
        number = plain_title(self._text(at, piece, "编号"))
        if table.subject is Subject.BLANK:
            known = claim.unit in self._evidence.issues
            return here._replace(whose=Whose.SURE, unit=claim.unit) if known else here._replace(why=_unknown(claim))
        if not number or number.startswith(_NOTES):
            return self._unnumbered(at, piece, claim, above)
        if claim.unit not in self._evidence.issues:
            unit = near_unit(claim.words, self._evidence.names) if claim.words else self._only_responsible(at, piece, number)
            fits = bool(unit) and bool(self._issued_rows(unit, table, number))
            if fits and not claim.words:
                return self._held(at, piece, unit, number)
            return here._replace(unit=unit if fits else "", why=_unknown(claim))
        return self._held(at, piece, claim.unit, number)

    def _held(self, at: int, piece: Located, unit: str, number: str) -> SortedRow:
        """Hold a row against what its unit was issued."""
        here, table = SortedRow(self.at, at, Whose.ASKED, unit), piece.header.table
        rows = self._issued_rows(unit, table, number)
        if not rows:
            twin = any(same_text(self._name(at, piece), _name_of(table, row)) for row in self._rows_of(unit, table)) and self._name(at, piece)
            why = f"编号“{short(number, 20)}”没有发给“{unit}”"
            return here._replace(why=why) if twin else here._replace(whose=Whose.EXTRA, why=why, key=short(number, 20))
        row = self._fitting(at, piece, rows)
        if row is None:
            return here._replace(why=f"编号“{short(number, 20)}”的内容或角色与发给“{unit}”的不一样")
        return here._replace(whose=Whose.SURE, key=row.key, agreeing=self._agreeing(at, piece, row))

    def _unnumbered(self, at: int, piece: Located, claim: Claim, above: SortedRow) -> SortedRow:
        """Judge a row without number: it goes on with the row above, or is a note, or is asked about."""
        texts = [text for value in self._sheet.rows[at] if (text := plain(value))]
        here = SortedRow(self.at, at, Whose.ASKED)
        if texts[0].startswith(_NOTES):
            return here._replace(whose=Whose.LOOSE)
        follows = above.row == at - 1 and above.whose is Whose.SURE and claim.unit == above.unit
        prefilled = any(self._at(at, piece, field) for field in piece.header.table.fields if field.source is Source.PREFILLED)
        if follows and not prefilled:
            return above._replace(row=at)
        if not any(self._at(at, piece, field) for field in piece.header.table.filled):
            return here._replace(whose=Whose.LOOSE)
        unit = claim.unit if claim.unit in self._evidence.issues else near_unit(claim.words, self._evidence.names) if claim.words else ""
        return here._replace(unit=unit, why="没有写编号")

    def _only_responsible(self, at: int, piece: Located, number: str) -> str:
        """Give the one unit that a row names as responsible for it, and that was issued it in the role that stands there."""
        role = self._text(at, piece, "角色") or self._text(at, piece, "本单位角色")
        wanted = {"牵头": ("牵头单位",), "责任": ("责任单位",)}.get(role, ())
        named = [self._text(at, piece, taken_from) for taken_from in wanted]
        units = [unit for text in named if (unit := exact_unit(text, self._evidence.names))]
        return units[0] if len(units) == 1 and units[0] in self._evidence.issues and self._issued_rows(units[0], piece.header.table, number) else ""

    def _fitting(self, at: int, piece: Located, rows: Sequence[IssuedRow]) -> IssuedRow | None:
        """Give the issued row whose name and role do not speak against a row's; None where they do, or where two fit."""
        table, name = piece.header.table, self._name(at, piece)
        role = next((field for field in table.fields if field.source is Source.PREFILLED and "角色" in (field.taken_from, field.title[-2:])), None)
        fitting = [row for row in rows if not name or text_similarity(name, _name_of(table, row)) >= _ALIKE]
        if role is not None and (seen := self._at(at, piece, role)):
            fitting = [row for row in fitting if same_text(seen, shown_text(row.shown.get(role.code)))]
        best = [row for row in fitting if same_text(name, _name_of(table, row))] or fitting
        return best[0] if len(best) == 1 else None

    def _agreeing(self, at: int, piece: Located, row: IssuedRow) -> int:
        prefilled = [field for field in piece.header.table.fields if field.source is Source.PREFILLED and field.code in piece.columns]
        return sum(same_text(self._at(at, piece, field), shown_text(row.shown.get(field.code))) for field in prefilled if self._at(at, piece, field))

    def _issued_rows(self, unit: str, table: Table, number: str) -> Sequence[IssuedRow]:
        return [row for owner, row in self._issued[table.sheet].get(number, ()) if owner == unit]

    def _rows_of(self, unit: str, table: Table) -> Sequence[IssuedRow]:
        return self._evidence.issues[unit].tables.get(table.sheet, ())

    def _name(self, at: int, piece: Located) -> str:
        return self._text(at, piece, NAMED_BY.get(piece.header.table.subject, "目标任务"))

    def _text(self, at: int, piece: Located, taken_from: str) -> str:
        wanted = next((field for field in piece.header.table.fields if field.taken_from == taken_from), None)
        return self._at(at, piece, wanted) if wanted else ""

    def _at(self, at: int, piece: Located, wanted: Field) -> str:
        column = piece.columns.get(wanted.code)
        return "" if column is None else plain(self._sheet.at(at, column))


def _unknown(claim: Claim) -> str:
    return f"写的单位是“{short(claim.words, 30)}”，单位名录里对不上，或者没有给它发过表" if claim.words else "没有写是哪个单位"


def _by_number(table: Table, issues: Mapping[str, Issue]) -> dict[str, list[tuple[str, IssuedRow]]]:
    found: dict[str, list[tuple[str, IssuedRow]]] = {}
    for unit, issue in issues.items():
        for row in issue.tables.get(table.sheet, ()) if table.subject is not Subject.BLANK else ():
            found.setdefault(plain_title(row.number), []).append((unit, row))
    return found


def _located(grid: Grid, header: Header, issues: Mapping[str, Issue]) -> Located:
    rows = [row for issue in issues.values() for row in issue.tables.get(header.table.sheet, ())]
    return match_columns(header, baseline_of(header.table, rows), FindingNotes(grid))


def _unit_aside(sheet: GridSheet, piece: Located, names: Names) -> Aside | None:
    return unit_column(sheet, piece.header.bottom, names)


def _names_groups(sheet: GridSheet, column: Aside) -> bool:
    """Whether each unit is named once, in the first row of its group: no two neighbouring rows name the same."""
    texts = [plain(sheet.at(at, column.column)) for at in range(column.row + 1, len(sheet.rows))]
    named = [text for text in texts if text]
    return "" in texts and all(name != following for name, following in pairwise(named))


def _name_of(table: Table, row: IssuedRow) -> str:
    wanted = NAMED_BY.get(table.subject, "目标任务")
    found = next((field for field in table.fields if field.taken_from == wanted), None)
    return shown_text(row.shown.get(found.code)) if found else ""

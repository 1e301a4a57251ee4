"""Reads a recognised workbook into typed answers, each with its place."""

from collections.abc import Iterator
from dataclasses import replace

from toolkit.intake.locate import Located, bare, locate
from toolkit.model.findings import Code, Finding
from toolkit.model.form import Field, Form, Source, Subject, Table
from toolkit.model.issue import Issue, IssuedRow
from toolkit.model.kinds import number_in, plain
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Grid, Row

_SEAL_SHEETS = ("_封签", "填报说明")


def read_rows(grid: Grid, issue: Issue, form: Form) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Read every table of a return; rows come in the order they were issued in."""
    rows: list[Row] = []
    findings: list[Finding] = []
    used = set(_SEAL_SHEETS)
    for table in form.tables:
        issued = issue.tables.get(table.sheet, ())
        used.add(table.sheet)
        if not issued:
            continue
        located, said = locate(grid, table)
        findings += said
        if located is None:
            continue
        used.add(located.sheet.name)
        read, odd = _Reader(grid, table, located, form.sign_off, year=Period.parse(issue.period).year).read(issued)
        rows += read
        findings += odd
    findings += [
        Finding(Code.SHEET_EXTRA, grid.place(sheet, 0, 0), title=sheet.name)
        for sheet in grid.sheets
        if sheet.name not in used and not sheet.hidden and any(plain(value) for row in sheet.rows for value in row)
    ]
    return tuple(rows), tuple(findings)


class _Reader:
    """Reads one table of one return."""

    def __init__(self, grid: Grid, table: Table, located: Located, sign_off: tuple[str, ...], *, year: int) -> None:
        self._grid, self._table, self._located, self._sign_off = grid, table, located, {bare(label) for label in sign_off}
        self._year = year
        self._findings: list[Finding] = []

    def read(self, issued: tuple[IssuedRow, ...]) -> tuple[list[Row], list[Finding]]:
        """Match rows by key and read them; missing, doubled and strange rows are findings."""
        at = self._rows_by_key(issued)
        read: list[Row] = []
        for row in issued:
            if row.key in at:
                read.append(self._row(row, at[row.key]))
            elif self._table.subject is not Subject.BLANK:
                name = row.key.replace("|", "的指标")
                self._say(Code.ROW_MISSING, self._located.header, None, row=name)
        return read, self._findings

    def _rows_by_key(self, issued: tuple[IssuedRow, ...]) -> dict[str, int]:
        """Find each issued row; rows that were not issued are findings."""
        known = {bare(row.key): row.key for row in issued}
        found: dict[str, int] = {}
        order = iter(issued)
        for at in self._body():
            if self._table.subject is Subject.BLANK:
                row = next(order, None)
                if row is not None and self._is_filled(at):
                    found[row.key] = at
                continue
            seen = self._key(at)
            if bare(seen) in known:
                if known[bare(seen)] in found:
                    self._say(Code.ROW_TWICE, at, None, row=known[bare(seen)])
                else:
                    found[known[bare(seen)]] = at
            elif self._is_filled(at) or seen.strip("|"):
                self._say(Code.ROW_EXTRA, at, None, row=seen.strip("|") or "（空）")
        return found

    def _body(self) -> Iterator[int]:
        """Rows below the header, up to the sign-off; empty rows are passed over."""
        sheet = self._located.sheet
        for at in range(self._located.header + 1, len(sheet.rows)):
            texts = [plain(value) for value in sheet.rows[at]]
            if any(bare(text.replace("：", ":").partition(":")[0]) in self._sign_off for text in texts if text):
                return
            if any(text for column, text in enumerate(texts) if column in self._located.columns.values()):
                yield at

    def _key(self, at: int) -> str:
        names = ("编号", "指标") if self._table.subject is Subject.INDICATOR else ("编号",)
        fields = (next((field for field in self._table.fields if field.taken_from == name), None) for name in names)
        return "|".join(plain(self._raw(at, field)) for field in fields if field is not None)

    def _raw(self, at: int, field: Field) -> object:
        column = self._located.columns.get(field.code)
        return None if column is None else self._located.sheet.at(at, column)

    def _is_filled(self, at: int) -> bool:
        return any(plain(self._raw(at, field)) for field in self._table.filled)

    def _row(self, issued: IssuedRow, at: int) -> Row:
        answers: dict[str, Answer] = {}
        blanks: dict[str, Place] = {}
        for field in self._table.fields:
            column = self._located.columns.get(field.code)
            if column is None:
                continue
            raw = self._located.sheet.at(at, column)
            if field.source is Source.PREFILLED:
                self._compare(field, raw, plain(issued.shown.get(field.code)), at, column)
            elif field.source is Source.FILLED:
                reading = field.kind.read(raw, replace(field.limits, unit=self._unit(issued), year=self._year))
                if reading.code is not None:
                    self._say(reading.code, at, field, **reading.facts)
                place = self._grid.place(self._located.sheet, at, column)
                if reading.value is not None:
                    answers[field.code] = Answer(reading.value, plain(raw), place)
                elif not plain(raw):
                    blanks[field.code] = place
        start = self._grid.place(self._located.sheet, at, 0)
        return Row(self._table.sheet, issued.key, issued.number, issued.role, answers, start, blanks)

    def _unit(self, issued: IssuedRow) -> str:
        """Give the unit of measure that an indicator's row was issued with."""
        if self._table.subject is not Subject.INDICATOR:
            return ""
        return next((plain(issued.shown.get(field.code)) for field in self._table.fields if field.taken_from == "单位"), "")

    def _compare(self, field: Field, raw: object, baseline: str, at: int, column: int) -> None:
        seen = plain(raw)
        same = bare(seen) == bare(baseline) or (field.kind.numeric and seen and number_in(seen) is not None and number_in(seen) == number_in(baseline))
        if not same:
            facts = {"issued": _short(baseline), "seen": _short(seen)}
            self._findings.append(Finding(Code.CHANGED, self._grid.place(self._located.sheet, at, column), facts, title=field.title))

    def _say(self, code: Code, at: int, field: Field | None, **facts: str) -> None:
        column = self._located.columns.get(field.code, 0) if field else 0
        place = self._grid.place(self._located.sheet, at, column)
        self._findings.append(Finding(code, place, facts, title=field.title if field else ""))


def _short(text: str) -> str:
    return (text[:30] + "…" if len(text) > 31 else text) or "（空）"

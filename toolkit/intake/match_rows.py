"""Says which row of a returned table is which issued row: by number, else by text; what does not fit together is asked about."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolkit.intake.finding_notes import MANY, FindingNotes, listed
from toolkit.intake.match_columns import Located
from toolkit.intake.office_text import OfficeText
from toolkit.intake.title_similarity import plain_title, same_text, short, text_similarity
from toolkit.model.column_kinds import number_in, plain
from toolkit.model.findings import Code
from toolkit.model.form import NAMED_BY, Field, Source, Subject, Table
from toolkit.model.issue import IssuedRow
from toolkit.model.master import Role
from toolkit.model.milestones import is_node_plan
from toolkit.model.requests import is_request_table
from toolkit.model.seal import shown_text
from toolkit.model.values import row_called

_ALIKE, _UNLIKE, _SOMEWHAT = 90, 80, 60  # likeness of texts, 0–100
_A_ROW = 2  # cells that make a line below the issued ones a request, and no note
_NOTES = ("注", "备注", "说明", "合计", "小计", "总计", "填报", "审核")


class RowPlace(NamedTuple):
    """A row of a returned sheet, counted from 0; `by_text` where its number was not the issued one, `continues` where it goes on with the row above."""

    piece: Located
    at: int
    by_text: bool = False
    continues: bool = False

    def with_twins(self, code: str) -> "list[RowPlace]":
        """Give the row once for each column that bears a field's title, the field's own first."""
        others = ({**self.piece.columns, code: at} for at in self.piece.twins.get(code, ()))
        return [self, *(self._replace(piece=self.piece._replace(columns=columns)) for columns in others)]

    def raw(self, field: Field | None) -> object:
        """Give the raw value in a field's column, None where the piece has no such column."""
        column = self.piece.columns.get(field.code) if field else None
        return None if column is None else self.piece.header.sheet.at(self.at, column)

    def text(self, field: Field | None) -> str:
        """Give what stands in a field's column as text; '' for a blank cell, and where the field has no column."""
        return plain(self.raw(field))


class Matcher:
    """Matches the rows of one table."""

    def __init__(self, table: Table, issued: Sequence[IssuedRow], ours: OfficeText, notes: FindingNotes) -> None:
        self._table, self._issued, self._ours, self._notes = table, issued, ours, notes
        self._number = next((field for field in table.fields if field.taken_from == "编号"), None)
        wanted = NAMED_BY.get(table.subject, "目标任务")
        self._name = next((field for field in table.fields if field.taken_from == wanted), None)
        self._by_number: dict[str, list[IssuedRow]] = {}
        for row in issued:
            self._by_number.setdefault(plain_title(row.number), []).append(row)
        self._texts = {row.key: shown_text(row.shown.get(self._name.code)) if self._name else "" for row in issued}
        self._by_text: dict[str, list[IssuedRow]] = {}
        for row in issued:
            self._by_text.setdefault(plain_title(self._texts[row.key]), []).append(row)
        self._spots: dict[str, list[RowPlace]] = {}
        self._mixed: set[str] = set()
        self._worded_rows: list[tuple[RowPlace, str]] = []
        self._extra: list[tuple[RowPlace, str]] = []
        self._stray: list[RowPlace] = []
        self.added: list[IssuedRow] = []

    def match(self, pieces: Sequence[Located]) -> Mapping[str, Sequence[RowPlace]]:
        """Give the spots of each issued row's key, in reading order; missing, strange and doubtful rows are findings.

        Of 申请事项 and of a plan's milestones, lines that a unit typed below the last one are rows too: `added`, counted on.
        """
        body = [RowPlace(piece, at) for piece in pieces for at in range(piece.header.bottom + 1, piece.header.end) if self._says(piece, at)]
        if self._table.subject is Subject.BLANK:
            self._in_order(body)
        else:
            trusted = not self._is_renumbered(body)
            above: str | None = None
            for before, spot in zip([None, *body], body, strict=False):
                above = self._place(spot, above if before is not None and self._is_next(before, spot) else None, trusted=trusted)
            self._spots = {key: spots for key, spots in self._spots.items() if key not in self._mixed}
            self._report(pieces)
        self._report_extra()
        return self._spots

    def _says(self, piece: Located, at: int) -> bool:
        row = piece.header.sheet.rows[at]
        return any(column < len(row) and plain(row[column]) for column in piece.columns.values()) and not self._ours.row(row)

    def _is_next(self, before: RowPlace, spot: RowPlace) -> bool:
        return before.piece is spot.piece and before.at + 1 == spot.at

    def _in_order(self, body: Sequence[RowPlace]) -> None:
        """Give free rows their places: where they stand in the one table that was issued, else one after the other."""
        filled = [spot for spot in body if self._is_filled(spot)]
        places = [spot.at - spot.piece.header.bottom - 1 for spot in filled]
        if len({id(spot.piece) for spot in filled}) > 1 or any(place >= len(self._issued) for place in places):
            places = list(range(len(filled)))
        for spot, place in zip(filled, places, strict=True):
            if place < len(self._issued):
                self._spots[self._issued[place].key] = [spot]
            elif (is_request_table(self._table) or is_node_plan(self._table)) and sum(bool(spot.text(field)) for field in self._table.filled) >= _A_ROW:
                number = str(place + 1)
                self.added.append(IssuedRow(number, number, Role.LEAD, {}))
                self._spots[number] = [spot]
            else:
                self._extra.append((spot, f"第 {spot.at + 1} 行"))

    def _is_renumbered(self, body: Sequence[RowPlace]) -> bool:
        """Whether somebody counted the rows anew from 1, so that a number says nothing."""
        seen = [text for spot in body if (text := plain_title(spot.text(self._number)))]
        return len(seen) > 1 and seen == [str(at) for at in range(1, len(seen) + 1)] and set(seen) != set(self._by_number)

    def _place(self, spot: RowPlace, above: str | None, *, trusted: bool) -> str | None:
        """Decide about one row; gives the key it went to, for a row that continues it."""
        number, text = plain_title(spot.text(self._number)), spot.text(self._name)
        row = self._numbered(spot, number, text) if trusted else None
        twin, likeness = self._worded(text)
        if row is not None:
            other = self._rival(spot, row, twin, likeness)
            if other is not None:
                self._mix(spot, row, other)
                return None
            return self._take(row.key, spot)
        if twin is not None:
            if likeness == 100:
                self._worded_rows.append((spot, row_called(twin.key)))
            else:
                self._say(Code.ROW_BY_LIKENESS, spot, seen=short(number, 20), row=row_called(twin.key))
            return self._take(twin.key, spot._replace(by_text=True))
        if above is not None and self._goes_on(spot):
            return self._take(above, spot._replace(continues=True))
        self._set_aside(spot, number, text)
        return None

    def _rival(self, spot: RowPlace, row: IssuedRow, twin: IssuedRow | None, likeness: float) -> IssuedRow | None:
        """Give another issued row that a numbered row's content belongs to: by its text, or without one by its other prefilled cells."""
        text, own = spot.text(self._name), self._text(row)
        if not plain_title(text):
            others = [row for row in self._issued if self._agrees(spot, row)]
            return others[0] if others and row not in others else None
        if twin is None or twin.key == row.key or same_text(text, own):
            return None
        return twin if likeness == 100 or text_similarity(text, own) < _UNLIKE else None

    def _take(self, key: str, spot: RowPlace) -> str:
        self._spots.setdefault(key, []).append(spot)
        return key

    def _numbered(self, spot: RowPlace, number: str, text: str) -> IssuedRow | None:
        """Find the issued row of a number; of several (indicators of one task) the one whose name or other prefilled cells agree."""
        rows = self._by_number.get(number, [])
        named = [row for row in rows if same_text(text, self._text(row))]
        if named:
            return named[0]
        if len(rows) == 1 and (self._table.subject is Subject.TASK or text_similarity(text, self._text(rows[0])) >= _SOMEWHAT):
            return rows[0]
        alike = [row for row in rows if text and text_similarity(text, self._text(row)) >= _UNLIKE] or [row for row in rows if self._agrees(spot, row)]
        return alike[0] if len(alike) == 1 else None

    def _worded(self, text: str) -> tuple[IssuedRow | None, float]:
        """Find the one issued row of a text, exact or nearly, with the likeness; None when there is none or there are two."""
        if not plain_title(text):
            return None, 0
        exact = self._by_text.get(plain_title(text))
        if exact:
            return (exact[0], 100) if len(exact) == 1 else (None, 0)
        alike = [(text_similarity(text, self._text(row)), row) for row in self._issued]
        near = [(likeness, row) for likeness, row in alike if likeness >= _ALIKE]
        return (near[0][1], min(near[0][0], 99.9)) if len(near) == 1 else (None, 0)

    def _text(self, row: IssuedRow) -> str:
        return self._texts[row.key]

    def _agrees(self, spot: RowPlace, row: IssuedRow) -> bool:
        """Whether all other prefilled cells are those of an issued row."""
        fields = [field for field in self._prefilled() if field not in (self._number, self._name) and field.code in spot.piece.columns]
        shown = [(spot.text(field), shown_text(row.shown.get(field.code))) for field in fields if row.shown.get(field.code) is not None]
        return bool(shown) and all(same_text(seen, issued) or _same_number(seen, issued) for seen, issued in shown)

    def _mix(self, spot: RowPlace, row: IssuedRow, twin: IssuedRow) -> None:
        self._mixed |= {row.key, twin.key}
        self._say(Code.ROW_MIXED, spot, row=row_called(row.key), other=row_called(twin.key))

    def _goes_on(self, spot: RowPlace) -> bool:
        """Whether a row without number holds nothing but text under the row above."""
        fields = [field for field in self._table.fields if spot.text(field)]
        texts = [spot.text(field) for field in fields]
        return bool(fields) and all(field.source is Source.FILLED and field.kind.name == "文本" for field in fields) and not texts[0].startswith(_NOTES)

    def _set_aside(self, spot: RowPlace, number: str, text: str) -> None:
        if self._is_filled(spot) or any(sign.isdigit() for sign in number):
            self._extra.append((spot, spot.text(self._number) or short(text, 20)))
        else:
            self._stray.append(spot)

    def _prefilled(self) -> list[Field]:
        return [field for field in self._table.fields if field.source is Source.PREFILLED]

    def _is_filled(self, spot: RowPlace) -> bool:
        return any(spot.text(field) for field in self._table.filled)

    def _say(self, code: Code, spot: RowPlace, **facts: str) -> None:
        column = spot.piece.columns.get(self._number.code, 0) if self._number else 0
        self._notes.say(code, spot.piece.header.sheet, spot.at, column, **facts)

    def _report(self, pieces: Sequence[Located]) -> None:
        """Say which rows are missing, twice there, or in another order."""
        self._settle_renamed()
        missing = [row_called(row.key) for row in self._issued if row.key not in self._spots and row.key not in self._mixed]
        top = pieces[0].header if pieces else None
        if top is not None and len(missing) > MANY:
            self._notes.say(Code.ROWS_MISSING, top.sheet, max(top.bottom, 0), 0, count=str(len(missing)), rows=listed(missing))
        elif top is not None:
            for name in missing:
                self._notes.say(Code.ROW_MISSING, top.sheet, max(top.bottom, 0), 0, row=name)
        self._report_worded()
        twice = [(key, again) for key, spots in self._spots.items() if (again := self._second(spots)) is not None]
        if twice:
            names = listed([row_called(key) for key, _ in twice])
            self._say(Code.ROW_TWICE, twice[0][1], row=names)
        order = {row.key: at for at, row in enumerate(self._issued)}
        for piece in pieces:
            seen = [order[key] for _, key in sorted((spot.at, key) for key, spots in self._spots.items() for spot in spots if spot.piece is piece)]
            if seen != sorted(seen):
                self._notes.say(Code.ROWS_REORDERED, piece.header.sheet, max(piece.header.bottom, 0), 0)

    def _settle_renamed(self) -> None:
        """Let a row that is left over be the one left-over issued row of its task that has the same other prefilled cells: its name was typed over."""
        for spot, name in tuple(self._extra):
            rows = [row for row in self._by_number.get(plain_title(spot.text(self._number)), []) if row.key not in self._spots and row.key not in self._mixed]
            alike = [row for row in rows if self._agrees(spot, row)]
            if len(alike) == 1:
                self._extra.remove((spot, name))
                self._take(alike[0].key, spot)

    def _report_worded(self) -> None:
        found = [row for row in self._worded_rows if self._number is None or self._number.code in row[0].piece.columns]  # else said once, as a lost column
        if len(found) > MANY:
            self._say(Code.ROWS_BY_TEXT, found[0][0], count=str(len(found)), rows=listed([name for _, name in found]))
        else:
            for spot, name in found:
                self._say(Code.ROW_BY_TEXT, spot, seen=short(spot.text(self._number), 20), row=name)

    def _second(self, spots: Sequence[RowPlace]) -> RowPlace | None:
        """Give the second spot of a row that has the same columns to fill in as an earlier one."""
        filled = {field.code for field in self._table.filled}
        seen: set[str] = set()
        for spot in (spot for spot in spots if not spot.continues):
            mine = filled & set(spot.piece.columns)
            if seen & mine:
                return spot
            seen |= mine
        return None

    def _report_extra(self) -> None:
        names = [name for _, name in self._extra]
        if len(names) > MANY:
            self._say(Code.ROWS_EXTRA, self._extra[0][0], count=str(len(names)), rows=listed(names))
        else:
            for spot, name in self._extra:
                self._say(Code.ROW_EXTRA, spot, row=name)
        if self._stray:
            spot = self._stray[0]
            seen = next(spot.text(field) for field in self._table.fields if spot.text(field))
            self._say(Code.TEXT_OUTSIDE, spot, count=str(len(self._stray)), seen=short(seen, 20))


def _same_number(text: str, other: str) -> bool:
    value = number_in(text)
    return value is not None and value == number_in(other)

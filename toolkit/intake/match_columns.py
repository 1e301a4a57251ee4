"""Says which column of a returned table is which: by title, alias, likeness, position and content, and asks where that is not enough."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from toolkit.intake.finding_notes import FindingNotes
from toolkit.intake.header_rows import Header, titles_of
from toolkit.intake.title_similarity import plain_title, title_similarity, undecorated
from toolkit.model.column_kinds import Limits, number_in, plain
from toolkit.model.findings import Code
from toolkit.model.form import Field, Source
from toolkit.model.place import column_letters
from toolkit.model.unit_statements import OPINION, STATEMENT_TITLES

OFFICE_COLUMNS = frozenset({OPINION, *STATEMENT_TITLES})  # of a receipt: the office's words, and the unit's on them
_VALUES_SEEN = 200
_SURE, _LIKELY, _NEAR, _FAINT = 85, 75, 60, 45  # likeness of titles, 0–100
_MARGIN = 8  # points that the best likeness must be ahead of the next
FITTING = 0.5  # share of a column's values that its kind must be able to read


class Located(NamedTuple):
    """One piece of a table: its header, the column of each field code that was found, and columns with the very title of a field that has its column."""

    header: Header
    columns: Mapping[str, int]
    twins: Mapping[str, Sequence[int]] = MappingProxyType({})


def match_columns(header: Header, baseline: Mapping[str, frozenset[str]], notes: FindingNotes) -> Located:
    """Match columns; `baseline` holds the issued values of each prefilled field, bare. Repairs and doubts are findings."""
    matcher = _Matcher(header, baseline, notes)
    return Located(header, matcher.match(), matcher.twins())


class _Matcher:
    """Matches the columns of one header; what is sure goes first and leaves less to guess."""

    def __init__(self, header: Header, baseline: Mapping[str, frozenset[str]], notes: FindingNotes) -> None:
        self._header, self._baseline, self._notes = header, baseline, notes
        self._fields = header.table.fields
        self._office = OFFICE_COLUMNS - {plain_title(field.title) for field in self._fields}
        self._titles = titles_of(header)
        width = max([len(self._titles), *(len(row) for row in header.sheet.rows[header.bottom + 1 : header.end])])
        self._titles += [[]] * (width - len(self._titles))
        self._values = [self._column(at) for at in range(width)]
        self._columns: dict[str, int] = {}
        self._doubts: dict[str, int] = {}

    def match(self) -> dict[str, int]:
        """Give the column of each field code."""
        self._by_name(lambda title, field: plain_title(title) == plain_title(field.title))
        self._by_name(lambda title, field: plain_title(title) in map(plain_title, field.aliases))
        self._by_name(lambda title, field: undecorated(title) in map(plain_title, (field.title, *field.aliases)))
        self._by_likeness()
        self._by_position()
        self._by_content()
        self._report()
        return self._columns

    def twins(self) -> dict[str, list[int]]:
        """Give the columns that bear the title of a field to fill in, or part of it, whose column is another one: which of them is meant is not known."""
        named = [(field, plain_title(field.title)) for field in self._fields if field.source is Source.FILLED and field.code in self._columns]
        found = {
            field.code: [at for at in self._open_columns() if self._values[at] and (title in map(plain_title, self._titles[at]) or at in self._under(field))]
            for field, title in named
        }
        return {code: columns for code, columns in found.items() if columns}

    def _under(self, field: Field) -> range:
        """Give the further columns over which a field's own title was drawn, merged: 累计 beside 本月 below one title."""
        first, row = self._columns[field.code], self._header.bottom
        ends = (right for top, left, bottom, right in self._header.sheet.merges if top <= row <= bottom and left == first)
        return range(first + 1, max(ends, default=first) + 1)

    def _column(self, at: int) -> list[object]:
        rows = self._header.sheet.rows[self._header.bottom + 1 : min(self._header.end, self._header.bottom + 1 + _VALUES_SEEN)]
        return [row[at] for row in rows if at < len(row) and plain(row[at])]

    def _open_fields(self) -> list[Field]:
        return [field for field in self._fields if field.code not in self._columns]

    def _open_columns(self) -> list[int]:
        taken = set(self._columns.values())
        return [at for at in range(len(self._titles)) if at not in taken and not set(map(plain_title, self._titles[at])) & self._office]

    def _by_name(self, says: Callable[[str, Field], bool]) -> None:
        for field in self._open_fields():
            found = [at for at in self._open_columns() if any(says(title, field) for title in self._titles[at])]
            if found:
                self._take(field, max(found, key=lambda at: (self._fit(field, at) or 0, -at)), Code.COLUMN_ALIAS)

    def _by_likeness(self) -> None:
        pairs = [(self._like(at, field), at, field) for at in self._open_columns() for field in self._open_fields()]
        for like, at, field in sorted((pair for pair in pairs if pair[0] >= _NEAR), key=lambda pair: -pair[0]):
            if field.code in self._columns or at in self._columns.values():
                continue
            others = [other for other in self._open_fields() if other is not field]
            ahead = like - max((self._like(at, other) for other in others), default=0)
            rival = max((self._like(at, field) for field in self._fields if field.code in self._columns), default=0)
            placed = self._slot(field) == at
            likely = like >= _LIKELY and ahead >= _MARGIN and (rival < like or placed)
            if self._suits(field, at) and (placed or not self._rivals(field, at, like)) and (likely or (placed and ahead >= 0)):
                self._take(field, at, Code.COLUMN_ALIAS if like >= _SURE and rival < like else Code.RETITLED)
            elif self._values[at]:
                self._doubts.setdefault(field.code, at)

    def _rivals(self, field: Field, at: int, like: float) -> bool:
        """Whether another column is as likely a field's that is to be filled in: 上年投资 beside 本年投资, where 投资 was asked for."""
        likes = ((self._like(other, field), other) for other in self._open_columns() if other != at and self._values[other])
        near = (other for also, other in likes if also >= _NEAR and also > like - _MARGIN and self._suits(field, other))
        return field.source is Source.FILLED and any(not self._belongs_elsewhere(field, other) for other in near)

    def _belongs_elsewhere(self, field: Field, at: int) -> bool:
        return any(self._like(at, other) > self._like(at, field) for other in self._open_fields() if other is not field)

    def _by_position(self) -> None:
        for field in self._open_fields():
            at = self._slot(field)
            if at is None or not self._suits(field, at):
                continue
            title = self._titles[at][:1]
            if not title or self._like(at, field) >= _FAINT or self._is_telling(field, at):
                self._take(field, at, Code.PLACED)
            elif self._values[at]:
                self._doubts.setdefault(field.code, at)

    def _by_content(self) -> None:
        """Take a column by its values alone where they can belong to one field only."""
        for field in self._open_fields():
            others = (other for other in self._open_fields() if other is not field)
            twins = [other for other in others if other.limits.choices == field.limits.choices and other.source is field.source]
            found = [at for at in self._open_columns() if self._is_telling(field, at)]
            if len(found) == 1 and not (twins and field.source is Source.FILLED):
                self._take(field, found[0], Code.PLACED)

    def _take(self, field: Field, at: int, code: Code) -> None:
        self._columns[field.code] = at
        seen = self._titles[at][0] if self._titles[at] else ""
        if plain_title(seen) == plain_title(field.title) or field.source is Source.FORMULA:
            return
        code = Code.COLUMN_ALIAS if field.source is Source.PREFILLED and seen else code
        self._notes.say_column(code, self._header.sheet, self._header.bottom, at, title=field.title, seen=seen or "（空）")

    def _like(self, at: int, field: Field) -> float:
        return max((title_similarity(title, field) for title in self._titles[at]), default=0)

    def _slot(self, field: Field) -> int | None:
        """Give the column where a field would stand between its known neighbours, None when that is not plain."""
        order = [field.code for field in self._fields]
        here = order.index(field.code)
        before = next((self._columns[code] for code in reversed(order[:here]) if code in self._columns), None)
        after = next((self._columns[code] for code in order[here:] if code in self._columns), None)
        if before is None or (after is not None and after < before):
            return None
        last = after if after is not None else len(self._titles)
        columns = [at for at in self._open_columns() if before < at < last and (self._titles[at] or self._values[at])]
        missing = [code for code in order if code not in self._columns and self._between(order, code, before, after)]
        return dict(zip(missing, columns, strict=True)).get(field.code) if len(missing) == len(columns) else None

    def _between(self, order: list[str], code: str, before: int, after: int | None) -> bool:
        low = max(order.index(text) for text in order if self._columns.get(text) == before)
        high = next((order.index(text) for text in order if after is not None and self._columns.get(text) == after), len(order))
        return low < order.index(code) < high

    def _fit(self, field: Field, at: int) -> float | None:
        return fit_columns(field, self._values[at], self._baseline.get(field.code, frozenset()))

    def _suits(self, field: Field, at: int) -> bool:
        fit = self._fit(field, at)
        return fit is None or fit >= FITTING

    def _is_telling(self, field: Field, at: int) -> bool:
        """Whether a column's values alone say which field it is: two or more, all of them choices or all of them issued."""
        if len(self._values[at]) < 2 or not (field.limits.choices or field.source is Source.PREFILLED):
            return False
        if field.source is Source.PREFILLED and len(self._baseline.get(field.code, ())) < 2:
            return False
        return all(self._fit_one(field, value) for value in self._values[at])

    def _fit_one(self, field: Field, value: object) -> bool:
        if field.source is Source.PREFILLED:
            return plain_title(plain(value)) in self._baseline[field.code]
        return plain_title(plain(value)) in map(plain_title, field.limits.choices)

    def _report(self) -> None:
        """Ask about columns that may be a missing field's, name columns that are nobody's."""
        header, asked = self._header, set[int]()
        for field in self._open_fields():
            at = self._doubts.get(field.code)
            if field.source is Source.FILLED and at in self._open_columns() and at is not None and at not in asked:
                asked.add(at)
                seen = self._titles[at][0] if self._titles[at] else "（空）"
                self._notes.say_column(Code.UNSURE, header.sheet, header.bottom, at, title=field.title, seen=seen)
        twins = self.twins()
        for code, columns in twins.items():
            title = next(field.title for field in self._fields if field.code == code)
            letters = "、".join(column_letters(at) for at in sorted([self._columns[code], *columns]))
            self._notes.say(Code.COLUMN_TWICE, header.sheet, header.bottom, columns[0], title=title, columns=letters)
            asked.update(columns)
        for at in self._open_columns():
            if at not in asked and self._values[at]:
                title = self._titles[at][0] if self._titles[at] else f"第 {column_letters(at)} 列"
                self._notes.say_column(Code.COLUMN_EXTRA, header.sheet, header.bottom, at, title=title, seen="")


def fit_columns(field: Field, values: Sequence[object], issued: frozenset[str]) -> float | None:
    """Share of a column's values that a field could hold (of a prefilled one: that were issued); None when it has no values."""
    if not values:
        return None
    if field.source is Source.PREFILLED:
        return sum(plain_title(plain(value)) in issued for value in values) / len(values)
    if field.kind.name == "文本":
        return sum(isinstance(value, str) and number_in(value) is None for value in values) / len(values)
    limits = Limits(choices=field.limits.choices, aliases=field.limits.aliases, year=2000)
    return sum(field.kind.read(value, limits).value is not None for value in values) / len(values)

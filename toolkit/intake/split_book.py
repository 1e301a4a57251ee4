"""Splits a workbook that several units share into a part for each; rows of which that is not sure become parts that wait, each with a proposal."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from toolkit.intake.book_evidence import codes_in, moment_of, named_units
from toolkit.intake.identify import opened, seal_texts
from toolkit.intake.names_on_sheets import Names, are_units
from toolkit.intake.sort_rows import sort_rows
from toolkit.intake.sorted_rows import Evidence, SortedRow, Sorting, Whose
from toolkit.intake.title_similarity import plain_title
from toolkit.model.form import Form, Subject
from toolkit.model.issue import Issue
from toolkit.model.part_names import PartName, Rows, address_of
from toolkit.model.period import Period
from toolkit.model.returns import Grid

WAITING = "待认定"
_ENDS = "(?![第\\d一二三四上下全QqMmHhWw])"  # 2023年 is no period in 2023年第三季度
_TOP, _LINE = 10, 80  # first rows of a sheet, characters of a line in which a round is named
Round = tuple[str, str]  # form and period


class UnitPart(NamedTuple):
    """One unit's part: its name, its rows, the issue it is taken for (None: none is proposed), how that is known.

    `asked` are the rows that wait because it is not sure whose they are, `extra` those with a number that the unit was not issued,
    `twice` pairs of answers to one row, the one that counts first.
    """

    name: str
    rows: Rows
    issue: Issue | None
    by: str = ""
    asked: tuple[SortedRow, ...] = ()
    extra: tuple[SortedRow, ...] = ()
    twice: tuple[tuple[SortedRow, SortedRow], ...] = ()


class SplitBook(NamedTuple):
    """A workbook in parts, its form, what is in none of them, and whether a form site wrote it."""

    parts: tuple[UnitPart, ...]
    form: Form
    loose: tuple[SortedRow, ...]
    from_site: bool


def split_book(grid: Grid, key: bytes, seals: Mapping[str, str], names: Names, form_of: Callable[[str, str], Form | None]) -> SplitBook | None:
    """Split a workbook; None where it speaks of one unit only, or of whose it is in a way that cannot be parted.

    `seals` are those that were ever issued, by receipt code; `form_of` gives the form of a code that was issued for a period.
    """
    known = _Known(grid, key, seals, names)
    tries = [tried for group in known.groups() if (tried := _tried(grid, known, group, form_of)) is not None]
    best = max(tries, key=lambda tried: tried.rank, default=None)
    if best is None:
        return None
    unclear = sum(tried.rank[:2] == best.rank[:2] for tried in tries) > 1
    return _parts(grid, known, best, unclear=unclear)


class _Tried(NamedTuple):
    """A book sorted by the issues of one round, and how well that fits: rows that are sure, prefilled cells that agree, the round's end."""

    form: Form
    evidence: Evidence
    sorting: Sorting
    rank: tuple[int, int, str]


class _IssueName(NamedTuple):
    """Whose an issue is, of which form and period, and the how manieth."""

    unit: str
    form: str
    period: str
    number: int


class _Known:
    """What a book says of units and rounds, and what was issued to those units."""

    def __init__(self, grid: Grid, key: bytes, seals: Mapping[str, str], names: Names) -> None:
        self.key, self.names = key, names
        self.sealed = {self.unit_of(issue): issue for text, _ in seal_texts(grid) if (issue := opened(text, key)) is not None}
        coded = {code: issue for code in (*codes_in(grid), *grid.marks.values()) if (text := seals.get(code)) and (issue := opened(text, key)) is not None}
        self.coded = coded
        self.owners = {code: self.unit_of(issue) for code, issue in coded.items()}
        self.units = {*named_units(grid, names), *self.sealed, *self.owners.values()}
        self.rounds = {(issue.form, issue.period) for issue in (*self.sealed.values(), *coded.values())}
        self._issued: dict[Round, dict[str, tuple[int, str]]] = {}
        for text in seals.values():
            stated = _told(text, key)
            if stated is not None and (unit := names.get(plain_title(stated.unit), stated.unit)) in self.units:
                last = self._issued.setdefault((stated.form, stated.period), {})
                last[unit] = max(last.get(unit, (0, "")), (stated.number, text))
        self._named = _periods_in(grid, {period for _, period in self._issued})

    def unit_of(self, issue: Issue) -> str:
        """Give the name that an issue's unit has now."""
        return self.names.get(plain_title(issue.unit), issue.unit)

    def groups(self) -> list[Round]:
        """Give the rounds that the book may be of: that of its seals and codes, none where those are of several; else those that it names; else all."""
        if self.rounds:
            return list(self.rounds) if len(self.rounds) == 1 else []
        named = [group for group in self._issued if group[1] in self._named]
        return named or list(self._issued)

    def evidence(self, group: Round) -> Evidence:
        """Give what a book is sorted by, were it of this round: of each unit its own seal's issue, else the last one."""
        last = {unit: issue for unit, (_, text) in self._issued.get(group, {}).items() if (issue := opened(text, self.key)) is not None}
        own = {self.unit_of(issue): issue for issue in (*self.coded.values(), *self.sealed.values()) if (issue.form, issue.period) == group}
        sealed = next(iter(self.sealed)) if len(self.sealed) == 1 else ""
        return Evidence(self.names, {**last, **own}, self.owners, sealed)


def _tried(grid: Grid, known: _Known, group: Round, form_of: Callable[[str, str], Form | None]) -> _Tried | None:
    form, evidence = form_of(*group), known.evidence(group)
    if form is None or not evidence.issues:
        return None
    sorting = sort_rows(grid, form, evidence)
    sure = [row for row in sorting.rows if row.whose is Whose.SURE]
    ends = Period.parse(group[1]).ends.isoformat()
    return _Tried(form, evidence, sorting, (len(sure), sum(row.agreeing for row in sure), ends))


def _parts(grid: Grid, known: _Known, tried: _Tried, *, unclear: bool) -> SplitBook | None:
    rows, issues = tried.sorting.rows, tried.evidence.issues
    if not _is_of_several(tried, known) or _is_pasted_over(tried, known):
        return None
    sheets = [sheet.name for sheet in grid.sheets]
    found: list[UnitPart] = []
    for unit, issue in issues.items():
        mine = [row for row in rows if row.unit == unit and row.whose is Whose.SURE]
        latest, twice = _latest(mine)
        extra = tuple(row for row in rows if row.unit == unit and row.whose is Whose.EXTRA)
        place = _rows_of(latest, tried.sorting, unit)
        if latest and not unclear:
            by = "封签" if unit in known.sealed else "回执编号" if tried.sorting.receipts.get(unit) == issue.receipt else "单位名称"
            found.append(UnitPart(str(PartName(grid.file, unit, address_of(place, sheets))), place, issue, by, (), extra, tuple(twice)))
    for (unit, _), asked in _asked(rows, issues, {known.unit_of(part.issue) for part in found if part.issue}, unclear=unclear).items():
        place = _rows_of(asked, tried.sorting, "")
        label = f"{WAITING}（{unit}）" if unit else WAITING
        found.append(UnitPart(str(PartName(grid.file, label, address_of(place, sheets))), place, issues.get(unit), "", tuple(asked)))
    loose = tuple(row for row in rows if row.whose is Whose.LOOSE)
    found.sort(key=lambda part: (not part.issue or bool(part.asked), [(sheet, min(lines)) for sheet, lines in sorted(part.rows.items())], part.name))
    return SplitBook(tuple(found), tried.form, loose, tried.sorting.from_site) if found else None


def _asked(rows: Iterable[SortedRow], issues: Mapping[str, Issue], with_part: set[str], *, unclear: bool) -> dict[tuple[str, str], list[SortedRow]]:
    """Put together the rows that are asked about, by proposal and by what names the unit there."""
    found: dict[tuple[str, str], list[SortedRow]] = {}
    for row in rows:
        if row.whose is Whose.ASKED or (row.whose is Whose.SURE and unclear) or (row.whose is Whose.EXTRA and row.unit not in with_part):
            why = row.why or "看不出是哪一期的表"
            unit = row.unit if row.unit in issues and row.whose is not Whose.EXTRA else ""
            found.setdefault((unit, "" if unit else row.words), []).append(row._replace(why=why))
    return found


def _is_of_several(tried: _Tried, known: _Known) -> bool:
    """Whether rows are, or may be, of two units at least; of a form site's export one is enough, for nobody sealed it."""
    units = {row.unit for row in tried.sorting.rows if row.unit and row.whose is not Whose.LOOSE}
    strangers = {row.words for row in tried.sorting.rows if row.whose is Whose.ASKED and not row.unit and row.words}
    lists = sum(are_units(words, known.names) for words in strangers)  # 区商务局、区民政局
    return len(units) + len(strangers) + lists > 1 or (tried.sorting.from_site and not known.sealed and bool(units or strangers))


def _is_pasted_over(tried: _Tried, known: _Known) -> bool:
    """Whether another's title may stand over the rows of a unit whose seal is in the book: it has none left where only units without a seal have some."""
    for issue in known.sealed.values():
        for table in tried.form.tables:
            numbers = {row.number for row in issue.tables.get(table.sheet, ())}
            rows = [row for row in tried.sorting.rows if row.whose is Whose.SURE and row.header and row.header.table.sheet == table.sheet]
            if numbers and table.subject is not Subject.BLANK and rows and not any(row.unit in known.sealed for row in rows):
                return True
    return False


@lru_cache(maxsize=20_000)  # a nation's round; every strange file is held against all of them
def _told(text: str, key: bytes) -> _IssueName | None:
    issue = opened(text, key)
    return _IssueName(issue.unit, issue.form, issue.period, issue.number) if issue else None


def _latest(rows: Sequence[SortedRow]) -> tuple[list[SortedRow], list[tuple[SortedRow, SortedRow]]]:
    """Of two answers of a form site to one row keep the later; where their times do not tell, both: they are asked about."""
    by_key: dict[tuple[str, str], list[SortedRow]] = {}
    for row in rows:
        by_key.setdefault((row.header.table.sheet if row.header else "", row.key or f"@{row.sheet}.{row.row}"), []).append(row)
    latest: list[SortedRow] = []
    twice: list[tuple[SortedRow, SortedRow]] = []
    for same in by_key.values():
        moments = [moment_of(row.when) for row in same]
        newest = max(moments)
        if len(same) < 2 or "" in moments or moments.count(newest) > 1:
            latest += same
            continue
        last = same[moments.index(newest)]
        latest.append(last)
        twice += [(last, row) for row in same if row is not last]
    return latest, twice


def _rows_of(rows: Iterable[SortedRow], sorting: Sorting, unit: str) -> Rows:
    """Give the rows of a part by sheet, with their headers and the unit's title lines there."""
    found: dict[int, set[int]] = {}
    for row in rows:
        here = found.setdefault(row.sheet, set())
        here.add(row.row)
        if row.header is not None:
            here.update(range(max(row.header.top, 0), row.header.bottom + 1))
    for (sheet, owner), lines in sorting.titles.items():
        if unit and owner == unit and sheet in found:
            found[sheet] |= lines
    return {sheet: frozenset(lines) for sheet, lines in found.items()}


def _periods_in(grid: Grid, issued: Iterable[str]) -> set[str]:
    """Give the issued periods that the file's name, the sheets' names or their first lines write out."""
    tops = (value for sheet in grid.sheets for row in sheet.rows[:_TOP] for value in row if isinstance(value, str) and len(value) <= _LINE)
    text = "\n".join((grid.file.rpartition("/")[2], *(sheet.name for sheet in grid.sheets), *tops))
    words = {period: Period.parse(period).spoken for period in issued}
    found = {period for period, (key, *labels) in words.items() if key in text.split() or any(re.search(re.escape(label) + _ENDS, text) for label in labels)}
    return {period for period in found if not any(other.startswith(f"{period}_") for other in found)}

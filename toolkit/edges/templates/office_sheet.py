"""Rows of the office's own sheets, read by the same reader and kinds as units' returns; every fault is a finding at its cell."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from toolkit.model.choices import choose
from toolkit.model.column_kinds import KINDS, Kind, Limits, Reading, plain, show_number
from toolkit.model.command_error import reason_of
from toolkit.model.findings import Code, Finding, Level
from toolkit.model.place import Place, address
from toolkit.model.returns import CellFault, Fault, Grid, GridSheet

NUMBER, WHOLE, DAY = KINDS["小数"], KINDS["整数"], KINDS["日期"]
A_DAY = "形如 2023-03-30 的日期"
_TEXT = KINDS["文本"]
_TITLE_ROWS = 10  # rows at the top of a sheet in which its header may stand
_NO_VALUE = {Code.CELL_ERROR: Code.OFFICE_CELL_ERROR, Code.NO_RESULT: Code.OFFICE_NO_RESULT, Code.IS_PICTURE: Code.OFFICE_PICTURE}
_EXPECTED = {Code.IS_RANGE: "一个确定的数，不是范围", Code.NOT_WHOLE: "整数"}


class OfficeBook:
    """A workbook of the office: its sheets as the reader gives them, and the faults found so far."""

    def __init__(self, content: bytes, file: str) -> None:
        """Read the workbook; raises Unreadable."""
        from toolkit.edges.reading.read_workbooks import read_grid  # with all that it takes: what is kept is not read again

        self.grid: Grid = read_grid(content, file)
        self.file = file
        self.faults: list[Finding] = []
        self._sheets = {_bare(sheet.name): sheet for sheet in reversed(self.grid.sheets)}
        self._merges_said: set[tuple[str, int, int]] = set()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its sheets, in order, blanks left out."""
        return tuple(_bare(sheet.name) for sheet in self.grid.sheets)

    def say(self, code: Code, where: str, cell: str = "", **facts: str) -> None:
        """Add a fault at a cell of the sheet `where`, or at the whole sheet."""
        self.faults.append(Finding(code, Place(self.file, where, cell), facts))

    def rows(self, name: str, needed: Sequence[str], optional: Sequence[str] = ()) -> Iterator["OfficeRow"]:
        """Give the rows below a sheet's header that hold something; none of a sheet that is not there. A needed column that is missing is a fault."""
        sheet = self._sheets.get(_bare(name))
        if sheet is None:
            return
        known = {_bare(title): title for title in (*needed, *optional)}
        top, titles = _header(sheet, needed)
        columns: dict[str, int] = {}
        for column, seen in enumerate(titles):
            title = known.get(seen, "")
            if not title:
                continue
            if title in columns:
                where = address(top, column)
                self.say(Code.REPEATED, name, where, title="表头", seen=title, other=address(top, columns[title]))
            columns.setdefault(title, column)
        for title in needed:
            if title not in columns:
                self.say(Code.NO_SUCH_COLUMN, name, "A1", title=title)
        yield from self.rows_at(name, columns, first=top + 1)

    def has_sheet(self, name: str) -> bool:
        """Whether it has a sheet of a name, whatever blanks are in it."""
        return _bare(name) in self._sheets

    def rows_at(self, name: str, columns: Mapping[str, int], *, first: int) -> Iterator["OfficeRow"]:
        """Give the rows from `first` on (counted from 0) that hold something in these columns."""
        sheet = self._sheets.get(_bare(name))
        for at in range(first, len(sheet.rows) if sheet else 0):
            if sheet and any(plain(sheet.at(at, column)) for column in columns.values()):
                yield OfficeRow(self, sheet, at, columns)

    def note_merge(self, sheet: GridSheet, first: tuple[int, int], title: str) -> None:
        """Say once that a merged cell was read for each of its rows."""
        key = (sheet.name, *first)
        if key not in self._merges_said:
            self._merges_said.add(key)
            self.say(Code.OFFICE_MERGED, sheet.name, address(*first), title=title)


class OfficeRow:
    """One row of a sheet: each cell is read by its kind when it is asked for, and what is odd about it is said once."""

    def __init__(self, book: OfficeBook, sheet: GridSheet, at: int, columns: Mapping[str, int]) -> None:
        """Keep the row, counted from 0, and its columns by header."""
        self._book, self._sheet, self._at, self._columns = book, sheet, at, columns
        self._texts: dict[str, str] = {}

    @property
    def errors(self) -> int:
        """How many faults of the workbook so far keep something from being used."""
        return sum(fault.level is Level.ERROR for fault in self._book.faults)

    def named(self, titles: Mapping[str, str]) -> "OfficeRow":
        """Give the same row with other names for its columns: old → new."""
        return OfficeRow(self._book, self._sheet, self._at, {titles.get(title, title): column for title, column in self._columns.items()})

    def has(self, title: str) -> bool:
        """Whether the sheet has a column of this title, its cell blank or not."""
        return title in self._columns

    def raw(self, title: str) -> object:
        """Give what stands in a cell; what was merged with the cells above holds what stands in the first."""
        column = self._columns.get(title)
        if column is None:
            return None
        value = self._sheet.at(self._at, column)
        first = None if plain(value) else self._sheet.merged_from(self._at, column)
        if first is None or not plain(self._sheet.at(*first)):
            return value
        self._book.note_merge(self._sheet, first, title)
        return self._sheet.at(*first)

    def place(self, title: str) -> Place:
        """Name a cell of the row; the sheet where there is no such column."""
        return Place(self._book.file, self._sheet.name, address(self._at, self._columns[title]) if title in self._columns else "")

    def fault(self, code: Code, title: str, **facts: str) -> None:
        """Add a finding to the book's faults at a cell of the row, at the sheet where there is no such column."""
        self._book.faults.append(Finding(code, self.place(title), facts, title=title))

    def say_at(self, place: Place, code: Code, *, title: str, **facts: str) -> None:
        """Add a finding to the book's faults at another cell of it."""
        self._book.faults.append(Finding(code, place, facts, title=title))

    def text(self, title: str) -> str:
        """Give a cell's text; '' where it is blank, or holds a formula's error or a picture, which is a fault."""
        if title not in self._texts:
            raw = self.raw(title)
            value = self._settled(title, raw, _TEXT.read(raw, Limits()), "文字")
            self._texts[title] = value if isinstance(value, str) else ""
        return self._texts[title]

    def formula(self, title: str) -> str:
        """Get a formula that the office describes, typed as text or as a formula of the sheet itself, where it has no result."""
        raw = self.raw(title)
        return raw.text if isinstance(raw, CellFault) and raw.kind is Fault.FORMULA else self.text(title)

    def label(self, title: str) -> str:
        """Give a number or name that other rows refer to; '' for a blank, and with a fault for one that the spreadsheet took for a date (1-2)."""
        if isinstance(self.raw(title), date):
            self.fault(Code.OFFICE_BECAME_DATE, title, seen=plain(self.raw(title)))
            return ""
        return self.text(title)

    def number(self, title: str, default: Decimal | None = None, *, kind: Kind = NUMBER, unit: str = "", low: Decimal | None = None) -> Decimal | None:
        """Read a number in its unit of measure; a blank is the default. None and a fault for what is no number or is below `low`."""
        raw = self.raw(title)
        reading = kind.read(raw, Limits(unit=unit))
        if not unit and reading.code is Code.UNDERSTOOD:  # 3家 where nothing says what is counted
            reading = Reading(None, Code.NOT_NUMBER)
        value = self._settled(title, raw, reading, _expected(reading, unit, low))
        if not isinstance(value, Decimal):
            return default if reading.code is None else None
        if low is not None and value < low:
            self.fault(Code.BAD_SETTING, title, seen=plain(raw), choices=f"不小于 {show_number(low)} 的数")
            return None
        return value

    def day(self, title: str, *, year: int = 0, starts: date | None = None) -> date | None:
        """Read a day; where no year is written it is `year` (0: none known). None and a fault for what is none; None for a blank."""
        raw = self.raw(title)
        reading = DAY.read(raw, Limits(year=year, starts=starts, since_1904=self._book.grid.since_1904))
        two = reading.code is Code.TWO_DAYS
        value = self._settled(title, raw, reading, f"{reading.facts['one']} 或 {reading.facts['other']}，年月日写全" if two else A_DAY)
        return value if isinstance(value, date) else None

    def choice(self, title: str, choices: Sequence[str], default: str = "", aliases: Mapping[str, str] | None = None) -> str:
        """Read one of a few words; a blank is the default. '' and a fault for any other word."""
        text = self.text(title)
        if not text:
            return default
        found = choose(text, choices, aliases or {})
        if found is None:
            self.fault(Code.BAD_SETTING, title, seen=text, choices="、".join(choices))
            return ""
        if found.choice != text:
            self.fault(Code.OFFICE_UNDERSTOOD, title, seen=text, value=found.choice)
        return found.choice

    def word(self, title: str, words: Sequence[str]) -> str:
        """Read a word of the program's own, which must stand as it is; '' for a blank, '' and a fault for any other word."""
        text = self.text(title)
        if text and text not in words:
            self.fault(Code.BAD_SETTING, title, seen=text, choices="、".join(words))
        return text if text in words else ""

    def count(self, title: str) -> int | None:
        """Read a whole number from 0 on, also one typed as text; None and a fault for anything else."""
        found = WHOLE.read(self.raw(title), Limits()).value
        if not isinstance(found, Decimal) or found < 0:
            self.fault(Code.BAD_SETTING, title, seen=plain(self.raw(title)), choices="不小于 0 的整数")
            return None
        return int(found)

    def is_blank(self, title: str) -> bool:
        """Whether nothing but blanks stands in a cell, or the sheet has no such column."""
        return not plain(self.raw(title))

    def needs(self, title: str, hint: str) -> bool:
        """Whether something stands in a cell; where nothing does, MISSING_SETTING is added to the book's faults."""
        if self.is_blank(title):
            self.fault(Code.MISSING_SETTING, title, hint=hint)
        return not self.is_blank(title)

    def _settled(self, title: str, raw: object, reading: Reading, expected: str) -> object:
        """Say what a kind found odd, in words for the office, and give the value that holds."""
        if reading.code is None:
            if isinstance(reading.value, Decimal) and isinstance(raw, str):
                self.fault(Code.NUMBER_AS_TEXT, title, seen=plain(raw))
            return reading.value
        if reading.value is None:
            code = _NO_VALUE.get(reading.code, Code.BAD_SETTING)
            self.fault(code, title, seen=plain(raw), choices=expected)
        elif reading.code is Code.SMALL_PERCENT:
            self.fault(Code.OFFICE_SMALL_PERCENT, title, **reading.facts)
        elif reading.code is not Code.STRANGE_CHARACTERS:
            code = Code.OFFICE_READ_AS if reading.code.text.level is Level.NOTE else Code.OFFICE_UNDERSTOOD
            self.fault(code, title, seen=plain(raw), value=plain(reading.value))
        return reading.value


def read_office_book(path: Path) -> OfficeBook | Finding:
    """Read a workbook of the office; instead of an error a finding (OFFICE_UNREADABLE) that says why it cannot be read."""
    from toolkit.edges.reading.read_workbooks import Unreadable

    try:
        return OfficeBook(path.read_bytes(), path.name)
    except (OSError, Unreadable) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        return Finding(Code.OFFICE_UNREADABLE, Place(path.name), {"reason": reason})


def _header(sheet: GridSheet, needed: Sequence[str]) -> tuple[int, list[str]]:
    """Find the header: the first row near the top that has every needed title, else the first row; titles without their blanks."""
    rows = [[_bare(plain(value)) for value in row] for row in sheet.rows[:_TITLE_ROWS]]
    return next(((at, row) for at, row in enumerate(rows) if set(map(_bare, needed)) <= set(row)), (0, rows[0] if rows else []))


def _bare(name: str) -> str:
    """Leave the blanks out of a sheet's or a column's name."""
    return "".join(name.split())


def _expected(reading: Reading, unit: str, low: Decimal | None) -> str:
    """Say what belongs into a cell that holds no number."""
    bound = f"不小于 {show_number(low)} 的" if low is not None else ""
    plain_words = f"{bound}数字，按“{unit}”计" if unit else f"{bound}数字"
    return _EXPECTED.get(reading.code, plain_words) if reading.code else plain_words

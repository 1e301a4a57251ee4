"""A data sheet of the consolidated workbook: header in row 1, one record a row, widths and heights that show every word."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from heapq import nlargest
from itertools import chain
from typing import Any, Generic, NamedTuple, TypeVar

from toolkit.model.cell_style import CellStyle
from toolkit.model.column_kinds import show_number
from toolkit.model.measure import TALLEST, LineCapacity, height, height_of, lines, room_of
from toolkit.model.place import column_letters
from toolkit.model.sheet import Area, Body, ColumnFormula, Condition, Formula, Guard, Link, Print, RowPlan, SheetPlan
from toolkit.views.paging import paged

MOST_LINKS = 65_530  # hyperlinks a sheet may hold, Excel's own limit
_GROW = 1.2  # how much wider a column is tried when its longest text does not fit the tallest row
_FOOTER = "&L{sheet}&C第 &P 页 共 &N 页&R{title}"


Record = TypeVar("Record")


class Column(NamedTuple, Generic[Record]):
    """A column of a data sheet: its header, width in characters, its cells' look, what stands in it, and how wide it may grow for long texts.

    `value` gives a record's cell (a Styled one has a look of its own); `widest` is 0 for a column that does not grow.
    """

    title: str
    width: float
    look: str
    value: Callable[[Record], object]
    widest: float = 0


Columns = Sequence[Column[Any]]


class Styled(NamedTuple):
    """A value with a look of its own."""

    value: object
    look: str


class Extras(NamedTuple):
    """What a data sheet has besides its cells; `frozen` counts the columns that stay in view, `even` rows are all as high as one line."""

    frozen: int = 1
    guards: tuple[tuple[Area, Guard], ...] = ()
    conditions: tuple[Condition, ...] = ()
    comments: tuple[tuple[int, int, str], ...] = ()
    large: bool = False
    protect: bool = False
    even: bool = False


_NO_EXTRAS = Extras()
_MARKED = frozenset({Styled, Link})
_CARRIERS = (Styled, Formula, ColumnFormula)
_NUMBERS = (int, float, Decimal)


def data_sheet(
    name: str, columns: Sequence[Column[Record]], records: Sequence[Record], *, looks: Mapping[str, CellStyle], title: str, extras: Extras = _NO_EXTRAS
) -> SheetPlan:
    """Plan a data sheet: header in row 1 that stays in view, filters and repeats in print; rows high enough for their text. Cells are made when drawn."""
    size = looks["正文"].size or 10
    widths = [_width(column, records, size) for column in columns]
    titles = [column.title for column in columns]
    head = RowPlan(titles, ("表头",) * len(columns), height(zip(titles, widths, strict=True), looks["表头"].size or size) + 6)
    return SheetPlan(
        name=name,
        body=Body(len(records) + 1, len(columns), lambda: chain([head], _rows(columns, records, [] if extras.even else widths, size))),
        widths=dict(enumerate(widths)),
        guards=extras.guards,
        conditions=extras.conditions,
        comments=extras.comments,
        freeze=(1, extras.frozen),
        protect=extras.protect,
        filter=Area(0, 0, max(len(records), 1), len(columns) - 1),
        printing=paged(page(name, title, large=extras.large, repeat=(0, 0)), dict(enumerate(widths)), size=_smallest(columns, looks), frozen=extras.frozen),
    )


def _smallest(columns: Columns, looks: Mapping[str, CellStyle]) -> float:
    """Give the size of a table's smallest letters, in points."""
    return min(looks[name].size or 10 for name in ("表头", *(column.look for column in columns)))


def _rows(columns: Sequence[Column[Record]], records: Sequence[Record], widths: Sequence[float], size: float) -> Iterator[RowPlan]:
    """Plan record after record; without widths, rows are as high as the program makes them."""
    usual, rooms = tuple(column.look for column in columns), [room_of(width, size) for width in widths]
    cells = [column.value for column in columns]
    links = 0
    for record in records:
        values, looks = [cell(record) for cell in cells], usual
        if not _MARKED.isdisjoint(map(type, values)):
            shown = list(usual)
            for at in [at for at, value in enumerate(values) if type(value) in _MARKED]:
                if isinstance(value := values[at], Styled):
                    value, shown[at] = value
                if isinstance(value, Link):
                    links += 1
                    value = value if links <= MOST_LINKS else without_link(value)
                values[at] = value
            looks = tuple(shown)
        yield RowPlan(values, looks, height_of(_lines(values, rooms), size) if rooms else None)


def page(sheet: str, title: str, *, large: bool = False, repeat: tuple[int, int] | None = None, fit_height: int = 0) -> Print:
    """Set up a landscape page: what it is at the top, page numbers at the foot."""
    safe = title.replace("&", "&&")[:80]
    return Print(large=large, header=f"&C&B{safe}·{sheet}", footer=_FOOTER.format(sheet=sheet, title=safe), repeat=repeat, fit_height=fit_height)


def without_link(link: Link) -> str:
    """Say in words where a link would have led: its words, and its tip in brackets."""
    return f"{link.words}（{link.tip}）" if link.tip else link.words


def text_of(value: object) -> str:
    """Write a cell's value as a reader sees it, to measure the room it takes; '' for None, days as 2023-03-30, times to the minute."""
    if type(value) is str:
        return value
    if isinstance(value, _CARRIERS):
        return text_of(value.value)
    if isinstance(value, Link):
        return value.words
    if isinstance(value, Decimal):
        return show_number(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def at(columns: Columns, title: str) -> int:
    """Find a column by its header, counted from 0. Raises StopIteration where there is none."""
    return next(number for number, column in enumerate(columns) if column.title == title)


def body(columns: Columns, title: str, count: int) -> Area:
    """Give the area of a column's records; at least one row, so that formulas over an empty sheet hold."""
    column = at(columns, title)
    return Area(1, column, max(count, 1), column)


def span(sheet: str, columns: Columns, title: str, count: int) -> str:
    """Write that area for a formula on another sheet: '任务进展'!$K$2:$K$114."""
    return f"'{sheet}'!{body(columns, title, count).ref(absolute=True)}"


def letters(columns: Columns) -> dict[str, str]:
    """Name every column's letters by its header, for formulas over a row's cells."""
    return {column.title: column_letters(number) for number, column in enumerate(columns)}


def _lines(values: Iterable[object], rooms: Iterable[LineCapacity]) -> list[int]:
    """Count the lines of those texts of a row that may need more than one."""
    found = []
    for value, (sure, latin, wide) in zip(values, rooms, strict=True):
        if type(value) is str:
            if value and (len(value) > sure or "\n" in value):
                found.append(lines(value, wide))
        elif value is not None:
            text = text_of(value)
            if len(text) > (latin if isinstance(value, _NUMBERS) else sure) or "\n" in text:
                found.append(lines(text, wide))
    return found


def _width(column: Column[Record], records: Iterable[Record], size: float) -> float:
    if column.widest <= column.width:
        return column.width
    longest = nlargest(3, (value if type(value) is str else text_of(value) for value in map(column.value, records) if value), key=len)
    width = column.width
    while width < column.widest and height(((text, width) for text in longest), size) >= TALLEST:
        width = min(column.widest, round(width * _GROW, 1))
    return width

"""A data sheet of the consolidated workbook: header in row 1, one record a row, widths and heights that show every word."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.kinds import show_number
from toolkit.model.look import Look
from toolkit.model.measure import TALLEST, height, is_short
from toolkit.model.place import column_letters
from toolkit.model.sheet import Area, CellPlan, Condition, Formula, Guard, Link, Print, SheetPlan

MOST_LINKS = 65_530  # hyperlinks a sheet may hold, Excel's own limit
_GROW = 1.2  # how much wider a column is tried when its longest text does not fit the tallest row
_FOOTER = "&L{sheet}&C第 &P 页 共 &N 页&R{title}"


class Column(NamedTuple):
    """A column of a data sheet: its header, width in characters, its cells' look, and how wide it may grow for long texts (0: not at all)."""

    title: str
    width: float
    look: str
    widest: float = 0


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


def data_sheet(
    name: str, columns: Sequence[Column], rows: Sequence[Sequence[object]], *, looks: Mapping[str, Look], title: str, extras: Extras = _NO_EXTRAS
) -> SheetPlan:
    """Plan a data sheet: header in row 1 that stays in view, filters and repeats in print; rows high enough for their text."""
    size = looks["正文"].size or 10
    widths = _widths(columns, rows, size)
    cells = [CellPlan(0, at, column.title, "表头") for at, column in enumerate(columns)]
    heights = {0: height(((column.title, wide) for column, wide in zip(columns, widths, strict=True)), looks["表头"].size or size) + 6}
    links = 0
    for at, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            plain, look = value if isinstance(value, Styled) else (value, columns[column].look)
            if isinstance(plain, Link):
                links += 1
                plain = plain if links <= MOST_LINKS else without_link(plain)
            cells.append(CellPlan(at, column, plain, look))
        if not extras.even:
            heights[at] = height(_long(row, widths, size), size)
    return SheetPlan(
        name=name,
        cells=tuple(cells),
        widths=dict(enumerate(widths)),
        heights=heights,
        guards=extras.guards,
        conditions=extras.conditions,
        comments=extras.comments,
        freeze=(1, extras.frozen),
        protect=extras.protect,
        filter=Area(0, 0, max(len(rows), 1), len(columns) - 1),
        printing=page(name, title, large=extras.large, repeat=(0, 0)),
    )


def page(sheet: str, title: str, *, large: bool = False, repeat: tuple[int, int] | None = None, fit_height: int = 0) -> Print:
    """Set up a landscape page: what it is at the top, page numbers at the foot."""
    safe = title.replace("&", "&&")[:80]
    return Print(large=large, header=f"&C&B{safe}·{sheet}", footer=_FOOTER.format(sheet=sheet, title=safe), repeat=repeat, fit_height=fit_height)


def without_link(link: Link) -> str:
    """Say in words where a link would have led."""
    return f"{link.words}（{link.tip}）" if link.tip else link.words


def text_of(value: object) -> str:
    """Write a cell's value as a reader sees it, to measure the room it takes."""
    if isinstance(value, Styled | Formula):
        return text_of(value.value)
    if isinstance(value, Link):
        return value.words
    if isinstance(value, Decimal):
        return show_number(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def at(columns: Sequence[Column], title: str) -> int:
    """Find a column by its header, counted from 0."""
    return next(number for number, column in enumerate(columns) if column.title == title)


def body(columns: Sequence[Column], title: str, count: int) -> Area:
    """Give the area of a column's records; at least one row, so that formulas over an empty sheet hold."""
    column = at(columns, title)
    return Area(1, column, max(count, 1), column)


def span(sheet: str, columns: Sequence[Column], title: str, count: int) -> str:
    """Write that area for a formula on another sheet: '任务进展'!$K$2:$K$114."""
    return f"'{sheet}'!{body(columns, title, count).ref(absolute=True)}"


def letters(columns: Sequence[Column]) -> dict[str, str]:
    """Name every column's letters by its header, for formulas over a row's cells."""
    return {column.title: column_letters(number) for number, column in enumerate(columns)}


def _long(row: Sequence[object], widths: Sequence[float], size: float) -> Iterator[tuple[str, float]]:
    """Give the texts of a row that may need more than one line."""
    for value, wide in zip(row, widths, strict=True):
        text = value if isinstance(value, str) else text_of(value)
        if not is_short(text, wide, size):
            yield text, wide


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[object]], size: float) -> list[float]:
    return [_width(column, (text_of(row[number]) for row in rows), size) for number, column in enumerate(columns)]


def _width(column: Column, texts: Iterable[str], size: float) -> float:
    if column.widest <= column.width:
        return column.width
    longest = sorted(texts, key=len, reverse=True)[:3]
    width = column.width
    while width < column.widest and height(((text, width) for text in longest), size) >= TALLEST:
        width = min(column.widest, round(width * _GROW, 1))
    return width

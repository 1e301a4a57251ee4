"""A Gantt chart drawn in the cells of a row: a column for each third of a month (旬), signs that a formula puts there, looks that follow the signs."""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from toolkit.model.milestones import Milestone
from toolkit.model.sheet import Area, Condition, Formula
from toolkit.views.consolidated.sheet_names import NODE_DAY

BASELINE, EXPECTED, ACTUAL, BAR, SLIP, LINE = "◆", "◇", "●", "━", "╌", "┃"
LOOKS = {ACTUAL: "甘特实际", BASELINE: "甘特基准", BAR: "甘特基准", EXPECTED: "甘特推迟", SLIP: "甘特推迟"}
EMPTY, TODAY = "甘特", "甘特截止"
WIDTH = 2.1  # characters
_EPOCH = date(1899, 12, 30)  # day 0 of a sheet's numbers for days


class Span(NamedTuple):
    """A column of the chart: its title (3上: the first ten days of March), its first and last day."""

    title: str
    first: date
    last: date


class Cells(NamedTuple):
    """The addresses of a row's baseline, expected and actual day."""

    baseline: str
    expected: str
    actual: str


def spans(year: int) -> tuple[Span, ...]:
    """Give the 36 columns of a year: days 1–10, 11–20 and the rest of each month."""
    return tuple(
        Span(f"{month}{part}", date(year, month, first), date(year, month, last or monthrange(year, month)[1]))
        for month in range(1, 13)
        for part, first, last in (("上", 1, 10), ("中", 11, 20), ("下", 21, 0))
    )


def sign(milestone: Milestone, begins: date, span: Span, on: date) -> str:
    """Say which sign stands in a cell; a bar runs from the day that the milestone `begins` to its baseline, and on to when it was or will be reached."""
    baseline, expected, actual = milestone.node.baseline, milestone.expected, milestone.actual
    ends = actual or expected
    for holds, shown in (
        (actual is not None and span.first <= actual <= span.last, ACTUAL),
        (span.first <= baseline <= span.last, BASELINE),
        (actual is None and expected is not None and span.first <= expected <= span.last, EXPECTED),
        (span.first > begins and span.last < baseline, BAR),
        (ends is not None and span.first > baseline and span.last < ends, SLIP),
        (span.first <= on <= span.last, LINE),
    ):
        if holds:
            return shown
    return ""


def formula(milestone: Milestone, begins: date, span: Span, on: date, cells: Cells) -> Formula:
    """Write what `sign` says as a live formula over the row's days and the book's day; days are numbers, and a blank cell is 0."""
    first, last = serial(span.first), serial(span.last)

    def within(cell: str) -> str:
        return f"{cell}>={first},{cell}<={last}"

    ends = f'IF({cells.actual}<>"",{cells.actual},{cells.expected})'
    text = (
        f'=IF(AND({within(cells.actual)}),"{ACTUAL}",IF(AND({within(cells.baseline)}),"{BASELINE}",'
        f'IF(AND({cells.actual}="",{within(cells.expected)}),"{EXPECTED}",IF(AND({first}>{serial(begins)},{last}<{cells.baseline}),"{BAR}",'
        f'IF(AND({first}>{cells.baseline},{last}<{ends}),"{SLIP}",IF(AND({within(NODE_DAY)}),"{LINE}",""))))))'
    )
    return Formula(text, sign(milestone, begins, span, on))


def beginnings(milestones: Sequence[Milestone], year: int) -> Mapping[tuple[str, str], date]:
    """Say by unit and key from which day each milestone's bar runs: the baseline before it of the same task and unit, else the last day of the year before."""
    found: dict[tuple[str, str], date] = {}
    last: dict[tuple[str, str], date] = {}
    for milestone in sorted(milestones, key=lambda milestone: milestone.node.baseline):
        whose = milestone.node.number, milestone.planned.unit
        found[milestone.planned.unit, milestone.node.key] = last.get(whose, date(year - 1, 12, 31))
        last[whose] = milestone.node.baseline
    return found


def conditions(area: Area, first_cell: str, columns: Sequence[Span]) -> Iterator[Condition]:
    """Give the looks of the chart's cells by their signs, and of the column, header and all, in which the book's day lies."""
    for shown, look in LOOKS.items():
        yield Condition(area, f'={first_cell}="{shown}"', look)
    for at, column in enumerate(columns, area.left):
        day = f"=AND({NODE_DAY}>={serial(column.first)},{NODE_DAY}<={serial(column.last)})"
        yield Condition(Area(0, at, area.bottom, at), day, TODAY)


def serial(day: date) -> int:
    """Give the number that a sheet has for a day."""
    return (day - _EPOCH).days

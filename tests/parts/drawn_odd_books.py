"""Random workbooks of several units in which the units are told in ways that a form does not ask for: 同上, counts, titles, short names, lists of names."""

from collections.abc import Callable

from openpyxl import Workbook

from tests.parts.drawn_books import UNITS, Book, Cell, Hand, Line

_TITLE: Line = ["2023年第一季度进展汇总"]
_SHORT = {"城东新街道": "东新街道", "第一局二分局": "一局二分局", "青江县教育局": "青县教育局", "青江县教体局": "青县教体局", "青江县民政局": "民局"}


def ditto(hand: Hand, units: list[str]) -> Book:
    """With a column of units that says 同上 in all rows of a unit but its first."""
    truth: dict[Cell, object] = {}
    sign = hand.random.choice(("同上", "〃", '"', "同上。"))
    rows = [[unit if at == 0 else sign, *row] for unit in units for at, row in enumerate(hand.lines(unit, truth)[1])]
    return Book("ditto", _sheet([_TITLE, ["单位", *hand.lines(units[0], {})[0]], *rows]), truth)


def counted(hand: Hand, units: list[str]) -> Book:
    """Under each other with the header once, before each unit's rows its name and how many they are."""
    truth: dict[Cell, object] = {}
    lines = [_TITLE, hand.lines(units[0], {})[0]]
    for unit in units:
        rows = hand.lines(unit, truth)[1]
        lines += [[hand.random.choice((f"{unit}（{len(rows)}项）", f"{unit}（共{len(rows)}项）", f"一、{unit}({len(rows)}项)"))], *rows]
    return Book("counted", _sheet(lines), truth)


def titled(hand: Hand, units: list[str]) -> Book:
    """A sheet a unit that is called by a number, with a title that names the unit and no code."""
    truth: dict[Cell, object] = {}
    book = Workbook()
    book.remove(book.worksheets[0])
    for at, unit in enumerate(units, 1):
        titles, rows, _ = hand.lines(unit, truth)
        sheet = book.create_sheet(f"Sheet{at}")
        for line in ([f"{unit}2023年第一季度目标任务进展情况"], titles, *rows):
            sheet.append(line)
    return Book("titled", book, truth)


def joined(hand: Hand, units: list[str]) -> Book:
    """Under each other, with a line that names two units before the rows of both: whose each of those is nobody said."""
    truth: dict[Cell, object] = {}
    lines = [_TITLE, hand.lines(units[0], {})[0]]
    for unit in units[2:]:
        lines += [[unit], *hand.lines(unit, truth)[1]]
    lines += [["、".join(units[:2])], *(row for unit in units[:2] for row in hand.lines(unit, truth)[1])]
    return Book("joined", _sheet(lines), truth, {cell for cell in truth if cell[0] in units[:2]})


def shortened(hand: Hand, units: list[str]) -> Book:
    """With a column in which every unit is called by a name of the office's own: all wait, none is refused as a stranger's table."""
    truth: dict[Cell, object] = {}
    picked = hand.random.sample(sorted(_SHORT), max(2, min(len(units), len(_SHORT))))
    rows = [[_SHORT[unit], *row] for unit in picked for row in hand.lines(unit, truth)[1]]
    return Book("shortened", _sheet([_TITLE, ["单位", *hand.lines(UNITS[0], {})[0]], *rows]), truth, set(truth))


ODD_SHAPES: tuple[Callable[[Hand, list[str]], Book], ...] = (ditto, counted, titled, joined, shortened)


def _sheet(lines: list[Line]) -> Workbook:
    book = Workbook()
    for line in lines:
        book.worksheets[0].append(line)
    return book

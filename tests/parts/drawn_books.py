"""Random workbooks in which several units answer together, as they occur, and whose every value is: who typed it stands in the value."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.small import header_row
from toolkit.edges.workspace import Workspace
from toolkit.model.master import TASK, Deadline, Master, Task, Unit

MAIN = "任务进展"
UNITS = ("城东街道", "城东街道办", "城东新街道", "第一局", "第一局二分局", "青江县教育局", "青江县教体局", "青江县民政局")
SHARED = ("任务1", "任务2")  # every unit has these; the first leads them
Cell = tuple[str, str, str]  # unit, task number, column title
TYPED = ("进展状态", "累计进度", "本季进展情况", "下一步措施")
CODES = {"进展状态": "status", "累计进度": "progress", "本季进展情况": "done", "下一步措施": "next"}
Line = list[object]


@dataclass
class Book:
    """One workbook: its shape, what every cell says and who said it, and cells that may not go in without being asked about."""

    kind: str
    book: Workbook
    truth: dict[Cell, object]
    doubtful: set[Cell] = field(default_factory=set)


def office() -> Master:
    """An office of units that are called nearly alike, with two tasks that all share and two of each one's own."""
    shared = tuple(Task(number, TASK, "一", "", f"{number}：全县一起办的事。", (UNITS[0],), UNITS[1:]) for number in SHARED)
    own = tuple(
        Task(f"任务{3 + 2 * at + one}", TASK, "一", "", f"{unit}自己的第{one + 1}件事。", (unit,), ()) for at, unit in enumerate(UNITS) for one in range(2)
    )
    calendar = (Deadline("2023Q1", "季度进展", date(2023, 1, 1), date(2023, 3, 30)), Deadline("2023Q2", "季度进展", date(2023, 4, 1), date(2023, 6, 30)))
    return Master((*shared, *own), (), tuple(Unit(unit) for unit in UNITS), calendar, title="青江县2023年目标任务")


class Hand:
    """Fills in issued forms, and gives their lines: what each says is the unit's and no other's."""

    def __init__(self, space: Workspace, folder: Path, random: Random) -> None:
        self.random, self._folder, self._space = random, folder, space
        self._forms = {unit: folder / f"{unit}_2023年第一季度进展.xlsx" for unit in UNITS}

    def form(self, unit: str, truth: dict[Cell, object]) -> Workbook:
        """Give a unit's form with every row filled in."""
        book = load_workbook(self._forms[unit])
        sheet = book[MAIN]
        top = header_row(sheet)
        columns = {str(cell.value): cell.column for cell in sheet[top]}
        for row in sheet.iter_rows(min_row=top + 1):
            if str(row[0].value or "").startswith("任务"):
                for title, value in self._says(unit, str(row[0].value)).items():
                    sheet.cell(row[0].row, columns[title]).value = value  # type: ignore[arg-type]
                    truth[unit, str(row[0].value), title] = value
        return book

    def lines(self, unit: str, truth: dict[Cell, object]) -> tuple[Line, list[Line], list[Line]]:
        """Give a filled form's titles of columns, its rows, and the lines of its title block."""
        sheet = self.form(unit, truth)[MAIN]
        top = header_row(sheet)
        every = [list(row) for row in sheet.iter_rows(values_only=True)]
        return every[top - 1], [line for line in every[top:] if str(line[0] or "").startswith("任务")], every[: top - 1]

    def _says(self, unit: str, number: str) -> dict[str, object]:
        made = self.random.randrange(1000)
        return {
            "进展状态": "推进中",
            "累计进度": self.random.randrange(26, 99),
            "本季进展情况": f"{unit}为{number}完成了招标{made}项并进场施工。",
            "下一步措施": f"{unit}下季度完成主体工程{made}米。",
        }


def copied_sheets(hand: Hand, units: list[str]) -> Book:
    """A unit's book into which the others' sheets were copied, title block and all."""
    truth: dict[Cell, object] = {}
    book = hand.form(units[0], truth)
    for at, unit in enumerate(units[1:], 2):
        _copy(hand.form(unit, truth)[MAIN], book.create_sheet(f"{MAIN} ({at})"))
    return Book("copied sheets", book, truth)


def named_sheets(hand: Hand, units: list[str]) -> Book:
    """A sheet a unit, called by its name, without title blocks."""
    book, truth = Workbook(), dict[Cell, object]()
    book.remove(book.worksheets[0])
    for unit in units:
        titles, rows, _ = hand.lines(unit, truth)
        _put(book.create_sheet(unit + hand.random.choice(("", "一季度", "进展情况"))), [titles, *rows])
    return Book("named sheets", book, truth)


def stacked(hand: Hand, units: list[str]) -> Book:
    """Under each other in one sheet, each with its title block and header."""
    truth: dict[Cell, object] = {}
    lines: list[Line] = []
    for unit in units:
        titles, rows, head = hand.lines(unit, truth)
        lines += [*head, titles, *rows, *([[]] * hand.random.choice((0, 1)))]
    return Book("stacked", _sheet(lines), truth)


def headed(hand: Hand, units: list[str]) -> Book:
    """Under each other with the header once, a line with the unit's name before its rows."""
    truth: dict[Cell, object] = {}
    titles, _, _ = hand.lines(units[0], {})
    lines: list[Line] = [["2023年第一季度目标任务进展"], titles]
    for at, unit in enumerate(units):
        name = hand.random.choice((unit, f"{'一二三四五六七八'[at]}、{unit}", f"填报单位：{unit}"))
        lines += [[name], *hand.lines(unit, truth)[1]]
    return Book("headed", _sheet(lines), truth)


def with_column(hand: Hand, units: list[str]) -> Book:
    """With a column of units, sorted by unit or by task."""
    truth: dict[Cell, object] = {}
    titles = hand.lines(units[0], {})[0]
    rows = [[unit, *row] for unit in units for row in hand.lines(unit, truth)[1]]
    if hand.random.random() < 0.5:
        rows.sort(key=lambda row: (str(row[1]), hand.random.random()))
    title = hand.random.choice(("单位", "填报单位", "报送单位", "部门"))
    return Book("column", _sheet([["2023年第一季度进展汇总"], [title, *titles], *rows]), truth)


def grouped(hand: Hand, units: list[str]) -> Book:
    """With a column of units that names each once, its cells merged or left blank."""
    truth: dict[Cell, object] = {}
    titles = hand.lines(units[0], {})[0]
    book = _sheet([["2023年第一季度进展汇总"], ["单位", *titles]])
    sheet, merged = book.worksheets[0], hand.random.random() < 0.5
    for unit in units:
        rows = hand.lines(unit, truth)[1]
        start = sheet.max_row + 1
        _put(sheet, [[unit if at == 0 else None, *row] for at, row in enumerate(rows)])
        if merged:
            sheet.merge_cells(start_row=start, end_row=start + len(rows) - 1, start_column=1, end_column=1)
    return Book("grouped", book, truth)


def pasted_below(hand: Hand, units: list[str]) -> Book:
    """A unit's own sealed form, with the others' tables pasted below its own, titles and all."""
    truth: dict[Cell, object] = {}
    book = hand.form(units[0], truth)
    for unit in units[1:]:
        titles, rows, head = hand.lines(unit, truth)
        _put(book[MAIN], [*head, titles, *rows])
    return Book("pasted below", book, truth)


def misspelt(hand: Hand, units: list[str]) -> Book:
    """With a column in which a unit is called by a name that is no unit's."""
    made = with_column(hand, units)
    sheet, unit = made.book.worksheets[0], hand.random.choice(units)
    wrong = hand.random.choice((unit[:-1], unit.replace("县", "市"), unit + "综合科", "某某办"))
    for row in sheet.iter_rows(min_row=3, max_col=1):
        row[0].value = wrong if row[0].value == unit and wrong not in UNITS else row[0].value
    doubtful = {cell for cell in made.truth if cell[0] == unit} if wrong not in UNITS else set()
    return Book("misspelt", made.book, made.truth, doubtful)


def nameless_rows(hand: Hand, units: list[str]) -> Book:
    """With a column of units that is blank in some rows."""
    made = with_column(hand, units)
    sheet = made.book.worksheets[0]
    picked = hand.random.sample(range(3, sheet.max_row + 1), 2)
    doubtful: set[Cell] = set()
    for row in picked:
        unit, number = str(sheet.cell(row, 1).value), str(sheet.cell(row, 2).value)
        sheet.cell(row, 1).value = None
        doubtful |= {cell for cell in made.truth if cell[:2] == (unit, number)}
    return Book("nameless rows", made.book, made.truth, doubtful)


def others_tasks(hand: Hand, units: list[str]) -> Book:
    """With a column in which a row is put down to a unit that was not issued the task: nobody said so."""
    made = with_column(hand, units)
    sheet = made.book.worksheets[0]
    own = [row for row in range(3, sheet.max_row + 1) if sheet.cell(row, 2).value not in SHARED]
    row = hand.random.choice(own)
    unit, number = str(sheet.cell(row, 1).value), str(sheet.cell(row, 2).value)
    sheet.cell(row, 1).value = hand.random.choice([other for other in units if other != unit])
    return Book("others' tasks", made.book, made.truth, {cell for cell in made.truth if cell[:2] == (unit, number)})


def unit_twice(hand: Hand, units: list[str]) -> Book:
    """Under each other, one unit a second time with other words: which of them holds is to be asked."""
    made = stacked(hand, units)
    titles, rows, head = hand.lines(units[0], {})
    _put(made.book.worksheets[0], [*head, titles, *rows])
    return Book("unit twice", made.book, made.truth, {cell for cell in made.truth if cell[0] == units[0] and cell[2] != "进展状态"})


def hidden_sheet(hand: Hand, units: list[str]) -> Book:
    """A sheet a unit, one of them hidden."""
    made = named_sheets(hand, units)
    made.book.worksheets[-1].sheet_state = "hidden"
    return Book("hidden sheet", made.book, made.truth, {cell for cell in made.truth if cell[0] == units[-1]})


def empty_part(hand: Hand, units: list[str]) -> Book:
    """Copied sheets, of which one was never filled in."""
    truth: dict[Cell, object] = {}
    book = hand.form(units[0], truth)
    for at, unit in enumerate(units[1:], 2):
        _copy(hand.form(unit, {} if unit == units[-1] else truth)[MAIN], book.create_sheet(f"{MAIN} ({at})"))
    last = book.worksheets[-1]
    top = header_row(last)
    columns = [cell.column for cell in last[top] if cell.value in TYPED]
    for row in last.iter_rows(min_row=top + 1):
        for column in columns:
            last.cell(row[0].row, column).value = None  # type: ignore[arg-type]
    return Book("empty part", book, truth)


SHAPES: tuple[Callable[[Hand, list[str]], Book], ...] = (
    *(copied_sheets, named_sheets, stacked, headed, with_column, grouped, pasted_below),
    *(misspelt, nameless_rows, others_tasks, unit_twice, hidden_sheet, empty_part),
)
SENT = datetime(2023, 3, 20, 9)  # noqa: DTZ001 - file times are local


def _copy(source: Worksheet, target: Worksheet) -> None:
    for row in source.iter_rows(values_only=True):
        target.append(row)


def _put(sheet: Worksheet, lines: list[Line]) -> None:
    for line in lines:
        sheet.append(line)


def _sheet(lines: list[Line]) -> Workbook:
    book = Workbook()
    book.worksheets[0].title = "汇总"
    _put(book.worksheets[0], lines)
    return book

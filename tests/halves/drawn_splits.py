"""Random ways in which the divisions of a unit send its one form: halves by rows or columns, overlaps, copies, corrections, and what must come of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

from openpyxl import load_workbook

from tests.small import header_row
from toolkit.model.master import TASK, Deadline, Master, Task, Unit

TITLES = ("进展状态", "累计进度", "本季进展情况", "下一步措施")
CODES = {"进展状态": "status", "累计进度": "progress", "本季进展情况": "done", "下一步措施": "next"}
TASKS = 6
Cell = tuple[int, str]  # which of the unit's tasks, column title
Cells = Mapping[Cell, object]


@dataclass
class Play:
    """One unit's files, each with its moment and cells, and what the cells must end as.

    `doubtful` are cells that must be asked about, `missing` those that nobody fills.
    """

    kind: str
    files: list[tuple[datetime, Cells]]
    truth: dict[Cell, object]
    doubtful: set[Cell] = field(default_factory=set)
    missing: set[Cell] = field(default_factory=set)


def office(plays: int) -> Master:
    """An office with a unit a play, each with tasks of its own."""
    units = [f"第{at}局" for at in range(plays)]
    tasks = tuple(
        Task(f"任务{at * TASKS + one}", TASK, "(一)产业", "", f"{unit}的第{one}件事。", (unit,), ()) for at, unit in enumerate(units) for one in range(TASKS)
    )
    calendar = (Deadline("2023Q1", "季度进展", date(2023, 1, 1), date(2023, 3, 30)),)
    return Master(tasks, (), tuple(Unit(unit) for unit in units), calendar, title="云溪县2023年目标任务")


def full(random: Random, salt: str) -> dict[Cell, object]:
    """Everything a unit fills in, right in itself."""
    cells: dict[Cell, object] = {}
    for row in range(TASKS):
        cells[row, "进展状态"] = "推进中"
        cells[row, "累计进度"] = random.randrange(26, 99)
        cells[row, "本季进展情况"] = f"第{row}件事{salt}完成立项和招标，进场施工{random.randrange(1000)}米。"
        cells[row, "下一步措施"] = f"下季度完成主体工程{random.randrange(1000)}米。"
    return cells


def changed(cells: Cells, picked: Sequence[Cell], random: Random) -> dict[Cell, object]:
    """The same cells with other values in some."""
    text = f"改为完成审批和征地，下季度验收{random.randrange(1000)}处。"
    return {**cells, **{cell: random.randrange(1, 25) if cell[1] == "累计进度" else text for cell in picked}}


def play(random: Random) -> Play:  # noqa: PLR0911 - one return for each way
    """Draw one way of sending."""
    start, salt = datetime(2023, 3, random.randrange(1, 20), random.randrange(24)), str(random.randrange(10_000))  # noqa: DTZ001 - file times are local
    times = [start + timedelta(hours=3 * step) for step in range(4)]
    cells = full(random, salt)
    parts = _split(cells, random)
    random.shuffle(parts)
    kind = random.choice(("halves", "overlap", "differ", "copy", "correction", "half corrected", "one missing", "same moment", "whole behind halves"))
    movable = [cell for cell in cells if cell[1] != "进展状态"]
    if kind == "halves":
        return Play(kind, list(zip(times, parts, strict=False)), cells)
    if kind in {"overlap", "differ"}:
        row = random.choice([cell for cell in parts[0] if cell[1] != "进展状态"])
        other = dict(parts[1])
        other[row] = changed({}, [row], random)[row] if kind == "differ" else parts[0][row]
        return Play(kind, [(times[0], parts[0]), (times[1], other), *zip(times[2:], parts[2:], strict=False)], cells, {row} if kind == "differ" else set())
    if kind == "copy":
        return Play(kind, [(times[0], cells), (times[1], cells)], cells)
    if kind == "correction":
        newer = changed(cells, random.sample(movable, 3), random)
        return Play(kind, [(times[0], cells), (times[1], newer)], newer)
    if kind == "half corrected":
        newer = changed(parts[0], [random.choice([cell for cell in parts[0] if cell[1] != "进展状态"])], random)
        rest = {cell: value for part in parts[1:] for cell, value in part.items()}
        return Play(kind, [(times[0], parts[0]), (times[1], rest), (times[2], newer)], {**rest, **newer})
    if kind == "one missing":
        gone = random.choice(movable)
        less = [{cell: value for cell, value in part.items() if cell != gone} for part in parts]
        return Play(kind, list(zip(times, less, strict=False)), {cell: value for cell, value in cells.items() if cell != gone}, missing={gone})
    if kind == "same moment":
        picked = random.choice(movable)
        return Play(kind, [(times[0], cells), (times[0], changed(cells, [picked], random))], cells, {picked})
    newer = changed(cells, random.sample(movable, 2), random)
    return Play(kind, [*zip(times, parts[:2], strict=False), (times[3], newer)], newer)


def _split(cells: Cells, random: Random) -> list[dict[Cell, object]]:
    """Cut a form into two or three: by rows, by columns, or by both."""
    how = random.choice(("rows", "columns", "both"))
    if how == "rows":
        cuts = sorted(random.sample(range(1, TASKS), random.choice((1, 2))))
        return [{cell: value for cell, value in cells.items() if low <= cell[0] < high} for low, high in zip([0, *cuts], [*cuts, TASKS], strict=True)]
    mine = set(random.sample(TITLES[1:], random.choice((1, 2))))
    if how == "columns":
        return [{cell: value for cell, value in cells.items() if (cell[1] in mine) is wanted} for wanted in (True, False)]
    rows = set(random.sample(range(TASKS), TASKS // 2))
    return [{cell: value for cell, value in cells.items() if (cell[0] in rows or cell[1] in mine) is wanted} for wanted in (True, False)]


def write(source: Path, target: Path, first: int, cells: Cells) -> None:
    """Type cells into an issued form; `first` is the number of the unit's first task."""
    book = load_workbook(source)
    sheet = book["任务进展"]
    top = header_row(sheet)
    columns = {cell.value: cell.column for cell in sheet[top]}
    rows = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=top + 1)}
    for (row, title), value in cells.items():
        sheet.cell(rows[f"任务{first + row}"] or 0, columns[title] or 0).value = value  # type: ignore[assignment,index]
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)

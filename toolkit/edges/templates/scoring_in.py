"""Reads what the office sets for the scores in templates/考核规则.xlsx: sheets 任务权重 and 加减分; every fault is a finding with its cell."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from openpyxl.workbook import Workbook

from toolkit.model.findings import Code, Finding
from toolkit.model.kinds import KINDS, Limits, number_in, plain
from toolkit.model.master import Master
from toolkit.model.place import Place, address
from toolkit.model.rules import Rules
from toolkit.model.scoring import SCORING, Merit, Parameter, Weight

WEIGHTS, MERITS = "任务权重", "加减分"
WEIGHT_COLUMNS, MERIT_COLUMNS = ("编号", "权重"), ("单位", "分值", "事由", "日期", "依据")


def completed(parameters: list[Parameter]) -> tuple[Parameter, ...]:
    """Add the parameters of the scores that a file from before them does not have."""
    known = {one.code for one in parameters}
    return (*parameters, *(one for one in SCORING if one.code not in known))


def read_weights(book: Workbook, file: str, faults: list[Finding]) -> Iterator[Weight]:
    """Read the weights of tasks, each a number from 0 on."""
    seen: dict[str, str] = {}
    for row, (number, raw) in _rows(book, WEIGHTS, len(WEIGHT_COLUMNS)):
        name, place, weight = plain(number), Place(file, WEIGHTS, address(row, 0)), number_in(plain(raw))
        if not name:
            faults.append(Finding(Code.MISSING_SETTING, place, {"title": "编号", "hint": "任务编号，如 任务7"}))
        elif name in seen:
            faults.append(Finding(Code.REPEATED, place, {"title": "编号", "seen": name, "other": seen[name]}))
        elif weight is None or weight < 0:
            cell = Place(file, WEIGHTS, address(row, 1))
            faults.append(Finding(Code.BAD_SETTING, cell, {"title": "权重", "seen": plain(raw), "choices": "不小于 0 的数字"}))
        else:
            yield Weight(name, weight, place)
        seen.setdefault(name, place.cell)


def read_merits(book: Workbook, file: str, faults: list[Finding]) -> Iterator[Merit]:
    """Read the points that the office gives and takes; each needs a unit, points, a reason and a day."""
    for row, (unit, raw, reason, when, evidence) in _rows(book, MERITS, len(MERIT_COLUMNS)):
        points, day = number_in(plain(raw)), KINDS["日期"].read(when, Limits()).value
        judged = (
            (plain(unit), bool(plain(unit)), "单位名称"),
            (plain(raw), bool(points), "不是 0 的数字，加分为正，减分为负"),
            (plain(reason), bool(plain(reason)), "加分或减分的事由"),
            (plain(when), isinstance(day, date), "形如 2023-06-30 的日期"),
        )
        wrong = [
            _fault(Place(file, MERITS, address(row, column)), MERIT_COLUMNS[column], seen, hint)
            for column, (seen, fits, hint) in enumerate(judged)
            if not fits
        ]
        faults += wrong
        if not wrong and isinstance(points, Decimal) and isinstance(day, date):
            yield Merit(plain(unit), points, plain(reason), day, plain(evidence), Place(file, MERITS, address(row, 1)))


def unknown_names(rules: Rules, master: Master) -> list[Finding]:
    """Name the tasks and units of the rules that the master list does not know."""
    numbers = {task.number for task in master.tasks}
    tasks = [_fault(one.place, "编号", one.number, "任务总表里的编号") for one in rules.weights if one.number not in numbers]
    return tasks + [Finding(Code.UNKNOWN_UNIT, one.place, {"unit": one.unit}) for one in rules.merits if master.resolve(one.unit) is None]


def _fault(place: Place, title: str, seen: str, hint: str) -> Finding:
    if seen:
        return Finding(Code.BAD_SETTING, place, {"title": title, "seen": seen, "choices": hint})
    return Finding(Code.MISSING_SETTING, place, {"title": title, "hint": hint})


def _rows(book: Workbook, sheet: str, width: int) -> Iterator[tuple[int, tuple[object, ...]]]:
    """Give the rows below the header that hold something, with their number counted from 0; a sheet that is not there has none."""
    if sheet not in book.sheetnames:
        return
    for number, row in enumerate(book[sheet].iter_rows(min_row=2, max_col=width, values_only=True), 1):
        if any(plain(value) for value in row):
            yield number, (*row, *[None] * (width - len(row)))

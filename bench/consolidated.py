"""A consolidated workbook of a nation: so many units with twelve detail rows each, made in memory."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import xlsxwriter

from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.templates.read_rules import load_rules
from toolkit.edges.workspace import RULES, starter_templates
from toolkit.model.form import Form
from toolkit.model.master import DEPARTMENT, OTHER, TASK, TOWN, Master, Role, Task, Unit
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Outcome, Row
from toolkit.model.rules import Rules
from toolkit.model.sheet import BookPlan, CellPlan, Formula, Link
from toolkit.model.standing import Round, TaskStanding, UnitRow, UnitStanding

DUTIES = 12  # of each unit: one task it leads, eleven it supports
_CLASSES = (DEPARTMENT, TOWN, OTHER)
_WORDS = "召开专题推进会{n}次，明确了责任分工和时间节点，完成前期工作{p}%，累计投入资金{m}万元。"
_SENT = datetime(2023, 3, 28, 9)  # noqa: DTZ001 - a sheet knows no time zones


class CellCalls(NamedTuple):
    """The calls that write a book's cells: looks by name, and for each sheet its method, row, column, value and look."""

    names: Sequence[str]
    looks: Sequence[str]
    cells: Sequence[Sequence[tuple[str, int, int, tuple[object, ...], str]]]


def cell_calls(book: BookPlan) -> CellCalls:
    """Prepare what a bare writer is given, so that only xlsxwriter itself is timed."""
    return CellCalls([sheet.name for sheet in book.sheets], list(book.looks), [[_call(cell) for cell in sheet.every_cell()] for sheet in book.sheets])


def write_bare(calls: CellCalls) -> None:
    """Write the same cells with xlsxwriter alone, in memory."""
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    formats = {name: book.add_format({"border": 1, "text_wrap": True}) for name in calls.looks}
    for name, cells in zip(calls.names, calls.cells, strict=True):
        sheet = book.add_worksheet(name)
        for method, row, column, values, look in cells:
            if method == "write_formula":
                sheet.write_formula(row, column, values[0], formats[look], values[1])
            elif method == "write_url":
                sheet.write_url(row, column, values[0], formats[look], values[1])
            else:
                getattr(sheet, method)(row, column, values[0], formats[look])
    book.close()


def _call(cell: CellPlan) -> tuple[str, int, int, tuple[object, ...], str]:
    value = cell.value
    if value is None or value == "":
        method, given = "write_blank", (None,)
    elif isinstance(value, Formula):
        method, given = "write_formula", (value.text, float(value.value) if isinstance(value.value, Decimal) else value.value)
    elif isinstance(value, Link):
        method, given = "write_url", (value.target, value.words)
    elif isinstance(value, int | float | Decimal):
        method, given = "write_number", (float(value),)
    elif isinstance(value, date):
        method, given = "write_datetime", (value,)
    else:
        method, given = "write_string", (str(value),)
    return method, cell.row, cell.column, given, cell.look


def nation(units: int) -> tuple[Round, Rules]:
    """Make a round in which every unit has a part in twelve tasks and reports all of them; one in thirty is late."""
    form, rules = _definitions()
    names = [f"第{at:05}号单位" for at in range(units)]
    tasks, standings = _tasks(names)
    reported = {(row.unit, row.row.number): row for standing in standings for row in (standing.lead, *standing.others) if row}
    details = sorted(reported.values(), key=lambda row: row.unit)
    returned = [
        UnitStanding(name, _CLASSES[at % 3], Outcome.MERGED, _SENT, at % 30 != 7, 1, 0, 0, f"records/returns/2023Q1/{name}/{name}.xlsx", "全部采用")
        for at, name in enumerate(names)
    ]
    register = tuple(Unit(name, group=_CLASSES[at % 3]) for at, name in enumerate(names))
    master = Master(tasks, (), register, (), title="某某省目标任务")
    return Round(Period(2023, 1), form, master, date(2023, 3, 30), standings, (), tuple(returned), tuple(details), (), {"merged": units}), rules


def _definitions() -> tuple[Form, Rules]:
    found: dict[str, Path] = {path.name: path for path in starter_templates()}
    form, _ = load_form(found["季度进展.xlsx"])
    rules, _ = load_rules(found[RULES])
    if form is None or rules is None:
        raise RuntimeError("the shipped templates cannot be used")
    return form, rules


def _tasks(names: Sequence[str]) -> tuple[tuple[Task, ...], tuple[TaskStanding, ...]]:
    """Make a task for every twenty units: a tenth of them leads together, nobody is named twice."""
    count = max(1, len(names) // 20)
    groups: list[list[str]] = [[] for _ in range(count)]
    for at, name in enumerate(names):
        for step in range(min(DUTIES, count)):
            groups[(at + step * 7) % count].append(name)
    tasks, standings = [], []
    for number, group in enumerate(groups, 1):
        leads, supports = group[: max(1, len(group) // DUTIES)], group[max(1, len(group) // DUTIES) :]
        task = Task(f"任务{number}", TASK, f"({number % 9 + 1})章节", "产业", f"第{number}项任务，新增企业{number}家以上。", tuple(leads), tuple(supports))
        rows = [_said(name, task.number, Role.LEAD if name in set(leads) else Role.SUPPORT, at) for at, name in enumerate(group)]
        progress = Decimal(number * 37 % 60)
        tasks.append(task)
        standings.append(TaskStanding(task, rows[0], tuple(rows[1:]), (), Decimal(25), "推进中", progress, (progress, None, None, None)))
    return tuple(tasks), tuple(standings)


def _said(name: str, number: str, role: Role, at: int) -> UnitRow:
    file, line = f"{name}.xlsx", at % DUTIES + 5
    values = {"status": "推进中", "progress": Decimal(at % 60), "done": _WORDS.format(n=at % 9 + 1, p=at % 60, m=at * 3), "next": "加快办理手续。"}
    cells = zip(values.items(), "JKLO", strict=True)
    answers = {code: Answer(value, str(value), Place(file, "任务进展", f"{letter}{line}")) for (code, value), letter in cells}
    return UnitRow(name, role, Row("任务进展", number, number, role, answers, Place(file, "任务进展", f"A{line}")), f"records/returns/2023Q1/{name}/{file}")

"""Reads what the office sets for the scores in templates/考核规则.xlsx: sheets 任务权重 and 加减分; every fault is a finding with its cell."""

from collections.abc import Iterator
from decimal import Decimal

from toolkit.edges.templates.office_sheet import A_DAY, OfficeBook
from toolkit.model.findings import Code, Finding
from toolkit.model.master import Master
from toolkit.model.rules import Rules
from toolkit.model.scoring import SCORING, Parameter, ScoreAdjustment, Weight

WEIGHTS, MERITS = "任务权重", "加减分"
WEIGHT_COLUMNS, MERIT_COLUMNS = ("编号", "权重"), ("单位", "分值", "事由", "日期", "依据")
_POINTS = "不是 0 的数字，加分为正，减分为负"


def completed(parameters: list[Parameter]) -> tuple[Parameter, ...]:
    """Add the parameters of the scores that a file from before them does not have."""
    known = {parameter.code for parameter in parameters}
    return (*parameters, *(parameter for parameter in SCORING if parameter.code not in known))


def read_weights(book: OfficeBook) -> Iterator[Weight]:
    """Read the weights of tasks, each a number from 0 on, once a task; a row at fault is left out, and the task keeps the weight of the master list."""
    seen: dict[str, str] = {}
    for row in book.rows(WEIGHTS, WEIGHT_COLUMNS):
        name = row.label("编号") if row.needs("编号", "任务编号，如 任务7") else ""
        if name in seen and name:
            row.fault(Code.REPEATED, "编号", seen=name, other=seen[name])
        elif name and row.needs("权重", "不小于 0 的数字"):
            weight = row.number("权重", low=Decimal(0))
            if weight is not None:
                yield Weight(name, weight, row.place("编号"))
        seen.setdefault(name, row.place("编号").cell)


def read_merits(book: OfficeBook, master: Master | None) -> Iterator[ScoreAdjustment]:
    """Read the points that the office gives and takes; each needs a unit that the master list knows, where there is one, points, a reason and a day."""
    hints = {"单位": "单位名称", "分值": _POINTS, "事由": "加分或减分的事由", "日期": A_DAY}
    for row in book.rows(MERITS, MERIT_COLUMNS):
        filled = [row.needs(title, hint) for title, hint in hints.items()]
        points, day, unit = row.number("分值"), row.day("日期"), row.label("单位")
        if unit and master and master.resolve(unit) is None:
            row.fault(Code.UNKNOWN_UNIT, "单位", unit=unit)
        if points == 0:
            row.fault(Code.BAD_SETTING, "分值", seen="0", choices=_POINTS)
        elif all(filled) and unit and points is not None and day is not None:
            yield ScoreAdjustment(unit, points, row.text("事由"), day, row.text("依据"), row.place("分值"))


def unknown_names(rules: Rules, master: Master) -> list[Finding]:
    """Give a fault (BAD_SETTING, at its cell) for each task of the rules that the master list does not know; [] for none."""
    numbers, hint = {task.number for task in master.tasks}, "任务总表里的编号"
    strange = [weight for weight in rules.weights if weight.number not in numbers]
    return [Finding(Code.BAD_SETTING, weight.place, {"seen": weight.number, "choices": hint}, title="编号") for weight in strange]

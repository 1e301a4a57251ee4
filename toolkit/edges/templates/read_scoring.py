"""Reads what the office sets for the scores in templates/考核规则.xlsx: sheets 任务权重, 加减分, 一票否决, 否决条件; every fault is a finding with its cell."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from toolkit.edges.templates.office_sheet import A_DAY, OfficeBook
from toolkit.model.column_kinds import show_number
from toolkit.model.findings import Code, Finding
from toolkit.model.master import Master
from toolkit.model.place import Place
from toolkit.model.rules import Rules
from toolkit.model.scoring import QUARTER_WEIGHTS, SCORING, Parameter, ScoreAdjustment, Weight
from toolkit.model.veto_rules import COUNTED, EFFECTS, VetoCondition, VetoEvent

WEIGHTS, MERITS = "任务权重", "加减分"
WEIGHT_COLUMNS, MERIT_COLUMNS = ("编号", "权重"), ("单位", "分值", "事由", "日期", "依据")
VETOES, CONDITIONS = "一票否决", "否决条件"
VETO_COLUMNS, CONDITION_COLUMNS = ("单位", "事项", "效果", "日期", "依据"), ("事项", "次数", "效果", "说明")
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


def read_merits(book: OfficeBook, master: Master | None, former: frozenset[str]) -> Iterator[ScoreAdjustment]:
    """Read the points that the office gives and takes; each needs a unit that the master list knows, where there is one, points, a reason and a day.

    `former` are names of units that left the list in the year: what was given to them stays.
    """
    hints = {"单位": "单位名称", "分值": _POINTS, "事由": "加分或减分的事由", "日期": A_DAY}
    for row in book.rows(MERITS, MERIT_COLUMNS):
        filled = [row.needs(title, hint) for title, hint in hints.items()]
        points, day, unit = row.number("分值"), row.day("日期"), row.label("单位")
        if unit and master and master.resolve(unit) is None and unit not in former:
            row.fault(Code.UNKNOWN_UNIT, "单位", unit=unit)
        if points == 0:
            row.fault(Code.BAD_SETTING, "分值", seen="0", choices=_POINTS)
        elif all(filled) and unit and points is not None and day is not None:
            yield ScoreAdjustment(unit, points, row.text("事由"), day, row.text("依据"), row.place("分值"))


def read_vetoes(book: OfficeBook, master: Master | None, former: frozenset[str]) -> Iterator[VetoEvent]:
    """Read what is held against units; each needs a unit that the master list knows, where there is one, a matter, an effect and a day."""
    hints = {"单位": "单位名称", "事项": "否决的事项", "效果": "、".join(EFFECTS), "日期": A_DAY}
    for row in book.rows(VETOES, VETO_COLUMNS):
        filled = [row.needs(title, hint) for title, hint in hints.items()]
        unit, effect, day = row.label("单位"), row.choice("效果", tuple(EFFECTS)), row.day("日期")
        if unit and master and master.resolve(unit) is None and unit not in former:
            row.fault(Code.UNKNOWN_UNIT, "单位", unit=unit)
        elif all(filled) and unit and effect and day is not None:
            yield VetoEvent(unit, row.text("事项"), effect, day, row.text("依据"), row.place("事项"))


def read_conditions(book: OfficeBook) -> Iterator[VetoCondition]:
    """Read from which number of faults on a year's grade is held down; a row without a number has no effect."""
    for row in book.rows(CONDITIONS, CONDITION_COLUMNS):
        if not row.needs("事项", "、".join(COUNTED)) or row.is_blank("次数"):
            continue
        counted, least, effect = row.word("事项", COUNTED), row.count("次数"), row.choice("效果", tuple(EFFECTS))
        if least == 0:
            row.fault(Code.BAD_SETTING, "次数", seen="0", choices="从 1 起的整数；不用的空着")
        elif row.needs("效果", "、".join(EFFECTS)) and counted and least and effect:
            yield VetoCondition(counted, least, effect, row.text("说明"), row.place("次数"))


def weights_at_odds(parameters: Iterable[Parameter], places: Mapping[str, Place]) -> Iterator[Finding]:
    """Give a fault at the first weight of a quarter where the four are not all 0 and do not make 100."""
    given = {parameter.code: parameter.value for parameter in parameters if parameter.code in QUARTER_WEIGHTS}
    whole = sum(given.values(), Decimal(0))
    if whole not in {0, 100}:
        first = next(code for code in QUARTER_WEIGHTS if code in given)
        yield Finding(Code.QUARTERS_NOT_100, places[first], {"whole": show_number(whole)}, title="值")


def unknown_names(rules: Rules, master: Master) -> list[Finding]:
    """Give a fault (BAD_SETTING, at its cell) for each task of the rules that the master list does not know; [] for none."""
    numbers, hint = {task.number for task in master.tasks}, "任务总表里的编号"
    strange = [weight for weight in rules.weights if weight.number not in numbers]
    return [Finding(Code.BAD_SETTING, weight.place, {"seen": weight.number, "choices": hint}, title="编号") for weight in strange]

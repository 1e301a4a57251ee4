"""Random years of quarters for tests of the analysis, made in code and judged by the shipped rules."""

import random
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from tests.views.rounds import make_indicator, make_round, make_task, said, shipped_rules
from toolkit.analysis.frames import Snapshot
from toolkit.assessment.assess import assess
from toolkit.model.findings import Code
from toolkit.model.form import FINISHED
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Answer, Outcome, Row
from toolkit.model.standing import Ruling, UnitRow, UnitStanding

UNITS = ("区发改局", "区商务局", "张湾街道", "经开投公司")
TEXTS = ("开工3个项目。", "开 工3个项目。", "完成征地20亩。", "正常推进。")
RULES = shipped_rules()


def drawn_year(seed: int, quarters: int = 4) -> list[Snapshot]:
    """Draw a year: units in time, late or missing; progress, statuses, texts, days promised, findings, values of indicators, rulings."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    return [_quarter(dice, Period(2023, quarter)) for quarter in range(1, quarters + 1)]


def _quarter(dice: random.Random, period: Period) -> Snapshot:
    tasks, details = [], []
    for number in range(1, 7):
        unit = UNITS[number % len(UNITS)]
        status = dice.choice(["", "未启动", "推进中", FINISHED])
        ruling = Ruling(dice.choice(["红", "黄", "绿"]), "核实后认定") if dice.random() < 0.3 else Ruling()
        progress = None if not status else 100 if status == FINISHED else dice.randrange(0, 100)
        made = make_task(f"任务{number}", leads=(unit,), section=f"（{number % 3}）章", status=status, progress=progress, ruling=ruling)
        tasks.append(replace(made, task=replace(made.task, leader=dice.choice(["", "某区长"]))))
        if status:
            details.append(_row(dice, unit, f"任务{number}", period))
    indicators = [make_indicator(f"指标{at}", "100", dice.choice([None, str(dice.randrange(0, 40) * period.quarter)])) for at in range(3)]
    units = [_unit(dice, unit, period) for unit in UNITS]
    codes = (Code.NO_SUBSTANCE, Code.DUE_PAST, Code.UNSIGNED)
    findings = [dice.choice(codes) for _ in range(dice.randrange(6))]
    found = [_finding(code, dice) for code in findings]
    state = make_round(tasks, indicators, units=units, details=details, findings=found, period=period)
    return Snapshot(state, assess(state, RULES))


def _finding(code: Code, dice: random.Random):  # type: ignore[no-untyped-def]  # noqa: ANN202
    from toolkit.model.findings import Finding

    facts = {"seen": "正常推进", "status": "推进中", "labels": "填报人"}
    return Finding(code, Place("甲.xlsx", "任务进展", "J7"), facts, dice.choice(UNITS), "进展状态", verdict=dice.choice(["", "接受"]))


def _row(dice: random.Random, unit: str, number: str, period: Period) -> UnitRow:
    made = said(unit, number, done=dice.choice(TEXTS))
    day = date(2023, 1, 1) + timedelta(days=dice.randrange(364))
    place = Place(made.row.place.file, "任务进展", "P7")
    answers = {**made.row.answers, **({"due": Answer(day, str(day), place)} if dice.random() < 0.7 else {})}
    row = Row(made.row.table, number, number, made.role, answers, made.row.place)
    return UnitRow(unit, made.role, row, f"records/returns/{period}/{unit}/表.xlsx")


def _unit(dice: random.Random, unit: str, period: Period) -> UnitStanding:
    outcome = dice.choice([Outcome.MERGED, Outcome.WITH_FINDINGS, Outcome.WAITING, None])
    sent = None if outcome is None else datetime(2023, period.ends.month, 20)  # noqa: DTZ001 - as the ledger keeps times
    return UnitStanding(unit, "区直部门", outcome, sent, on_time=outcome is not None and dice.random() < 0.7, versions=1, errors=0, reviews=0)


def number(value: object) -> float | None:
    """Give a value of a table as a float, None where it is missing."""
    return None if value is None else float(value) if isinstance(value, int | float | Decimal) else None

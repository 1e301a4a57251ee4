"""A round of many units, with ties, deductions, weights and points of the office, for tests of the scores."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from tests.views.rounds import make_round, make_task, said, shipped_rules
from toolkit.model.findings import Code, Finding
from toolkit.model.master import DEPARTMENT, OTHER, TOWN, Role, Unit
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Outcome
from toolkit.model.rules import Rules
from toolkit.model.scoring import ScoreAdjustment, Weight
from toolkit.model.standing import Quarter, Round, UnitStanding, Version

DUE = datetime(2023, 3, 30, 9)  # noqa: DTZ001 - a sheet knows no time zones
UNITS = [(f"第{at}局", DEPARTMENT) for at in range(1, 15)] + [(f"第{at}街道", TOWN) for at in range(1, 9)] + [("某某公司", OTHER)]
PROGRESS = (30, 22, 14, 3, 25, 17, 40)  # of the tasks, by turns: ahead, behind, far behind


def contest() -> Round:
    """Make the round: 30 tasks with a lead and two supports each; some units are silent, late, wrong or sent back."""
    names = [name for name, _ in UNITS]
    tasks = []
    for at in range(30):
        lead, first, second = (names[(at * step + shift) % len(names)] for step, shift in ((1, 0), (3, 5), (7, 11)))
        supports = tuple(name for name in dict.fromkeys((first, second)) if name != lead)
        spoke = tuple(name for name in supports if (at + len(name)) % 5)
        others = [said(name, f"任务{at + 1}", Role.SUPPORT, status="推进中") for name in spoke]
        silent = lead == "某某公司" or at % 11 == 7
        words = {} if silent else {"status": "已完成" if at % 9 == 4 else "推进中", "progress": PROGRESS[at % len(PROGRESS)]}
        tasks.append(make_task(f"任务{at + 1}", leads=(lead,), supports=supports, others=others, **words))  # type: ignore[arg-type]
    units = [_unit(at, name, group) for at, (name, group) in enumerate(UNITS)]
    versions = [
        Version(unit.unit, f"{unit.unit}.xlsx", unit.sent, unit.outcome, "有 1 处错误", unit.path, (), unit.errors, unit.outcome.counts)
        for unit in units
        if unit.outcome and unit.sent
    ]
    wrong = [unit.unit for unit in units if unit.errors]
    errors = [Finding(Code.NOT_NUMBER, Place(f"{name}.xlsx", "任务进展", "K7"), {"seen": "约", "hint": ""}, name, "累计进度") for name in wrong]
    spoken = [row for task in tasks for row in (task.lead, *task.others) if row]
    state = make_round(tasks, units=units, findings=errors, details=spoken)
    register = tuple(Unit(name, group=group) for name, group in UNITS)
    return replace(state, master=replace(state.master, units=register), versions=tuple(versions))


def last_quarter() -> Quarter:
    """Give how the contest stood a quarter before: other lights of the same tasks, one unit still silent."""
    state = contest()
    lights = {one.task.number: "蓝绿黄红灰"[at % 5] for at, one in enumerate(state.tasks)}
    return Quarter(Period(2023, 1), state.tasks, lights, state.units, state.details)


def contest_rules() -> Rules:
    """Give the shipped rules with weights and points of the office."""
    given = (("第3局", 4), ("第3局", 3), ("第5街道", 2), ("第5街道", "-1.5"), ("第9局", "-3.25"))
    places = [Place("考核规则.xlsx", "加减分", f"B{row}") for row in range(2, len(given) + 2)]
    merits = tuple(ScoreAdjustment(unit, Decimal(points), "事由", date(2023, 3, 1), "文号", place) for (unit, points), place in zip(given, places, strict=True))
    weights = tuple(Weight(f"任务{at}", Decimal(weight), Place()) for at, weight in ((2, 3), (9, "0.5"), (17, 0)))
    return replace(shipped_rules(), merits=merits, weights=weights)


def _unit(at: int, name: str, group: str) -> UnitStanding:
    if name == "某某公司":
        return UnitStanding(name, group, None, None, on_time=False, versions=0, errors=0, reviews=0)
    late, wrong = at % 6 == 2, at % 7 == 3
    outcome = Outcome.WITH_FINDINGS if wrong else Outcome.MERGED
    sent = DUE.replace(day=31) if late else DUE
    path = f"records/returns/2023Q1/{name}/{name}.xlsx"
    return UnitStanding(name, group, outcome, sent, on_time=not late, versions=1, errors=int(wrong), reviews=0, path=path)

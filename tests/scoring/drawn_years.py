"""Draws years of an office – returns, errors, late ones, rulings, appeals, vetoes, weights – and makes of each the rounds that the product assesses."""

import random
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from hypothesis import strategies as st

from tests.views.rounds import make_round, make_task, said, shipped_rules
from toolkit.model.appeals import RETURNED, appeal_subject
from toolkit.model.decisions import HANDLING, Decided, DecisionSubject
from toolkit.model.findings import Code, Finding
from toolkit.model.master import DEPARTMENT, TOWN, Role, Unit
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Outcome
from toolkit.model.rules import Rules
from toolkit.model.scoring import ScoreAdjustment, Weight
from toolkit.model.standing import Round, Ruling, UnitStanding, Version
from toolkit.model.veto_rules import COUNTED, EFFECTS, VetoCondition, VetoEvent

YEAR = Period(2023)
UNITS = {"甲局": DEPARTMENT, "乙局": DEPARTMENT, "丙局": DEPARTMENT, "丁局": DEPARTMENT, "东镇": TOWN, "西镇": TOWN}
TASKS = {  # the lead and the supports of each
    "任务1": ("甲局", ("乙局", "东镇")),
    "任务2": ("乙局", ("丙局",)),
    "任务3": ("丙局", ("西镇", "丁局")),
    "任务4": ("东镇", ()),
    "任务5": ("甲局", ("丁局",)),
}
Fault = tuple[str, str, str, str, int]  # period, unit, item, task, which of several


@dataclass(frozen=True)
class Report:
    """What came of a unit in a round: whether a return counts, in time, in which tasks something stands, returns to be mended, errors, those on trial."""

    issued: bool
    came: bool
    on_time: bool
    filled: frozenset[str]
    refused: int
    mended: int
    errors: tuple[str, ...]
    tried: int


@dataclass(frozen=True)
class Work:
    """How a task stands in a round."""

    status: str
    progress: int | None
    planned: int
    overdue: bool
    ruled: str


@dataclass(frozen=True)
class DrawnYear:
    """A year as drawn; `appeals` are rulings on faults by (in which period it was ruled, fault): word and points as typed."""

    reports: dict[str, dict[str, Report]]
    works: dict[str, dict[str, Work]]
    parameters: dict[str, Decimal]
    weights: dict[str, Decimal]
    merits: list[tuple[str, Decimal, date]]
    events: list[tuple[str, str, date]]
    conditions: list[tuple[str, int, str]]
    appeals: dict[tuple[str, Fault], tuple[str, str]] = field(default_factory=dict)
    others: list[tuple[str, str, str, str]] = field(default_factory=list)  # period, unit, word, points


POINTS = st.sampled_from([Decimal(value) for value in ("0", "0.5", "1", "2.5", "3", "5", "30")])
QUARTERS = st.sampled_from([(0, 0, 0, 0), (25, 25, 25, 25), (10, 20, 30, 40), (0, 0, 0, 100), (50, 0, 50, 0), (33, 33, 34, 0)])
WORK = st.builds(
    Work,
    st.sampled_from(["未启动", "推进中", "推进中", "已完成", ""]),
    st.sampled_from([None, 0, 10, 20, 25, 40, 60, 75, 100]),
    st.sampled_from([25, 50, 75, 100]),
    st.booleans(),
    st.sampled_from(["", "", "", "", "红", "绿", "蓝"]),
)


def _report(unit: str) -> st.SearchStrategy[Report]:
    mine = sorted(number for number, (lead, supports) in TASKS.items() if unit in {lead, *supports})
    rare = st.sampled_from([0, 0, 0, 1, 2])
    filled = st.sets(st.sampled_from(mine)).map(lambda some: frozenset(mine) - some) if mine else st.just(frozenset())
    usual = st.sampled_from([True, True, True, False])
    errors = st.lists(st.sampled_from(mine), max_size=3).map(tuple)
    return st.builds(Report, st.sampled_from([True] * 7 + [False]), usual, usual, filled, rare, rare, errors, rare)


@st.composite
def years(draw: st.DrawFn) -> DrawnYear:
    """Draw a year with its plan or without, and one to four quarters."""
    names = [*(["2023"] if draw(st.booleans()) else []), *(f"2023Q{quarter}" for quarter in range(1, draw(st.integers(1, 4)) + 1))]
    quarters = dict(zip((f"quarter_weight{quarter}" for quarter in range(1, 5)), map(Decimal, draw(QUARTERS)), strict=True))
    share, tie = st.sampled_from([0, 15, 20, 25, 34, 50]), st.sampled_from([0, 1])
    outcome = Decimal(draw(st.sampled_from([0, 50, 70, 100])))
    parameters = quarters | {
        "outcome_weight": outcome,
        "process_weight": 100 - outcome,
        "excellent_share": Decimal(draw(share)),
        "good_share": Decimal(draw(share)),
        "tie_up": Decimal(draw(tie)),
        "tie_order": Decimal(draw(tie)),
        "quota_rounding": Decimal(draw(st.sampled_from([0, 1, 2]))),
        "pass_mark": Decimal(draw(st.sampled_from([0, 60, 75]))),
        "bonus_cap": Decimal(draw(st.sampled_from([0, 2, 5]))),
        "support_share": Decimal(draw(st.sampled_from([50, 33, 100]))),
    }
    parameters |= {f"{code}_points": draw(POINTS) for code in ("late", "missing", "unreported", "error", "sent_back", "overdue")}
    days, unit, effect = st.dates(date(2023, 1, 1), date(2023, 12, 31)), st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(EFFECTS))
    points = st.sampled_from([Decimal(value) for value in ("-4", "-2.5", "-1", "0.5", "2", "3", "9")])
    return DrawnYear(
        {name: {each: draw(_report(each)) for each in UNITS} for name in names},
        {name: {number: draw(WORK) for number in TASKS} for name in names},
        parameters,
        draw(st.dictionaries(st.sampled_from(sorted(TASKS)), st.sampled_from([Decimal("0.5"), Decimal(2), Decimal(3)]), max_size=2)),
        draw(st.lists(st.tuples(unit, points, days), max_size=5)),
        draw(st.lists(st.tuples(unit, effect, days), max_size=2)),
        draw(st.lists(st.tuples(st.sampled_from(COUNTED), st.integers(1, 4), effect), max_size=2)),
        others=draw(st.lists(_others(unit, names), max_size=4, unique_by=lambda line: line[:2])),
    )


def _others(unit: st.SearchStrategy[str], names: list[str]) -> st.SearchStrategy[tuple[str, str, str, str]]:
    """Draw a matter beside its deductions that a unit appeals about, against a round or the year, and the office's word."""
    periods = st.sampled_from(sorted({"2023", *names}))
    return st.tuples(periods, unit, st.sampled_from(["支持", "不支持"]), st.sampled_from(["1", "2.5"]))


def rules_of(year: DrawnYear) -> Rules:
    """Make the rules of a drawn year: the shipped ones with what was drawn."""
    shipped = shipped_rules()
    parameters = tuple(parameter._replace(value=year.parameters.get(parameter.code, parameter.value)) for parameter in shipped.parameters)
    place = Place("考核规则.xlsx", "加减分", "B2")
    return replace(
        shipped,
        parameters=parameters,
        weights=tuple(Weight(number, weight, place) for number, weight in year.weights.items()),
        merits=tuple(ScoreAdjustment(unit, points, "事由", day, "", place) for unit, points, day in year.merits),
        vetoes=tuple(VetoEvent(unit, "事项", effect, day, "", place) for unit, effect, day in year.events),
        veto_conditions=tuple(VetoCondition(counted, least, effect, "", place) for counted, least, effect in year.conditions),
    )


def stage(year: DrawnYear, name: str, decided: Decided) -> Round:
    """Make one round of a drawn year."""
    reports, tasks = year.reports[name], []
    for number, (lead, supports) in TASKS.items():
        work, leads = year.works[name][number], _said(reports[lead], number)
        beside = [said(unit, number, Role.SUPPORT, status="推进中") for unit in supports if _said(reports[unit], number)]
        state = make_task(
            number, leads=(lead,), supports=supports, planned=work.planned, others=beside, overdue=work.overdue, ruling=Ruling(work.ruled),
            status=(work.status or "推进中") if leads else "", progress=work.progress if leads else None,
        )  # fmt: skip
        tasks.append(state)
    units = [_unit(unit, report, name) for unit, report in reports.items() if report.issued]
    errors = [finding for unit, report in reports.items() for finding in _errors(unit, report, name)]
    versions = [version for unit, report in reports.items() for version in _versions(unit, report, name)]
    made = make_round(tasks, units=units, findings=errors, period=Period.parse(name))
    register = tuple(Unit(unit, group=group) for unit, group in UNITS.items())
    return replace(made, master=replace(made.master, units=register), versions=tuple(versions), decided=decided.within(name))


def _said(report: Report, number: str) -> bool:
    return report.issued and report.came and number in report.filled


def _unit(unit: str, report: Report, name: str) -> UnitStanding:
    sent = datetime(2023, 3, 29, 9)  # noqa: DTZ001 - a sheet knows no time zones
    came = UnitStanding(unit, UNITS[unit], Outcome.MERGED, sent, on_time=report.on_time, versions=1, errors=0, reviews=0, path=f"records/{name}{unit}.xlsx")
    return came if report.came else replace(came, outcome=None, sent=None, on_time=False, path="")


def _errors(unit: str, report: Report, name: str) -> list[Finding]:
    rows = [Finding(Code.NOT_NUMBER, Place(f"{name}{unit}.xlsx", "任务进展", f"K{row}"), {"seen": "约", "hint": ""}, unit, "累计进度") for row in range(20)]
    counted = rows[: len(report.errors)] if report.issued else []
    return [*counted, *(replace(row, aside="试行") for row in rows[10 : 10 + report.tried])]


def _versions(unit: str, report: Report, name: str) -> list[Version]:
    sent = datetime(2023, 3, 28, 9)  # noqa: DTZ001 - a sheet knows no time zones
    kinds = [(Outcome.REFUSED, 0)] * report.refused + [(Outcome.WITH_FINDINGS, 2)] * report.mended + [(Outcome.MERGED, 0)]
    return [
        Version(unit, f"{name}{unit}{number}.xlsx", sent, outcome, "原因", f"records/{name}{unit}{number}.xlsx", (), errors, outcome.counts)
        for number, (outcome, errors) in enumerate(kinds)
    ]


def rounds_of(year: DrawnYear, marks: dict[Fault, str], outcomes: dict[tuple[str, int], Decimal]) -> dict[str, Round]:
    """Make the rounds of a drawn year by name, and the year itself under "年"; `marks` are the 扣分号 by which rulings on faults are known."""
    fields = {
        appeal_subject(period, fault[1], marks[fault]): {HANDLING: word, RETURNED: points}
        for (period, fault), (word, points) in year.appeals.items()
        if fault in marks
    }
    fields |= {appeal_subject(period, unit, f"另{unit}"): {HANDLING: word, RETURNED: points} for period, unit, word, points in year.others}
    decided = Decided({DecisionSubject.APPEAL: fields})
    stages = {name: stage(year, name, decided) for name in year.reports}
    quarters = [state for name, state in stages.items() if "Q" in name]
    own, newest = next(iter(stages.values())), quarters[-1]
    whole = replace(own, period=YEAR, tasks=newest.tasks, stages=tuple(stages.values()), newest=newest.period)
    whole = replace(whole, decided=decided.within("2023"), outcomes=outcomes)
    return {**stages, "年": whole}


def fixed_year(seed: int, **parameters: int) -> DrawnYear:
    """Give a whole year that is always the same for a seed, for books that are to be looked at or computed; `parameters` override those of the rules."""
    dice = random.Random(seed)  # noqa: S311 - a test, repeatable by its seed
    names = ["2023", *(f"2023Q{quarter}" for quarter in range(1, 5))]
    reports = {name: {unit: _rolled(unit, dice) for unit in UNITS} for name in names}
    works = {name: {number: _worked(dice, at) for number in TASKS} for at, name in enumerate(names)}
    base = {f"quarter_weight{quarter}": Decimal(weight) for quarter, weight in enumerate((10, 20, 30, 40), 1)}
    base = {parameter.code: parameter.value for parameter in shipped_rules().parameters} | base
    base |= {"excellent_share": Decimal(34), "good_share": Decimal(34), "tie_order": Decimal(1)} | {code: Decimal(value) for code, value in parameters.items()}
    merits = [("甲局", Decimal(2), date(2023, 5, 6)), ("东镇", Decimal("-1.5"), date(2023, 8, 1))]
    events = [("乙局", "不高于合格", date(2023, 9, 1)), ("甲局", "不高于良好", date(2023, 3, 1))]
    conditions = [("未报", 2, "不合格"), ("红灯", 1, "不高于良好")]
    others = [("2023", "丙局", "支持", "1.5"), ("2023Q2", "丁局", "支持", "2")]
    return DrawnYear(reports, works, base, {"任务3": Decimal(2)}, merits, events, conditions, others=others)


def _rolled(unit: str, dice: random.Random) -> Report:
    mine = [number for number, (lead, supports) in TASKS.items() if unit in {lead, *supports}]
    filled = frozenset(number for number in mine if dice.random() < 0.9)
    errors = tuple(dice.choice(mine) for _ in range(dice.choice((0, 0, 1, 2))))
    return Report(dice.random() < 0.95, dice.random() < 0.9, dice.random() < 0.8, filled, dice.choice((0, 0, 1)), dice.choice((0, 0, 1)), errors, 1)


def _worked(dice: random.Random, at: int) -> Work:
    return Work(dice.choice(("推进中", "推进中", "已完成", "未启动")), dice.choice((10, 25, 40, 75, None)), 25 * max(at, 1), dice.random() < 0.2, "")

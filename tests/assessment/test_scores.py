"""Scores, computed by hand: outcome, process, bonus, rank, grade."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from tests.views.rounds import make_round, make_task, said, shipped_rules
from toolkit.assessment.assess import assess
from toolkit.assessment.grades import graded
from toolkit.assessment.unit_duties import judged_by
from toolkit.model.findings import Code, Finding
from toolkit.model.master import DEPARTMENT, TOWN, Role
from toolkit.model.period import Period
from toolkit.model.place import Place
from toolkit.model.returns import Outcome
from toolkit.model.rules import Rules
from toolkit.model.scoring import ScoreAdjustment, Scores, UnitScore, Weight
from toolkit.model.standing import Round, UnitStanding, Version

SENT = datetime(2023, 3, 29, 9)  # noqa: DTZ001 - a sheet knows no time zones


def rules_with(**values: int) -> Rules:
    """Give the shipped rules with other parameters."""
    rules = shipped_rules()
    return replace(rules, parameters=tuple(parameter._replace(value=Decimal(values.get(parameter.code, parameter.value))) for parameter in rules.parameters))


def came(unit: str, group: str = DEPARTMENT, **changes: object) -> UnitStanding:
    """Make a unit whose return was taken in, on time and without a fault."""
    standing = UnitStanding(unit, group, Outcome.MERGED, SENT, on_time=True, versions=1, errors=0, reviews=0, path=f"records/{unit}.xlsx")
    return replace(standing, **changes)  # type: ignore[arg-type]


def version(unit: str, *, day: int = 29, outcome: Outcome = Outcome.MERGED, errors: int = 0) -> Version:
    """Make a return that a unit sent on a day of March."""
    return Version(unit, f"{unit}{day}.xlsx", SENT.replace(day=day), outcome, "原因", f"records/{unit}{day}.xlsx", (), errors, outcome.counts)


def scored(state: Round, rules: Rules | None = None) -> Scores:
    return assess(state, rules or shipped_rules()).scores


def of(scores: Scores, unit: str) -> UnitScore:
    return next(one for one in scores.units if one.unit == unit)


def taken(scores: Scores) -> list[tuple[str, str, str, Decimal]]:
    """Give unit, item, task and points of every deduction."""
    return [(deduction.unit, deduction.item, deduction.number, deduction.points) for deduction in scores.deductions]


def test_outcome_is_the_mean_of_lights_by_weight_and_role() -> None:
    """Lead green 90 × 2, lead red 20 × 1, support blue 100 × 0.5: (180 + 20 + 50) ÷ 3.5 = 71.43; total 71.43 × 0.7 + 100 × 0.3 = 80.00."""
    tasks = [
        make_task("任务1", status="推进中", progress=30),
        make_task("任务2", status="推进中", progress=10, planned=50),
    ]
    beside = said("区发改局", "任务3", Role.SUPPORT, status="推进中")
    tasks.append(make_task("任务3", leads=("区商务局",), supports=("区发改局",), status="已完成", progress=100, others=[beside]))
    rules = replace(shipped_rules(), weights=(Weight("任务1", Decimal(2), Place()),))

    unit = of(scored(make_round(tasks, units=[came("区发改局"), came("区商务局")]), rules), "区发改局")

    assert (2, 1) == (unit.leads, unit.supports)
    assert {"蓝": 1, "绿": 1, "黄": 0, "红": 1, "灰": 0} == unit.counts
    assert (Decimal("71.43"), Decimal(100), Decimal(0), Decimal("80.00")) == (unit.outcome, unit.process, unit.bonus, unit.total)


def test_the_rules_weight_beats_the_master_lists() -> None:
    """A task counts as the rules say, else as the master list says."""
    state = make_round([make_task("任务1"), make_task("任务2")], units=[came("区发改局")])
    heavy = replace(state, tasks=tuple(replace(task, task=replace(task.task, weight=Decimal(3))) for task in state.tasks))
    rules = replace(shipped_rules(), weights=(Weight("任务2", Decimal("0.5"), Place()),))

    assert {"任务1": 3, "任务2": Decimal("0.5")} == scored(heavy, rules).weights


@pytest.mark.parametrize(
    ("light", "role", "reported", "expected"),
    [
        ("红", Role.LEAD, True, "红"),
        ("红", Role.SUPPORT, True, "红"),
        ("绿", Role.LEAD, False, "灰"),
        ("蓝", Role.SUPPORT, False, "灰"),
        ("灰", Role.LEAD, True, "灰"),
        ("灰", Role.SUPPORT, True, "绿"),
        ("灰", Role.SUPPORT, False, "灰"),
    ],
)
def test_a_part_is_judged_by_the_task_and_by_the_units_own_silence(light: str, role: Role, reported: bool, expected: str) -> None:
    """Who did not report is grey; who supports a lead that did not report is not punished for it."""
    assert expected == judged_by(light, role, reported=reported)


def test_each_fault_of_the_process_is_a_row_with_task_day_and_evidence() -> None:
    """Missing, late, left out, overdue, sent back and wrong are taken off once each, by the rules' points."""
    tasks = [make_task("任务1", status="推进中", progress=30), make_task("任务2", leads=("区商务局",), status="推进中", progress=99, overdue=True)]
    tasks += [make_task("任务3", leads=("张湾街道",)), make_task("任务4", leads=("区商务局",))]
    error = Finding(Code.NOT_NUMBER, Place("区商务局31.xlsx", "任务进展", "K7"), {"seen": "约三成", "hint": ""}, "区商务局", "累计进度")
    late = came("区商务局", on_time=False, sent=SENT.replace(day=31), errors=1, outcome=Outcome.WITH_FINDINGS)
    none = UnitStanding("张湾街道", TOWN, None, None, on_time=False, versions=0, errors=0, reviews=0)
    row = said("区商务局", "任务2", row=7).row
    versions = [version("区商务局", day=30, outcome=Outcome.REFUSED), version("区商务局", day=31, outcome=Outcome.WITH_FINDINGS, errors=1)]
    versions[1] = versions[1]._replace(rows=(replace(row, place=Place("区商务局31.xlsx", "任务进展", "A7")),))

    found = scored(replace(make_round(tasks, units=[came("区发改局"), late, none], findings=[error]), versions=tuple(versions)))

    assert [
        ("区商务局", "迟报", "", -3),
        ("区商务局", "漏报", "任务4", -3),
        ("区商务局", "超期", "任务2", -5),
        ("区商务局", "退回", "", -5),
        ("区商务局", "退回", "", -5),
        ("区商务局", "错误", "任务2", -1),
        ("张湾街道", "未报", "", -30),
    ] == taken(found)
    assert [date(2023, 3, 31)] * 3 + [date(2023, 3, 30), date(2023, 3, 31), date(2023, 3, 31), date(2023, 3, 30)] == [
        deduction.day for deduction in found.deductions
    ]
    assert (Decimal(100), Decimal(78), Decimal(70)) == tuple(of(found, name).process for name in ("区发改局", "区商务局", "张湾街道"))
    assert "任务进展 K7：“累计进度”应填数字，现在是“约三成”。" == found.deductions[5].evidence


def test_a_finding_that_is_set_aside_takes_nothing_off() -> None:
    """What is on trial or exempted does not count against a unit."""
    error = Finding(Code.NOT_NUMBER, Place("区发改局.xlsx"), {"seen": "约", "hint": ""}, "区发改局", "累计进度", aside="试行")
    state = make_round([make_task("任务1", status="推进中", progress=30)], units=[came("区发改局")], findings=[error])

    assert [] == taken(scored(state))


def test_the_process_ends_at_nought() -> None:
    """However much is taken off, the process never falls below 0."""
    state = make_round([make_task("任务1")], units=[UnitStanding("区发改局", DEPARTMENT, None, None, on_time=False, versions=0, errors=0, reviews=0)])

    assert 0 == of(scored(state, rules_with(missing_points=130)), "区发改局").process


def test_bonus_is_capped_and_deductions_of_the_office_are_not() -> None:
    """Of +4 and +3 at most 5 count, −2.5 counts whole; a day outside the period counts nothing, an alias is its unit; no total is above the cap."""
    merits = [("区发改局", 4, 20), ("区发改局", 3, 21), ("区发改局", "-2.5", 22), ("发改局", "-1", 31)]
    given = [ScoreAdjustment(unit, Decimal(points), "事由", date(2023, 3, day), "文号", Place("考核规则.xlsx", "加减分", "B2")) for unit, points, day in merits]
    given.append(ScoreAdjustment("区发改局", Decimal(5), "二季度的事", date(2023, 4, 1), "", Place()))
    state = make_round([make_task("任务1", status="已完成", progress=100)], units=[came("区发改局")])
    units = tuple(replace(unit, aliases=("发改局",)) if unit.name == "区发改局" else unit for unit in state.master.units)
    state = replace(state, master=replace(state.master, units=units))

    found = scored(state, replace(shipped_rules(), merits=tuple(given)))
    assert [("加分", 4), ("加分", 3), ("减分", Decimal("-2.5")), ("减分", -1)] == [(deduction.item, deduction.points) for deduction in found.deductions]
    assert (Decimal("1.5"), Decimal(100)) == (of(found, "区发改局").bonus, of(found, "区发改局").total)
    assert Decimal("101.5") == of(scored(state, replace(rules_with(total_cap=120), merits=tuple(given))), "区发改局").total


def totals(*values: str) -> list[UnitScore]:
    nought = Decimal(0)
    return [UnitScore(f"单位{at}", TOWN, 1, 0, {}, nought, nought, nought, Decimal(value)) for at, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "tie_up", "ranks", "grades"),
    [
        # 10 units: 1 place of 优秀, 2 of 良好
        ("99 98 97 96 95 94 93 92 91 59", 0, "1 2 3 4 5 6 7 8 9 10", "优秀 良好 良好 合格 合格 合格 合格 合格 合格 不合格"),
        ("99 99 97 96 95 94 93 92 91 90", 0, "1 1 3 4 5 6 7 8 9 10", "良好 良好 合格 合格 合格 合格 合格 合格 合格 合格"),
        ("99 99 97 96 95 94 93 92 91 90", 1, "1 1 3 4 5 6 7 8 9 10", "优秀 优秀 良好 良好 合格 合格 合格 合格 合格 合格"),
        ("99 98 97 97 95 94 93 92 91 90", 0, "1 2 3 3 5 6 7 8 9 10", "优秀 良好 合格 合格 合格 合格 合格 合格 合格 合格"),
        ("99 98 97 97 95 94 93 92 91 90", 1, "1 2 3 3 5 6 7 8 9 10", "优秀 良好 良好 良好 合格 合格 合格 合格 合格 合格"),
        # 6 units: no place of 优秀 (0.9), 1 of 良好 (1.2)
        ("90 80 70 65 60 59.99", 0, "1 2 3 4 5 6", "良好 合格 合格 合格 合格 不合格"),
    ],
)
def test_grades_keep_the_quotas_and_say_what_becomes_of_ties(values: str, tie_up: int, ranks: str, grades: str) -> None:
    """Equal totals share a rank; a tie across an edge goes below it, or above it where the rules say so; below the pass mark nobody passes."""
    units, _ = graded(totals(*values.split()), rules_with(tie_up=tie_up))

    assert [int(rank) for rank in ranks.split()] == [unit.rank for unit in units]
    assert grades.split() == [unit.grade for unit in units]


def test_units_are_ranked_within_their_class_and_stand_by_rank() -> None:
    """Each class has its own first; classes stand in the register's order."""
    tasks = [make_task("任务1", status="推进中", progress=30), make_task("任务2", leads=("张湾街道",))]
    tasks.append(make_task("任务3", leads=("区商务局",), status="已完成"))

    found = scored(make_round(tasks, units=[came("区发改局"), came("区商务局"), came("张湾街道", TOWN)]))

    assert [("区商务局", DEPARTMENT, 1), ("区发改局", DEPARTMENT, 2), ("张湾街道", TOWN, 1)] == [(unit.unit, unit.group, unit.rank) for unit in found.units]


@pytest.mark.parametrize(
    ("period", "inside", "outside"),
    [
        (Period(2023, 2), (date(2023, 4, 1), date(2023, 6, 30)), (date(2023, 3, 31), date(2023, 7, 1))),
        (Period(2023), (date(2023, 1, 1), date(2023, 12, 31)), (date(2022, 12, 31), date(2024, 1, 1))),
        (Period(2023, month=2), (date(2023, 2, 1), date(2023, 2, 28)), (date(2023, 1, 31), date(2023, 3, 1))),
    ],
)
def test_a_period_knows_its_days(period: Period, inside: tuple[date, ...], outside: tuple[date, ...]) -> None:
    """First and last day belong to a quarter, a year or a month; the days around them do not."""
    assert [True, True, False, False] == [period.has(day) for day in (*inside, *outside)]

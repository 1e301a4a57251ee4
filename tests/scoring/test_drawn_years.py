"""Whatever comes of a year: scores, ranks and grades are what plain loops make of returns and rulings, and the shown deductions explain them."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.scoring.drawn_years import TASKS, UNITS, DrawnYear, Fault, fixed_year, rounds_of, rules_of, years
from toolkit.assessment.assess import assess
from toolkit.model.period import Period
from toolkit.model.returns import Outcome
from toolkit.model.rules import Rules
from toolkit.model.scoring import Scores

LIGHT_POINTS = {"蓝": 100, "绿": 90, "黄": 60, "红": 20, "灰": 0}
STRICTNESS = ["不高于良好", "不高于合格", "不合格"]


def cents(value: Decimal | int) -> Decimal:
    return Decimal(value).quantize(Decimal("0.01"), ROUND_HALF_UP)


def light(year: DrawnYear, name: str, number: str) -> str:
    """Say a task's light from what was drawn."""
    work, lead = year.works[name][number], year.reports[name][TASKS[number][0]]
    reported = lead.issued and lead.came and number in lead.filled
    status, progress = (work.status or "推进中", work.progress) if reported else ("", None)
    if work.ruled:
        return work.ruled
    if status == "已完成":
        return "蓝"
    if progress is None and status == "未启动":
        progress = 0
    if work.overdue and (status or progress is not None):
        return "红"
    if progress is None:
        return "灰"
    behind = work.planned - progress
    return "红" if behind > 30 else "黄" if behind >= 10 else "绿"


def duties(unit: str) -> list[tuple[str, bool]]:
    """Give a unit's tasks, and whether it leads each."""
    return [(number, lead == unit) for number, (lead, supports) in TASKS.items() if unit == lead or unit in supports]


def judged(year: DrawnYear, name: str, unit: str, number: str, *, leads: bool) -> str:
    """Say by which light a unit's part is judged in a round."""
    report = year.reports[name][unit]
    if not (report.issued and report.came and number in report.filled):
        return "灰"
    shown = light(year, name, number)
    return "绿" if shown == "灰" and not leads else shown


def outcome(year: DrawnYear, name: str, unit: str) -> Decimal:
    """Weigh the points of a unit's tasks in a round."""
    earned = whole = Decimal(0)
    for number, leads in duties(unit):
        share = year.weights.get(number, Decimal(1)) * (1 if leads else year.parameters["support_share"] / 100)
        earned += share * LIGHT_POINTS[judged(year, name, unit, number, leads=leads)]
        whole += share
    return cents(earned / whole)


def faults(year: DrawnYear, name: str, unit: str) -> dict[Fault, Decimal]:
    """List what a unit did wrong in a round, with the points that it costs (0 or more)."""
    report, cost, found = year.reports[name][unit], year.parameters, {}
    if not report.issued:
        return {}
    if not report.came:
        found[name, unit, "未报", "", 0] = cost["missing_points"]
    elif not report.on_time:
        found[name, unit, "迟报", "", 0] = cost["late_points"]
    for number, leads in duties(unit):
        if report.came and number not in report.filled:
            found[name, unit, "漏报", number, 0] = cost["unreported_points"]
        work = year.works[name][number]
        finished = work.status == "已完成" and report.came and number in report.filled
        if leads and work.overdue and not finished:
            found[name, unit, "超期", number, 0] = cost["overdue_points"]
    for version in range(report.refused + report.mended):
        found[name, unit, "退回", "", version] = cost["sent_back_points"]
    for error in range(len(report.errors)):
        found[name, unit, "错误", "", error] = cost["error_points"]
    return found


def left_of(year: DrawnYear, fault: Fault, points: Decimal, periods: list[str]) -> Decimal:
    """Give what a fault still costs after the rulings of some periods, in order."""
    for period in periods:
        word, text = year.appeals.get((period, fault), ("", ""))
        if points <= 0 or word not in {"支持", "部分支持"}:
            continue
        back = Decimal(text) if text else points if word == "支持" else Decimal(0)
        if 0 < back <= points and not (word == "部分支持" and back == points):
            points -= back
    return points


def whole_year(year: DrawnYear, unit: str) -> dict[str, Any]:
    """Compute a unit's year by plain loops."""
    costs = year.parameters
    remaining, free = {}, set()
    for name in year.reports:
        for fault, points in faults(year, name, unit).items():
            free |= {fault} if points == 0 else set()
            remaining[fault] = left_of(year, fault, points, ["2023"] if name == "2023" else [name, "2023"])
    newest = list(year.reports)[-1]
    end, process = outcome(year, newest, unit), max(Decimal(0), 100 - sum(remaining.values()))
    scored = earned = kept = owed = Decimal(0)
    for quarter in range(1, 5):
        name, weight = f"2023Q{quarter}", costs[f"quarter_weight{quarter}"]
        if name in year.reports and year.reports[name][unit].issued:
            scored += weight
            earned += weight * outcome(year, name, unit)
            owed += weight
            kept += weight * max(Decimal(0), 100 - sum(points for fault, points in remaining.items() if fault[0] == name))
    if scored:
        end = cents(earned / scored)
    if owed:
        process = cents(max(Decimal(0), kept / owed - sum(points for fault, points in remaining.items() if fault[0] == "2023")))
    given = [points for whose, points, _ in year.merits if whose == unit]
    given += [Decimal(points) for period, whose, word, points in year.others if whose == unit and word == "支持" and _counts(year, period, unit)]
    bonus = min(costs["bonus_cap"], sum(max(points, 0) for points in given)) + sum(min(points, 0) for points in given)
    total = (end * costs["outcome_weight"] + process * costs["process_weight"]) / 100 + bonus
    against = [effect for whose, effect, _ in year.events if whose == unit]
    for counted, least, effect in year.conditions:
        if counted == "红灯":
            count = sum(leads and judged(year, newest, unit, number, leads=leads) == "红" for number, leads in duties(unit))
        else:
            count = sum(fault[2] == counted and (points > 0 or fault in free) for fault, points in remaining.items())
        against += [effect] if count >= least else []
    cap = max(against, key=STRICTNESS.index, default="")
    return {"outcome": end, "process": cents(process), "bonus": cents(Decimal(bonus)), "total": cents(max(Decimal(0), min(Decimal(100), total))), "cap": cap}


def _counts(year: DrawnYear, period: str, unit: str) -> bool:
    """Say whether a unit can have been scored in a round: the year, or one in which it was issued a form."""
    return period == "2023" or year.reports[period][unit].issued


def graded(year: DrawnYear, found: dict[str, dict[str, Any]]) -> None:
    """Put rank and grade to each unit's scores, class by class."""
    rules = year.parameters

    def better(one: dict[str, Any], other: dict[str, Any]) -> bool:
        if one["total"] != other["total"] or rules["tie_order"] == 0:
            return bool(one["total"] > other["total"])
        return (one["outcome"], one["process"]) > (other["outcome"], other["process"])

    for group in set(UNITS.values()):
        mine = [scores for unit, scores in found.items() if UNITS[unit] == group]
        free = [scores for scores in mine if not scores["cap"]]
        excellent, good = (places(len(mine), rules[code], int(rules["quota_rounding"])) for code in ("excellent_share", "good_share"))
        ends = {}
        for scores in mine:
            scores["rank"] = 1 + sum(better(other, scores) for other in mine)
        for scores in free:
            award = 1 + sum(better(other, scores) for other in free)
            alike = sum(not better(other, scores) and not better(scores, other) for other in free)
            ends[id(scores)] = award if rules["tie_up"] else award + alike - 1
        taken = sum(end <= excellent for end in ends.values())
        for scores in mine:
            end = ends.get(id(scores), 0)
            usual = "优秀" if end <= excellent else "良好" if end <= taken + good else "合格"
            mild = "良好" if scores["rank"] <= excellent + good else "合格"
            by_cap = {"": usual, "不高于良好": mild, "不高于合格": "合格", "不合格": "不合格"}[scores["cap"]]
            scores["grade"] = "不合格" if scores["total"] < rules["pass_mark"] else by_cap


def test_what_costs_nothing_is_counted_all_the_same() -> None:
    """Rules that take 0 points for a late return and fail who was late once: the condition holds for whoever was late."""
    year = replace(fixed_year(5, late_points=0), conditions=[("迟报", 1, "不合格")], events=[])
    scores = assess(rounds_of(year, {}, {})["年"], rules_of(year)).scores
    late = {unit for reports in year.reports.values() for unit, report in reports.items() if report.issued and report.came and not report.on_time}

    assert late
    assert late == {veto.unit for veto in scores.vetoes if veto.holds}


def places(count: int, share: Decimal, rounding: int) -> int:
    """Count a class's places: a part of one is left out, rounded, or counted whole."""
    exact, down = count * share / 100, int(count * share / 100)
    return down + {0: False, 1: exact - down >= Decimal("0.5"), 2: exact > down}[rounding]


def marks_of(scores: Scores) -> dict[Fault, str]:
    """Give the 扣分号 that a unit's form shows for each fault: several of a sort in the order they stand."""
    found: dict[Fault, str] = {}
    for row in scores.deductions:
        if row.code:
            number = row.number if row.item in {"漏报", "超期"} else ""
            which = sum(fault[:4] == (row.period, row.unit, row.item, number) for fault in found)
            found[row.period, row.unit, row.item, number, which] = row.mark
    return found


def quarters_scores(year: DrawnYear) -> dict[tuple[str, int], Decimal]:
    return {(unit, int(name[-1])): outcome(year, name, unit) for name, reports in year.reports.items() if "Q" in name for unit in UNITS if reports[unit].issued}


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # what is drawn is too large to shrink
@given(years(), st.data())
def test_a_years_scores_are_what_plain_loops_make_of_returns_and_rulings(year: DrawnYear, draw: st.DataObject) -> None:
    """Outcome, process, bonus, total, rank and grade of every unit; and what the shown deductions sum up to, round by round."""
    rules, outcomes = rules_of(year), quarters_scores(year)
    marks = marks_of(assess(rounds_of(year, {}, outcomes)["年"], rules).scores)
    appeal = st.tuples(st.sampled_from(["支持", "部分支持", "不支持", "不予受理"]), st.sampled_from(["", "1", "0.5", "99"]))
    for fault in draw.draw(st.lists(st.sampled_from(sorted(marks)), max_size=6, unique=True)) if marks else []:
        for period in draw.draw(st.sampled_from([[fault[0]], ["2023"], sorted({fault[0], "2023"})])):
            year.appeals[period, fault] = draw.draw(appeal)
    rounds = rounds_of(year, marks, outcomes)
    whole = assess(rounds["年"], rules).scores

    issued = {unit.unit for unit in rounds["年"].units}
    expected = {unit: whole_year(year, unit) for unit in UNITS if unit in issued}
    graded(year, expected)
    names = ("outcome", "process", "bonus", "total", "rank", "grade", "cap")
    assert {unit: {name: scores[name] for name in names} for unit, scores in expected.items()} == {
        score.unit: {name: getattr(score, name) for name in names} for score in whole.units
    }
    _explained(year, whole, rules)
    for name, state in rounds.items():
        if "Q" in name:
            found = {score.unit: (score.outcome, score.process) for score in assess(state, rules).scores.units}
            assert {unit: _of_quarter(year, name, unit) for unit in found} == found


def _of_quarter(year: DrawnYear, name: str, unit: str) -> tuple[Decimal, Decimal]:
    costs = [left_of(year, fault, points, [name]) for fault, points in faults(year, name, unit).items()]
    return outcome(year, name, unit), cents(max(Decimal(0), 100 - sum(costs)))


def _explained(year: DrawnYear, scores: Scores, rules: Rules) -> None:
    """Hold the shown deductions against the faults, and against the score of a year that is not weighed."""
    for score in scores.units:
        mine = [row for row in scores.deductions if row.unit == score.unit]
        for name in year.reports:
            periods = ["2023"] if name == "2023" else [name, "2023"]
            lost = sum(left_of(year, fault, points, periods) for fault, points in faults(year, name, score.unit).items())
            assert -lost == sum(row.points for row in mine if row.code and row.period == name)
            assert {Period.parse(row.period) for row in mine if row.code} <= {Period.parse(name) for name in year.reports}
        if not scores.quarters:
            assert score.process == cents(max(Decimal(0), rules.value("full_marks") + sum(row.points for row in mine if row.code)))


def test_a_quarter_without_a_task_of_the_unit_takes_nothing_off_for_tasks_that_came_later() -> None:
    """A unit that was issued a form in the first quarter, had no task then and got one later, left nothing out in the first quarter."""
    year = fixed_year(5)
    whole = rounds_of(year, {}, {})["年"]
    before = next(stage for stage in whole.stages if stage.period == Period(2023, 1))
    others = tuple(task for task in before.master.tasks if "丁局" not in (*task.leads, *task.supports))
    came = replace(before.units[0], unit="丁局", outcome=Outcome.MERGED, path="records/丁局.xlsx", on_time=True)
    bare = replace(before, master=replace(before.master, tasks=others), units=(came,), versions=(), findings=())
    whole = replace(whole, stages=tuple(bare if stage is before else stage for stage in whole.stages))

    taken = assess(whole, rules_of(year)).scores.deductions

    assert [] == [row for row in taken if row.unit == "丁局" and row.period == "2023Q1"]

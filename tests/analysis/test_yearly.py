"""The year's analysis, held against plain loops over the same rounds."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.analysis.drawn_years import RULES, UNITS, drawn_year
from toolkit.analysis import yearly
from toolkit.analysis.frames import Snapshot
from toolkit.assessment.lights import light
from toolkit.model.form import DONE, DUE, FINISHED
from toolkit.model.period import Period
from toolkit.model.standing import Ruling

SEEDS = range(12)
CUTS = (
    tuple(Period(2023, month=month) for month in (8, 9, 10, 12)),
    (Period(2023, half=1), Period(2023, month=9), Period(2023, half=2)),
    tuple(Period(2023, week=week) for week in (8, 9, 10, 11)),
    (Period(2023, month=9, piece=2), Period(2023, month=10, piece=1), Period(2023, month=10, piece=2)),
    tuple(Period.named(name, date(2023, month, 1), date(2023, month, 30)) for name, month in (("汛前排查", 4), ("中期检查", 6), ("年底冲刺", 11))),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_punctuality_counts_each_quarter_once(seed: int) -> None:
    """A unit is in time, late or missing in each quarter, and its counts are those of a plain count."""
    year = drawn_year(seed)
    expected = {}
    for unit in UNITS:
        words = []
        for state, _ in year:
            standing = next(each for each in state.units if each.unit == unit)
            counts = standing.outcome is not None and standing.outcome.counts
            words.append("未报" if not counts else "按时" if standing.on_time else "迟报")
        expected[unit] = (unit, *words, words.count("迟报"), words.count("未报"))

    table = yearly.punctuality(year)

    assert expected == {row[0]: row for row in table.rows}
    assert [(-row[-1], -row[-2]) for row in table.rows] == sorted((-row[-1], -row[-2]) for row in table.rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_scores_stand_beside_each_other_with_mean_and_change(seed: int) -> None:
    """Each unit's totals of the quarters, their mean, and the last less the first."""
    year = drawn_year(seed)
    totals = defaultdict(list)
    for _, assessment in year:
        for score in assessment.scores.units:
            totals[score.unit].append(float(score.total))
    expected = {
        unit: (*found, pytest.approx(sum(found) / len(found), abs=0.006), pytest.approx(found[-1] - found[0], abs=0.006)) for unit, found in totals.items()
    }

    table = yearly.score_trend(year)

    assert expected == {row[0]: row[1:] for row in table.rows}


def _promised(year: Sequence[Snapshot]) -> dict[str, tuple[object, ...]]:
    """Count by plain loops what was promised and kept, by unit."""
    due: set[tuple[str, str, int]] = set()
    for at, (state, _) in enumerate(year):
        for unit_row in state.details:
            day = unit_row.row.value(DUE)
            seen = next((later for later, (other, _) in enumerate(year) if day is not None and other.period.ends >= day), None)
            if seen is not None and seen > at:
                due.add((unit_row.unit, unit_row.row.number, seen))
    finished = {(task.task.number, at) for at, (state, _) in enumerate(year) for task in state.tasks if task.status == FINISHED}
    total, kept = Counter(unit for unit, _, _ in due), Counter(unit for unit, number, at in due if (number, at) in finished)
    return {unit: (count, kept[unit], round(kept[unit] / count * 100, 1)) for unit, count in total.items()}


@pytest.mark.parametrize("seed", SEEDS)
def test_a_promise_is_held_against_the_first_quarter_that_ends_after_its_day(seed: int) -> None:
    """A promised day counts once a later quarter has ended on it or after it; kept is what was finished then."""
    year = drawn_year(seed)

    table = yearly.promises(year)

    assert _promised(year) == {row[0]: row[1:] for row in table.rows}


@pytest.mark.parametrize("seed", SEEDS)
def test_findings_are_counted_by_kind_with_a_running_share(seed: int) -> None:
    """Only findings that act count; the last share is all of them."""
    year = drawn_year(seed)
    counts = Counter((finding.code.text.id, finding.title) for state, _ in year for finding in state.findings if finding.counts)

    table = yearly.finding_kinds(year)

    assert counts == Counter({(row[0], row[1]): row[2] for row in table.rows})
    assert [row[3] for row in table.rows][-1:] == ([100.0] if counts else [])


@pytest.mark.parametrize("seed", SEEDS)
def test_an_indicator_is_carried_on_at_its_mean_growth(seed: int) -> None:
    """The projection is what was reached over the quarters gone, times four; the band takes the least and the most growth of a quarter."""
    year = drawn_year(seed, quarters=3)
    expected = {}
    for at, standing in enumerate(year[-1].state.indicators):
        found = [(state.period.quarter, float(state.indicators[at].reached)) for state, _ in year if state.indicators[at].reached is not None]  # type: ignore[arg-type]
        if not found:
            continue
        steps, before = [], (0, 0.0)
        for quarter, value in found:
            steps.append((value - before[1]) / (quarter - before[0]))
            before = (quarter, value)
        last, value = found[-1]
        bands = (value + min(steps) * (4 - last), value / last * 4, value + max(steps) * (4 - last))
        expected[standing.indicator.name] = tuple(pytest.approx(each, abs=0.006) for each in (value, *bands))

    table = yearly.projections(year)

    assert expected == {row[1]: row[4:] for row in table.rows}


@pytest.mark.parametrize("seed", SEEDS)
def test_rulings_that_differ_from_the_report_are_listed(seed: int) -> None:
    """Each ruling that changes the light of a reported task is a row with both lights."""
    year = drawn_year(seed)
    computed = {state.period: {task.task.number: light(replace(task, ruling=Ruling()), RULES) for task in state.tasks} for state, _ in year}
    expected = [
        (task.lead.unit, str(state.period), task.task.number, computed[state.period][task.task.number], task.ruling.light, task.ruling.note)
        for state, _ in year
        for task in state.tasks
        if task.ruling.light and task.lead and task.ruling.light != computed[state.period][task.task.number]
    ]

    assert expected == list(yearly.overruled(year, computed).rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_texts_said_again_are_counted_whatever_their_blanks(seed: int) -> None:
    """A text repeats the unit's last text on the same task; blanks make no difference."""
    year = drawn_year(seed)
    last: dict[tuple[str, str], str] = {}
    again: Counter[str] = Counter()
    for state, _ in year:
        for unit_row in state.details:
            key, text = (unit_row.unit, unit_row.row.number), "".join(str(unit_row.row.value(DONE)).split())
            again[unit_row.unit] += last.get(key) == text
            last[key] = text

    assert {unit: count for unit, count in again.items() if count} == {row[0]: row[1] for row in yearly.said_again(year).rows}


@pytest.mark.parametrize("seed", SEEDS)
def test_risk_is_counted_by_chapter_and_leader(seed: int) -> None:
    """Tasks with a yellow or red light in the newest quarter, by chapter and leader."""
    year = drawn_year(seed)
    state, assessment = year[-1]
    sizes, risks = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for task in state.tasks:
        key = (task.task.section, task.task.leader or "（未写）")
        sizes[key] += 1
        risks[key] += assessment.lights[task.task.number] in {"红", "黄"}

    assert {key: (count, risks[key]) for key, count in sizes.items()} == {(row[0], row[1]): (row[2], row[3]) for row in yearly.risk_concentration(year).rows}


def test_where_nobody_has_reported_no_risk_is_not_all_that_is_said() -> None:
    """A quarter without a yellow or red light, all of whose tasks are grey, says how many were not reported."""
    year = drawn_year(SEEDS[0])
    state, assessment = year[-1]
    grey = replace(assessment, lights=dict.fromkeys(assessment.lights, "灰"))

    assert f"没有黄灯和红灯，{len(state.tasks)} 项没有报。" == yearly.risk_concentration([*year[:-1], Snapshot(state, grey)]).sentence


def test_two_years_are_compared_by_their_shares_of_lights() -> None:
    """The shares of each year add up to a hundred; one year alone gives no table."""
    first, second = drawn_year(1)[-1], drawn_year(2)[-1]
    table = yearly.years_compared({2022: first, 2023: second})

    assert table is not None
    for at, (_, assessment) in ((1, first), (2, second)):
        counts = Counter(assessment.lights.values())
        total = sum(counts.values())
        assert {light: round(counts[light] / total * 100, 1) for light in ("蓝", "绿", "黄", "红", "灰")} == {row[0]: row[at] for row in table.rows}
    assert yearly.years_compared({2023: second}) is None


def test_every_table_says_what_it_means() -> None:
    """Each table has a sentence that ends, and columns for all values of its rows, also where nothing was reported."""
    empty = [Snapshot(replace(state, details=(), findings=()), assessment) for state, assessment in drawn_year(3)]
    for year in (drawn_year(3), empty, drawn_year(4, quarters=1)):
        tables = [
            make(year)
            for make in (
                yearly.punctuality,
                yearly.score_trend,
                yearly.promises,
                yearly.finding_kinds,
                yearly.projections,
                yearly.said_again,
                yearly.risk_concentration,
            )
        ]
        for table in tables:
            assert table.sentence.endswith("。")
            assert {len(table.columns)} >= {len(row) for row in table.rows}


@pytest.mark.parametrize("cuts", CUTS, ids=lambda cuts: str(cuts[0]))
def test_rounds_of_any_kind_stand_in_their_order(cuts: tuple[Period, ...]) -> None:
    """Months, halves, weeks, named spans: columns are in the order of time, and an indicator is carried on by the part of the year that is gone."""
    year = [quarter._replace(state=replace(quarter.state, period=period)) for period, quarter in zip(cuts, drawn_year(3), strict=False)]
    gone = [4 * (period.ends.month - (period.piece == 1) / 2) / 12 if period.week == 0 else period.ends.timetuple().tm_yday * 4 / 365 for period in cuts]
    expected = {}
    for at, standing in enumerate(year[0].state.indicators):
        found = [(gone[at_round], float(state.indicators[at].reached)) for at_round, (state, _) in enumerate(year) if state.indicators[at].reached is not None]  # type: ignore[arg-type]
        if found:
            expected[standing.indicator.name] = pytest.approx(found[-1][1] / found[-1][0] * 4, abs=0.006)

    titles = [period.span_label.removeprefix("2023年") for period in cuts]
    assert titles == [column.title for column in yearly.punctuality(year).columns[1:-2]]
    assert titles == [column.title for column in yearly.score_trend(year).columns[1:-2]]
    first, last = ({score.unit: score.total for score in quarter.assessment.scores.units} for quarter in (year[0], year[-1]))
    assert {unit: float(last[unit] - first[unit]) for unit in first} == {row[0]: row[-1] for row in yearly.score_trend(year).rows}
    assert expected == {row[1]: row[6] for row in yearly.projections(year).rows}
    assert _promised(year) == {row[0]: row[1:] for row in yearly.promises(year).rows}


def test_a_limit_is_missed_above_and_another_unit_of_measure_is_no_earlier_value() -> None:
    """A cumulative target of at most so much is missed by more; after 元 became 万元 only what was said in 万元 counts; halves are rounded up."""
    year = drawn_year(1, quarters=2)

    def with_one(quarter: Snapshot, *some: object) -> Snapshot:
        assessment = replace(quarter.assessment, reached=("按节点",) * len(some), yardsticks=("按节点",) * len(some))
        return Snapshot(replace(quarter.state, indicators=some), assessment)  # type: ignore[arg-type]

    def told(quarter: Snapshot, unit: str, reached: str) -> Snapshot:
        one = quarter.state.indicators[0]
        return with_one(quarter, replace(one, indicator=replace(one.indicator, comparator="≤", unit=unit), reached=Decimal(reached)))

    table = yearly.projections([told(year[0], "元", "90000"), told(year[1], "万元", "40.0025")])

    assert [(40.0025, 80.01, 80.01, 80.01)] == [row[4:] for row in table.rows]
    assert "照现在的速度，累计指标到年底都能达到目标。" == table.sentence
    assert "没有报过累计指标。" == yearly.projections([with_one(year[0])]).sentence

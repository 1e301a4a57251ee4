"""What a closed quarter took off is in the year's score as it was closed: rules that change later change nothing that was decided before."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.scoring.hands import appeal, rule, rulings_book, scored_quarter, without_pdf, write
from tests.time.small_year import BUREAU, PLANNERS, Q1, TOWN, YEAR, book, close, sheet, take_in
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.closing.close_period import reopen
from toolkit.flows.report.analyse import analyse
from toolkit.flows.report.data_tables import tables
from toolkit.flows.report.trace import trace

LATER = date(2023, 4, 20)


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """An office whose first quarter was closed with 3 points for a late return, 30 for none."""
    without_pdf(monkeypatch)
    return scored_quarter(tmp_path)


def with_rules(space: Workspace, **values: float) -> None:
    """Type values of parameters into the office's rules."""
    path = space.templates / "考核规则.xlsx"
    rules = load_workbook(path)
    for row in rules["参数"].iter_rows(min_row=2):
        if row[0].value in values:
            row[2].value = values[str(row[0].value)]
    rules.save(path)


def taken(space: Workspace) -> dict[tuple[str, str], object]:
    """Give the points of the year's 扣分明细 by unit and sort, as formulas where they are such."""
    return {(str(row["单位"]), str(row["项目"])): row["分值"] for row in sheet(space, YEAR, "扣分明细")}


def test_the_year_takes_off_what_the_closed_quarter_took_off(space: Workspace) -> None:
    """Numbers in the place of formulas over today's parameters, and the weighed process of the quarter is the one in its own closed book."""
    with_rules(space, late_points=0.5, missing_points=10, error_points=9, sent_back_points=1, full_marks=90, quarter_weight1=50, quarter_weight2=50)

    book(space, YEAR, LATER)

    assert {(BUREAU, "错误"): -1, (BUREAU, "退回"): -5, (PLANNERS, "迟报"): -3, (TOWN, "未报"): -30}.items() <= taken(space).items()
    formulas = {str(row["单位"]): str(row["一季度过程分"]) for row in sheet(space, YEAR, "年度考核")}
    assert all(formula.startswith("=MAX(0,100+SUMIF(") for formula in formulas.values())


def test_an_open_quarter_follows_the_rules_as_they_are(space: Workspace) -> None:
    """Opened again and not closed, the newest draft holds for the year; closed again under the new rules, those hold."""
    with_rules(space, late_points=0.5)
    with held(LATER):
        reopen(space, Q1, "改规则")
    book(space, YEAR, LATER)
    before = taken(space)[PLANNERS, "迟报"]
    close(space, Q1, LATER)
    book(space, YEAR, LATER)

    assert (-3, -0.5) == (before, taken(space)[PLANNERS, "迟报"])


def test_what_an_appeal_gave_back_stays_within_what_was_taken(space: Workspace) -> None:
    """2 of 3 points came back in the quarter; where the rules later take 1 off for the same, the year still has 1 off, and does not drop the ruling."""
    write(space, date(2023, 4, 6))
    appeal(space, PLANNERS, date(2023, 4, 10), item="迟报", opinion="不应扣分")
    take_in(space, date(2023, 4, 10))
    write(space, date(2023, 4, 11))
    rule(rulings_book(space), PLANNERS, "部分支持", 2, "一半属实")
    write(space, date(2023, 4, 12))
    with held(date(2023, 4, 13)):
        reopen(space, Q1, "申诉更正")
    book(space, Q1, date(2023, 4, 13))
    close(space, Q1, date(2023, 4, 14))
    with_rules(space, late_points=1)

    book(space, YEAR, LATER)

    row = next(row for row in sheet(space, YEAR, "扣分明细") if row["单位"] == PLANNERS and row["项目"] == "迟报")
    assert ("=-3+", 2) == (str(row["分值"])[:4], row["申诉返还"])


def told_of(space: Workspace) -> tuple[object, ...]:
    """Give what export, analyse and trace tell of the closed quarter."""
    data = tables(space, ("tasks", "lights", "scores"), periods=[Q1])
    light = next(step.value for step in trace(space, Q1, "任务1", BUREAU).standings if step.title == "灯")
    return {name: table.to_csv() for name, table in data.items()}, analyse(space, 2023), light


def test_data_analysis_and_trace_tell_what_the_closed_book_tells(space: Workspace) -> None:
    """New thresholds, points and quotas change no light, score or grade of the closed quarter outside of its book either."""
    before = told_of(space)

    with_rules(space, yellow_gap=50, red_gap=60, points_yellow=10, late_points=0.5, missing_points=1, pass_mark=20, excellent_share=100)
    book(space, YEAR, LATER)

    assert before == told_of(space)

"""What an office sets for the year in 考核规则.xlsx: faults are said at their cells, older rules come over."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.small import MASTER, issue, small_workspace
from tests.views.rounds import TEMPLATES
from toolkit.edges.clock import held
from toolkit.edges.played_clerk import add_row
from toolkit.edges.templates.read_rules import load_rules
from toolkit.edges.workspace import open_workspace
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.findings import Code
from toolkit.model.master import Deadline
from toolkit.model.period import Period
from toolkit.model.rules import Rules


def read(path: Path) -> tuple[Rules | None, list[tuple[Code, str, str]]]:
    """Read rules with the small office's list; give the faults with sheet and cell."""
    rules, faults = load_rules(path, MASTER)
    return rules, [(fault.code, fault.place.sheet, fault.place.cell) for fault in faults]


def with_values(folder: Path, **values: object) -> Path:
    """Give a copy of the shipped rules with other parameters."""
    book = load_workbook(TEMPLATES / "考核规则.xlsx")
    for row in book["参数"].iter_rows(min_row=2):
        if row[0].value in values:
            row[2].value = values[str(row[0].value)]  # type: ignore[assignment]
    book.save(folder / "考核规则.xlsx")
    return folder / "考核规则.xlsx"


def test_weights_that_do_not_make_100_are_said_at_the_first(tmp_path: Path) -> None:
    """20 + 20 + 20 + 20 keeps the rules from being used, and says so (QUARTERS_NOT_100); four times 0 and four times 25 are fine."""
    weights = {f"quarter_weight{quarter}": 20 for quarter in range(1, 5)}
    rules, faults = read(with_values(tmp_path, **weights))

    assert rules is None
    assert [(Code.QUARTERS_NOT_100, "参数")] == [fault[:2] for fault in faults]
    for weight in (0, 25):
        assert (True, []) == ((again := read(with_values(tmp_path, **dict.fromkeys(weights, weight))))[0] is not None, again[1])


@pytest.mark.parametrize(("rounds", "asked"), [(("2023M01", "2023M02"), ["Q60"]), (("2023Q1",), [])])
def test_weights_of_quarters_that_count_for_nothing_are_said(tmp_path: Path, rounds: tuple[str, ...], asked: list[str]) -> None:
    """A year of months has no quarters to weigh: its book says that it was judged by its end (QUARTERS_IDLE); a year of quarters says nothing."""
    periods = [Period.parse(name) for name in rounds]
    calendar = tuple(Deadline(name, "季度进展", period.begins, period.ends) for name, period in zip(rounds, periods, strict=True))
    space = small_workspace(tmp_path / "office", replace(MASTER, calendar=calendar))
    for period in periods:
        with held(period.begins):
            issue(space, period)
    rules = with_values(tmp_path, **{f"quarter_weight{quarter}": 25 for quarter in range(1, 5)})
    rules.replace(space.templates / rules.name)
    with held(date(2023, 4, 3)):
        done = consolidate(space, Period(2023))

    assert asked == [finding.code.text.id for finding in done.round.findings if finding.code.text.id == "Q60"]


def test_a_veto_needs_a_known_unit_an_effect_and_a_day(tmp_path: Path) -> None:
    """An unknown unit, a missing day and a word that is no effect are faults at their cells; a whole row is read."""
    path = with_values(tmp_path)
    whole = {"单位": "东山镇", "事项": "安全事故", "效果": "不合格", "日期": date(2023, 5, 1)}
    for row in (whole, whole | {"单位": "没有这家"}, whole | {"日期": None}, whole | {"效果": "扣分"}):
        add_row(path, "一票否决", row)

    _, faults = read(path)

    assert [(Code.UNKNOWN_UNIT, "一票否决", "A3"), (Code.MISSING_SETTING, "一票否决", "D4"), (Code.BAD_SETTING, "一票否决", "C5")] == faults


def test_a_condition_counts_from_one(tmp_path: Path) -> None:
    """A number of 0 and a fault that is not counted are said; a row without a number has no effect."""
    path = with_values(tmp_path)
    for row in ({"事项": "未报", "次数": 0, "效果": "不合格"}, {"事项": "态度", "次数": 1, "效果": "不合格"}, {"事项": "迟报", "效果": "不合格"}):
        add_row(path, "否决条件", row)

    rules, faults = read(path)

    assert [(Code.BAD_SETTING, "否决条件", "B2"), (Code.BAD_SETTING, "否决条件", "A3")] == faults
    assert rules is None or rules.veto_conditions == ()


def test_older_rules_come_over_and_change_nothing(tmp_path: Path) -> None:
    """Rules without the new rows and sheets get them at the next command, with values by which nothing is judged otherwise; the form to appeal comes too."""
    space = small_workspace(tmp_path)
    book = load_workbook(space.templates / "考核规则.xlsx")
    for name in ("一票否决", "否决条件"):
        del book[name]
    new = {"appeal_days", "tie_order", "quota_rounding", *(f"quarter_weight{quarter}" for quarter in range(1, 5))}
    for at in sorted((row[0].row for row in book["参数"].iter_rows(min_row=2) if row[0].value in new), reverse=True):
        book["参数"].delete_rows(at)
    book.save(space.templates / "考核规则.xlsx")
    (space.templates / "成绩申诉.xlsx").unlink()
    open_workspace(space.root)
    assert (space.templates / "成绩申诉.xlsx").exists()
    older, faults = read(space.templates / "考核规则.xlsx")
    assert older is not None
    assert [] == faults
    assert {"appeal_days": 10, "tie_order": 0, "quota_rounding": 0, "quarter_weight1": 0} == {
        code: older.value(code) for code in ("appeal_days", "tie_order", "quota_rounding", "quarter_weight1")
    }

"""Modes and exemptions from the rules' sheets to the consolidated workbook, and a signature typed into the file."""

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from tests.small import Q1, filled_row, issue, small_workspace, type_into
from toolkit.edges.workspace import RULES, Workspace
from toolkit.flows.intake.collect import Collected, collect
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.upkeep.doctor import doctor
from toolkit.model.findings import Code

TOWN = filled_row("任务2", lead=False) | filled_row("任务3", progress=5)  # 任务3 lags twenty points and says nothing of it


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace whose first quarter is issued, on a fixed day."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-02")
    space = small_workspace(tmp_path)
    issue(space)
    return space


def rule(space: Workspace, sheet: str, row: int, *values: object) -> None:
    """Write a line of the rules as the office would."""
    book = load_workbook(space.templates / RULES)
    for column, value in enumerate(values, 1):
        if value is not None:
            book[sheet].cell(row, column).value = value  # type: ignore[assignment]
    book.save(space.templates / RULES)


def line_of(space: Workspace, code: str) -> int:
    sheet = load_workbook(space.templates / RULES)["检查"]
    return next(cell.row for cell in sheet["A"] if cell.value == code)


def send(space: Workspace, change: Callable[[Workbook], None] = lambda _: None) -> Collected:
    source = space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx"
    target = space.inbox / "来件.xlsx"
    type_into(source, target, TOWN)
    book = load_workbook(target)
    change(book)
    book.save(target)
    moment = datetime(2023, 3, 28, 9).timestamp()  # noqa: DTZ001 - file times are local
    os.utime(target, (moment, moment))
    return collect(space, progress=lambda items, _: items)


def stands(space: Workspace) -> tuple[object, ...]:
    """Give how the town's return stands in the consolidated round: outcome, 待核数, its findings of the row."""
    state = consolidate(space, Q1).round
    unit = next(unit for unit in state.units if unit.unit == "东山镇")
    said = [(finding.shown_level, finding.message.partition("。")[0]) for finding in state.findings if finding.code is Code.LAGGING_UNEXPLAINED]
    return (str(unit.outcome), unit.reviews, *said)


SENTENCE = "累计进度 5，比计划 25 落后 20 个百分点，“存在问题”没有填写"


def test_an_exemption_written_after_the_file_came_acts_and_ends(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """What counted when it was collected is exempted by a line written later, is shown with its reason, and counts again after its date.

    Once the period is due the day does not matter any more: its book is the same whenever it is made.
    """
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-28")
    send(space)
    assert ("merged with findings", 1, ("待核", SENTENCE)) == stands(space)

    rule(space, "豁免", 2, "东山镇", "R03", "任务3", "防汛期间顺延", date(2023, 3, 29))
    assert ("merged", 0, ("待核", "豁免：防汛期间顺延")) == stands(space)

    for day in ("2023-03-30", "2023-05-01"):
        monkeypatch.setenv("TASK_TOOLKIT_TODAY", day)
        assert ("merged with findings", 1, ("待核", SENTENCE)) == stands(space)

    rule(space, "豁免", 2, None, None, None, None, date(2023, 3, 30))
    assert ("merged", 0, ("待核", "豁免：防汛期间顺延")) == stands(space)


def test_a_rule_on_trial_does_not_touch_the_return_until_it_is_switched_on(space: Workspace) -> None:
    """Collected on trial a return is merged as clean and the finding is shown; switched on, it counts without a second collect."""
    at = line_of(space, "R03")
    rule(space, "检查", at, None, None, "试行")
    assert ["全部采用"] == [arrival.reason for arrival in send(space).arrivals]
    assert ("merged", 0, ("试行", SENTENCE)) == stands(space)

    rule(space, "检查", at, None, None, "启用")
    assert ("merged with findings", 1, ("待核", SENTENCE)) == stands(space)


def test_a_rule_switched_off_raises_nothing(space: Workspace) -> None:
    """Switched off, neither the arrival nor the workbook has the finding."""
    rule(space, "检查", line_of(space, "R03"), None, None, "停用")

    assert [()] == [arrival.findings for arrival in send(space).arrivals]
    assert ("merged", 0) == stands(space)


def test_a_bad_exemption_is_said_by_the_commands_that_work_with_it(space: Workspace) -> None:
    """A line for a unit that is in no register stops nothing; collect, consolidate and doctor name its cell."""
    rule(space, "豁免", 2, "西山镇", "R03", "", "无", date(2023, 4, 30))
    place = "考核规则.xlsx!豁免!A2"

    assert [place] == [str(finding.place) for finding in send(space).findings]
    assert [place] == [str(finding.place) for finding in consolidate(space, Q1).findings]
    assert [f"{place}：单位“西山镇”不在“单位”表中。"] == [one.seen for one in doctor(space) if one.thing == RULES]


def test_signatures_are_read_where_a_unit_types_them(space: Workspace) -> None:
    """Switched on, the check asks for what was left blank; a name behind the label or in the cell beside it is a signature, a stamp is not asked for."""
    rule(space, "检查", line_of(space, "W02"), None, None, "启用")

    def sign(book: Workbook) -> None:
        sheet = book["任务进展"]
        for area in [one for one in sheet.merged_cells.ranges if str(sheet.cell(one.min_row, one.min_col).value).endswith("：")]:
            sheet.unmerge_cells(area.coord)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value == "填报人：":
                    cell.value = "填报人：某某"
                if cell.value == "日期：":
                    sheet.cell(cell.row, cell.column + 1).value = "2023年3月28日"

    arrival = send(space, sign).arrivals[0]

    assert ["表末的“审核人”没有填写。"] == [finding.message for finding in arrival.findings if finding.code is Code.UNSIGNED]

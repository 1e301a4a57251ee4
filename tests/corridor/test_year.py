"""One period feeds the next: the work plan and last quarter's answers stand in this quarter's form."""

import os
from datetime import datetime
from pathlib import Path

from openpyxl import load_workbook

from tests.small import Q1, filled_row, header_row, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.period import Period

TOWN = filled_row("任务2", lead=False) | filled_row("任务3")
Q2 = Period(2023, 2)


def take_in(space: Workspace, source: Path, cells: dict[tuple[str, str, str], object], day: datetime) -> None:
    """Fill in, send on a day, collect."""
    target = space.inbox / f"{day:%m%d}.xlsx"
    type_into(source, target, cells)
    os.utime(target, (day.timestamp(), day.timestamp()))
    collect(space, progress=lambda items, _: items)


def shown(path: Path, sheet: str, number: str) -> dict[str, object]:
    """Give one row of an issued workbook by column title."""
    page = load_workbook(path)[sheet]
    header = page[header_row(page)]
    row = next(row for row in page.iter_rows() if row[0].value == number)
    return {str(title.value): cell.value for title, cell in zip(header, row, strict=True)}


def test_the_work_plan_stands_in_the_quarterly_form(tmp_path: Path) -> None:
    """Nodes and planned percent of the accepted work plan are prefilled, and the plan judges the task in the consolidated workbook."""
    space = small_workspace(tmp_path)
    plan = {("工作方案", "任务3", f"{name}季度节点"): f"{name}季度完成第{name}批" for name in "一二三四"}
    plan |= {("工作方案", "任务3", f"{name}季度计划进度"): value for name, value in zip("一二三四", (10, 40, 70, 100), strict=True)}
    take_in(space, issue(space, Period(2023)) / "东山镇_2023年工作方案.xlsx", plan, datetime(2023, 1, 12, 9))  # noqa: DTZ001 - file times are local

    source = issue(space) / "东山镇_2023年第一季度进展.xlsx"
    row = shown(source, "任务进展", "任务3")

    assert ("一季度完成第一批", 10) == (row["本季计划节点"], row["计划进度"])
    assert 25 == shown(source, "任务进展", "任务2")["计划进度"]
    take_in(space, source, TOWN | {("任务进展", "任务3", "累计进度"): 9}, datetime(2023, 3, 20, 9))  # noqa: DTZ001 - file times are local
    done = consolidate(space, Q1)
    assert {"任务3": "绿"} == {number: light for number, light in done.assessment.lights.items() if number == "任务3"}


def test_last_quarters_answers_stand_in_this_quarters_form(tmp_path: Path) -> None:
    """Last quarter's progress and promised next step are prefilled, and the guide asks what became of the promise."""
    space = small_workspace(tmp_path)
    take_in(space, issue(space) / "东山镇_2023年第一季度进展.xlsx", TOWN, datetime(2023, 3, 20, 9))  # noqa: DTZ001 - file times are local

    source = issue(space, Q2) / "东山镇_2023年第二季度进展.xlsx"

    row = shown(source, "任务进展", "任务3")
    assert (30, "下季度完成主体工程。") == (row["上季累计进度"], row["上季下步措施"])
    notes = [str(cell.value) for row in load_workbook(source)["填报说明"].iter_rows(max_col=1) for cell in row]
    assert any("“上季下步措施”是本单位上一期承诺的事项，请在本期写明是否落实" in note for note in notes)


def test_a_correction_wins_and_the_first_report_is_kept(tmp_path: Path) -> None:
    """A second return of the same quarter takes the place of the first, whose original and rows stay in the ledger."""
    space = small_workspace(tmp_path)
    source = issue(space) / "东山镇_2023年第一季度进展.xlsx"
    take_in(space, source, TOWN, datetime(2023, 3, 20, 9))  # noqa: DTZ001 - file times are local
    take_in(space, source, TOWN | {("任务进展", "任务3", "累计进度"): 42}, datetime(2023, 4, 2, 9))  # noqa: DTZ001 - file times are local

    standing = consolidate(space, Q1).round

    assert [("任务3", 42)] == [(task.task.number, task.progress) for task in standing.tasks if task.task.number == "任务3"]
    unit = next(unit for unit in standing.units if unit.unit == "东山镇")
    assert (2, True) == (unit.versions, unit.on_time)
    assert 2 == len(list((space.returns / "2023Q1" / "东山镇").iterdir()))

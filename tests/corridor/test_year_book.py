"""consolidate 2023: the work plan kept, every quarter side by side, through real workbooks."""

from datetime import datetime
from pathlib import Path

import pytest
import python_calamine

from tests.corridor.test_year import Q2, TOWN, take_in
from tests.small import Q1, filled_row, issue, small_workspace
from toolkit.edges.workspace import Workspace
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period

YEAR = Period(2023)
PLAN = {("工作方案", "任务3", f"{name}季度计划进度"): value for name, value in zip("一二三四", (10, 40, 70, 100), strict=True)}
DAYS = {Q1: datetime(2023, 3, 20, 9), Q2: datetime(2023, 6, 20, 9)}  # noqa: DTZ001 - file times are local


def quarter(space: Workspace, period: Period, progress: int) -> None:
    """Issue a quarter and let the town report."""
    name = f"东山镇_{period.label}进展.xlsx"
    cells = filled_row("任务2", lead=False) | filled_row("任务3", progress=progress)
    take_in(space, issue(space, period) / name, cells, DAYS[period])


def rows(path: Path, sheet: str) -> list[dict[str, object]]:
    """Give a sheet's rows by column title."""
    table = python_calamine.load_workbook(str(path)).get_sheet_by_name(sheet).to_python()
    return [dict(zip(map(str, table[0]), row, strict=True)) for row in table[1:]]


def test_a_year_keeps_its_plan_and_shows_every_quarter(tmp_path: Path) -> None:
    """填报明细 holds the work plan, 任务进展 each quarter's progress with the newest status and light, 扣分明细 every period's deductions."""
    space = small_workspace(tmp_path)
    take_in(space, issue(space, YEAR) / "东山镇_2023年工作方案.xlsx", PLAN, datetime(2023, 1, 12, 9))  # noqa: DTZ001 - file times are local
    quarter(space, Q1, 9)
    quarter(space, Q2, 31)

    path = consolidate(space, YEAR).path

    assert "2023年目标任务进展汇总.xlsx" == path.name
    task = next(row for row in rows(path, "任务进展") if row["编号"] == "任务3")
    assert (9, 31, "", "") == tuple(task[name] for name in ("一季度", "二季度", "三季度", "四季度"))
    assert (40, 31, -9, "绿", "推进中") == tuple(task[name] for name in ("计划进度", "累计进度", "差距", "灯", "进展状态"))
    assert [(10, 100)] == [(row["一季度计划进度"], row["四季度计划进度"]) for row in rows(path, "填报明细") if row["编号"] == "任务3"]
    missing = [row["依据"] for row in rows(path, "扣分明细") if row["单位"] == "云溪县发改局" and row["项目"] == "未报"]
    assert ["2023年：", "2023年第一季度：", "2023年第二季度："] == [str(words).partition("：")[0] + "：" for words in missing]


def test_a_year_whose_plan_was_not_issued_stands_on_its_quarters(tmp_path: Path) -> None:
    """Quarters alone make a year's book too: the newest quarter's returns with all quarters' progress."""
    space = small_workspace(tmp_path)
    quarter(space, Q1, 30)
    quarter(space, Q2, 45)

    done = consolidate(space, YEAR)

    assert (Period(2023), Q2) == (done.round.period, done.round.newest)
    assert [(30, 45)] == [task.quarters[:2] for task in done.round.tasks if task.task.number == "任务3"]
    assert {"任务2", "任务3"} == {str(row["编号"]) for row in rows(done.path, "填报明细")}


def test_a_plan_alone_is_the_years_book_and_nothing_is_a_sentence(tmp_path: Path) -> None:
    """Before the first quarter the year's book is the plan; before anything was issued the clerk is told what to do."""
    space = small_workspace(tmp_path)
    with pytest.raises(CommandError, match="2023年还没有发过表"):
        consolidate(space, YEAR)

    take_in(space, issue(space, YEAR) / "东山镇_2023年工作方案.xlsx", PLAN, datetime(2023, 1, 12, 9))  # noqa: DTZ001 - file times are local

    done = consolidate(space, YEAR)
    assert (None, ()) == (done.round.newest, done.round.stages)
    assert ["任务3"] == [str(row["编号"]) for row in rows(done.path, "填报明细") if row["四季度计划进度"] == 100]


def test_what_changed_and_fell_is_in_the_quarters_book(tmp_path: Path) -> None:
    """变动对照 names the correction of this quarter and the progress that fell since last quarter."""
    space = small_workspace(tmp_path)
    quarter(space, Q1, 50)
    source = issue(space, Q2) / "东山镇_2023年第二季度进展.xlsx"
    for day, progress in ((20, 60), (25, 40)):
        cells = TOWN | {("任务进展", "任务3", "累计进度"): progress}
        take_in(space, source, cells, datetime(2023, 6, day, 9))  # noqa: DTZ001 - file times are local

    found = [tuple(row.values()) for row in rows(consolidate(space, Q2).path, "变动对照")]

    assert [
        ("东山镇", "任务3", "累计进度", "60", "40", "06-25 的报送改了 06-20 的，见原件 K6"),
        ("东山镇", "任务3", "累计进度", "50", "40", "比2023年第一季度低 10 个百分点，见原件 K6"),
    ] == [(*row[:3], *(str(value) for value in row[3:5]), row[5]) for row in found if row[2] == "累计进度"]

"""Issuing: which rows, which numbers, which bytes."""

import os
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.clerk import hold_from, type_cells
from tests.small import Q1, header_row, issue, small_workspace
from toolkit.flows.issue.generate import generate
from toolkit.model.command_error import CommandError
from toolkit.model.period import Period

HEADERS = ["编号", "目标任务", "本单位角色", "牵头单位", "责任单位", "本季计划节点", "计划进度", "上季累计进度", "上季下步措施"]
HEADERS += ["进展状态", "累计进度", "本季进展情况", "存在问题", "原因", "下一步措施", "预计完成时间", "需协调事项", "佐证材料", "年底预判"]


def rows(path: Path, sheet: str, width: int) -> list[list[object]]:
    page = load_workbook(path)[sheet]
    start = header_row(page) + 1
    return [[cell.value for cell in row[:width]] for row in page.iter_rows(min_row=start) if str(row[0].value or "").startswith(("任务", "目标"))]


def test_each_unit_is_given_its_own_rows(tmp_path: Path) -> None:
    """A unit gets the tasks it leads or supports, also those it supports as a member of a collective."""
    folder = issue(small_workspace(tmp_path))

    assert [f"{unit}_2023年第一季度进展.xlsx" for unit in ("东山镇", "云溪县发改局", "云溪县工信局")] == sorted(path.name for path in folder.iterdir())
    assert [["任务2", "盘活低效企业。", "责任", "云溪县工信局", "各镇", None, 25], ["任务3", "完成老旧小区改造。", "牵头", "东山镇", None, None, 25]] == rows(
        folder / "东山镇_2023年第一季度进展.xlsx", "任务进展", 7
    )
    assert [["任务1", "新建标准厂房", "≥", 80, "万平方米"]] == rows(folder / "云溪县工信局_2023年第一季度进展.xlsx", "指标进展", 5)


def test_headers_are_the_contract(tmp_path: Path) -> None:
    """The progress form has the sheets and columns that the office agreed on."""
    book = load_workbook(issue(small_workspace(tmp_path)) / "东山镇_2023年第一季度进展.xlsx")

    assert ["填报说明", "任务进展", "指标进展", "申请事项", "_封签"] == book.sheetnames
    sheet = book["任务进展"]
    assert HEADERS == [cell.value for cell in sheet[header_row(sheet)]]
    assert "veryHidden" == book["_封签"].sheet_state
    assert sheet.protection.sheet
    assert [True, False] == [sheet.cell(5, 2).protection.locked, sheet.cell(5, 10).protection.locked]


def test_the_same_list_gives_the_same_bytes(tmp_path: Path) -> None:
    """Issuing again changes no file, and no issue number, until the content changes."""
    space = small_workspace(tmp_path)
    before = {path.name: path.read_bytes() for path in issue(space).iterdir()}

    again = generate(space, Q1, only=(), progress=lambda items, _: items)

    assert ((), 3) == (again.issued, len(again.unchanged))
    assert before == {path.name: path.read_bytes() for path in again.folder.iterdir()}


def test_a_changed_task_is_issued_again_with_the_next_number(tmp_path: Path) -> None:
    """When a task changes from this quarter on only its units get a second issue, with a new receipt code."""
    space = small_workspace(tmp_path)
    issue(space)
    type_cells(space.master, "任务", {"E5": "完成老旧小区改造12个。"})
    hold_from(space, "2023Q1")

    again = generate(space, Q1, only=(), progress=lambda items, _: items)

    assert ("东山镇",) == again.issued
    line = str(load_workbook(again.folder / "东山镇_2023年第一季度进展.xlsx")["任务进展"]["A2"].value)
    assert "（第 2 次发放）" in line


def test_only_the_named_unit_is_issued(tmp_path: Path) -> None:
    """--unit issues to one unit, also by an alias; a name that is no addressee is refused with what to do."""
    space = small_workspace(tmp_path)

    done = generate(space, Q1, only=["云溪县工业和信息化局"], progress=lambda items, _: items)

    assert ("云溪县工信局",) == done.issued
    with pytest.raises(CommandError, match="没有需要发表的“各镇”"):
        generate(space, Q1, only=["各镇"], progress=lambda items, _: items)


def test_a_period_outside_the_calendar_is_refused(tmp_path: Path) -> None:
    """A period that the calendar does not know stops the command with a sentence."""
    with pytest.raises(CommandError, match="日程里没有 2024Q1 这一期"):
        issue(small_workspace(tmp_path), Period(2024, 1))


def test_the_work_plan_is_issued_by_the_same_code(tmp_path: Path) -> None:
    """The yearly form issues its own sheets and columns."""
    folder = issue(small_workspace(tmp_path), Period(2023))

    book = load_workbook(folder / "东山镇_2023年工作方案.xlsx")
    assert ["填报说明", "工作方案", "督办联络员", "节点", "_封签"] == book.sheetnames


def test_a_workbook_open_elsewhere_is_left_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workbook that another program holds is not destroyed: a sentence names it, the others are written, nothing half-written stays."""
    space = small_workspace(tmp_path)
    replace_file = os.replace

    def held(path: str, target: str) -> None:
        if Path(target).name.startswith("东山镇"):
            raise PermissionError(13, "open in Excel")
        replace_file(path, target)

    monkeypatch.setattr(os, "replace", held)
    done = generate(space, Q1, only=(), progress=lambda items, _: items)

    assert ("“东山镇_2023年第一季度进展.xlsx”不能替换，可能正在 Excel 或 WPS 中打开。请关闭它，再运行一次。",) == done.left
    assert ["云溪县发改局_2023年第一季度进展.xlsx", "云溪县工信局_2023年第一季度进展.xlsx"] == sorted(path.name for path in done.folder.iterdir())

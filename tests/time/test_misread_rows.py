"""Rows of 调整台账 that cannot be read: said with their cells, kept as they were typed, and nothing is issued or consolidated meanwhile."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.clerk import add_row, codes, ledger_rows, registered, type_cells
from tests.small import Q1, issue, small_workspace
from toolkit.edges.workspace import Workspace
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.amendment_sheet import COLUMNS, SHEET
from toolkit.model.command_error import CommandError


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """The small office, its first quarter issued."""
    space = small_workspace(tmp_path)
    issue(space)
    return space


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ({"编号": "任务99", "事项": "目标值", "现": "60"}, "BAD_SUBJECT", "编号"),
        ({"编号": "任务1", "事项": "颜色", "现": "红"}, "BAD_MATTER", "事项"),
        ({"编号": "任务1", "事项": "目标值", "现": "若干"}, "BAD_AFTER", "现"),
        ({"编号": "任务1", "事项": "目标值", "现": "NaN"}, "BAD_AFTER", "现"),
        ({"编号": "任务1", "事项": "目标值", "现": "1_000"}, "BAD_AFTER", "现"),
        ({"编号": "任务1", "事项": "比较", "现": "尽量"}, "BAD_AFTER", "现"),
        ({"编号": "任务1", "事项": "权重", "现": "很重"}, "BAD_AFTER", "现"),
        ({"编号": "任务1", "事项": "权重", "现": "-1"}, "BAD_AFTER", "现"),
        ({"编号": "任务1", "事项": "完成时限", "现": "建成之日"}, "BAD_AFTER", "现"),
        ({"编号": "任务1", "事项": "牵头单位", "现": "不存在局"}, "BAD_AFTER", "现"),
        ({"编号": "2023Q1", "事项": "截止", "现": "季后十天"}, "BAD_AFTER", "现"),
        ({"编号": "东山镇", "事项": "是否发放", "现": "也许"}, "BAD_AFTER", "现"),
        ({"编号": "东山镇", "事项": "上级单位", "现": "不存在局"}, "BAD_AFTER", "现"),
        ({"编号": "任务1", "事项": "目标值", "现": "70", "自期间": "开春"}, "BAD_SINCE", "自期间"),
        ({"编号": "任务1", "事项": "目标值", "现": "70", "自期间": "2023Q9"}, "BAD_SINCE", "自期间"),
        ({"编号": "任务1", "事项": "目标值", "现": "70", "性质": "修改"}, "BAD_NATURE", "更正/变更"),
    ],
)
def test_a_row_that_cannot_be_read_stops_the_work(space: Workspace, row: dict[str, str], code: str, column: str) -> None:
    """It is not registered and stays as typed at the cell that is named, run after run; neither forms nor books are made before it is mended."""
    add_row(space.master, **row)

    for _ in range(2):
        (fault,) = registered(space)
        line = int(fault.place.cell[1:])
        assert (code, "ABCDEFGHIJKL"[COLUMNS.index(column)]) == (fault.code.name, fault.place.cell[0])
        typed = load_workbook(space.master)[SHEET]
        assert row["性质" if column == "更正/变更" else column] == typed[fault.place.cell].value
        assert row["编号"] == typed[f"A{line}"].value
        for work in (lambda: issue(space), lambda: consolidate(space, Q1)):
            with pytest.raises(CommandError, match=f"{SHEET}!{fault.place.cell}"):
                work()
    assert not space.out(Q1, "汇总").exists() or not list(space.out(Q1, "汇总").iterdir())


def test_rows_that_can_be_read_are_registered_beside_those_that_cannot(space: Workspace) -> None:
    """The good rows get their numbers below; a cell spoiled in a registered row stays as typed, the change as it was, until it is mended."""
    add_row(space.master, 编号="任务99", 事项="目标值", 现="60")
    add_row(space.master, 编号="任务1", 事项="目标值", 现="70", 自期间="2023Q2")

    assert ["AMENDED", "BAD_SUBJECT"] == codes(space)
    assert [("任务99", ""), ("任务1", "1")] == [(row["编号"], row["序号"]) for row in ledger_rows(space.master)]
    type_cells(space.master, SHEET, {"E3": "开春", "H3": "上级调减"})
    said = registered(space)
    assert [("BAD_SINCE", "E3"), ("BAD_SUBJECT", "A2")] == sorted((fault.code.name, fault.place.cell) for fault in said)
    assert ["开春", "上级调减"] == [ledger_rows(space.master)[1][title] for title in ("自期间", "理由")]

    type_cells(space.master, SHEET, {"A2": "任务1", "B2": "权重", "D2": "2", "E3": "2023Q2"})
    assert ["AMENDED"] == codes(space)
    assert [] == codes(space)

"""A form of the office's own, for another purpose, walks the whole corridor with no code change."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook
from python_calamine import load_workbook as read_book

from tests.small import MASTER, header_row, small_workspace, type_into
from toolkit.edges.templates.read_forms import COLUMNS
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.issue.generate import generate
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.status import status
from toolkit.model.master import Deadline
from toolkit.model.period import Period
from toolkit.model.returns import Outcome

MAY = Period(2023, 0, 5)
SETTINGS = [("代码", "safety"), ("名称", "安全检查"), ("期间", "月"), ("标题", "{期间}安全生产检查表"), ("检查栏目.工作表", "检查情况")]
FIELDS = [
    ["number", "编号", "", "预填", "编号", "文本", "", "", "", "", "", 8],
    ["task", "检查事项", "", "预填", "目标任务", "文本", "", "", "", "", "", 40],
    ["checked", "检查次数", "次数", "填报", "", "整数", "是", 0, 1000, "", "本月检查几次", 10],
    ["hidden", "发现隐患", "", "填报", "", "整数", "是", 0, "", "", "本月发现几处", 10],
    ["level", "风险等级", "", "填报", "", "选项", "是", "", "", "等级", "选一个", 10],
    ["mended", "整改期限", "", "填报", "", "日期", "否", "", "", "", "形如 2023-06-30", 12],
]


def with_safety_form(folder: Path) -> Workspace:
    """Make a workspace whose office wrote a monthly form of its own by hand."""
    calendar = (*MASTER.calendar, Deadline("2023M05", "安全检查", date(2023, 5, 1), date(2023, 5, 31)))
    space = small_workspace(folder, replace(MASTER, calendar=calendar))
    styles = load_workbook(space.templates / "季度进展.xlsx")
    book = Workbook()
    book.active.title = "表单"
    for row in [("键", "值"), *SETTINGS]:
        book["表单"].append(row)
    sheet = book.create_sheet("检查栏目")
    for fields in [list(COLUMNS), *FIELDS]:
        sheet.append([None if value == "" else value for value in fields])
    sheet = book.create_sheet("选项")
    for choice in [("名称", "值", "含义"), ("等级", "低", ""), ("等级", "中", ""), ("等级", "高", "")]:
        sheet.append(choice)
    sheet = book.create_sheet("样式")
    for number, row in enumerate(styles["样式"].iter_rows(max_row=10, max_col=2, values_only=True), 1):
        sheet.cell(number, 1, row[0])
        sheet.cell(number, 2, row[1])
    book.save(space.templates / "安全检查.xlsx")
    return space


def test_a_monthly_safety_check_walks_the_whole_corridor(tmp_path: Path) -> None:
    """A third form with other columns and no indicators is issued, read, checked, counted and consolidated."""
    space = with_safety_form(tmp_path)
    folder = generate(space, MAY, only=(), progress=lambda items, _: items).folder
    source = folder / "东山镇_2023年5月安全检查.xlsx"
    sheet = load_workbook(source)["检查情况"]
    assert [field[1] for field in FIELDS] == [cell.value for cell in sheet[header_row(sheet)]]

    cells = {("检查情况", "任务2", "检查次数"): 12, ("检查情况", "任务2", "发现隐患"): "3处", ("检查情况", "任务2", "风险等级"): "低"}
    cells |= {("检查情况", "任务3", "检查次数"): 4, ("检查情况", "任务3", "发现隐患"): 0, ("检查情况", "任务3", "风险等级"): "特高"}
    type_into(source, space.inbox / "五月.xlsx", cells)
    arrivals = collect(space, progress=lambda items, _: items).arrivals

    assert [("东山镇", "2023M05", Outcome.WITH_FINDINGS)] == [(arrival.unit, arrival.period, arrival.outcome) for arrival in arrivals]
    assert "E6" in [finding.place.cell for finding in arrivals[0].findings if finding.code.name == "NOT_CHOICE"]
    found = status(space, MAY)
    assert found is not None
    assert (3, 1) == (found.issued, found.returned)
    detail = read_book(str(consolidate(space, MAY).path)).get_sheet_by_name("填报明细").to_python()
    assert ["单位", "角色", "编号", "检查次数", "发现隐患", "风险等级", "整改期限", "来源"] == detail[0]
    assert [["任务2", 12.0], ["任务3", 4.0]] == [row[2:4] for row in detail[1:]]
    assert json.dumps(found.missing, ensure_ascii=False) == '["云溪县发改局", "云溪县工信局"]'

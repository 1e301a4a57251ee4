"""One definition, used both ways: a column added in Excel reaches everything with no code change."""

from pathlib import Path

from openpyxl import load_workbook
from python_calamine import load_workbook as read_book

from tests.small import Q1, filled_row, header_row, issue, small_workspace, type_into
from toolkit.edges.workspace import Workspace
from toolkit.flows.intake.collect import collect
from toolkit.flows.report.consolidate import consolidate

TOWN = filled_row("任务2", lead=False) | filled_row("任务3")


def with_column(folder: Path) -> Workspace:
    """Make a workspace whose office added a column to the progress form by hand."""
    space = small_workspace(folder)
    path = space.templates / "季度进展.xlsx"
    book = load_workbook(path)
    book["任务栏目"].append(["money", "投入资金", "资金", "填报", None, "小数", "是", 0, 1000, None, "本年累计投入，单位万元", 12])
    book.save(path)
    return space


def test_a_column_added_in_excel_reaches_every_sheet(tmp_path: Path) -> None:
    """A column added to the definition is issued with its rule, read, checked, and stands in the consolidated workbook."""
    space = with_column(tmp_path)
    source = issue(space) / "东山镇_2023年第一季度进展.xlsx"
    sheet = load_workbook(source)["任务进展"]
    header = header_row(sheet)
    assert "投入资金" == sheet.cell(header, 20).value
    assert ["必填。本年累计投入，单位万元"] == [rule.prompt for rule in sheet.data_validations.dataValidation if "T5" in rule.sqref]

    type_into(source, space.inbox / "a.xlsx", TOWN | {("任务进展", "任务2", "投入资金"): 120.5, ("任务进展", "任务3", "投入资金"): 5000})
    done = collect(space, progress=lambda items, _: items)
    assert [("TOO_HIGH", "T6", "投入资金")] == [(f.code.name, f.place.cell, f.title) for a in done.arrivals for f in a.findings if f.level == "错误"]

    detail = read_book(str(consolidate(space, Q1).path)).get_sheet_by_name("填报明细").to_python()
    column = detail[0].index("投入资金")
    assert [("任务2", 120.5), ("任务3", "")] == [(row[2], row[column]) for row in detail[1:]]

"""Rounds of an office's own forms: half-years and weeks, two forms in one span, a value of a form's own row followed back."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.levels.offices import issued, taken_in
from tests.own_forms import column, shown, write_form
from tests.small import small_workspace
from toolkit.edges.templates.read_forms import load_form
from toolkit.edges.workspace import Workspace
from toolkit.flows.report.export import Format, export
from toolkit.flows.report.status import status
from toolkit.flows.report.trace import trace
from toolkit.model.command_error import CommandError
from toolkit.model.master import Deadline, Master, Unit
from toolkit.model.period import Period
from toolkit.model.period_words import present_period

LISTED, ADDED = Period(2026, half=1), Period(2026, half=1, form="病例")
UNITS = ("区水务局", "区教育局")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Play two forms of one half-year: a list whose units stand with short names, and lines that units add."""
    days = date(2026, 1, 1), date(2026, 6, 30)
    calendar = tuple(Deadline(str(period), name, *days) for period, name in ((LISTED, "资金"), (ADDED, "病例")))
    space = small_workspace(tmp_path_factory.mktemp("office"), Master((), (), tuple(map(Unit, UNITS)), calendar, title="半年"))
    fields = (shown("编号"), shown("项目", "事项"), column("支出", kind="小数", needed="是", 计量="万元"))
    rows = (("单位", "编号", "项目"), ("水务局", "P1", "管网"), ("教育局", "P2", "操场"))
    settings = {"期间": "半年", "灯": "无", "A栏目.每行": "清单"}
    write_form(space.templates / "资金.xlsx", settings | {"A栏目.工作表": "资金", "A栏目.清单": "项目清单"}, {"A栏目": fields}, lists={"项目清单": rows})
    lines = (column("姓氏", "事项", needed="是"), column("年龄", kind="整数", 计量="岁"))
    write_form(space.templates / "病例.xlsx", {"期间": "每半年", "灯": "无", "A栏目.每行": "空行", "A栏目.工作表": "病例"}, {"A栏目": lines})
    for period, sheet, cells in ((LISTED, "资金", {"C5": "1.2亿"}), (ADDED, "病例", {"A6": "王", "B6": "6岁"})):
        book = load_workbook(issued(space, period)["区水务局"])
        for cell, value in cells.items():
            book[sheet][cell].value = value
        book.save(space.inbox / f"{sheet}.xlsx")
    taken_in(space)
    return space


def test_a_row_of_an_own_list_is_followed_back(office: Workspace) -> None:
    """
    Trace finds the row of a list, whose unit stood there with a short name, what was typed for it and what holds now.
    """
    found = trace(office, LISTED, "P1", "区水务局")

    assert ("管网", "牵头", [("支出（万元）", "资金!C5", "1.2亿", "12000")]) == (
        found.task,
        found.role,
        [(step.title, step.at, step.typed, step.understood) for step in found.answers],
    )
    assert [("支出（万元）", "12000")] == [(step.title, step.value) for step in found.standings]


def test_a_line_that_a_unit_added_is_followed_back(office: Workspace) -> None:
    """
    Trace finds an added line under the number that the consolidated workbook gives it; a number that is none is answered with those there are.
    """
    found = trace(office, ADDED, "区水务局-2", "水务局")

    assert [("姓氏", "病例!A6", "王"), ("年龄（岁）", "病例!B6", "6岁")] == [(step.title, step.at, step.typed) for step in found.answers]
    with pytest.raises(CommandError) as stopped:
        trace(office, ADDED, "9", "水务局")
    assert "编号见汇总表“任务进展”第一栏：区水务局-2。" == stopped.value.advice


def test_status_counts_the_other_form_of_the_span(office: Workspace) -> None:
    """
    The status of one form says beside it how far the other form of the same half-year is.
    """
    found = status(office, LISTED)

    assert found is not None
    assert [{"period": str(ADDED), "issued": 2, "returned": 1, "missing": ["区教育局"]}] == found.beside


def test_forms_of_any_span_are_read_with_their_present_round(office: Workspace) -> None:
    """
    A form may be filled in every half-year, half month or week; its present round is the one that today is in.
    """
    forms = [load_form(office.templates / f"{name}.xlsx")[0] for name in ("资金", "病例")]

    assert ["半年", "半年"] == [form.cycle for form in forms if form]
    rounds = {cycle: str(present_period(cycle, date(2026, 5, 16))) for cycle in ("年", "半年", "季", "月", "半月", "周")}
    assert {"年": "2026", "半年": "2026H1", "季": "2026Q2", "月": "2026M05", "半月": "2026M05B", "周": "2026W20"} == rounds


def test_an_english_offices_tables_are_english(office: Workspace, tmp_path: Path) -> None:
    """
    The workbook of exported tables, and its dictionary follow the office's language; what units wrote stays.
    """
    space = Workspace(Path(shutil.copytree(office.root, tmp_path / "english")))
    settings = space.root / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace('lang = ""', 'lang = "en"'), "utf-8")
    export(space, (), tmp_path / "tables", Format.XLSX)
    tables = load_workbook(tmp_path / "tables/数据.xlsx")

    assert ["Remarks", "Task", "Milestones"] == tables.sheetnames[:3]
    assert "“支出（万元）” is written “1.2亿” and was converted to 12000." in {cell.value for row in tables["Finding"].iter_rows() for cell in row}
    assert "区水务局" in {cell.value for row in tables["Finding"].iter_rows() for cell in row}

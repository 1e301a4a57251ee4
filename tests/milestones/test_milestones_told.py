"""Milestones from the work plan to the quarter's form, papers, screen and page; what the office alone may change; what a closing keeps."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.clerk import add_row, type_cells
from tests.milestones.node_office import FACTORY, HOUSES, OWN, Q1, Q2, YEAR, node_workspace, planned_office, send_plan, send_quarter, take_in
from tests.small import MASTER, issue, small_workspace
from toolkit.data import open_workspace
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.flows.office.period_standing import period_standing
from toolkit.flows.page.node_calendar import node_calendar
from toolkit.flows.report.consolidate import consolidate
from toolkit.flows.report.documents import documents
from toolkit.flows.report.status import status
from toolkit.model.findings import Code
from toolkit.model.master import Node
from toolkit.model.milestones import Milestone
from toolkit.model.period import Period

APRIL = date(2023, 4, 3)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """An office after its first quarter: one milestone reached, one slipping, one overdue of a unit that reported, one far ahead."""
    with held(date(2023, 1, 4)):
        space = planned_office(tmp_path_factory.mktemp("told"))
    with held(date(2023, 3, 1)):
        issue(space, Q1)
    nodes = {
        ("任务1", "厂房主体封顶"): {"实际日期": "3月18日"},
        ("任务2", "低效企业名单"): {"预计日期": date(2023, 5, 20), "说明": "部门意见未统一。"},
    }
    with held(date(2023, 3, 26)):
        rows = {"任务1": {"年底预判": "能完成", "本年累计完成值": None}, "任务2": {"年底预判": "不能"}}
        rows["任务1"].pop("本年累计完成值")
        send_quarter(space, Q1, FACTORY, rows, nodes, date(2023, 3, 25))
        send_quarter(space, Q1, HOUSES, {"任务3": {"年底预判": "有风险"}}, {}, date(2023, 3, 25))
        take_in(space)
    return space


def milestones(space: Workspace, period: Period) -> dict[str, Milestone]:
    """Give how each milestone stands, by its name."""
    with open_office(space) as office:
        return {one.node.name: one for one in period_standing(office, period).milestones}


def codes(space: Workspace, period: Period) -> list[str]:
    """Give the codes of a period's findings about milestones and forecasts, in order."""
    with open_office(space) as office:
        found = [one.code for one in period_standing(office, period).findings]
    return [code.name for code in found if code.name.startswith(("NODE", "BASELINE", "FORECAST"))]


def test_a_workspace_without_milestones_shows_none_of_it(tmp_path: Path) -> None:
    """Neither the form's sheet 节点进展 nor 里程碑, 节点到期 and their names are there where nobody lists a milestone or foresees anything."""
    space = small_workspace(tmp_path)
    form = load_workbook(next(issue(space).glob(f"{FACTORY}_*.xlsx")))
    book = load_workbook(consolidate(space, Q1).path)

    assert [] == [name for name in (*form.sheetnames, *book.sheetnames) if "节点" in name or name == "里程碑"]
    assert "年底预判" not in [cell.value for cell in book["任务进展"][1]]
    assert "node_day" not in book.defined_names


def test_the_form_asks_for_what_is_not_reached(told: Workspace) -> None:
    """A lead's form lists its milestones with their days; in the next quarter those that are left, with what was expected last."""
    first = load_workbook(next(told.out(Q1, "发放").glob(f"{FACTORY}_*.xlsx")))["节点进展"]
    with held(date(2023, 6, 1)):
        second = load_workbook(next(issue(told, Q2).glob(f"{FACTORY}_*.xlsx")))["节点进展"]

    def rows(sheet: object) -> list[tuple[object, ...]]:
        return [tuple(row[:5]) for row in sheet.iter_rows(min_row=5, max_col=5, values_only=True) if str(row[0]).startswith("任务")]  # type: ignore[attr-defined]

    assert ["厂房主体封顶", "竣工验收", "低效企业名单"] == [row[2] for row in rows(first)]
    assert [("竣工验收", None), ("低效企业名单", "2023-05-20")] == [(row[2], row[4] and str(row[4])[:10]) for row in rows(second)]


def test_what_was_said_holds_until_something_else_is_said(told: Workspace) -> None:
    """A day that was read in words is a day; what nobody told of stands as planned; every value has its place."""
    found = milestones(told, Q1)

    assert date(2023, 3, 18) == found["厂房主体封顶"].actual
    assert (date(2023, 6, 30), None, None) == (found["竣工验收"].node.baseline, found["竣工验收"].expected, found["竣工验收"].actual)
    assert (35, "部门意见未统一。") == (found["低效企业名单"].slip, found["低效企业名单"].note)
    assert (HOUSES,) == found["居民签约"].answers_for
    assert "节点进展" == found["厂房主体封顶"].place.sheet
    assert found["厂房主体封顶"].path.startswith("records/returns/2023Q1/")


def test_what_is_odd_is_asked_about(told: Workspace) -> None:
    """A unit that says nothing of an overdue milestone, and a forecast that the light contradicts, are asked about at their cells."""
    assert ["NODE_SILENT", "FORECAST_DISAGREES"] == codes(told, Q1)


def test_papers_screen_and_page_name_what_is_overdue(told: Workspace) -> None:
    """The unit that reported and has an overdue milestone gets a paper of its own; status and page name it, and what is due soon."""
    with held(APRIL):
        made = documents(told, Q1, yellow=False, progress=lambda items, _: items)
        now = status(told, Q1)
        page = node_calendar(told, Q1)

    assert {"催报/逾期节点名单.docx", f"催报/节点催报_{HOUSES}.docx"} <= {paper.name for paper in made.made}
    assert now is not None
    assert ["任务3“居民签约”（东山镇，2023-02-28，逾期34天）"] == now.overdue_nodes == list(page.overdue)
    assert ["任务2“低效企业名单”（云溪县工信局，2023-04-15，还有12天）"] == now.due_nodes == list(page.due)
    assert "居民签约" in (told.out(Q1, "文书") / "催报" / "催报文字.txt").read_text("utf-8-sig")


def test_before_the_year_no_milestone_is_overdue(told: Workspace) -> None:
    """In December before the year, and after it, milestones are judged by a day that has come: none of a year ahead is overdue."""
    with held(date(2022, 12, 28)):
        ahead = node_calendar(told, Q1)
    with held(date(2024, 2, 1)):
        behind = node_calendar(told, Q1)

    assert () == ahead.overdue
    assert ("任务3“居民签约”（东山镇，2023-02-28，逾期31天）",) == behind.overdue


def test_a_word_without_a_day_is_kept(tmp_path: Path) -> None:
    """What a unit says of a milestone stands in 里程碑 though it names no day."""
    with held(date(2023, 1, 4)):
        space = planned_office(tmp_path)
    with held(date(2023, 3, 1)):
        issue(space, Q1)
    with held(date(2023, 3, 26)):
        send_quarter(space, Q1, FACTORY, {"任务1": {}, "任务2": {}}, {("任务2", "低效企业名单"): {"说明": "等部门意见。"}}, date(2023, 3, 25))
        take_in(space)
    found = milestones(space, Q1)["低效企业名单"]

    assert ("等部门意见。", "2023Q1", None) == (found.note, found.said_in, found.slip)


def test_the_data_have_a_row_for_each(told: Workspace) -> None:
    """The table `milestones` has the rows of 里程碑, its states in order."""
    data = open_workspace(told.root).milestones("2023Q1")

    assert ["按期完成", "未到期", "预计推迟", "已逾期"] == data["state"].tolist()
    assert [-2, 35] == data["slip"].dropna().tolist()
    assert ["能完成", "不能", "有风险"] == open_workspace(told.root).tasks("2023Q1")["forecast"].dropna().tolist()


def test_a_plan_sent_again_moves_no_day_that_holds(tmp_path: Path) -> None:
    """A later plan adds milestones, moves and removes none: what it says otherwise is asked about at its cell."""
    with held(date(2023, 1, 4)):
        space = planned_office(tmp_path)
    with held(date(2023, 2, 10)):
        lines = (("任务1", "厂房主体封顶", date(2023, 4, 30)), ("任务2", "低效企业名单", date(2023, 4, 15)), ("任务2", "盘活首批", date(2023, 9, 1)))
        send_plan(space, FACTORY, ("任务1", "任务2"), lines, on=date(2023, 2, 10), name="工信局改.xlsx")
        take_in(space)
    found = milestones(space, YEAR)

    assert date(2023, 3, 20) == found["厂房主体封顶"].node.baseline
    assert {"厂房主体封顶", "竣工验收", "低效企业名单", "盘活首批", "居民签约"} == set(found)
    assert ["BASELINE_MOVED"] == codes(space, YEAR)


def test_the_office_moves_a_day_from_a_period_on(tmp_path: Path) -> None:
    """A day typed into 节点, or a row of 调整台账 on a unit's milestone, holds from its period; earlier periods keep the day, the book tells both."""
    with held(date(2023, 1, 4)):
        space = planned_office(tmp_path)
    with held(date(2023, 3, 1)):
        issue(space, Q1)
    with held(date(2023, 4, 20)):
        type_cells(space.master, "节点", {"C2": date(2023, 5, 31)})
        with open_office(space, alone=True):
            pass
        add_row(space.master, 编号="任务1", 事项="基准日期（竣工验收）", 现="2023-08-31", 自期间="2023Q2", 文号="某政办〔2023〕9号", 理由="设计变更")
        with open_office(space, alone=True) as office:
            assert () == office.asked
        issue(space, Q2)
    first, second = milestones(space, Q1), milestones(space, Q2)

    assert (OWN.baseline, date(2023, 6, 30)) == (first["居民签约"].node.baseline, first["竣工验收"].node.baseline)
    assert (date(2023, 5, 31), OWN.baseline) == (second["居民签约"].node.baseline, second["居民签约"].node.original)
    assert (date(2023, 8, 31), date(2023, 6, 30)) == (second["竣工验收"].node.baseline, second["竣工验收"].node.original)
    assert "自 2023Q2 起，某政办〔2023〕9号，设计变更" == second["竣工验收"].node.basis
    assert ["居民签约", "竣工验收"] == [row[1].value for row in load_workbook(space.master)["节点"].iter_rows(min_row=2)]


def test_an_office_of_before_gets_the_sheet_with_its_first_milestone(tmp_path: Path) -> None:
    """A list from before milestones has no sheet 节点: a row of 调整台账 makes it; faults in it are named with their cells."""
    space = small_workspace(tmp_path, MASTER)
    book = load_workbook(space.master)
    del book["节点"]
    book.save(space.master)
    issue(space, YEAR)
    add_row(space.master, 编号="任务3", 事项="基准日期（居民签约）", 现="2023-02-28", 自期间="2023Q1")
    with open_office(space, alone=True) as office:
        assert () == office.asked
    type_cells(space.master, "节点", {"A3": "任务99", "B3": "没有的任务", "C3": "不知何日", "A4": "任务3", "B4": "居民签约", "C4": date(2023, 3, 1)})
    with open_office(space) as office:
        found = [(one.code, one.place.cell) for one in office.findings if one.place.sheet == "节点"]

    assert [(Code.BAD_SETTING, "C3"), (Code.BAD_SETTING, "A3"), (Code.REPEATED, "B4")] == found


def test_nodes_of_a_list_stay_when_it_is_written(tmp_path: Path) -> None:
    """What stands in 节点 is read back as it was written."""
    space = node_workspace(tmp_path, OWN)

    with open_office(space) as office:
        assert (OWN,) == office.master.nodes


def test_a_milestone_whose_name_was_typed_over_is_still_itself(tmp_path: Path) -> None:
    """Of several milestones with one day the one that is left over is meant: its name is put back, what the unit said of it is taken in."""
    space = node_workspace(tmp_path, *(Node("任务1", name, date(2023, 3, 20)) for name in ("封顶", "验收", "移交")))
    issue(space, YEAR)
    send_plan(space, FACTORY, ("任务1", "任务2"), ())
    take_in(space)
    issue(space, Q1)
    told = {("任务1", "验收"): {"节点": "五方联合核查", "实际日期": date(2023, 3, 18)}}
    send_quarter(space, Q1, FACTORY, {"任务1": {}, "任务2": {}}, told, date(2023, 3, 25))
    with held(date(2023, 3, 27)):
        take_in(space)
        done = consolidate(space, Q1)

    found = [(finding.code.name, finding.place.cell) for finding in done.round.findings if finding.code.name in {"CHANGED", "ROW_MISSING", "ROW_EXTRA"}]
    assert [("CHANGED", "C6")] == found
    assert {"封顶": None, "验收": date(2023, 3, 18), "移交": None} == {node.node.name: node.actual for node in done.round.milestones}

"""申请事项: what a unit asks for in its form is ruled in the consolidated workbook; agreed, it is a dated change of the list; refused, the unit is told."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.small import Q1, issue, small_workspace
from tests.time.clerk import LEAD, TOWN, Cells, rows, run, send, type_row
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import Consolidated, consolidate
from toolkit.merging.request_effects import answers
from toolkit.model.amendments import Amendment
from toolkit.model.period import Period

NUMBER, KIND = "编号", "类型"
Ask = Mapping[str, str]


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace whose first quarter is issued; it is the middle of March."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-20")
    space = small_workspace(tmp_path)
    issue(space)
    return space


LINES = 5  # that the sheet is issued with


def ask(space: Workspace, unit: str, cells: Cells, *asked: Ask, name: str = "来件.xlsx", day: int = 20) -> None:
    """Send a unit's form with lines of 申请事项."""
    send(space, unit, cells, name, day=day)
    book = load_workbook(space.inbox / name)
    sheet = book["申请事项"]
    header = next(row for row in sheet.iter_rows() if row[0].value == NUMBER)
    if len(asked) > LINES:  # a person inserts lines above the sign-off
        for merged in [area for area in sheet.merged_cells.ranges if area.min_row > (header[0].row or 0)]:
            sheet.unmerge_cells(str(merged))
        sheet.insert_rows((header[0].row or 0) + LINES + 1, len(asked) - LINES)
    for at, line in enumerate(asked, (header[0].row or 0) + 1):
        for cell in header:
            if cell.value in line:
                sheet.cell(at, cell.column or 0).value = line[str(cell.value)]
    book.save(space.inbox / name)
    run(space)


def rule(space: Workspace, where: Mapping[str, str], values: Mapping[str, str]) -> Consolidated:
    type_row(consolidate(space, Q1).path, "申请事项", where, values)
    return consolidate(space, Q1)


def amendments(space: Workspace) -> list[tuple[str, str, str, str, str, str, bool]]:
    with open_office(space) as office:
        return [_told(amendment) for amendment in office.lists.amendments(2023)]


def _told(one: Amendment) -> tuple[str, str, str, str, str, str, bool]:
    return (one.change.subject, one.change.matter, one.change.before, one.change.after, one.since_text, one.reference, one.is_void)


LATER: Ask = {NUMBER: "任务3", KIND: "延期", "现": "无", "申请改为": "2023年11月30日", "理由": "图纸审查延误。", "依据": "会议纪要第3号"}


def test_what_units_ask_for_stands_in_a_sheet_of_its_own(space: Workspace) -> None:
    """Each line of 申请事项 is a line of the consolidated workbook, with one 待核 for all that nobody has ruled on; nothing asked, no sheet."""
    ask(space, "云溪县工信局", LEAD, name="乙.xlsx")
    nothing = rows(consolidate(space, Q1).path, "申请事项")
    ask(space, "东山镇", TOWN, LATER, {KIND: "情况说明", "理由": "镇里换届。"}, name="甲.xlsx")

    done = consolidate(space, Q1)

    assert [] == nothing
    assert [("东山镇", "任务3", "延期", "2023年11月30日", "图纸审查延误。"), ("东山镇", None, "情况说明", None, "镇里换届。")] == [
        tuple(line[title] for title in ("单位", NUMBER, KIND, "申请改为", "理由")) for line in rows(done.path, "申请事项")
    ]
    assert ["有 1 项申请还没有处理：东山镇（任务3延期）。"] == [finding.message for finding in done.round.findings if finding.code.name == "REQUESTS_OPEN"]
    assert [] == amendments(space)


def test_more_requests_than_lines_are_all_taken(space: Workspace) -> None:
    """A unit that typed on below the last line of its sheet is read to the end, without a word of error; a note of one cell is no request."""
    asked = [{NUMBER: "任务3", KIND: "情况说明", "理由": f"第{number}条。"} for number in range(1, 9)]
    ask(space, "东山镇", TOWN, *asked, {"理由": "以上。"})

    done = consolidate(space, Q1)

    assert [f"第{number}条。" for number in range(1, 9)] == [line["理由"] for line in rows(done.path, "申请事项")]
    assert ["T04"] == [finding.code.text.id for finding in done.round.findings if finding.code.text.id.startswith("T")]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (LATER, ("任务3", "完成时限", "", "2023-11-30")),
        ({NUMBER: "3", KIND: "撤销", "理由": "某某"}, ("任务3", "状态", "", "撤销")),
        ({NUMBER: "任务3", KIND: "更换牵头", "申请改为": "云溪县工业和信息化局", "理由": "某某"}, ("任务3", "牵头单位", "东山镇", "云溪县工信局")),
    ],
    ids=["延期", "撤销", "更换牵头"],
)
def test_an_agreed_request_is_a_dated_change_of_the_list(space: Workspace, asked: Ask, expected: tuple[str, str, str, str]) -> None:
    """同意 with its 文号 writes one row of 调整台账, however often the book is written; the working list shows it; 不同意 later takes it back."""
    ask(space, "东山镇", TOWN, asked)
    rule(space, {"单位": "东山镇"}, {"处理": "同意", "文号": "某府办函〔2023〕5号"})
    done = consolidate(space, Q1)
    agreed = amendments(space)
    sheet = rows(space.master, "调整台账")
    rule(space, {"单位": "东山镇"}, {"处理": "不同意"})

    assert [(*expected, "2023Q1", "某府办函〔2023〕5号", False)] == agreed
    assert ["某府办函〔2023〕5号"] == [line["文号"] for line in sheet]
    assert [] == [finding for finding in done.round.findings if finding.code.name in {"REQUESTS_OPEN", "REQUEST_UNCLEAR"}]
    assert [True] == [amendment[-1] for amendment in amendments(space)]


def test_an_agreed_target_changes_its_indicator(space: Workspace) -> None:
    """A target is read in the indicator's own unit, whatever unit it is written in, and counts in the quarter's book."""
    ask(space, "云溪县工信局", LEAD, {NUMBER: "任务1", KIND: "调整目标", "现": "80万平方米", "申请改为": "600000平方米", "理由": "某某"})

    done = rule(space, {"单位": "云溪县工信局"}, {"处理": "同意"})

    assert [("任务1|新建标准厂房", "目标值", "80", "60")] == [amendment[:4] for amendment in amendments(space)]
    assert [60] == [indicator.indicator.target for indicator in done.round.indicators]


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({NUMBER: "任务99", KIND: "撤销"}, "“任务99”不是任务总表里的编号"),
        ({KIND: "撤销"}, "没有写编号"),
        ({NUMBER: "任务3", KIND: "延期", "申请改为": "尽快"}, "看不出延到哪一天（“尽快”）"),
        ({NUMBER: "任务3", KIND: "更换牵头", "申请改为": "某某局"}, "“某某局”不在单位名录里"),
        ({NUMBER: "任务3", KIND: "调整目标", "申请改为": "5"}, "这项任务没有量化指标"),
        ({NUMBER: "任务1", KIND: "调整目标", "申请改为": "少一些"}, "看不出改为多少（“少一些”）"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_agreed_request_that_cannot_be_told_changes_nothing_and_says_so(space: Workspace, asked: Ask, why: str) -> None:
    """What its words do not tell is not guessed: the list stays, and 问题清单 says what is missing."""
    ask(space, "东山镇", TOWN, asked)

    done = rule(space, {"单位": "东山镇"}, {"处理": "同意"})

    assert [] == amendments(space)
    assert [why] == [finding.facts["why"] for finding in done.round.findings if finding.code.name == "REQUEST_UNCLEAR"]


def test_more_time_to_report_is_a_grace_for_the_unit(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """延期报送 agreed to is the unit's own deadline, with the 文号 as its reason."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-03")
    ask(space, "东山镇", TOWN, {KIND: "延期报送", "申请改为": "2023-04-05", "理由": "防汛。"})
    late = [unit.on_time for unit in consolidate(space, Q1).round.units if unit.unit == "东山镇"]

    done = rule(space, {"单位": "东山镇"}, {"处理": "同意", "文号": "某府办函〔2023〕6号"})

    assert [(True, date(2023, 4, 5))] == [(unit.on_time, unit.due) for unit in done.round.units if unit.unit == "东山镇"]
    assert [("2023-04-05", "某府办函〔2023〕6号")] == [(line["延期至"], line["延期理由"]) for line in rows(done.path, "报送情况") if line["单位"] == "东山镇"]
    assert [] == amendments(space)
    assert late


def test_a_unit_is_told_what_became_of_its_request(space: Workspace) -> None:
    """不同意 stands in the unit's receipt with its reason; 补充材料 is to be mended."""
    ask(space, "东山镇", TOWN | {("任务进展", "任务3", "佐证材料"): "照片三张"}, LATER)
    receipt = space.out(Q1, "退回") / "东山镇_2023年第一季度进展_回执.txt"
    rule(space, {"单位": "东山镇"}, {"处理": "不同意", "处理说明": "全年目标不能推后。"})
    refused = receipt.read_text("utf-8-sig")
    done = rule(space, {"单位": "东山镇"}, {"处理": "补充材料", "处理说明": "请附图纸审查意见。"})
    sheet = load_workbook(space.out(Q1, "退回") / "东山镇_2023年第一季度进展_退改.xlsx").worksheets[0]

    assert [("REQUEST_ANSWERED", "东山镇", "退回")] == [(answer.code.name, answer.unit, answer.verdict) for answer in answers(done.round)]
    assert "申请延期（任务3）：不同意（全年目标不能推后。）。" in refused
    assert "请附图纸审查意见。" in " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)


def test_a_copy_without_the_sheet_costs_a_hint_and_no_points(space: Workspace) -> None:
    """A unit that pasted its two tables into a new workbook and left 申请事项 out is told so in a hint; 指标进展 left out is an error still."""
    for name, sheet in (("甲.xlsx", "申请事项"), ("乙.xlsx", "指标进展")):
        send(space, "云溪县工信局", LEAD, name)
        book = load_workbook(space.inbox / name)
        del book[sheet]
        book.save(space.inbox / name)

    found = {
        arrival.sent.name: [(finding.shown_level, finding.facts["sheet"]) for finding in arrival.findings if finding.code.text.id == "T01"]
        for arrival in run(space).arrivals
    }

    assert {"甲.xlsx": [("提示", "申请事项")], "乙.xlsx": [("错误", "指标进展")]} == found


def test_a_form_without_the_sheet_works_as_before(space: Workspace) -> None:
    """An office that has not taken 申请事项 into its form asks for nothing, and its round is read and shown."""
    path = space.templates / "季度进展.xlsx"
    book = load_workbook(path)
    del book["申请栏目"]
    book.save(path)
    issue(space, Period(2023, 2))

    sheets = load_workbook(space.out(Period(2023, 2), "发放") / "东山镇_2023年第二季度进展.xlsx").sheetnames

    assert "申请事项" not in sheets
    assert "申请事项" in load_workbook(space.out(Q1, "发放") / "东山镇_2023年第一季度进展.xlsx").sheetnames

"""申请事项 agreed to that cannot be meant so, that contradict each other, that were put into other words, and those that the office thinks better of."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.small import MASTER, Q1, issue, small_workspace
from tests.time.clerk import LEAD, TOWN, type_row
from tests.time.test_requests import KIND, LATER, NUMBER, Ask, amendments, ask, rule
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.consolidate import Consolidated, consolidate
from toolkit.model.master import Indicator

LIMITED = replace(MASTER, tasks=tuple(replace(task, deadline="2023-10-31") if task.number == "任务3" else task for task in MASTER.tasks))
GROWTH = replace(MASTER, indicators=(Indicator("任务1", "增速", "≥", Decimal(7), "%", "比率", "增速7%"),))
BUREAU = "云溪县工信局"


@pytest.fixture
def space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace whose first quarter is issued, of a list that names a deadline; it is the middle of March."""
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-20")
    space = small_workspace(tmp_path, LIMITED)
    issue(space)
    return space


def _said(done: Consolidated, *codes: str) -> list[str]:
    return [finding.message for finding in done.round.findings if finding.code.name in codes]


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ("2023-08-31", "“2023-08-31”比现在的时限“2023-10-31”还早"),
        ("2022年11月30日", "“2022年11月30日”比现在的时限“2023-10-31”还早"),
    ],
)
def test_an_earlier_day_is_no_extension(space: Workspace, later: str, expected: str) -> None:
    """
    延期 to a day before the deadline that stands is not put into the list, and 问题清单 says why.
    """
    ask(space, "东山镇", TOWN, LATER | {"申请改为": later})

    done = rule(space, {"单位": "东山镇"}, {"处理": "同意"})

    assert [] == amendments(space)
    assert [f"申请延期（任务3）已同意，但{expected}，没有改动任务总表。"] == _said(done, "REQUEST_UNCLEAR")


@pytest.mark.parametrize("target", ["-5", "+5", "600000", "0.25"])
def test_a_bare_number_that_cannot_be_the_target_is_not_taken(space: Workspace, target: str) -> None:
    """
    A step down or up (-5, +5), and a bare number a hundred times as much or as little as the target in 万平方米, are asked about and not guessed.
    """
    ask(space, BUREAU, LEAD, {NUMBER: "任务1", KIND: "调整目标", "申请改为": target, "理由": "某某"})

    done = rule(space, {"单位": BUREAU}, {"处理": "同意"})

    assert [] == amendments(space)
    assert [f"申请调整目标（任务1）已同意，但看不出改为多少（“{target}”），没有改动任务总表。"] == _said(done, "REQUEST_UNCLEAR")


def test_a_share_typed_for_a_percentage_is_asked_about(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    0.05 typed where the target is 7 % is not five hundredths of a percent.
    """
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-20")
    space = small_workspace(tmp_path, GROWTH)
    issue(space)
    cells = {key: value for key, value in LEAD.items() if key[0] != "指标进展"}
    ask(space, BUREAU, cells, {NUMBER: "任务1", KIND: "调整目标", "申请改为": "0.05", "理由": "某某"})
    rule(space, {"单位": BUREAU}, {"处理": "同意"})

    assert [] == amendments(space)


def test_requests_that_contradict_each_other_are_named(space: Workspace) -> None:
    """
    Two units' deadlines for one task that were both agreed to, and a withdrawal beside them, are named with what holds; one refused leaves the other.
    """
    ask(space, BUREAU, LEAD, {NUMBER: "任务2", KIND: "延期", "申请改为": "2023-09-30", "理由": "甲"}, name="甲.xlsx")
    mine = ({NUMBER: "任务2", KIND: "延期", "申请改为": "2023-12-20", "理由": "乙"}, {NUMBER: "任务2", KIND: "撤销", "理由": "丙"})
    ask(space, "东山镇", TOWN, *mine, name="乙.xlsx")
    path = consolidate(space, Q1).path
    for where in ({"单位": BUREAU}, {"单位": "东山镇", KIND: "延期"}, {"单位": "东山镇", KIND: "撤销"}):
        type_row(path, "申请事项", where, {"处理": "同意"})
    both = _said(consolidate(space, Q1), "REQUESTS_CONTRARY", "REQUEST_UNCLEAR")
    two = _said(rule(space, {"单位": "东山镇", KIND: "撤销"}, {"处理": "不同意"}), "REQUESTS_CONTRARY", "REQUEST_UNCLEAR")
    one = _said(rule(space, {"单位": "东山镇", KIND: "延期"}, {"处理": "不同意"}), "REQUESTS_CONTRARY", "REQUEST_UNCLEAR")

    town, bureau = "东山镇（任务2延期：2023-12-20）", f"{BUREAU}（任务2延期：2023-09-30）"
    assert [f"同意了互相矛盾的申请：{town}、东山镇（任务2撤销：撤销）、{bureau}；状态现在是“撤销”。"] == both
    assert [f"同意了互相矛盾的申请：{town}、{bureau}；完成时限现在是“2023-09-30”。"] == two
    assert [] == one


def test_a_request_in_other_words_does_not_take_the_change_back_in_silence(space: Workspace) -> None:
    """
    What was agreed to stays in the list after the unit sent it again in other words and was refused; that is said. Agreed again, nothing is left to say.
    """
    ask(space, "东山镇", TOWN, LATER)
    rule(space, {"单位": "东山镇"}, {"处理": "同意"})
    ask(space, "东山镇", TOWN, LATER | {"理由": "图纸审查延误，另附说明。"}, name="二.xlsx", day=22)
    refused = rule(space, {"单位": "东山镇"}, {"处理": "不同意"})
    agreed = rule(space, {"单位": "东山镇"}, {"处理": "同意"})

    assert [False] == [amendment[-1] for amendment in amendments(space)]
    told = "东山镇原来申请延期（任务3）已经同意，任务总表改过了；现在报送的换了写法，没有同意，任务总表没有改回。"
    assert ([told], []) == (_said(refused, "REQUEST_REWORDED"), _said(agreed, "REQUEST_REWORDED"))


def test_a_withdrawn_task_is_not_extended(space: Workspace) -> None:
    """
    延期 agreed to for a task that the office has withdrawn changes nothing, and says so.
    """
    ask(space, "东山镇", TOWN, LATER)
    consolidate(space, Q1)
    type_row(space.master, "任务", {"编号": "任务3"}, {"状态": "撤销"})

    done = rule(space, {"单位": "东山镇"}, {"处理": "同意"})

    assert ["状态"] == [amendment[1] for amendment in amendments(space)]
    assert ["申请延期（任务3）已同意，但这项任务已经撤销，没有改动任务总表。"] == _said(done, "REQUEST_UNCLEAR")


def test_more_time_to_report_is_taken_back(space: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """
    延期报送 that was agreed to and then refused is no deadline any more; a day that the clerk gave otherwise stays.
    """
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-04-03")
    asked: Ask = {KIND: "延期报送", "申请改为": "2023-04-05", "理由": "防汛。"}
    ask(space, "东山镇", TOWN, asked)
    days = [_due(rule(space, {"单位": "东山镇"}, {"处理": word})) for word in ("同意", "不同意", "同意")]
    type_row(consolidate(space, Q1).path, "报送情况", {"单位": "东山镇"}, {"延期至": "2023-04-07"})
    days.append(_due(rule(space, {"单位": "东山镇"}, {"处理": "不同意"})))

    assert ["2023-04-05", "2023-03-30", "2023-04-05", "2023-04-07"] == days


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-03-25", "“报送情况”里填的延期至“2023-03-25”没有生效：不晚于截止日期 2023-03-30。"),
        ("", "“报送情况”里填的延期至“”没有生效：申请里没有写延到哪一天。"),
    ],
)
def test_more_time_that_is_none_is_said(space: Workspace, day: str, expected: str) -> None:
    """
    延期报送 to a day before the deadline, or to none, has no effect, and 问题清单 says so.
    """
    ask(space, "东山镇", TOWN, {KIND: "延期报送", "申请改为": day, "理由": "防汛。"})

    assert [expected] == _said(rule(space, {"单位": "东山镇"}, {"处理": "同意"}), "BAD_ARRIVAL")


def _due(done: Consolidated) -> str:
    return next(str(unit.due) for unit in done.round.units if unit.unit == "东山镇")


def test_a_request_without_its_kind_is_said_to_the_unit(space: Workspace) -> None:
    """
    A line that names a task or what it is to be, but not what is asked for, is an error at its 类型: the office's sheet has no line for it.
    """
    ask(space, "东山镇", TOWN, {NUMBER: "任务3", "申请改为": "2023-11-30", "理由": "图纸。"}, {"理由": "以上。"})
    with open_office(space) as office:
        (file,) = office.ledger.all_files(str(Q1))
        found = [(finding.code.name, finding.place.sheet, finding.place.cell, finding.message) for _, finding in office.ledger.findings_of([file.id])]

    assert [("BLANK", "申请事项", "B5", "“类型”没有填写。")] == [one for one in found if one[1] == "申请事项"]


def test_leads_are_named_once_whatever_parts_them(space: Workspace) -> None:
    """
    New leads parted by commas or semicolons are all taken, each once.
    """
    ask(space, BUREAU, LEAD, {NUMBER: "任务2", KIND: "更换牵头", "申请改为": "东山镇;云溪县发改局，东山镇", "理由": "某某"})
    rule(space, {"单位": BUREAU}, {"处理": "同意"})

    assert ["东山镇、云溪县发改局"] == [amendment[3] for amendment in amendments(space)]

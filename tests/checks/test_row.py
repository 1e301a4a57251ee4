"""Checks of one row: each fault is found at its cell, and what only looks like it is not."""

from datetime import date
from decimal import Decimal

import pytest

from tests.checks.drawn import context, found, with_parameter
from toolkit.model.check_context import Values
from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place

HEAD = "| 编号 | 角色 | 进展状态 | 累计进度 | 本季进展情况 | 存在问题 | 原因 | 下一步措施 | 预计完成时间 | 佐证材料 |"


def row(**said: str) -> str:
    """Draw one row in which everything is right, but for what is said."""
    cells = {"编号": "任务1", "角色": "牵头", "进展状态": "推进中", "累计进度": "50", "本季进展情况": "完成立项和招标。", "下一步措施": "主体封顶。"} | said
    return f"{HEAD}\n|" + "|".join(cells.get(title.strip(), "") for title in HEAD[1:-1].split("|")) + "|"


def test_a_row_in_which_everything_is_right_has_no_findings() -> None:
    """The row that the other tests spoil is clean."""
    assert [] == found(row())


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"进展状态": "已完成", "累计进度": "90", "佐证材料": "验收单"}, [("FINISHED_NOT_FULL", "K5")]),
        ({"进展状态": "推进中", "累计进度": "100"}, [("FULL_NOT_FINISHED", "J5")]),
        ({"累计进度": "40"}, [("LAGGING_UNEXPLAINED", "M5")]),
        ({"进展状态": "已完成", "累计进度": "100", "佐证材料": "暂无"}, [("FINISHED_UNPROVEN", "R5")]),
        ({"进展状态": "已完成", "累计进度": "100"}, [("BLANK", "R5")]),
        ({"预计完成时间": "2023-06-20"}, [("DUE_PAST", "P5")]),
        ({"预计完成时间": "2024-01-31"}, [("DUE_LATE", "P5")]),
        ({"编号": "任务2", "预计完成时间": "2023-09-30"}, [("DUE_LATE", "P5")]),
        ({"本季进展情况": "按计划正常推进中。"}, [("NO_SUBSTANCE", "L5")]),
        ({"本季进展情况": "各项工作正在有序推进，进展顺利"}, [("NO_SUBSTANCE", "L5")]),
        ({"本季进展情况": "无"}, [("TOO_SHORT", "L5")]),
        ({"本季进展情况": "新建标准厂房８０万平方米以上"}, [("COPY_OF_TASK", "L5")]),
    ],
)
def test_a_fault_of_a_row_is_found_once_at_its_cell(said: dict[str, str], expected: list[tuple[str, str]]) -> None:
    """Each fault that a clerk would see is one finding, and none is said twice."""
    assert expected == found(row(**said))


@pytest.mark.parametrize(
    "said",
    [
        {"进展状态": "已完成", "累计进度": "100", "佐证材料": "验收报告"},
        {"角色": "责任", "进展状态": "已完成", "累计进度": "", "佐证材料": "会议纪要", "下一步措施": ""},
        {"累计进度": "40.1"},
        {"累计进度": "40", "存在问题": "用地指标没有落实。"},
        {"累计进度": "40", "原因": "上级批复晚。"},
        {"角色": "责任", "累计进度": "10"},
        {"预计完成时间": "2023-06-28"},
        {"预计完成时间": "2023-12-31"},
        {"进展状态": "已完成", "累计进度": "100", "佐证材料": "验收报告", "预计完成时间": "2023-05-20"},
        {"编号": "任务2", "预计完成时间": "2023-06-30"},
        {"本季进展情况": "按计划推进，已完成立项。"},
        {"本季进展情况": "正在开展征地工作。"},
        {"进展状态": "未启动", "本季进展情况": "暂无进展", "累计进度": "0", "存在问题": "资金没有到位。"},
        {"本季进展情况": "新建标准厂房80万平方米以上，已开工20万平方米。"},
    ],
)
def test_what_only_looks_like_a_fault_is_not_found(said: dict[str, str]) -> None:
    """The near miss of each fault raises nothing."""
    assert [] == found(row(**said))


LAST = {"status": "推进中", "done": "完成立项和招标，进场施工班组3个，主体工程完成45%。"}


@pytest.mark.parametrize(
    ("text", "last", "expected"),
    [
        ("完成立项和招标，进场施工班组3个，主体工程完成45%。", LAST, [("COPY_OF_LAST", "L5")]),
        ("完成立项和招标,进场施工班组３个，主体工程已完成45%", LAST, [("COPY_OF_LAST", "L5")]),
        ("完成立项和招标，进场施工班组3个，主体工程完成60%。", LAST, []),
        ("主体工程封顶，二次结构进场。", LAST, []),
        ("完成立项和招标，进场施工班组3个，主体工程完成45%。", {}, []),
    ],
)
def test_last_quarters_text_again_is_found_and_new_figures_are_news(text: str, last: Values, expected: list[tuple[str, str]]) -> None:
    """A text like last quarter's with the same numbers is a copy; one with other numbers is not."""
    assert expected == found(row(本季进展情况=text), context(last={"任务1": last}))


def test_a_task_that_stays_finished_may_say_so_again() -> None:
    """What was finished last quarter is finished in the same words; so is a task that has not begun."""
    finished = row(进展状态="已完成", 累计进度="100", 佐证材料="验收报告", 本季进展情况="全部竣工验收。")

    assert [] == found(finished, context(last={"任务1": {"status": "已完成", "done": "全部竣工验收。"}}))
    assert [("COPY_OF_LAST", "L5")] == found(finished, context(last={"任务1": {"status": "推进中", "done": "全部竣工验收。"}}))


def test_the_units_own_plan_goes_before_the_calendar() -> None:
    """A unit that planned 20 for the quarter does not lag with 15; without a plan it does."""
    behind = row(累计进度="15")

    assert [] == found(behind, context(plan={"任务1": {"plan2": Decimal(20)}}))
    assert [("LAGGING_UNEXPLAINED", "M5")] == found(behind)


def test_a_late_correction_is_judged_by_the_quarters_end() -> None:
    """What is sent in August for the second quarter may expect to be finished in July."""
    assert [] == found(row(预计完成时间="2023-07-15"), context(sent=date(2023, 8, 20)))


def test_the_threshold_of_a_copy_is_a_parameter() -> None:
    """At 70 percent a text that was half written anew is a copy, at 95 it is not."""
    around = context(last={"任务1": {"status": "推进中", "done": "召开推进会，明确责任分工和时间节点。"}})
    text = row(本季进展情况="召开专题推进会，明确了责任分工和节点。")

    assert [] == found(text, around)
    assert [("COPY_OF_LAST", "L5")] == found(text, with_parameter(around, "same_text", 70))


def test_the_advice_on_a_blank_cell_reads_with_any_hint() -> None:
    """A hint of a form may be a whole sentence: the advice has it in brackets, and does not go on with it."""
    hints = ("从下拉框中选一个", "进展滞后时必须写明", "还没有完成的：预计哪一天完成", "“备注”")

    assert [f"请填写（{hint}）。" for hint in hints] == [Finding(Code.BLANK, Place(), {"hint": hint}, title="栏").advice for hint in hints]

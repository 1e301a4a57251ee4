"""The 2023 notice against the hand-checked truth."""

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.notice.notices import ROOT, real
from toolkit.model.master import GOAL, TASK, Master
from toolkit.notice.read_notice import read_notice

TRUTH = json.loads((ROOT / "tests" / "data" / "notice_2023.expected.json").read_text(encoding="utf-8"))
SIGNS = {">=": "≥", "<=": "≤", "=": "="}
MEASURES = {"cum": "累计", "ratio": "比率", "stock": "存量", "growth": "增速", "project": "项目"}


@pytest.fixture(scope="module")
def master() -> Master:
    """The notice, read once."""
    return read_notice(real())


def test_every_goal_and_task_stands_as_printed(master: Master) -> None:
    """
    Goals and tasks have the notice's numbers, headings, words and units, in its order.
    """
    part = TRUTH["sections"][0]["heading"]
    expected = [(f"目标{one['no']}", GOAL, part, "", one["text"], tuple(one["responsible"]), ()) for one in TRUTH["goals"]]
    expected += [(f"任务{one['no']}", TASK, one["section"], one["sub"], one["text"], tuple(one["leads"]), tuple(one["responsible"])) for one in TRUTH["tasks"]]
    actual = [(task.number, task.category, task.section, task.subsection, task.text, task.leads, task.supports) for task in master.tasks]

    assert expected == actual


def test_goals_say_why_the_responsible_units_lead(master: Master) -> None:
    """
    A goal that names only responsible units says in its note that they count as leads; the tasks need no note.
    """
    notes = [(task.category, task.note) for task in master.tasks]

    assert [(GOAL, "原文只列责任单位，按规定视为牵头")] * 6 + [(TASK, "")] * 113 == notes


def test_register_has_every_name(master: Master) -> None:
    """
    All 71 printed names lead to 63 addressees and 7 collectives.
    """
    known = [one["unit"] for one in TRUTH["units"] if master.resolve(one["unit"]) is not None]
    collectives = sorted(unit.name for unit in master.units if not unit.issued)

    assert (71, 63, sorted(TRUTH["collective"])) == (len(known), len(master.addressees()), collectives)


def test_second_plates_are_aliases(master: Master) -> None:
    """
    A body with two name plates is one addressee, found by each of its names.
    """
    expected = [
        ("区农业农村局", ("区农业农村局〈区乡村振兴局〉", "区乡村振兴局")),
        ("蔡甸经济开发区〈奓山街道〉", ("蔡甸经济开发区", "奓山街道")),
        ("区安委会办公室〈区应急管理局〉", ("区安委会办公室", "区应急管理局")),
    ]

    assert expected == [(unit.name, unit.aliases) for unit in master.units if unit.aliases]


def test_towns_are_read_from_the_notice(master: Master) -> None:
    """
    The collective of all towns has the ten towns that the notice names as its members, and no other collective has any.
    """
    towns = {unit.name for unit in master.units if unit.group == "街道乡"}
    filled = [(unit.name, set(unit.members)) for unit in master.units if unit.members]

    assert [("各街道乡〈开发区〉", towns)] == filled
    assert len(towns) == 10


def test_other_bodies_are_classed_by_name(master: Master) -> None:
    """
    Companies, banks and supervisors are a class of their own.
    """
    expected = ["区城投集团", "人行蔡甸支行", "省银保监局蔡甸监管组", "区邮政公司", "中法投公司", "经开投公司", "区生态集团"]

    assert expected == [unit.name for unit in master.units if unit.group == "企业及其他"]


def test_doubts_are_complete(master: Master) -> None:
    """
    The clerk is asked about the collectives, the unnamed divisions and one number that is no target, and about nothing else.
    """
    expected = [
        ("第85行", "中法生态城相关处室", "牵头任务，按一个单位发表，请确认由哪个处室报送"),
        ("第213行", "各街道乡〈开发区〉", "成员按本文件写到的10个单位列出，请核对是否齐全"),
        ("第249行", "各重大项目建设责任单位", "成员待确认"),
        ("第473行", "总结星光村等5个社区试点经验", "这里有数字，没有列为量化指标"),
        ("第501行", "各安全生产专委会牵头单位及成员单位", "成员待确认"),
        ("第505行", "区特种设备安全生产专业委员会成员单位", "成员待确认"),
        ("第505行", "区食品药品安全委员会成员单位", "成员待确认"),
        ("第541行", "区直各相关部门", "成员待确认"),
        ("第553行", "区普法领导小组成员单位", "成员待确认"),
    ]
    found = sorted(((doubt.where, doubt.read, doubt.reason) for doubt in master.doubts), key=lambda one: int(one[0][1:-1]))

    assert expected == found


def test_calendar_is_what_the_letter_says(master: Master) -> None:
    """
    The plan is due on 15 January, a progress report on the 30th of each quarter's last month.
    """
    expected = [
        ("2023", "工作方案", date(2023, 1, 3), date(2023, 1, 15)),
        ("2023Q1", "季度进展", date(2023, 1, 1), date(2023, 3, 30)),
        ("2023Q2", "季度进展", date(2023, 4, 1), date(2023, 6, 30)),
        ("2023Q3", "季度进展", date(2023, 7, 1), date(2023, 9, 30)),
        ("2023Q4", "季度进展", date(2023, 10, 1), date(2023, 12, 30)),
    ]

    assert expected == [(one.period, one.form, one.start, one.due) for one in master.calendar]
    assert (TRUTH["title"], "notice_2023.txt") == (master.title, master.source)


def test_every_target_is_found_and_nothing_else(master: Master) -> None:
    """
    The 60 quantified targets of the tasks have their comparator, number, unit and measure.
    """
    expected = [(f"任务{one['task']}", SIGNS[one["op"]], Decimal(str(one["value"])), one["unit"], MEASURES[one["measure"]]) for one in TRUTH["quantified"]]
    actual = [
        (indicator.number, indicator.comparator, indicator.target, indicator.unit, indicator.measure)
        for indicator in master.indicators
        if indicator.number.startswith("任务")
    ]

    assert expected == actual


def test_targets_have_the_names_a_person_would_give(master: Master) -> None:
    """
    Nine in ten targets are named word for word as the person did who checked the notice.
    """
    actual = [indicator.name for indicator in master.indicators if indicator.number.startswith("任务")]
    same = [one["what"] == name for one, name in zip(TRUTH["quantified"], actual, strict=True)]

    assert sum(same) >= 54


def test_goals_with_a_number_are_targets_too(master: Master) -> None:
    """
    Five of the six goals are growth rates to reach.
    """
    expected = [
        ("目标1", "地区生产总值增长", "≥", Decimal(7), "%", "增速"),
        ("目标2", "规上工业增加值增长", "≥", Decimal(12), "%", "增速"),
        ("目标3", "固定资产投资增长", "≥", Decimal(10), "%", "增速"),
        ("目标4", "工业投资增长", "≥", Decimal(12), "%", "增速"),
        ("目标5", "社会消费品零售总额增长", "≥", Decimal(6), "%", "增速"),
    ]
    goals = [indicator for indicator in master.indicators if indicator.number.startswith("目标")]

    assert expected == [(goal.number, goal.name, goal.comparator, goal.target, goal.unit, goal.measure) for goal in goals]



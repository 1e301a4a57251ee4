"""What the office rules where two units contradict each other holds: value, light, score, findings and receipts follow it."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.small import MASTER, Q1, filled_row
from tests.time.clerk import IDLE, TOWN, quarrel, rows, run, send, type_row
from toolkit.edges.workspace import Workspace
from toolkit.flows.report.consolidate import Consolidated, consolidate
from toolkit.merging.ruling_effects import sent_back
from toolkit.model.standing import TaskStanding

NEXT = {("任务进展", "任务3", "下一步措施"): "下季度完成外立面。"}


@pytest.fixture(autouse=True)
def _last_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TASK_TOOLKIT_TODAY", "2023-03-29")


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """A workspace in which the lead of 任务2 reports it finished and the town not begun."""
    return quarrel(tmp_path)


def rule(space: Workspace, **values: str) -> Consolidated:
    """Rule on the first line of 进展不一 and consolidate again."""
    type_row(consolidate(space, Q1).path, "进展不一", {"责任单位": "东山镇"}, values)
    return consolidate(space, Q1)


def task(done: Consolidated, number: str = "任务2") -> TaskStanding:
    return next(one for one in done.round.tasks if one.task.number == number)


def stands(done: Consolidated) -> tuple[str, Decimal | None, str]:
    found = task(done)
    return found.status, found.progress, done.assessment.lights["任务2"]


def codes(done: Consolidated) -> list[str]:
    return [finding.code.name for finding in done.round.findings if finding.code.text.id.startswith("Q")]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ({"处理": "以牵头为准"}, ("已完成", Decimal(100), "蓝")),
        ({"处理": "以责任为准"}, ("未启动", None, "黄")),
        ({"处理": "以本办认定为准", "认定值": "60%"}, ("推进中", Decimal(60), "绿")),
        ({"处理": "以本办认定为准", "认定值": "推进中 5%"}, ("推进中", Decimal(5), "黄")),
        ({"处理": "以本办认定为准", "认定值": "未启动"}, ("未启动", Decimal(0), "黄")),
        ({"处理": "以本办认定为准", "认定值": "已完成"}, ("已完成", Decimal(100), "蓝")),
    ],
    ids=lambda value: "-".join(value.values()) if isinstance(value, dict) else "",
)
def test_a_ruling_changes_value_and_light_and_closes_its_twin_finding(
    space: Workspace, typed: Mapping[str, str], expected: tuple[str, Decimal | None, str]
) -> None:
    """Whoever is right by the office's ruling, the task stands so, in the rounds before and after too, and Q01 asks no more."""
    before = consolidate(space, Q1)

    done = rule(space, **typed)

    assert (("已完成", Decimal(100), "蓝"), ["SUPPORT_NOT_STARTED"]) == (stands(before), codes(before))
    assert (expected, []) == (stands(done), codes(done))
    row = next(row for row in rows(done.path, "任务进展") if row["编号"] == "任务2")
    assert (expected[0], expected[1], expected[2]) == (row["进展状态"], None if row["累计进度"] is None else Decimal(str(row["累计进度"])), row["灯"])
    assert typed["处理"] == next(row["处理"] for row in rows(done.path, "进展不一"))


def test_the_score_of_the_lead_follows_the_ruling(space: Workspace) -> None:
    """A task that the office calls not begun earns the lead less than one that it reported finished."""
    before = consolidate(space, Q1)
    done = rule(space, 处理="以责任为准")

    first, second = (
        next(unit.outcome for unit in each.assessment.scores.units if unit.unit == "云溪县工信局") for each in (before, done)
    )
    assert second < first


@pytest.mark.parametrize("typed", ["", "差不多了", "0.6", "130%", "推进中", "50%-60%"])
def test_a_value_that_is_missing_or_unclear_is_asked_about(space: Workspace, typed: str) -> None:
    """以本办认定为准 without a clear value changes nothing, and says so in 问题清单 with what may be typed."""
    done = rule(space, 处理="以本办认定为准", 认定值=typed)

    assert (("已完成", Decimal(100), "蓝"), ["SUPPORT_NOT_STARTED", "NOT_RULED"]) == (stands(done), codes(done))
    said = next(row["问题"] for row in rows(done.path, "问题清单") if row["代码"] == "Q31")
    assert (f"“{typed}”" if typed else "还空着") in str(said)


def test_a_ruling_holds_for_the_same_report_and_is_asked_again_for_another(space: Workspace) -> None:
    """A unit that sends its form again with the same words, by another name and with rows moved, changes no ruling; other words are ruled anew."""
    rule(space, 处理="以责任为准", 处理说明="现场看过。")
    send(space, "东山镇", IDLE | NEXT, "又一份（补正）.xlsx", day=26)
    run(space)
    same = consolidate(space, Q1)
    send(space, "东山镇", TOWN, "改了.xlsx", day=27)
    run(space)
    agreed = consolidate(space, Q1)
    lines = rows(agreed.path, "进展不一")
    send(space, "东山镇", IDLE | NEXT | {("任务进展", "任务3", "累计进度"): 31}, "又改回.xlsx", day=28)
    run(space)
    again = consolidate(space, Q1)

    assert (("未启动", None, "黄"), []) == (stands(same), codes(same))
    assert (("已完成", Decimal(100), "蓝"), [], []) == (stands(agreed), codes(agreed), lines)
    assert ("未启动", None, "黄") == stands(again)


def test_an_indicator_that_two_leads_report_differently_takes_the_value_ruled(tmp_path: Path) -> None:
    """Of two values of one indicator the one that the office rules stands in 量化指标; another value later is asked about, with 原认定 beside."""
    both = replace(MASTER, tasks=tuple(replace(one, leads=("云溪县工信局", "东山镇")) if one.number == "任务1" else one for one in MASTER.tasks))
    space = quarrel(tmp_path, both)
    town = IDLE | filled_row("任务1") | {("指标进展", "任务1", "本年累计完成值"): 12}
    send(space, "东山镇", town, "镇2.xlsx", day=25)
    run(space)
    path = consolidate(space, Q1).path
    type_row(path, "进展不一", {"项目": "新建标准厂房"}, {"处理": "以本办认定为准", "认定值": 15})
    ruled = consolidate(space, Q1)
    send(space, "东山镇", town | {("指标进展", "任务1", "本年累计完成值"): 13}, "镇3.xlsx", day=26)
    run(space)
    changed = consolidate(space, Q1)

    assert [Decimal(15), Decimal(20)] == [each.round.indicators[0].reached for each in (ruled, changed)]
    assert ["SUPPORT_NOT_STARTED"] == codes(ruled)
    assert ["SUPPORT_NOT_STARTED", "INDICATOR_DIFFERS"] == codes(changed)
    line = next(row for row in rows(changed.path, "进展不一") if row["项目"] == "新建标准厂房")
    assert (None, True) == (line["处理"], str(line["原认定"]).startswith("以本办认定为准、15"))


def test_both_units_are_asked_again(space: Workspace) -> None:
    """退回核实 stands in the receipts of both units, at their own cells, with the clerk's reason and what the other reports."""
    done = rule(space, 处理="退回核实", 处理说明="请两家碰头。")

    assert [("CONFLICT_BACK", "云溪县工信局"), ("CONFLICT_BACK", "东山镇")] == [(one.code.name, one.unit) for one in sent_back(done.round)]
    said = {}
    for unit in ("云溪县工信局", "东山镇"):
        sheet = load_workbook(space.out(Q1, "退回") / f"{unit}_2023年第一季度进展_退改.xlsx").worksheets[0]
        said[unit] = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert "本单位报“已完成”，东山镇报“未启动”" in said["云溪县工信局"]
    assert "本单位报“未启动”，云溪县工信局报“已完成”" in said["东山镇"]
    assert all("请两家碰头。" in words for words in said.values())


def test_rulings_that_contradict_each_other_have_no_effect(tmp_path: Path) -> None:
    """Two lines of one task that are ruled differently are asked about, and the task stands as its lead reports it."""
    more = replace(MASTER, tasks=tuple(replace(one, supports=("东山镇", "云溪县发改局")) if one.number == "任务2" else one for one in MASTER.tasks))
    space = quarrel(tmp_path, more)
    idle = {key: value for key, value in IDLE.items() if key[1] == "任务2"}
    send(space, "云溪县发改局", filled_row("任务1", lead=False) | filled_row("目标1", progress=20) | idle, "发改.xlsx", day=25)
    run(space)
    path = consolidate(space, Q1).path
    type_row(path, "进展不一", {"责任单位": "东山镇"}, {"处理": "以责任为准"})
    type_row(path, "进展不一", {"责任单位": "云溪县发改局"}, {"处理": "以牵头为准"})

    done = consolidate(space, Q1)

    assert ("已完成", Decimal(100), "蓝") == stands(done)
    assert ["NOT_RULED", "NOT_RULED"] == [code for code in codes(done) if code == "NOT_RULED"]


def test_a_light_is_asked_about_again_when_the_lead_reports_anew(space: Workspace) -> None:
    """认定灯 holds while the lead reports what it was given on; afterwards it stands as 原认定, is asked about, and holds again once it is typed again."""
    path = consolidate(space, Q1).path
    type_row(path, "任务进展", {"编号": "任务3"}, {"认定灯": "红", "认定说明": "现场核查"})
    ruled = consolidate(space, Q1)
    send(space, "东山镇", IDLE | {("任务进展", "任务3", "本季进展情况"): "立项和招标已经完成，正在进场。"}, "同数.xlsx", day=26)
    run(space)
    same = consolidate(space, Q1)
    send(space, "东山镇", IDLE | {("任务进展", "任务3", "累计进度"): 33.3}, "改数.xlsx", day=27)
    run(space)
    changed, twice = consolidate(space, Q1), consolidate(space, Q1)
    type_row(twice.path, "任务进展", {"编号": "任务3"}, {"认定灯": "红", "认定说明": "又去看过"})
    again, stays = consolidate(space, Q1), consolidate(space, Q1)

    lights = [(each.assessment.lights["任务3"], task(each, "任务3").ruling.note) for each in (ruled, same, changed, twice, again, stays)]
    assert [("红", "现场核查"), ("红", "现场核查"), ("绿", ""), ("绿", ""), ("红", "又去看过"), ("红", "又去看过")] == lights
    assert [0, 0, 1, 1, 0, 0] == [sum(code == "RULED_ANEW" for code in codes(each)) for each in (ruled, same, changed, twice, again, stays)]
    said = [line for line in rows(stays.path, "认定记录") if line["对象"] == "任务3"]
    assert [("", "红", "推进中 30"), ("红", "红", "推进中 33.3")] == [(line["原"] or "", line["现"], line["认定时所报"]) for line in said]


def test_a_verdict_on_a_finding_is_kept_by_what_was_said(space: Workspace) -> None:
    """A finding that was accepted stays so when the file comes again by another name; with another value it is asked again, 原认定 beside it."""
    short = IDLE | {("任务进展", "任务3", "本季进展情况"): "好"}
    send(space, "东山镇", short, "镇1.xlsx", day=25)
    run(space)
    type_row(consolidate(space, Q1).path, "问题清单", {"代码": "C09"}, {"处理": "接受", "处理说明": "就这样。"})
    consolidate(space, Q1)
    send(space, "东山镇", short | NEXT, "换个名字.xlsx", day=26)
    run(space)
    same = rows(consolidate(space, Q1).path, "问题清单")
    send(space, "东山镇", IDLE | {("任务进展", "任务3", "本季进展情况"): "行"}, "另一个字.xlsx", day=27)
    run(space)
    other = rows(consolidate(space, Q1).path, "问题清单")

    first, second = (next(line for line in found if line["代码"] == "C09") for found in (same, other))
    assert ("换个名字.xlsx", "任务3", "接受", "就这样。", None) == tuple(first[title] for title in ("文件", "编号", "处理", "处理说明", "原认定"))
    assert ("另一个字.xlsx", None, True) == (second["文件"], second["处理"], str(second["原认定"]).startswith("接受（就这样。；认定时："))


def test_what_is_found_between_two_returns_can_be_accepted(space: Workspace) -> None:
    """A cell that a newer return leaves blank keeps its value and is asked about; accepted, it counts no more."""
    send(space, "东山镇", IDLE | {("任务进展", "任务3", "存在问题"): "资金缺口较大。"}, "镇1.xlsx", day=25)
    send(space, "东山镇", IDLE | {("任务进展", "任务3", "累计进度"): 40}, "镇2.xlsx", day=26)
    run(space)
    before = consolidate(space, Q1)
    type_row(before.path, "问题清单", {"代码": "C24"}, {"处理": "接受"})
    done, again = consolidate(space, Q1), consolidate(space, Q1)

    counts = [next(unit.reviews for unit in each.round.units if unit.unit == "东山镇") for each in (before, done, again)]
    assert [counts[0], counts[0] - 1, counts[0] - 1] == counts
    assert ["接受"] == [line["处理"] for line in rows(again.path, "问题清单") if line["代码"] == "C24"]


def test_every_ruling_is_listed_with_who_when_before_after_and_why(space: Workspace) -> None:
    """认定记录 tells the whole history of what was ruled, the words that were taken back too, and by whom."""
    settings = space.root / "settings.toml"
    settings.write_text(settings.read_text("utf-8").replace('clerk = ""', 'clerk = "某某"'), "utf-8")
    rule(space, 处理="以责任为准", 处理说明="现场看过。")
    rule(space, 处理="以牵头为准", 处理说明="补了验收单。")
    done = rule(space, 处理="", 处理说明="")

    lines = [tuple(line[title] for title in ("工作表", "对象", "栏目", "原", "现", "理由")) for line in rows(done.path, "认定记录")]
    where = ("进展不一", "任务2 · 进展状态 · 东山镇", "处理")
    assert [
        (*where, None, "以责任为准", "现场看过。"),
        (*where, "以责任为准", "以牵头为准", "补了验收单。"),
        (*where, "以牵头为准", "（撤回）", None),
    ] == lines
    assert {"云溪县工信局 已完成 东山镇 未启动"} == {line["认定时所报"] for line in rows(done.path, "认定记录")}
    assert {"某某"} == {line["认定人"] for line in rows(done.path, "认定记录")}

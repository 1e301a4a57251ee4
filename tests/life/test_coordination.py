"""The register of matters to be coordinated: what units bring up, whom it is given to, what the next forms ask."""

from datetime import date
from pathlib import Path

import pytest

from tests.life.hands import INDUSTRY, INDUSTRY_ROWS, Q2, REFORM, begun, form_of, issued_again, rows, ruled, send, taken_in
from tests.small import filled_row
from toolkit.model.nothing_said import says_nothing

HELP = ("任务进展", "任务1", "需协调事项")
LAND = "用地指标还差50亩，请协调。"


@pytest.mark.parametrize("text", ["无", "暂无", "没有", "无。", "/", "——", "无需协调", "暂无需协调事项", "目前没有需要协调解决的问题", "N/A", "不需要", " "])
def test_words_for_nothing_are_no_matter(text: str) -> None:
    """无 and its like say that there is nothing to coordinate."""
    assert says_nothing(text)


@pytest.mark.parametrize("text", ["无人机禁飞区审批需协调", "没有资金，请区财政解决200万元", "协调用地", "没有用地指标"])
def test_words_that_begin_like_nothing_are_matters(text: str) -> None:
    """A text that goes on behind 无 or 没有 brings something up."""
    assert not says_nothing(text)


def test_a_matter_goes_through_the_next_forms_until_it_is_over(tmp_path: Path) -> None:
    """A matter keeps its number; the office gives it to a unit, both units find it in their next forms, the answer stands in the register, 已办结 ends it."""
    space = begun(tmp_path)
    send(space, INDUSTRY, INDUSTRY_ROWS | {HELP: LAND, ("任务进展", "任务2", "需协调事项"): "暂无"})
    done = taken_in(space, date(2023, 3, 29))
    (matter,) = done.round.matters
    ruled(space, date(2023, 4, 3), "协调事项", matter.id, {"交给": REFORM, "期限": date(2023, 4, 20)})
    issued_again(space, date(2023, 4, 5), Q2)
    forms = {unit: rows(form_of(space, unit, Q2), "事项办理", "事项号", "事项类别", "事项", "答复期限", "上期答复") for unit in (INDUSTRY, REFORM)}
    answers = {("事项办理", matter.id, "办理情况"): "已列入二季度用地计划", ("事项办理", matter.id, "是否解决"): "已解决"}
    send(space, REFORM, filled_row("目标1", progress=50) | filled_row("任务1", lead=False) | answers, Q2)
    send(space, INDUSTRY, INDUSTRY_ROWS | {HELP: "用地指标还差20亩。"}, Q2)
    later = taken_in(space, date(2023, 6, 29), Q2)
    closed = ruled(space, date(2023, 7, 3), "协调事项", matter.id, {"状态": "已办结"}, Q2)

    assert [(INDUSTRY, "任务1", LAND, "待交办")] == [(one.unit, one.number, one.text, one.state.value) for one in done.round.matters]
    assert [(matter.id, "交你单位办理", LAND, "2023-04-20", "")] == forms[REFORM]
    assert [(matter.id, "上期需协调事项", LAND, "2023-04-20", f"已交{REFORM}办理")] == forms[INDUSTRY]
    assert [(matter.id, ["2023Q1", "2023Q2"], "办理中")] == [(one.id, [said.period for said in one.versions], one.state.value) for one in later.round.matters]
    assert [(matter.id, f"{REFORM}（2023Q2）：已解决，已列入二季度用地计划")] == rows(closed.path, "协调事项", "事项号", "单位答复")
    assert ["已办结"] == [one.state.value for one in closed.round.matters]


def test_the_same_text_after_the_end_is_the_same_matter_again(tmp_path: Path) -> None:
    """A closed matter that is brought up in the same words is open again under its number; another text is a matter of its own."""
    space = begun(tmp_path)
    send(space, INDUSTRY, INDUSTRY_ROWS | {HELP: LAND})
    (first,) = taken_in(space, date(2023, 3, 29)).round.matters
    ruled(space, date(2023, 4, 3), "协调事项", first.id, {"答复": "已解决", "状态": "已办结"})
    issued_again(space, date(2023, 4, 5), Q2)
    send(space, INDUSTRY, INDUSTRY_ROWS | {HELP: "用地指标 还差50亩,请协调"}, Q2, name="先")
    again = taken_in(space, date(2023, 6, 20), Q2)
    send(space, INDUSTRY, INDUSTRY_ROWS | {HELP: "缺施工许可。"}, Q2, name="后")
    other = taken_in(space, date(2023, 6, 29), Q2)

    assert [(first.id, "又提出")] == [(one.id, one.state.value) for one in again.round.matters]
    assert [LAND, "缺施工许可。"] == [one.versions[0].text for one in other.round.matters]


def test_a_day_that_is_none_is_said(tmp_path: Path) -> None:
    """What cannot be a day in 期限 is asked about; the rest of the row holds."""
    space = begun(tmp_path)
    send(space, INDUSTRY, INDUSTRY_ROWS | {HELP: LAND})
    (matter,) = taken_in(space, date(2023, 3, 29)).round.matters
    done = ruled(space, date(2023, 4, 3), "协调事项", matter.id, {"交给": "分管副县长", "期限": "尽快"})

    assert ["Q54"] == [finding.code.text.id for finding in done.round.findings if finding.code.text.id == "Q54"]
    assert [("分管副县长", "领导")] == rows(done.path, "协调事项", "交给", "交给谁")

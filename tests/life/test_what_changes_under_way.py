"""What happens to matters, steps of the ladder and closings when units, tasks and rules change in the middle of a year."""

from datetime import date
from pathlib import Path

import pytest

from tests.clerk import add_row, registered
from tests.life.hands import INDUSTRY, INDUSTRY_ROWS, Q1, Q2, REFORM, TOWN, TOWN_ROWS, begun, form_of, issued_again, rows, ruled, send, taken_in
from tests.small import filled_row
from tests.time.small_year import close
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.page.registers import answer, registers
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.coordination import Matter

LAND = "用地指标还差50亩，请协调。"
ROW = ("提出单位", "目标任务", "现状", "交给", "交给谁")
REFORM_ROWS = filled_row("目标1", progress=50) | filled_row("任务1", lead=False)


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """云溪县工信局 has brought up a matter of 任务1, and the office has given it to 云溪县发改局."""
    space = begun(tmp_path / "工作区")
    send(space, INDUSTRY, INDUSTRY_ROWS | {("任务进展", "任务1", "需协调事项"): LAND})
    (matter,) = taken_in(space, date(2023, 3, 29)).round.matters
    ruled(space, date(2023, 4, 3), "协调事项", matter.id, {"交给": REFORM})
    return space


def changed(space: Workspace, **cells: str) -> None:
    """Type a change of the list from the second quarter on, and issue that quarter."""
    add_row(space.master, **cells, 自期间="2023Q2")
    with held(date(2023, 4, 4)):
        registered(space)
    issued_again(space, date(2023, 4, 5), Q2)


def handed_over(space: Workspace, unit: str, to: str, since: str = "2023Q2") -> None:
    """Split a unit in two, and give what it led to the first of them."""
    add_row(space.master, 编号=unit, 事项="拆分", 现=f"{to}、云溪县信息局", 自期间=since)
    for number in ("任务1", "任务2") if unit == INDUSTRY else ("目标1",):
        add_row(space.master, 编号=number, 事项="牵头单位", 现=to, 自期间=since)
    if unit == REFORM:
        add_row(space.master, 编号="任务1", 事项="责任单位", 现=to, 自期间=since)
    with held(date(2023, 4, 4)):
        registered(space)
    issued_again(space, date(2023, 4, 5), Q2)


def asked_in(space: Workspace, unit: str) -> list[tuple[str, ...]]:
    """Give what a unit's form of the second quarter asks of matters: sort, who brought it up, what was answered so far."""
    return rows(form_of(space, unit, Q2), "事项办理", "事项类别", "提出单位", "上期答复")


def in_register(space: Workspace) -> tuple[list[tuple[str, ...]], list[str]]:
    """Give the second quarter's register, and what it asks the office of matters."""
    with held(date(2023, 4, 6)):
        done = consolidate(space, Q2)
    asked = [finding.code.text.id for finding in done.round.findings if finding.code.text.id in {"Q58", "Q59", "Q61", "Q62"}]
    return rows(done.path, "协调事项", *ROW), asked


def matter_of(space: Workspace) -> Matter:
    """Give the only matter as the second quarter has it."""
    with held(date(2023, 6, 29)):
        (matter,) = consolidate(space, Q2).round.matters
    return matter


def test_renamed_units_keep_their_matters(space: Workspace) -> None:
    """Who brought a matter up and who was given it find it in their forms under their new names."""
    add_row(space.master, 编号=REFORM, 事项="更名", 现="云溪县发展改革委", 自期间="2023Q2")
    changed(space, 编号=INDUSTRY, 事项="更名", 现="云溪县工信和商务局")

    assert [("上期需协调事项", "云溪县工信和商务局", f"已交{REFORM}办理")] == asked_in(space, "云溪县工信和商务局")
    assert [("交你单位办理", "云溪县工信和商务局", "")] == asked_in(space, "云溪县发展改革委")
    assert [] == in_register(space)[1]


def test_the_matter_of_a_unit_that_was_split_goes_on_with_its_task(space: Workspace) -> None:
    """Who leads the task now finds the matter in its form and carries it on under its number; who was given it still has it in its form."""
    handed_over(space, INDUSTRY, "云溪县工业局")

    assert [("上期需协调事项", INDUSTRY, f"已交{REFORM}办理")] == asked_in(space, "云溪县工业局")
    assert [("交你单位办理", INDUSTRY, "")] == asked_in(space, REFORM)

    send(space, "云溪县工业局", INDUSTRY_ROWS | {("任务进展", "任务1", "需协调事项"): "用地指标还差20亩。"}, Q2)
    taken_in(space, date(2023, 6, 29), Q2)
    assert [("2023Q1", LAND), ("2023Q2", "用地指标还差20亩。")] == [(said.period, said.text) for said in matter_of(space).versions]


@pytest.mark.parametrize("since", ["2023Q1", "2023Q2"])
def test_a_matter_given_to_a_unit_that_is_no_more_is_asked_about(space: Workspace, since: str) -> None:
    """It is not taken for a leader's: the register says 原单位, and MATTER_LEFT asks until it is given to another."""
    handed_over(space, REFORM, "云溪县发展局", since)
    before = in_register(space)
    (matter,) = [line for line in registers(space, Q2).lines if line.sheet == "协调事项"]
    with held(date(2023, 4, 7)):
        answer(space, Q2, matter.sheet, matter.subject, {"交给": "云溪县发展局"})

    assert (REFORM, "原单位", ["Q58"]) == (*before[0][0][3:], before[1])
    assert ([(INDUSTRY, "新建标准厂房80万平方米以上。", "办理中", "云溪县发展局", "单位")], []) == in_register(space)


@pytest.mark.parametrize(
    ("typed", "to", "asked", "in_form"),
    [
        ("发改局", "单位", ["Q61"], 1),
        ("云溪县发展局", "领导", ["Q62"], 0),
        (f"{REFORM}、{TOWN}", "领导", ["Q62"], 0),
        ("李副县长", "领导", [], 0),
    ],
)
def test_whom_a_matter_is_given_to_is_understood_or_asked_about(space: Workspace, typed: str, to: str, asked: list[str], in_form: int) -> None:
    """A short name that fits one unit is that unit, which is said; a body that the register does not know, or two units, is no leader in silence."""
    (matter,) = [line for line in registers(space, Q1).lines if line.sheet == "协调事项"]
    with held(date(2023, 4, 4)):
        answer(space, Q1, matter.sheet, matter.subject, {"交给": typed})
    assert [len(asked)] == [len(line.refused) for line in registers(space, Q1).lines if line.sheet == "协调事项"]
    issued_again(space, date(2023, 4, 5), Q2)

    assert ((typed, to), asked) == (in_register(space)[0][0][3:], in_register(space)[1])
    assert in_form == len(asked_in(space, REFORM))


def test_a_matter_whose_task_was_withdrawn_stays_until_it_is_closed(space: Workspace) -> None:
    """Both units are still asked, the register says that the task was withdrawn, and MATTER_WITHDRAWN asks whether the matter is over."""
    changed(space, 编号="任务1", 事项="状态", 现="取消")

    assert [("交你单位办理", INDUSTRY, "")] == asked_in(space, REFORM)
    assert ([(INDUSTRY, "（已撤销）新建标准厂房80万平方米以上。", "办理中", REFORM, "单位")], ["Q59"]) == in_register(space)


def test_a_matter_that_is_passed_on_keeps_what_was_answered(space: Workspace) -> None:
    """Given to another after an answer it is open again; the next one reads the former answer in its form, and the register has all of them."""
    issued_again(space, date(2023, 4, 5), Q2)
    matter = matter_of(space)
    told = {("事项办理", matter.id, "办理情况"): "已列入计划，余下归东山镇"}
    send(space, REFORM, REFORM_ROWS | told, Q2)
    taken_in(space, date(2023, 6, 20), Q2)
    states = []
    for words in ({"答复": "请镇里办"}, {"交给": TOWN}, {"交给": "分管副县长", "答复": "请镇里办。"}, {"交给": TOWN}):
        ruled(space, date(2023, 6, 21), "协调事项", matter.id, words, Q2)
        states.append(matter_of(space).state.value)

    assert ["已答复", "办理中", "已答复", "办理中"] == states
    assert [(REFORM, "已列入计划，余下归东山镇")] == [(said.unit, said.text) for said in matter_of(space).told]


def test_a_task_is_opened_again_after_its_quarter_was_closed(space: Workspace, tmp_path: Path) -> None:
    """The closed quarter stays as it is; the next form asks for the task again and says why."""
    space = begun(tmp_path / "销号")
    send(space, TOWN, TOWN_ROWS, asks="任务3 改造完成并验收")
    taken_in(space, date(2023, 3, 29))
    ruled(space, date(2023, 4, 2), "销号台账", "任务3", {"核验": "通过", "销号文号": "1号", "销号日期": date(2023, 4, 1)})
    close(space, Q1, date(2023, 4, 3))
    issued_again(space, date(2023, 4, 4), Q2)
    without = rows(form_of(space, TOWN, Q2), "任务进展", "编号")
    line = next(line for line in registers(space, Q1).lines if line.sheet == "销号台账")
    with held(date(2023, 4, 5)):
        answer(space, Q1, line.sheet, line.subject, {"核验": "重开", "核验说明": "渗水"})
        books = [consolidate(space, period).path for period in (Q1, Q2)]
    issued_again(space, date(2023, 4, 6), Q2)

    assert ([("任务2",)], [("任务2",), ("任务3",)]) == (without, rows(form_of(space, TOWN, Q2), "任务进展", "编号"))
    assert [("办结退回", "任务3申请办结重开：完成老旧小区改造。")] == rows(form_of(space, TOWN, Q2), "事项办理", "事项类别", "事项")
    assert ["销号", "推进"] == [dict(rows(book, "销号台账", "编号", "状态"))["任务3"] for book in books]

"""The life of a task from 交办 to 销号, through forms, the consolidated workbook and the next quarter's forms."""

from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from tests.life.hands import INDUSTRY, INDUSTRY_ROWS, Q1, Q2, REFORM, TOWN, TOWN_ROWS, begun, form_of, issued_again, rows, ruled, send, taken_in
from tests.small import filled_row
from toolkit.edges.workspace import Workspace
from toolkit.flows.report.consolidate import Consolidated

CLOSED = {"核验": "通过", "销号文号": "云督销〔2023〕1号", "销号日期": "2023-04-03"}


@pytest.fixture
def asked(tmp_path: Path) -> tuple[Workspace, Consolidated]:
    """Let 东山镇 ask to close 任务3 in the first quarter; the others report as usual."""
    space = begun(tmp_path)
    send(space, TOWN, TOWN_ROWS, asks="任务3 改造完成并验收")
    send(space, INDUSTRY, INDUSTRY_ROWS)
    return space, taken_in(space, date(2023, 3, 29))


def state_of(done: Consolidated, number: str = "任务3") -> str:
    """Give how far a task was when the workbook was written."""
    return done.round.lives[number].state.value


def codes(done: Consolidated) -> list[str]:
    """Give the codes of what the office is asked about lives."""
    return [finding.code.text.id for finding in done.round.findings if finding.code.text.id.startswith("Q5")]


def test_a_request_waits_for_the_office_and_every_stamp_has_its_day(asked: tuple[Workspace, Consolidated]) -> None:
    """A task handed out, reported and asked to be closed shows its stamps and its evidence, and the office is asked to check it."""
    _, done = asked

    found = {row[0]: row[1:] for row in rows(done.path, "销号台账", "编号", "状态", "交办", "签收", "申请办结", "佐证数")}
    day = "2023-03-29 00:00:00"
    assert ("申请办结", "2023-01-02 00:00:00", day, day, "2") == found["任务3"]
    assert ("交办", "2023-01-02 00:00:00", "", "", "") == found["目标1"]
    assert ["Q50"] == codes(done)


def test_a_task_is_closed_under_its_number_and_not_asked_again(asked: tuple[Workspace, Consolidated]) -> None:
    """A checked task with a number is 销号: the next quarter's form leaves it out, its light stays blue, nobody loses points for silence."""
    space, _ = asked
    done = ruled(space, date(2023, 4, 4), "销号台账", "任务3", CLOSED)
    issued_again(space, date(2023, 4, 5), Q2)
    send(space, TOWN, filled_row("任务2", lead=False), Q2)
    later = taken_in(space, date(2023, 6, 29), Q2)

    assert "销号" == state_of(done) == state_of(later)
    assert ["任务2"] == [number for (number,) in rows(form_of(space, TOWN, Q2), "任务进展", "编号")]
    assert ("已完成", "100") == {row[0]: row[1:] for row in rows(later.path, "任务进展", "编号", "进展状态", "二季度")}["任务3"]
    assert [("任务3", "已完成")] == [(task.task.number, task.status) for task in later.round.tasks if task.closed]
    assert "蓝" == later.assessment.lights["任务3"]
    assert [] == [off for off in later.assessment.scores.deductions if off.number == "任务3"]


def test_a_closed_task_is_opened_again_with_a_reason(asked: tuple[Workspace, Consolidated]) -> None:
    """重开 without a reason is refused; with one the next form asks for the task again and tells the unit why."""
    space, _ = asked
    ruled(space, date(2023, 4, 4), "销号台账", "任务3", CLOSED)
    issued_again(space, date(2023, 4, 5), Q2)
    taken_in(space, date(2023, 4, 6), Q2)
    refused = ruled(space, date(2023, 4, 7), "销号台账", "任务3", {"核验": "重开"}, Q2)
    done = ruled(space, date(2023, 4, 8), "销号台账", "任务3", {"核验说明": "回访发现渗水"}, Q2)
    issued_again(space, date(2023, 4, 9), Q2)

    assert ["Q52"] == codes(refused)
    assert ("销号", "推进") == (state_of(refused), state_of(done))
    assert ["任务2", "任务3"] == [number for (number,) in rows(form_of(space, TOWN, Q2), "任务进展", "编号")]
    assert [] == [task.task.number for task in done.round.tasks if task.closed]
    assert [("重开", "")] == [row for row in rows(done.path, "认定记录", "现", "理由") if row[0] == "重开"]


def test_a_returned_request_goes_on_with_the_reason_in_the_next_form(asked: tuple[Workspace, Consolidated]) -> None:
    """退回 takes a task back to 推进; the unit reads why in its receipt and in its next form, and may ask anew."""
    space, _ = asked
    done = ruled(space, date(2023, 4, 4), "销号台账", "任务3", {"核验": "退回", "核验说明": "缺验收报告"})
    issued_again(space, date(2023, 4, 5), Q2)
    receipt = next(space.out(Q1, "退回").glob(f"{TOWN}*回执.txt")).read_text("utf-8-sig")
    told = rows(form_of(space, TOWN, Q2), "事项办理", "事项类别", "任务编号", "上期答复")
    send(space, TOWN, TOWN_ROWS, Q2, asks="任务3 改造完成并验收")
    again = taken_in(space, date(2023, 6, 29), Q2)

    assert "推进" == state_of(done)
    assert "退回（缺验收报告）" in receipt
    assert [("办结退回", "任务3", "缺验收报告")] == told
    assert "申请办结" == state_of(again)


def test_without_evidence_no_request_is_followed(tmp_path: Path) -> None:
    """A request with nothing but 无 for evidence moves nothing, and the office sees it."""
    space = begun(tmp_path)
    send(space, TOWN, filled_row("任务2", lead=False) | filled_row("任务3"), asks="3 快好了", basis="无")
    done = taken_in(space, date(2023, 3, 29))

    assert "推进" == state_of(done)
    assert ["任务3的“申请办结”没有生效：申请办结没有附佐证材料。"] == [finding.message for finding in done.round.findings if finding.code.text.id == "Q52"]


def test_words_out_of_turn_change_nothing(asked: tuple[Workspace, Consolidated]) -> None:
    """通过 on a task that nobody asked to close leaves it where it is, and the office is told so."""
    space, _ = asked
    done = ruled(space, date(2023, 4, 4), "销号台账", "任务1", CLOSED)

    assert ("推进", "申请办结") == (state_of(done, "任务1"), state_of(done))
    assert ["任务1的“通过”没有生效：还没有单位申请办结。"] == [finding.message for finding in done.round.findings if finding.code.text.id == "Q52"]


def test_a_checked_task_without_a_number_is_not_closed(asked: tuple[Workspace, Consolidated]) -> None:
    """通过 alone is 核验; the office is asked for the number, and a day that is none is said."""
    space, _ = asked
    checked = ruled(space, date(2023, 4, 4), "销号台账", "任务3", {"核验": "通过"})
    wrong = ruled(space, date(2023, 4, 5), "销号台账", "任务3", {"销号文号": "1号", "销号日期": "四月三日吧"})

    assert [("核验", ["Q51"]), ("核验", ["Q51", "Q52"])] == [(state_of(done), codes(done)) for done in (checked, wrong)]


@pytest.mark.parametrize(("day", "why"), [("2029-01-01", "2029-01-01 比填写的那天晚一个月以上"), ("2022-12-31", "2022-12-31 早于申请办结的 2023-03-29")])
def test_a_day_of_closing_that_cannot_be_closes_nothing(asked: tuple[Workspace, Consolidated], day: str, why: str) -> None:
    """A day far ahead, or before the unit asked, is refused with both days; put right, the task is closed."""
    space, _ = asked
    wrong = ruled(space, date(2023, 4, 4), "销号台账", "任务3", CLOSED | {"销号日期": day})
    right = ruled(space, date(2023, 4, 5), "销号台账", "任务3", {"销号日期": "2023-04-03"})

    assert f"任务3的“销号”没有生效：销号日期 {why}。" in [finding.message for finding in wrong.round.findings]
    assert ("核验", "销号") == (state_of(wrong), state_of(right))


def test_one_number_for_two_tasks_is_asked_about(tmp_path: Path) -> None:
    """Two tasks closed under one number are named (CLOSING_SAME_NUMBER); both are closed, for a paper may close several."""
    space = begun(tmp_path)
    send(space, TOWN, TOWN_ROWS, asks="任务3 改造完成并验收")
    send(space, INDUSTRY, INDUSTRY_ROWS, asks="任务1 厂房竣工")
    taken_in(space, date(2023, 3, 29))
    ruled(space, date(2023, 4, 4), "销号台账", "任务3", CLOSED)
    done = ruled(space, date(2023, 4, 4), "销号台账", "任务1", CLOSED)

    assert ["任务1、任务3的销号文号都是“云督销〔2023〕1号”。"] == [finding.message for finding in done.round.findings if finding.code.text.id == "Q57"]
    assert ("销号", "销号") == (state_of(done, "任务1"), state_of(done))


def test_a_signed_page_counts_as_signing(asked: tuple[Workspace, Consolidated]) -> None:
    """The day of a signed page, typed by the clerk, is the stamp of 签收 of a unit that has not returned anything; what is no day is said."""
    space, _ = asked
    done = ruled(space, date(2023, 4, 4), "销号台账", "目标1", {"签收日期": "2023-01-06"})

    assert ("签收", "2023-01-06 00:00:00") == {row[0]: row[1:] for row in rows(done.path, "销号台账", "编号", "状态", "签收")}["目标1"]
    wrong = ruled(space, date(2023, 4, 5), "销号台账", "目标1", {"签收日期": "年初"})

    assert ["目标1的“签收”没有生效：“签收日期”填的“年初”不是年月日写全的日期。"] == [
        finding.message for finding in wrong.round.findings if finding.code.text.id == "Q52"
    ]
    assert REFORM == next(lead for number, lead in rows(done.path, "销号台账", "编号", "牵头单位") if number == "目标1")


def test_a_stamped_form_on_paper_counts_as_signing(tmp_path: Path) -> None:
    """A unit that has sent nothing but its whole form, stamped and scanned, has signed for the tasks it leads; none of them is under way."""
    space = begun(tmp_path)
    Image.new("L", (300, 400), 255).save(space.inbox / f"{TOWN}2023年第一季度进展表（盖章）.png")
    done = taken_in(space, date(2023, 3, 20))

    assert {"任务1": "交办", "任务2": "交办", "任务3": "签收", "目标1": "交办"} == {number: life.state.value for number, life in done.round.lives.items()}


def test_a_closed_task_that_is_reported_again_is_asked_about(asked: tuple[Workspace, Consolidated]) -> None:
    """A unit that still fills in an older form of a task closed since is not lost: what it says stands, and the office is asked (CLOSED_REPORTED)."""
    space, _ = asked
    issued_again(space, date(2023, 4, 1), Q2)
    send(space, TOWN, filled_row("任务2", lead=False) | filled_row("任务3", progress=80), Q2)
    ruled(space, date(2023, 4, 4), "销号台账", "任务3", CLOSED)
    later = taken_in(space, date(2023, 6, 29), Q2)

    assert ["任务3已经销号（云督销〔2023〕1号），本期又报“推进中”。"] == [finding.message for finding in later.round.findings if finding.code.text.id == "Q53"]
    assert [("推进中", 80)] == [(task.status, task.progress) for task in later.round.tasks if task.closed]


@pytest.mark.parametrize("way", ["任务 3", "３", "任务3\n"])
def test_a_number_is_known_however_it_is_written(tmp_path: Path, way: str) -> None:
    """A request whose number has blanks or full-width digits is a request for that task."""
    space = begun(tmp_path)
    send(space, TOWN, TOWN_ROWS | {("申请事项", "", "编号"): way}, asks="任务3 改造完成并验收")

    assert "申请办结" == state_of(taken_in(space, date(2023, 3, 29)))


@pytest.mark.parametrize("way", ["任务33", "任务2", "任务3、任务2", ""])
def test_a_request_for_no_task_of_the_unit_is_not_lost(tmp_path: Path, way: str) -> None:
    """A request to close that names no task which the unit leads is asked about at its cell (CLOSING_NOT_LED); nothing is closed for it."""
    space = begun(tmp_path)
    send(space, TOWN, TOWN_ROWS | {("申请事项", "", "编号"): way}, asks="任务3 改造完成并验收")
    done = taken_in(space, date(2023, 3, 29))
    found = [finding for finding in done.round.findings if finding.code.text.id == "R31"]

    assert [(TOWN, "申请事项", f"申请办结写的是“{way or '空白'}”，不是本单位牵头的任务，没有列入“销号台账”。")] == [
        (finding.unit, finding.place.sheet, finding.message) for finding in found
    ]
    assert "推进" == state_of(done)
    assert [] == [number for number, life in done.round.lives.items() if life.ask]

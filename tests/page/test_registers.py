"""办理: the office's words on closing tasks, matters and appeals, given on the page as they are in the workbook; scorecards made and looked at."""

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.life.hands import INDUSTRY, REFORM, TOWN, rows
from tests.life.hands import Q1 as FIRST
from tests.page.browser import Clerk, served
from tests.page.keyboard import Keyboard
from tests.page.scenes import asked_to_answer
from tests.scoring.hands import appeal, scored_quarter, without_pdf, write
from tests.time.small_year import PLANNERS, Q1, take_in
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.page.registers import RegisterLine, answer, registers
from toolkit.flows.report.consolidate import consolidate
from toolkit.model.command_error import CommandError


@pytest.fixture
def asked(tmp_path: Path) -> Workspace:
    """东山镇 asks to close 任务3, 云溪县工信局 brings up a matter, 云溪县发改局 is silent."""
    return asked_to_answer(tmp_path / "工作区")


def line_of(space: Workspace, sheet: str, begins: str = "") -> RegisterLine:
    """Give the first row of a sheet whose title begins so."""
    return next(line for line in registers(space, FIRST).lines if line.sheet == sheet and line.title.startswith(begins))


def put(space: Workspace, line: RegisterLine, words: dict[str, str], day: int = 4) -> tuple[str, ...]:
    """Say words on a row on a day of April."""
    with held(date(2023, 4, day)):
        return answer(space, FIRST, line.sheet, line.subject, words)


def test_what_waits_stands_first_and_is_counted(asked: Workspace) -> None:
    """The request to close and the open matter wait; a task that nobody has signed for offers nothing but the day of signing."""
    found = registers(asked, FIRST)

    assert [("销号台账", TOWN, "申请办结", True), ("协调事项", INDUSTRY, "待交办", True), ("还没有签收", REFORM, "交办", False)] == [
        (line.section, line.unit, line.state, line.waits) for line in found.lines
    ]
    assert (2, False) == (found.waiting, found.is_closed)
    assert ["签收日期"] == [blank.title for blank in found.lines[2].blanks]


def test_a_task_is_closed_as_in_the_workbook(asked: Workspace) -> None:
    """通过 with number and day closes the task; the next workbook shows the same row as if it had been typed there, and the record says who and where."""
    said = put(asked, line_of(asked, "销号台账", "任务3"), {"核验": "通过", "销号文号": "云督销〔2023〕1号", "销号日期": "2023-04-03"})
    with held(date(2023, 4, 5)):
        done = consolidate(asked, FIRST)

    assert () == said
    assert [("任务3", "销号", "2023-04-03 00:00:00", "云督销〔2023〕1号", "通过")] == [
        row for row in rows(done.path, "销号台账", "编号", "状态", "销号", "现文号", "核验") if row[0] == "任务3"
    ]
    assert ("销号", False) == (line_of(asked, "销号台账", "任务3").state, line_of(asked, "销号台账", "任务3").waits)
    assert ("没有改动。",) == put(asked, line_of(asked, "销号台账", "任务3"), {"核验": "通过"})


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ({"核验": "退回"}, "“核验说明”里没有写理由"),
        ({"核验": "重开", "核验说明": "渗水"}, "现在的状态是“申请办结”"),
        ({"核验": "同意"}, "“核验”不能是“同意”"),
        ({"核验": "通过", "销号文号": "1号", "销号日期": "四月三日"}, "“销号日期”填的“四月三日”不是年月日写全的日期"),
    ],
)
def test_words_that_would_have_no_effect_are_not_put_down(asked: Workspace, words: dict[str, str], why: str) -> None:
    """What the life of a task does not allow is refused with the reason, and nothing of it is kept."""
    line = line_of(asked, "销号台账", "任务3")
    with pytest.raises(CommandError, match=why):
        put(asked, line, words)

    assert line == line_of(asked, "销号台账", "任务3")


def test_a_matter_is_given_answered_and_closed(asked: Workspace) -> None:
    """A matter goes to a unit, is over, and its row stays with its words; a day that is none is refused."""
    with pytest.raises(CommandError, match="“期限”填的“尽快”"):
        put(asked, line_of(asked, "协调事项"), {"期限": "尽快"})
    states = []
    for words in ({"交给": REFORM, "期限": "2023-04-20"}, {"答复": "已列入计划"}, {"状态": "已办结"}, {"状态": ""}):
        put(asked, line_of(asked, "协调事项"), words)
        states.append(line_of(asked, "协调事项").state)

    assert ["办理中", "已答复", "已办结", "已答复"] == states
    given = line_of(asked, "协调事项")
    assert (REFORM, "单位") == (given.blanks[0].value, dict(given.facts)["交给谁"])


def test_an_appeal_against_a_closed_round_is_ruled_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Points beyond what was taken are refused; 支持 is put down, and `scorecards` writes the answer from it."""
    without_pdf(monkeypatch)
    space = scored_quarter(tmp_path)
    write(space, date(2023, 4, 6))
    appeal(space, PLANNERS, date(2023, 4, 10), item="迟报", opinion="不应扣分")
    take_in(space, date(2023, 4, 10))
    line = line_of(space, "申诉")
    with pytest.raises(CommandError, match="不能多于扣掉的 3 分"):
        put(space, line, {"处理": "支持", "返还分值": "5"}, 11)
    with pytest.raises(CommandError, match="要在“返还分值”里写明几分"):
        put(space, line, {"处理": "部分支持"}, 11)
    put(space, line, {"处理": "支持", "处理说明": "停机属实"}, 11)

    assert (True, 0, "返还 3 分") == (registers(space, Q1).is_closed, registers(space, Q1).waiting, line_of(space, "申诉").state)
    assert (PLANNERS,) == write(space, date(2023, 4, 12)).answers


def test_a_second_appeal_after_the_ruling_and_after_the_deadline_is_shown_until_it_was_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ruling holds, the row waits and says why, and how late the appeal is; a word of the office on it ends that."""
    without_pdf(monkeypatch)
    space = scored_quarter(tmp_path)
    write(space, date(2023, 4, 6))
    for day, opinion in ((date(2023, 4, 10), "不应扣分"), (date(2023, 4, 12), "不应扣分，附停机通知")):
        appeal(space, PLANNERS, day, item="迟报", opinion=opinion, name=f"申诉{day}.xlsx")
        take_in(space, day)
    both = line_of(space, "申诉")
    with held(date(2023, 4, 13)):
        answer(space, FIRST, both.sheet, both.subject, {"处理": "不支持", "处理说明": "无依据"})
    appeal(space, PLANNERS, date(2023, 5, 10), item="迟报", opinion="请再核", name="再申诉.xlsx")
    take_in(space, date(2023, 5, 10))
    again = line_of(space, "申诉")
    with held(date(2023, 5, 11)):
        answer(space, FIRST, again.sheet, again.subject, {"处理说明": "无依据，已复核"})
    ended = line_of(space, "申诉")

    assert ("不应扣分，附停机通知", True) == (dict(both.facts)["申诉意见"], both.waits)
    assert (["处理以后单位又提出申诉，请核对；处理不变的，请在“处理说明”里写明已经核对"], True) == ([*again.refused], again.waits)
    assert "逾期" in dict(again.facts)["收到"]
    assert ("维持原来的扣分", (), False) == (ended.state, ended.refused, ended.waits)


def test_everything_is_answered_by_keyboard(browser: Browser, asked: Workspace) -> None:
    """Tab, letters and Enter: a task is checked and numbered, refused words are said and stay in their fields' row, a matter is given, scorecards are made."""
    with served(asked.root, "2023-04-04") as address:
        clerk = Clerk(browser, address)
        clerk.page.goto(address.partition("/?")[0] + "/?period=2023Q1")
        clerk.page.wait_for_selector("#to-registers")
        clerk.page.wait_for_selector("#waits >> text=申请办结待核验 1 项")
        keys = Keyboard(clerk)
        keys.press("to-registers")
        clerk.page.wait_for_selector("#row-1")
        keys.choose("cell-1-1", "ArrowDown")
        keys.choose("cell-1-1", "ArrowDown")
        keys.press("put-1")
        clerk.page.wait_for_selector("#notice >> text=没有写理由")
        keys.choose("cell-1-1", "ArrowUp")
        keys.type("cell-1-2", "云督销〔2023〕1号")
        keys.type("cell-1-3", "2023-04-03")
        keys.press("put-1")
        clerk.page.wait_for_selector("#row-1.done >> text=销号")
        stayed = keys.here
        keys.type("cell-2-1", REFORM)
        keys.press("put-2")
        clerk.page.wait_for_selector("#row-2 >> text=办理中")
        clerk.page.goto(address.partition("/?")[0] + "/?period=2023Q1")
        clerk.page.wait_for_selector("#do-scorecards")
        keys.press("do-scorecards")
        clerk.wait_for_end("成绩单")
        books = clerk.page.text_content("#desk") or ""

    assert "put-1" == stayed
    assert f"成绩单（草稿）_{TOWN}.xlsx" in books
    assert [] == clerk.complaints
    assert ["销号", "办理中"] == [line_of(asked, "销号台账", "任务3").state, line_of(asked, "协调事项").state]

"""Two clerks, or a clerk and a hand in the folders: no word is written over another that came meanwhile, and the page shows what has changed."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.life.hands import Q1 as FIRST
from tests.page.browser import Clerk, served
from tests.page.scenes import asked_to_answer, with_strange_files
from tests.small import Q1
from toolkit.edges.workspace import Workspace
from toolkit.flows.mail.remind import preview_reminders
from toolkit.flows.page.registers import RegisterLine, answer, registers
from toolkit.flows.page.rulings import lines_of, rule
from toolkit.flows.page.session import Session
from toolkit.model.command_error import CommandError


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    """Two rounds; a file that waits, one that is nobody's, one whose goal was typed over."""
    return with_strange_files(tmp_path / "工作区")


def row_to_close(space: Workspace) -> RegisterLine:
    """Give the request to close 任务3."""
    return next(line for line in registers(space, FIRST).lines if line.title.startswith("任务3"))


def test_a_column_that_another_has_filled_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    """Who saw it empty is told what stands there now; columns that only one of the two has touched keep each its word."""
    space = asked_to_answer(tmp_path / "工作区")
    line = row_to_close(space)
    shown = {blank.title: blank.value for blank in line.blanks}
    seen = shown | {"核验说明": "材料齐全"}

    answer(space, FIRST, line.sheet, line.subject, seen | {"核验": "通过", "销号文号": "1号", "销号日期": "2023-04-03"}, shown=shown)
    with pytest.raises(CommandError, match="“核验”在您打开这一页以后有人改过，现在是“通过”"):
        answer(space, FIRST, line.sheet, line.subject, shown | {"核验": "退回", "核验说明": "缺验收单"}, shown=shown)
    answer(space, FIRST, line.sheet, line.subject, shown | {"销号文号": "1号"}, shown=shown)

    held = {blank.title: blank.value for blank in row_to_close(space).blanks}
    assert ("通过", "材料齐全", "1号") == (held["核验"], held["核验说明"], held["销号文号"])


def test_a_ruling_that_another_has_given_meanwhile_is_not_written_over(space: Workspace) -> None:
    """Who saw none is told of it; who saw it may take it back, once."""
    line = next(line for line in lines_of(space, Q1) if line.choices and not line.word)
    rule(space, Q1, line.subject, line.choices[0], why="核实过", shown="")

    with pytest.raises(CommandError, match=f"已经有人认定为“{line.choices[0]}”"):
        rule(space, Q1, line.subject, line.choices[-1], shown="")
    rule(space, Q1, line.subject, "", shown=line.choices[0])
    with pytest.raises(CommandError, match="已经有人撤回"):
        rule(space, Q1, line.subject, "", shown=line.choices[0])


def test_a_desk_is_known_to_be_old_as_soon_as_a_hand_changes_what_it_stands_on(space: Workspace) -> None:
    """A form's definition, a file laid into a folder of the inbox; not what an office program lays beside an open book."""
    session = Session(space)
    session.desk("2023Q1")
    current = [session.is_current("2023Q1")]
    (space.templates / "~$任务总表.xlsx").write_bytes(b"lock")
    current.append(session.is_current("2023Q1"))
    below = space.inbox / "东部片区"
    below.mkdir()
    session.desk("2023Q1")
    (below / "来件.xlsx").write_bytes(b"something")
    current.append(session.is_current("2023Q1"))
    first = session.desk("2023Q1").in_inbox
    form = space.templates / "季度进展.xlsx"
    form.write_bytes(form.read_bytes() + b" ")
    current.append(session.is_current("2023Q1"))

    assert [True, True, False, False] == current
    assert 1 == first


def test_as_many_are_reminded_as_the_button_says(browser: Browser, space: Workspace) -> None:
    """Who has sent nothing, whose file waits or is nobody's, and who has not sent back the form to mend."""
    reminded = preview_reminders(space, Q1, only=())
    with served(space.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.goto(address.partition("/?")[0] + "/?period=2023Q1")
        said = clerk.page.text_content("#do-remind") or ""

    assert f"催报（{len(reminded)} 家）" == said.strip()
    assert len(reminded) > 1


def test_what_is_typed_into_a_card_stays_when_the_desk_comes_anew(browser: Browser, space: Workspace, tmp_path: Path) -> None:
    """A word beside a file that waits. A form that is broken meanwhile is told, and so is a file that is dropped onto another sheet than the desk."""
    with served(space.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.goto(address.partition("/?")[0] + "/?period=2023Q1")
        clerk.page.wait_for_selector("article.card >> nth=1")
        note = clerk.page.get_attribute("article.card input[id^='note-']", "id")
        clerk.page.fill(f"#{note}", "电话里核对过")
        with clerk.page.expect_response(lambda answer: "/part/desk" in answer.url):
            clerk.page.evaluate("() => htmx.trigger(document.body, 'changed')")
        clerk.wait_for_parts()
        kept = clerk.page.input_value(f"#{note}")
        (space.templates / "季度进展.xlsx").write_bytes(b"no workbook")
        with clerk.page.expect_response(lambda answer: "/part/desk" in answer.url):
            clerk.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")
        clerk.page.wait_for_selector("#do-doctor")
        clerk.page.goto(address.partition("/?")[0] + "/rulings/2023Q1")
        stray = tmp_path / "来件.xlsx"
        stray.write_bytes(b"something")
        clerk.drop([stray])
        told = clerk.page.text_content("#notice .bad") or ""

    assert "电话里核对过" == kept
    assert told.startswith("拖来的文件没有收")
    assert not (space.inbox / "来件.xlsx").exists()

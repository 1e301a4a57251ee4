"""Books and papers opened from the page: the leaders' board looks and searches as it does when it is opened by double click."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.page.browser import Clerk, served
from tests.small import Q1, issue, small_workspace
from toolkit.flows.report.consolidate import consolidate


def test_the_board_works_when_opened_from_the_page(browser: Browser, tmp_path: Path) -> None:
    """
    Its own style and script are allowed, in a box from which the page cannot be asked: the search hides what does not fit, the cookie is out of reach.
    """
    space = small_workspace(tmp_path / "工作区")
    issue(space)
    consolidate(space, Q1)
    with served(space.root) as address:
        clerk = Clerk(browser, address)
        link = clerk.page.wait_for_selector("a:text('看板')")
        assert link is not None
        with clerk.page.expect_popup() as opened:
            link.click()
        board = opened.value
        board.wait_for_selector("#find")
        complaints: list[str] = []
        board.on("console", lambda one: complaints.append(one.text) if one.type == "error" else None)
        board.fill("#find", "没有这样的词")
        board.wait_for_selector("#found:has-text('没有找到')")
        shown = [row for row in board.query_selector_all(".row") if row.is_visible()]
        origin = board.evaluate("() => self.origin")

    assert [] == shown
    assert "null" == origin
    assert [] == [*complaints, *clerk.complaints]

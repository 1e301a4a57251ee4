"""The page comes to rest: once a command has ended, nothing is asked for any more and no answer is left half read."""

from pathlib import Path

from playwright.sync_api import Browser, Request

from tests.page.browser import Clerk, served
from tests.page.scenes import strange_files, two_rounds


def test_after_a_command_no_request_is_under_way_and_nothing_polls(browser: Browser, tmp_path: Path) -> None:
    """
    Every answer to a dropped file is read to its end (one that is not keeps the browser loading until it clears up), and what polled is gone from the page.
    """
    space = two_rounds(tmp_path / "工作区")
    files = strange_files(space, tmp_path)
    under_way: set[Request] = set()
    with served(space.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.on("request", lambda request: under_way.add(request))  # noqa: PLW0108 - Playwright marks what it is given
        clerk.page.on("requestfinished", lambda request: under_way.discard(request))  # noqa: PLW0108
        clerk.page.on("requestfailed", lambda request: under_way.discard(request))  # noqa: PLW0108
        clerk.page.wait_for_selector("#board")
        clerk.drop(files)
        clerk.page.wait_for_selector("#work:is(.good, .bad)")
        clerk.page.wait_for_selector("article.card >> nth=1")
        clerk.wait_for_parts()
        polling = clerk.page.locator("[hx-trigger*='every']").count()
        left = [request.url for request in under_way if "/drop" in request.url]

    assert ([], 0) == (left, polling)
    assert len(files) == sum("/drop" in url for url in clerk.requests)


def test_what_the_clerk_looks_at_on_the_board_stays_while_files_come_in(browser: Browser, tmp_path: Path) -> None:
    """
    A state chosen on the board is still chosen when a command tells of a file, and when it has ended; looking for a unit is looking among all.
    """
    space = two_rounds(tmp_path / "工作区")
    with served(space.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("#board")
        clerk.click("#state-1")
        clerk.page.wait_for_selector("#state-1[aria-pressed='true']")
        seen = []
        for event, part in (("told", "/part/board"), ("changed", "/part/desk")):
            with clerk.page.expect_response(lambda answer, part=part: part in answer.url):  # type: ignore[misc]
                clerk.page.evaluate("event => htmx.trigger(document.body, event)", event)
            clerk.wait_for_parts()
            seen.append([clerk.page.get_attribute(f"#{name}", "aria-pressed") for name in ("state-1", "all")])
        with clerk.page.expect_response(lambda answer: "/part/board" in answer.url):
            clerk.page.fill("#find", "镇")
        clerk.wait_for_parts()
        searched = [clerk.page.get_attribute(f"#{name}", "aria-pressed") for name in ("state-1", "all")]

    assert [["true", "false"]] * 2 == seen
    assert ["false", "true"] == searched

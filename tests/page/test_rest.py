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

"""A button pressed before the page's script has come does what it says once it has."""

from pathlib import Path

from playwright.sync_api import Browser, Route

from tests.page.browser import Clerk, served
from tests.small import issue, small_workspace
from toolkit.flows.office.office_context import open_office


def test_a_click_before_the_script_is_not_lost(browser: Browser, tmp_path: Path) -> None:
    """
    The script is held back, 发表 pressed, the script let through: the forms are issued, and the page was not left.
    """
    space = small_workspace(tmp_path / "工作区")
    issue(space)
    held: list[Route] = []
    with served(space.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("#do-generate")
        clerk.page.route("**/htmx.min.js", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it is given
        clerk.page.reload(wait_until="commit")
        clerk.page.wait_for_selector("#do-generate")
        clerk.click("#do-generate")
        for route in held:
            route.continue_()
        clerk.wait_for_end("发表")

    with open_office(space) as office:
        assert office.ledger.issued_units("2023Q1")
    assert ["为2023年第一季度的各单位生成报送表？"] == clerk.asked
    assert not [url for url in clerk.requests if "do=generate" in url]
    assert [] == clerk.complaints

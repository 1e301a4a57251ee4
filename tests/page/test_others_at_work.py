"""The page beside other programs and after its own end: how things stand when it is loaded again, what is said to a drop or click that nobody takes."""

import socket
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.life.hands import INDUSTRY, INDUSTRY_ROWS, TOWN, TOWN_ROWS, begun, form_of, send, taken_in
from tests.page.browser import Clerk, served
from tests.page.scenes import asked_to_answer, strange_files, two_rounds
from tests.small import Q1, issue, small_workspace
from toolkit.edges.clock import held
from toolkit.edges.loopback import listening
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.flows.page.board import board
from toolkit.flows.report.status import status


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    """The small office with its first quarter issued."""
    space = small_workspace(tmp_path / "工作区")
    issue(space)
    return space


def test_a_page_loaded_again_shows_what_another_program_did(browser: Browser, small: Workspace) -> None:
    """Returns collected beside the page, and a form spoilt by hand, stand on it when it is loaded again; the sentence has its button."""
    with served(small.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("#board")
        send(small, TOWN, TOWN_ROWS)
        send(small, INDUSTRY, INDUSTRY_ROWS)
        taken_in(small, date(2023, 3, 28))
        clerk.page.reload()
        clerk.page.wait_for_function("() => document.querySelector(\"[data-count='未报']\")?.textContent === '1'")
        (small.templates / "考核规则.xlsx").write_bytes(b"no workbook")
        clerk.page.reload()
        clerk.page.wait_for_selector("section.bad:has-text('考核规则.xlsx') #do-doctor")

    assert [] == clerk.complaints


def test_what_is_dropped_is_taken_in_or_said_not_to_be(browser: Browser, small: Workspace) -> None:
    """On a sheet that takes no files, and when the program has ended, the page says what to do with what was dropped."""
    form = form_of(small, TOWN, Q1)
    with served(small.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("#board")
        for path in ("/rulings/2023Q1", "/registers/2023Q1", "/changes"):
            clerk.page.goto(address.partition("/?")[0] + path)
            clerk.drop([form])
            clerk.page.wait_for_selector("#notice:has-text('请先点上面的“收表”')")
        clerk.page.goto(address.partition("/?")[0] + "/")
        clerk.page.wait_for_selector("#board")
    clerk.drop([form])
    clerk.page.wait_for_selector("#dropping:has-text('请重新双击“启动”')")

    assert [] == list(small.inbox.iterdir())


def test_a_page_of_a_program_started_anew_says_so(browser: Browser, small: Workspace) -> None:
    """A click that the new program turns away, since the page has the old one's key, is answered."""
    with served(small.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("#board")
        clerk.page.context.clear_cookies()
        clerk.click("#do-generate")
        clerk.page.wait_for_selector("#notice:has-text('重新启动')")


def test_a_port_can_be_taken_again_at_once() -> None:
    """A page that was used and has ended can be served at the same port."""
    first = listening()
    port = first.getsockname()[1]
    with first, listening_client(port) as there, first.accept()[0] as here:
        here.close()
        there.recv(1)
    listening(port).close()


def listening_client(port: int) -> socket.socket:
    """Connect as a browser does."""
    return socket.create_connection(("127.0.0.1", port))


def test_two_clerks_on_one_row_lose_no_word(browser: Browser, tmp_path: Path) -> None:
    """Of a row that another has filled in meanwhile, only what the clerk typed is changed; where both typed, the second is told and nothing is put down."""
    space = asked_to_answer(tmp_path / "工作区")
    with served(space.root, "2023-04-03") as address:
        here, there = Clerk(browser, address), Clerk(browser, address)
        for clerk in (here, there):
            clerk.page.goto(address.partition("/?")[0] + "/registers/2023Q1")
        here.page.fill("#cell-2-3", "已请自然资源局研究。")
        here.click("#put-2")
        here.page.wait_for_selector("#notice p.good")
        there.page.fill("#cell-2-1", TOWN)
        there.click("#put-2")
        there.page.wait_for_selector("#notice p.good")
        kept = there.page.input_value("#cell-2-3")
        here.page.fill("#cell-2-1", INDUSTRY)
        here.click("#put-2")
        here.page.wait_for_selector(f"#notice:has-text('现在是“{TOWN}”')")

    assert "已请自然资源局研究。" == kept


def test_who_comes_back_to_collecting_is_in_the_same_round(browser: Browser, tmp_path: Path) -> None:
    """From the rulings of an earlier round 收表 leads back to that round, not to the last."""
    space = two_rounds(tmp_path / "工作区")
    with served(space.root, "2023-06-28") as address:
        clerk = Clerk(browser, address)
        clerk.page.goto(address.partition("/?")[0] + "/rulings/2023Q1")
        clerk.click("nav >> text=收表")
        clerk.page.wait_for_selector("#board-head:has-text('第一季度')")


def test_the_page_counts_whom_the_command_reminds(tmp_path: Path) -> None:
    """A unit whose file waits for the office owes a return that can be taken; status names it apart, so that its figures and the workbook's add up."""
    space = begun(tmp_path / "工作区")
    (tmp_path / "表").mkdir()
    with held(date(2023, 3, 27)):
        files = strange_files(space, tmp_path / "表")
    files[0].replace(space.inbox / files[0].name)
    taken_in(space, date(2023, 3, 28))
    with open_office(space) as office:
        tiles = board(office, Q1).tiles
    found = status(space, Q1)

    assert found is not None
    assert [tile.unit for tile in tiles if tile.owes] == found.missing
    assert [tile.unit for tile in tiles if tile.state == "待认定"] == found.unadopted

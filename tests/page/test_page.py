"""The page in a real browser: a whole round by mouse, by keyboard, on a phone and magnified; what it asks for, and of whom."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.page.browser import Clerk, browsing, served
from tests.page.round import PASSWORD, Q1, make_round
from tests.small import MASTER, issue, small_workspace
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import open_office
from toolkit.flows.page.board import board
from toolkit.flows.report.status import status
from toolkit.model.master import Unit
from toolkit.model.period import Period

MOST_CLICKS = 25


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with browsing() as one:
        yield one


def test_a_round_of_63_units_from_dropping_to_closing(browser: Browser, tmp_path: Path) -> None:
    """
    63 files are dropped, the tiles fill, two tables without a seal and a locked one are accepted, five lines are ruled on, the books made and the
    round closed, with no terminal and at most 25 clicks; board and `status` tell the same.
    """
    space, files = make_round(tmp_path / "工作区", tmp_path / "收到的表")
    with served(space.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("#board")
        assert (63, 63) == (clerk.count("未报"), len(files))
        clerk.drop(files)
        clerk.page.wait_for_function("() => [...document.querySelectorAll('.tile')].some(one => one.dataset.state === '已报')")
        clerk.wait_for_end("收表")
        clerk.page.wait_for_selector("article.card >> nth=2")
        cards = [one.get_attribute("id") or "" for one in clerk.page.query_selector_all("article.card")]
        for number in (card.removeprefix("card-") for card in cards):
            if clerk.page.query_selector(f"#card-{number} input[type=password]"):
                clerk.page.fill(f"#card-{number} input[type=password]", PASSWORD)
            clerk.click(f"#accept-{number}")
            clerk.page.wait_for_selector(f"#card-{number}", state="detached")
            clerk.wait_for_end("采用")
        clerk.click("#to-rulings")
        clerk.page.wait_for_selector(".ruling")
        lines = clerk.page.query_selector_all(".ruling")
        ruled = [number for number, line in enumerate(lines, 1) if "改成了“本单位改过的目标。”" in line.inner_text()]
        assert 5 == len(ruled)
        for number in ruled:
            clerk.click(f"#rule-{number}-1")
            clerk.page.wait_for_selector(f"#line-{number}.done")
        clerk.click("nav >> text=收表")
        clerk.page.wait_for_selector("#do-consolidate")
        for deed, title in (("consolidate", "汇总"), ("documents", "文书"), ("close", "定稿")):
            clerk.click(f"#do-{deed}")
            clerk.wait_for_end(title)
        clerk.click("#close-open")
        clerk.wait_for_end("带着未决事项定稿")
        clerk.page.wait_for_selector(".tile[data-state='已定稿']")
        closed, missing = clerk.count("已定稿"), clerk.count("未报")
        made = [name for name in (one.get_attribute("href") or "" for one in clerk.page.query_selector_all(".made a")) if "汇总" in name]
        told = {"clicks": clerk.clicks, "seconds": round(clerk.seconds, 1)}

    (tmp_path / "clicks.json").write_text(json.dumps(told), "utf-8")
    print(told)  # noqa: T201 - what the manual quotes
    found = status(space, Q1)
    assert found is not None
    assert found.state.startswith("已定稿")
    assert (found.returned, len(found.missing)) == (closed, missing)
    assert made
    assert [] == clerk.complaints
    assert {address.partition("/?")[0]} == {"/".join(request.split("/")[:3]) for request in clerk.requests if not request.startswith("data:")}
    assert clerk.clicks <= MOST_CLICKS


@pytest.fixture
def small(tmp_path: Path) -> Workspace:
    space = small_workspace(tmp_path / "工作区")
    issue(space)
    return space


def test_everything_is_done_with_the_keyboard(browser: Browser, small: Workspace) -> None:
    """
    With Tab and Enter alone the clerk comes to every button in the order in which it stands; the focus is seen, and stays when a part comes anew.
    """
    with served(small.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.wait_for_selector("#do-generate")
        stops = []
        for _ in range(40):
            clerk.page.keyboard.press("Tab")
            stops.append(clerk.page.evaluate("() => document.activeElement.id || document.activeElement.textContent.trim()"))
            if stops[-1] == "do-generate":
                break
        outline = clerk.page.evaluate("() => getComputedStyle(document.activeElement).outlineWidth")
        clerk.page.keyboard.press("Enter")
        clerk.wait_for_end("发表")
        held = clerk.page.evaluate("() => document.activeElement.id")

    assert ["跳到正文", "目标任务进展", "收表", "认定", "办理", "变动", "退出", "files", "folder"] == stops[:9]
    assert "3px" == outline
    assert clerk.asked
    assert held == "do-generate"
    assert [] == clerk.complaints


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (640, 400), (375, 740)])
def test_nothing_is_cut_off_when_magnified_or_on_a_phone(browser: Browser, small: Workspace, width: int, height: int) -> None:
    """
    At 200 % (a window of half the width) and on a phone the page scrolls downwards only, and what is read is no smaller than 13 pixels.
    """
    with served(small.root) as address:
        clerk = Clerk(browser, address, width=width, height=height)
        for path in ("/", "/rulings/2023Q1", "/changes"):
            clerk.page.goto(address.partition("/?")[0] + path)
            clerk.wait_for_parts()
            wide = clerk.page.evaluate("() => document.documentElement.scrollWidth")
            sizes = clerk.page.evaluate("() => [...document.querySelectorAll('main *')].map(one => parseFloat(getComputedStyle(one).fontSize))")
            assert (path, True) == (path, wide <= width)
            assert min(sizes) >= 13


def test_the_wizard_shows_whom_a_change_concerns_and_writes_it(browser: Browser, small: Workspace) -> None:
    """
    A split unit's tasks are asked for one by one; written, the rows stand in 调整台账 and the list is another from that period on.
    """
    with served(small.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.goto(address.partition("/?")[0] + "/changes?kind=拆分")
        clerk.page.fill("#subject", "云溪县工信局")
        clerk.page.fill("#after", "云溪县工业局、云溪县信息局")
        clerk.click("#look")
        clerk.page.wait_for_selector("#register")
        asked = len(clerk.page.query_selector_all(".heir select"))
        for one in clerk.page.query_selector_all(".heir select"):
            one.select_option("云溪县工业局")
        clerk.click("#register")
        clerk.page.wait_for_selector("text=已写入调整台账")
        said = clerk.page.inner_text("#preview")

    with open_office(small) as office:
        second = office.at(Period(2023, 2)).master
    assert 2 == asked
    assert "云溪县工业局：新单位" in said
    assert ("云溪县工业局",) == second.tasks[1].leads
    assert [] == clerk.complaints


def test_stopping_is_what_ctrl_c_is(browser: Browser, tmp_path: Path) -> None:
    """
    A command that is stopped says that what it has done is saved; begun again it goes on, and nothing is done while another runs.
    """
    units = tuple(Unit(f"第{number}镇") for number in range(20))
    tasks = tuple(replace(MASTER.tasks[1], number=f"任务{at}", leads=(unit.name,), supports=()) for at, unit in enumerate(units))
    space = small_workspace(tmp_path / "工作区", replace(MASTER, units=units, tasks=tasks, indicators=()))
    with served(space.root) as address:
        clerk = Clerk(browser, address)
        clerk.page.goto(address.partition("/?")[0] + "/?period=2023Q1")
        clerk.page.wait_for_selector("#do-generate")
        with space.alone():  # another program holds the workspace: what is begun waits, however fast the machine is
            clerk.click("#do-generate")
            clerk.page.wait_for_selector("#work.busy")
            clerk.click("#do-generate")
            clerk.page.wait_for_selector("#notice:has-text('正在发表')")
            clerk.click("#stop")
            clerk.page.wait_for_selector("#work.bad:has-text('已停止。已经完成的部分都已保存')")
        clerk.page.wait_for_selector("#do-generate")
        clerk.click("#do-generate")
        clerk.page.wait_for_selector("#work.good")

    with open_office(space) as office:
        assert 20 == len(office.ledger.issued_units("2023Q1"))


def test_the_board_tells_what_status_tells(small: Workspace) -> None:
    """
    Where nothing came every unit is missing, on the board as in `status`.
    """
    with open_office(small) as office:
        found = board(office, Q1)

    told = status(small, Q1)
    assert told is not None
    assert told.missing == [tile.unit for tile in found.tiles]

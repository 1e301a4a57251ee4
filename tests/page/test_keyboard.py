"""The whole round without a mouse: picking files, accepting, refusing, assigning, ruling, closing; and at 200 %."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.page.browser import Clerk, served
from tests.page.keyboard import Keyboard
from tests.page.scenes import LATER, NAMELESS, RETYPED, strange_files, two_rounds
from tests.small import Q1
from toolkit.flows.office.office_context import open_office
from toolkit.flows.report.status import status

_NORMAL, _MAGNIFIED = (1280, 800), (640, 400)  # at 200 % a window holds half as many pixels of the page each way


@pytest.mark.parametrize(("width", "height"), [_NORMAL, _MAGNIFIED])
def test_a_round_goes_from_picking_files_to_closing_by_keyboard(browser: Browser, tmp_path: Path, width: int, height: int) -> None:
    """
    Files are picked, one that waits is accepted, a nameless one assigned, a line ruled on, the books made and the round closed: Tab, Enter and letters.
    """
    space = two_rounds(tmp_path / "工作区")
    files = strange_files(space, tmp_path)
    with served(space.root) as address:
        clerk = Clerk(browser, f"{address}", width=width, height=height)
        clerk.page.goto(address.partition("/?")[0] + "/?period=2023Q1")
        clerk.page.wait_for_selector("#board")
        keys = Keyboard(clerk)
        keys.pick(files)
        clerk.wait_for_end("收表")
        numbers = _numbers(clerk)
        keys.press(f"accept-{numbers[LATER]}")
        clerk.wait_for_end("采用")
        clerk.page.wait_for_selector(f"#card-{numbers[LATER]}", state="detached")
        keys.press(f"more-{numbers[NAMELESS]}")
        keys.type(f"unit-{numbers[NAMELESS]}", "东山镇")
        keys.press(f"assign-{numbers[NAMELESS]}")
        clerk.wait_for_end("号文件是东山镇的")
        clerk.page.wait_for_selector(f"#card-{numbers[NAMELESS]}", state="detached")
        keys.press("to-rulings")
        clerk.page.wait_for_selector(".ruling")
        keys.type("why-1", "已与单位核对")
        keys.press("rule-1-1")
        clerk.page.wait_for_selector("#line-1.done")
        stayed = keys.here
        clerk.page.goto(address.partition("/?")[0] + "/?period=2023Q1")
        for deed, title in (("consolidate", "汇总"), ("documents", "文书"), ("close", "定稿")):
            clerk.page.wait_for_selector(f"#do-{deed}")
            keys.press(f"do-{deed}")
            clerk.wait_for_end(title)
        keys.press("close-open")
        clerk.wait_for_end("带着未决事项定稿")
        clerk.page.wait_for_selector(".tile[data-state='已定稿']")

    found = status(space, Q1)
    assert found is not None
    assert (found.returned, found.state.startswith("已定稿")) == (3, True)
    assert stayed
    assert 0 == clerk.clicks - len(clerk.asked)  # what was counted are only the browser's own questions
    assert [] == clerk.complaints
    with open_office(space) as office:
        assert {"东山镇", "云溪县发改局", "云溪县工信局"} == {record.unit for record in office.ledger.all_files("2023Q1")}
    assert RETYPED in {file.name for file in files}


def _numbers(clerk: Clerk) -> dict[str, int]:
    """Give the numbers of the files that wait, by their names."""
    clerk.page.wait_for_selector("article.card >> nth=1")
    cards = clerk.page.query_selector_all("article.card")
    return {card.query_selector("h3").inner_text(): int((card.get_attribute("id") or "").removeprefix("card-")) for card in cards}  # type: ignore[union-attr]

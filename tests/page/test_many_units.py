"""1,000 and 10,000 units: the page shows a sheet of them, finds any of them, and stays in use; what is drawn stays as much. Nothing is timed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
import uvicorn
from playwright.sync_api import Browser

from tests.page.browser import Clerk
from tests.page.keyboard import Keyboard
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.start_command import begin
from toolkit.flows.page.board import Board, Tile, TileState
from toolkit.flows.page.desk import Desk, RoundLine
from toolkit.flows.page.registers import Blank, RegisterLine, Registers
from toolkit.flows.page.session import Session, listening
from toolkit.model.life_words import SIGNED_ON
from toolkit.page.application import application
from toolkit.page.desk_routes import TILES

_STATES = (TileState.MISSING, TileState.RETURNED, TileState.TO_MEND, TileState.WAITING, TileState.LATE)


class Many(Session):
    """A session whose workspace is as large as the test says; everything else is the page's own."""

    def __init__(self, space: Workspace, count: int) -> None:
        super().__init__(space)
        tiles = tuple(Tile(f"第{at:05}单位", f"第{at // 500 + 1}片", _STATES[at % 5]) for at in range(count))
        board = Board("2023Q1", "2023年第一季度", date(2023, 3, 30), "已发表", False, tiles)
        line = RoundLine("2023Q1", "2023年第一季度", "已发表", True, True, date(2023, 3, 30))
        units = tuple(tile.unit for tile in tiles)
        self._many = Desk("办公室", (line,), board, (), (), 0, (), units, (("2023Q1", "2023年第一季度"),))

    def desk(self, period: str) -> Desk:  # noqa: ARG002 - there is one
        """Give the large desk."""
        return self._many

    def known_desk(self, period: str) -> Desk:  # noqa: ARG002 - there is one
        """Give it at the first look too."""
        return self._many

    def is_current(self, period: str) -> bool:  # noqa: ARG002 - there is one
        """Say that it never changes."""
        return True


class ManyToAnswer(Many):
    """A session in which as many tasks wait to be signed for as the test says, and one asks to be closed."""

    def __init__(self, space: Workspace, count: int) -> None:
        super().__init__(space, 1)
        asks = (Blank("核验", ("通过",), ""), Blank("销号日期", (), ""))
        signs = (Blank(SIGNED_ON, (), ""),)
        first = RegisterLine("销号台账", "2023Q1|任务0", "任务0　修路", "东山镇", "申请办结", (("申请理由", "已验收"),), asks, True, (), {"编号": "任务0"})
        rest = [
            RegisterLine("销号台账", f"2023Q1|任务{at}", f"任务{at}　工程", f"第{at % 60:02}局", "交办", (), signs, False, (), {"编号": f"任务{at}"})
            for at in range(1, count)
        ]
        self._lines = (first, *rest)

    def registers(self, period: str) -> Registers:  # noqa: ARG002 - there is one
        """Give all of them."""
        return Registers(self._lines, False, ())

    def label(self, period: str) -> str:  # noqa: ARG002 - there is one
        """Call the round by its name."""
        return "2023年第一季度"


def test_rows_to_answer_are_turned_over_and_found_among_all(browser: Browser, tmp_path: Path) -> None:
    """Of 1,050 rows a sheet shows so many and says how many it does not show; the last is reached by turning over and by looking for it, with the keyboard."""
    with _served(ManyToAnswer(begin(tmp_path / "工作区"), 1050)) as address:
        clerk = Clerk(browser, address)
        clerk.page.goto(address.partition("/?")[0] + "/registers/2023Q1")
        keys = Keyboard(clerk)
        seen = [clerk.page.text_content("#seen") or "", str(clerk.page.locator("article.ruling").count())]
        counts = clerk.page.locator("h2 .count").all_text_contents()
        keys.press("page-2")
        clerk.page.wait_for_selector("#row-101")
        seen.append(clerk.page.text_content("nav.pages span") or "")
        keys.type("find", "任务1049 第29局")
        clerk.page.keyboard.press("Enter")
        clerk.page.wait_for_selector("#seek-all")
        found = [clerk.page.text_content("#seen"), clerk.page.text_content("#row-1 h3"), clerk.page.locator("article.ruling").count()]
        keys.type("find", "没有的")
        clerk.page.keyboard.press("Enter")
        clerk.page.wait_for_selector("text=没有找到“没有的”")

    assert ["共 1050 项，要办的排在前面；这一页是第 1 到 100 项，其余 950 项请翻页。", "100", "第 2 / 11 页"] == seen
    assert ["1", "1049"] == counts
    assert ["找到 1 项（共 1050 项）。", "第29局\u3000任务1049\u3000工程", 1] == found
    assert [] == clerk.complaints


@contextmanager
def _served(session: Session) -> Iterator[str]:
    """Serve the real application over a session, here; gives the address with its key."""
    place = listening(0)
    port = place.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(application(session, key="k" * 32, port=port), log_level="warning", lifespan="off", ws="none"))
    thread = Thread(target=server.run, kwargs={"sockets": [place]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}/?key={'k' * 32}"
    finally:
        server.should_exit = True
        thread.join()
        place.close()


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_a_large_office_is_paged_filtered_and_searched(browser: Browser, tmp_path: Path, count: int) -> None:
    """
    One sheet of tiles whatever there is; the counts are of all; the next sheet, one state, one name and the last unit are each a key or a click away.
    """
    with _served(Many(begin(tmp_path / "工作区"), count)) as address:
        clerk = Clerk(browser, address)
        page = clerk.page
        page.wait_for_selector(".tile")
        drawn = page.evaluate("() => document.querySelectorAll('*').length")
        first = page.inner_text(".tile >> nth=0")
        assert (TILES, count // 5) == (page.locator(".tile").count(), clerk.count("未报"))
        Keyboard(clerk).press("page-2")
        page.wait_for_selector("text=第 2 /")
        assert first != page.inner_text(".tile >> nth=0")
        clerk.click("#state-3")
        page.wait_for_selector("#state-3[aria-pressed='true']")
        assert {"待退改"} == set(page.eval_on_selector_all(".tile", "tiles => tiles.map(tile => tile.dataset.state)"))
        clerk.click("#all")
        page.wait_for_selector("#all[aria-pressed='true']")
        page.fill("#find", f"第{count - 1:05}单位")
        page.wait_for_function("() => document.querySelectorAll('.tile').length === 1")
        assert f"第{count - 1:05}单位" in page.inner_text(".tile")

    assert drawn < TILES * 6 + 400
    assert [] == clerk.complaints

"""Takes the manual's pictures of the page in Chromium, from an empty workspace and the named round of 63 units: python -m tools.make_page_pictures [folder]."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.page.browser import Clerk, browsing, served
from tests.page.round import make_round
from tests.page.scenes import asked_to_answer
from toolkit.edges.workspace import real_notice
from toolkit.flows.office.start_command import begin

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
PAGES = (
    *("页面-第一次", "页面-待确认", "页面-收表", "页面-佐证", "页面-认定", "页面-办理", "页面-变动"),
    *("页面-手机", "页面-待确认-手机", "页面-认定-手机", "页面-办理-手机", "页面-变动-手机"),
)
_PHONE = {"width": 375, "height": 740}


class _Camera:
    """Takes a sheet as a screen of 1280 × 800 shows it, and as a phone does."""

    def __init__(self, browser: Browser, address: str, folder: Path) -> None:
        self.clerk, self._browser, self._address, self._folder = Clerk(browser, address), browser, address, folder
        self.base = address.partition("/?")[0]

    def take(self, name: str) -> None:
        """Take what the clerk sees."""
        self.clerk.page.screenshot(path=self._folder / f"{name}.png")

    def take_on_phone(self, name: str, path: str, seen: str) -> None:
        """Take a sheet on a phone's width, once something is seen."""
        phone = Clerk(self._browser, self._address, **_PHONE)
        phone.page.goto(self.base + path)
        phone.page.wait_for_selector(seen)
        phone.page.screenshot(path=self._folder / f"{name}.png")
        phone.page.close()


def main() -> None:
    """Import the notice, then play the round as far as its rulings, and take each picture on the way."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES
    with tempfile.TemporaryDirectory() as place, browsing() as browser:
        _take_notice(browser, Path(place, "新工作区"), folder)
        _take_round(browser, Path(place), folder)
        _take_registers(browser, Path(place, "办理"), folder)


def _take_notice(browser: Browser, root: Path, folder: Path) -> None:
    with served(begin(root).root, "2023-01-05") as address:
        camera = _Camera(browser, address, folder)
        camera.clerk.page.wait_for_selector("#notice-form")
        camera.take("页面-第一次")
        camera.clerk.drop([real_notice()])
        camera.clerk.page.wait_for_selector("#to-questions")
        camera.clerk.page.goto(f"{camera.base}/import")
        camera.clerk.page.wait_for_selector("#own-1")
        camera.take("页面-待确认")
        camera.take_on_phone("页面-待确认-手机", "/import", "#own-1")


def _take_round(browser: Browser, place: Path, folder: Path) -> None:
    space, files = make_round(place / "工作区", place / "收到的表")
    with served(space.root) as address:
        camera = _Camera(browser, address, folder)
        clerk = camera.clerk
        clerk.page.wait_for_selector("#board")
        clerk.drop(files)
        clerk.wait_for_end("收表")
        clerk.page.wait_for_selector("article.card >> nth=2")
        camera.take("页面-收表")
        camera.take_on_phone("页面-手机", "/", ".tile")
        _take_evidence(camera, place)
        clerk.page.goto(f"{camera.base}/rulings/2023Q1")
        clerk.click("#rule-1-1")
        clerk.page.wait_for_selector("#line-1.done")
        camera.take("页面-认定")
        camera.take_on_phone("页面-认定-手机", "/rulings/2023Q1", ".ruling")
        clerk.page.goto(f"{camera.base}/changes?kind=拆分")
        clerk.page.fill("#subject", "区文化和旅游局")
        clerk.page.fill("#after", "区文化局、区旅游局")
        clerk.click("#look")
        clerk.page.wait_for_selector("#register")
        camera.take("页面-变动")
        camera.take_on_phone("页面-变动-手机", "/changes?kind=拆分", "#look")


def _take_registers(browser: Browser, root: Path, folder: Path) -> None:
    """A small office: one unit asks to close a task, another brings up a matter, which is given to a third."""
    space = asked_to_answer(root)
    with served(space.root, "2023-04-04") as address:
        camera = _Camera(browser, address, folder)
        page = camera.clerk.page
        page.goto(f"{camera.base}/registers/2023Q1")
        page.fill("#cell-2-1", "云溪县发改局")
        page.fill("#cell-2-2", "2023-04-20")
        camera.clerk.click("#put-2")
        page.wait_for_selector("#row-2 >> text=办理中")
        camera.take("页面-办理")
        camera.take_on_phone("页面-办理-手机", "/registers/2023Q1", "#put-1")


def _take_evidence(camera: _Camera, place: Path) -> None:
    """Drop two pictures beside the round, one whose name says unit and a bare number, one that says its unit only, and take their cards."""
    clerk, pictures = camera.clerk, [place / "区商务局_8.png", place / "区商务局_招商现场.png"]
    for at, picture in enumerate(pictures):
        clerk.page.screenshot(path=picture, clip={"x": 0, "y": 0, "width": 300 + at, "height": 200})
    clerk.drop(pictures)
    clerk.page.wait_for_selector("article.card:has-text('招商现场')")
    clerk.wait_for_end("收表")
    clerk.page.locator("article.card:has-text('区商务局_8')").evaluate("card => scrollTo(0, card.offsetTop - 60)")
    camera.take("页面-佐证")
    clerk.page.evaluate("() => scrollTo(0, 0)")


if __name__ == "__main__":
    main()

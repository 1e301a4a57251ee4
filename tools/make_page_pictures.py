"""Takes the manual's pictures of the page in Chromium, from the named round of 63 units: python -m tools.make_page_pictures."""

import tempfile
from pathlib import Path

from tests.page.browser import Clerk, browsing, served
from tests.page.round import make_round

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
PAGES = ("页面-收表", "页面-认定", "页面-变动", "页面-手机")


def _picture(clerk: Clerk, name: str) -> None:
    clerk.page.screenshot(path=IMAGES / f"{name}.png")


def main() -> None:
    """Play the round as far as its rulings, and take each picture on the way."""
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        space, files = make_round(Path(folder, "工作区"), Path(folder, "收到的表"))
        with served(space.root) as address:
            clerk, base = Clerk(browser, address), address.partition("/?")[0]
            clerk.page.wait_for_selector("#board")
            clerk.drop(files)
            clerk.wait_for_end("收表")
            clerk.page.wait_for_selector("article.card >> nth=2")
            _picture(clerk, PAGES[0])
            phone = Clerk(browser, address, width=375, height=740)
            phone.page.wait_for_selector(".tile")
            _picture(phone, PAGES[3])
            clerk.page.goto(f"{base}/rulings/2023Q1")
            clerk.click("#rule-1-1")
            clerk.page.wait_for_selector("#line-1.done")
            _picture(clerk, PAGES[1])
            clerk.page.goto(f"{base}/changes?kind=拆分")
            clerk.page.fill("#subject", "区文化和旅游局")
            clerk.page.fill("#after", "区文化局、区旅游局")
            clerk.click("#look")
            clerk.page.wait_for_selector("#register")
            _picture(clerk, PAGES[2])


if __name__ == "__main__":
    main()

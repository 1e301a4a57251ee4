"""Whether the page still answers while 1,000 returns are taken in, and whether that takes longer for it; in Chromium, by the page's own buttons.

Run: python -m bench.page_beside [files [rounds]]. Writes nothing but a folder of its own; the figures are printed.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench import office
from tests.page.browser import PATIENCE, ROOT, browsing, served

_TODAY = "2024-03-21"
_ROWS = 2  # tasks of each unit
_IDLE_CLICKS = 30
_PAUSE = 1_000  # milliseconds between two clicks of a clerk
_ENDED = "#work:is(.good, .bad)"
_NOTE_END = """(ended) => {
  const began = performance.now(), place = document.getElementById("work-place");
  new MutationObserver(function (_, watching) {
    if (!place.querySelector(ended)) { return; }
    watching.disconnect();
    window.collectTook = performance.now() - began;
  }).observe(place, {childList: true, subtree: true});
}"""  # the page notes by itself when it shows the end: neither a pause nor a click that waits for its answer then counts as work


def click(page: Page, state: int) -> float:
    """Choose a state on the board; gives seconds until the units in it are shown."""
    began = time.perf_counter()
    page.click(f"#state-{state}")
    page.wait_for_selector(f"#state-{state}[aria-pressed='true']")
    return time.perf_counter() - began


def through_page(browser: Browser, root: Path) -> tuple[list[float], list[float], float]:
    """Take in what lies in the inbox by the page's button, clicking every second; gives seconds of clicks before and meanwhile, and of the collect."""
    with served(root, _TODAY) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(PATIENCE * 10)
        page.goto(address)
        page.wait_for_selector(".tile")
        turns = cycle((1, 2))
        idle = [click(page, next(turns)) for _ in range(_IDLE_CLICKS)]
        page.evaluate(_NOTE_END, _ENDED)
        page.click("#do-collect")
        page.wait_for_selector("#work.busy")
        beside = []
        while page.query_selector(_ENDED) is None:
            beside.append(click(page, next(turns)))
            page.wait_for_timeout(_PAUSE)
        took = page.evaluate("window.collectTook") / 1000
        page.close()
    return idle, beside, took


def alone(root: Path) -> float:
    """Take the same in by the command; gives its seconds by the clock."""
    began = time.perf_counter()
    command = [sys.executable, str(ROOT / "run.py"), "--workspace", str(root), "collect"]
    subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - our own words
    return time.perf_counter() - began


def main() -> None:
    """Measure in turn, so often; print medians and their ratios."""
    files, rounds = (*map(int, sys.argv[1:]), *(1_000, 3)[len(sys.argv) - 1 :])
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        space = office.province(Path(folder, "source"), files, _ROWS)
        office.returns(space)
        for number in range(1, rounds + 1):
            idle, beside, took = through_page(browser, Path(shutil.copytree(space.root, Path(folder, f"page{number}"))))
            by_command = alone(Path(shutil.copytree(space.root, Path(folder, f"alone{number}"))))
            usual, meanwhile = statistics.median(idle), statistics.median(beside)
            print(
                f"{files} files: a click idle {usual * 1000:.0f} ms, meanwhile {meanwhile * 1000:.0f} ms ({meanwhile / usual:.1f} ×, "
                f"{len(beside)} clicks, longest {max(beside) * 1000:.0f} ms); collect {took:.1f} s, alone {by_command:.1f} s ({took / by_command:.2f} ×)",
                flush=True,
            )


if __name__ == "__main__":
    main()

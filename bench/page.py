"""How long the page takes to be seen at 63, 1,000 and 10,000 units: first paint, and until the board stands; in Chromium, a server anew each time.

Run: python -m bench.page [units …]. Writes nothing but a folder of its own; the figures are printed as a table.
"""

import statistics
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser

from tests.page.browser import browsing, served
from tests.small import MASTER, small_workspace
from toolkit.edges.clock import held
from toolkit.edges.workspace import Workspace
from toolkit.flows.issue.generate import generate
from toolkit.model.master import TASK, Task, Unit
from toolkit.model.period import Period

Q1 = Period(2023, 1)
_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"
_RUNS = 3


def workspace(folder: Path, count: int) -> Workspace:
    """Make a workspace whose units were issued a form each; every unit leads one task."""
    units = tuple(Unit(f"第{number:05}单位", group=f"第{number // 500 + 1}片") for number in range(count))
    tasks = tuple(Task(f"任务{number + 1}", TASK, "一、工作", "", f"完成第{number + 1}项工作。", (unit.name,), ()) for number, unit in enumerate(units))
    space = small_workspace(folder, replace(MASTER, tasks=tasks, units=units, indicators=()))
    with held(date(2023, 3, 20)):
        generate(space, Q1, only=(), progress=lambda items, _: items)
    return space


def look(browser: Browser, address: str) -> tuple[float, float]:
    """Open the page once; gives milliseconds until something, and until the board, is seen."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(600_000)
    page.goto(address, wait_until="commit")
    page.wait_for_selector(".tile")
    board = float(page.evaluate("() => performance.now()"))
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
    paint = float(page.evaluate(_PAINT))
    page.close()
    return paint, board


def measured(browser: Browser, space: Workspace) -> dict[str, float]:
    """Give medians in milliseconds: the first look after the start, and later looks, which the server answers from what it has read."""
    first, later = [], []
    for _ in range(_RUNS):
        with served(space.root, "2023-03-21") as address:
            first.append(look(browser, address))
            later += [look(browser, address) for _ in range(_RUNS)]
    pairs = {"first paint, cold": [times[0] for times in first], "board, cold": [times[1] for times in first]}
    pairs |= {"first paint, warm": [times[0] for times in later], "board, warm": [times[1] for times in later]}
    return {name: statistics.median(values) for name, values in pairs.items()}


def main() -> None:
    """Measure each size, and print it with its ratio to the first."""
    sizes = [int(word) for word in sys.argv[1:]] or [63, 1_000, 10_000]
    base: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        for size in sizes:
            found = measured(browser, workspace(Path(folder, str(size)), size))
            base = base or found
            print(f"{size} units: " + "; ".join(f"{name} {value:.0f} ms ({value / base[name]:.1f} ×)" for name, value in found.items()), flush=True)


if __name__ == "__main__":
    main()

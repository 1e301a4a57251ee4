"""A real browser on the page of a workspace: Debian's Chromium through Playwright, with a hand that counts its clicks."""

import base64
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = "/usr/bin/chromium"
_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
PATIENCE = 180_000  # milliseconds for an event on a busy machine

_DROP = """([files]) => {
  const carried = new DataTransfer();
  for (const [name, content, at] of files) {
    const bytes = Uint8Array.from(atob(content), one => one.charCodeAt(0));
    carried.items.add(new File([bytes], name, {lastModified: at}));
  }
  const over = new DragEvent("dragover", {dataTransfer: carried, bubbles: true, cancelable: true});
  document.body.dispatchEvent(over);
  document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, bubbles: true, cancelable: true}));
}"""


@contextmanager
def served(root: Path, today: str = "2023-03-28") -> Iterator[str]:
    """Serve a workspace's page by the command itself, on a day; gives the address with its key. Ends it as Ctrl-C does."""
    settings = {**os.environ, "CI": "true", "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TASK_TOOLKIT_TODAY": today}
    command = [sys.executable, "-m", "toolkit.cli.main", "--workspace", str(root), "page"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=settings, encoding="utf-8") as process:
        assert process.stdout is not None
        try:
            yield "http" + process.stdout.readline().strip().partition("http")[2]  # 页面：http…, Page: http…
        finally:
            process.terminate()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start the browser."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        yield browser
        browser.close()


class Clerk:
    """A clerk before the page: every click is counted, every complaint of the browser kept, every question answered with yes."""

    def __init__(self, browser: Browser, address: str, *, width: int = 1280, height: int = 800) -> None:
        self.page: Page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
        self.page.set_default_timeout(PATIENCE)
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self.requests: list[str] = []
        self.clicks = 0
        self._began = time.monotonic()
        self.page.on("console", lambda one: self.complaints.append(one.text) if one.type == "error" else None)
        self.page.on("pageerror", lambda one: self.complaints.append(str(one)))
        self.page.on("request", lambda one: self.requests.append(one.url))
        self.page.on("dialog", self._answer)
        self.page.goto(address)

    def _answer(self, dialog: object) -> None:
        self.asked.append(dialog.message)  # type: ignore[attr-defined]
        self.clicks += 1
        dialog.accept()  # type: ignore[attr-defined]

    @property
    def seconds(self) -> float:
        """How long the clerk has sat here."""
        return time.monotonic() - self._began

    def click(self, what: str) -> None:
        """Click on something."""
        self.clicks += 1
        self.page.click(what)

    def drop(self, files: Sequence[Path]) -> None:
        """Drop files onto the page, as a drag from the desktop does; counts as one click."""
        self.clicks += 1
        carried = [[file.name, base64.b64encode(file.read_bytes()).decode(), file.stat().st_mtime * 1000] for file in files]
        self.page.evaluate(_DROP, [carried])

    def wait_for_end(self, title: str) -> str:
        """Wait until a command has ended, and what it has changed stands on the page; gives what it said."""
        self.page.wait_for_selector(f"#work:is(.good, .bad):has(h2:text('{title}'))")
        self.wait_for_parts()
        return self.page.inner_text("#work")

    def wait_for_parts(self) -> None:
        """Wait until the parts of the page that come anew have come: the page's own sign, since the browser's count of open requests may stay above 0."""
        self.page.wait_for_function("() => !document.querySelector('.htmx-request')")

    def count(self, state: str) -> int:
        """Give how many units the board counts in a state."""
        return int(self.page.inner_text(f"[data-count='{state}']"))

"""A clerk without a mouse: Tab, Enter and letters only, as the browser takes them from a keyboard."""

from collections.abc import Sequence
from pathlib import Path

from tests.page.browser import Clerk

_MOST = 1_200  # stops on the longest page of the tests, three times round: a part that comes anew on the way may take the focus back
_HERE = "() => document.activeElement ? document.activeElement.id : ''"
_IS_SEEN = """() => {
  const one = document.activeElement, marked = one.labels && one.labels[0] && one.labels[0].matches('.button') ? one.labels[0] : one;
  return getComputedStyle(marked).outlineStyle !== 'none' && parseFloat(getComputedStyle(marked).outlineWidth) >= 2;
}"""


class Keyboard:
    """The keys of a clerk's keyboard; where the focus goes is seen at every stop that is used."""

    def __init__(self, clerk: Clerk) -> None:
        self.page = clerk.page
        self.page.on("filechooser", lambda _: None)  # from now on the browser hands its choosers over: asked for only when one opens, it may be too late

    @property
    def here(self) -> str:
        """What has the focus, by its id."""
        return str(self.page.evaluate(_HERE))

    def go(self, target: str) -> None:
        """Press Tab until something has the focus, and is seen to have it."""
        for _ in range(_MOST):
            if self.here == target:
                assert self.page.evaluate(_IS_SEEN), f"{target} has the focus and nobody sees it"
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no Tab leads to {target}")

    def press(self, target: str) -> None:
        """Go to a button, a link or a summary and press Enter."""
        self.go(target)
        self.page.keyboard.press("Enter")

    def type(self, target: str, text: str) -> None:
        """Go to a field and type, in place of what stands there."""
        self.go(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)

    def choose(self, target: str, key: str) -> None:
        """Go to a list and press a key in it."""
        self.go(target)
        self.page.keyboard.press(key)

    def pick(self, files: Sequence[Path], target: str = "files") -> None:
        """Open a file chooser with Enter, and choose files in it."""
        self.go(target)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(list(files))

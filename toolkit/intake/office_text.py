"""What on a returned sheet is the office's own and not a unit's answer: title block, counter, sign-off, own sheets."""

from collections.abc import Sequence

from toolkit.intake.title_similarity import plain_title
from toolkit.model import seal
from toolkit.model.column_kinds import plain
from toolkit.model.form import Form
from toolkit.model.issue import Issue

_SHEETS = frozenset({seal.SHEET, "填报说明"})
_RECEIPT_SHEET = "需修改"  # how the first sheet of a receipt begins
NO_ROWS = "本单位没有需要在这张表中填报的内容。"
_COUNTERS = ("必填项已全部填写", "必填未填", "本表没有必填项", "本单位没有需要在这张表中填报")


class OfficeText:
    """Knows what an issue's sheets held before the unit touched them."""

    def __init__(self, form: Form, issue: Issue) -> None:
        self._labels = {plain_title(label) for label in form.sign_off}
        self._title = plain_title(form.title.replace("{期间}", ""))
        self._receipt = issue.receipt

    def sheet(self, name: str) -> bool:
        """Whether a sheet is one that units do not answer on: the program's own by its name, or a list of choices."""
        return name in _SHEETS or self.is_list(name)

    @staticmethod
    def is_list(name: str) -> bool:
        """Whether a sheet is the list at the front of a receipt."""
        return name.startswith(_RECEIPT_SHEET)

    def text(self, text: str) -> bool:
        """Whether a text stood in the title block: the title, the unit's line, the receipt code, a counter's words."""
        seen = plain_title(text)
        if any(words in seen for words in _COUNTERS):  # as a text, or as a formula that was saved without its result
            return True
        return seen.startswith("填报单位:") or self._receipt in seen or bool(self._title and self._title in seen)

    def sign_off(self, row: Sequence[object]) -> bool:
        """Whether a row is the one to sign on: its first text is one of the form's labels; one with its colon may stand behind a program's row number."""
        texts = filter(None, map(plain, row))
        first = next(texts, "")
        text = next(texts, "") if first.isdecimal() else first
        colon = ":" in text or "：" in text
        return bool(text) and plain_title(text).partition(":")[0] in self._labels and (colon or text is first)

    def row(self, row: Sequence[object]) -> bool:
        """Whether everything in a row is the office's own: the sign-off line, or texts of the title block only; a blank row is."""
        return self.sign_off(row) or all(self.text(text) for value in row if (text := plain(value)))

"""How official papers put things: numerals, days, lists that end in 等, quotations of what units wrote."""

import unicodedata
from collections.abc import Sequence
from datetime import date

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.values import plain

_DIGITS = "〇一二三四五六七八九"
_BREAKS = "。；;，,、 "
_PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "(": ")", "「": "」", "【": "】"}
_QUOTES = str.maketrans({"“": "‘", "”": "’", '"': "’"})
_BOOKS = str.maketrans({"《": "〈", "》": "〉"})
_ISSUED = lazy_pattern(r"^(?P<office>.{0,30}?)关于(?:印发|下发|转发)(?P<title>.+?)的?通知$")


def numeral(number: int) -> str:
    """Write a number up to 99 as headings count: 一, 十, 十二, 二十."""
    tens, ones = divmod(number, 10)
    return f"{_DIGITS[tens] if tens > 1 else ''}{'十' if tens else ''}{_DIGITS[ones] if ones or not tens else ''}"


def day(when: date) -> str:
    """Write a day: 2023年3月30日."""
    return f"{when.year}年{when.month}月{when.day}日"


def named(names: Sequence[str], most: int, counted: str) -> str:
    """List names; of more than `most` the first ones and how many there are: 甲、乙、丙等12家单位."""
    if len(names) <= most:
        return "、".join(names)
    return f"{'、'.join(names[:most])}等{len(names)}{counted}"


def counts(parts: Sequence[tuple[int, str]]) -> str:
    """Join what was counted, leaving out what there is none of; {} in the words is the number."""
    return "，".join(words.format(number) for number, words in parts if number)


def one_line(text: object) -> str:
    """Give what somebody wrote as part of a sentence: on one line, without marks that turn or hide text, without its full stop."""
    visible = "".join(sign for sign in plain(text) if unicodedata.category(sign) != "Cf")
    lines = [" ".join(line.split()).rstrip("。；;，, ") for line in visible.split("\n")]
    return "；".join(line for line in lines if line)


def short(text: str, most: int) -> str:
    """Shorten a text, where it can be done at the end of a clause; a quotation or bracket is not left open."""
    words = one_line(text)
    if len(words) <= most:
        return words
    end = max(words.rfind(mark, most // 2, most) for mark in _BREAKS)
    kept = words[: end if end > 0 else most - 1]
    opened = _still_open(kept)
    if opened and opened[0] >= most // 2:
        kept, opened = kept[: opened[0]], []
    ends = "".join(_PAIRS[kept[at]] for at in reversed(opened))
    return kept[: most - 1 - len(ends)].rstrip(_BREAKS) + "…" + ends


def _still_open(text: str) -> list[int]:
    """Give where quotations and brackets begin that a text does not close, the outermost first."""
    opened: list[int] = []
    for at, mark in enumerate(text):
        if mark in _PAIRS:
            opened.append(at)
        elif opened and mark == _PAIRS[text[opened[-1]]]:
            opened.pop()
    return opened


def quoted(text: str, most: int = 0) -> str:
    """Put a text in quotation marks, its own marks within them single; shortened where `most` is given."""
    return f"“{(short(text, most) if most else one_line(text)).translate(_QUOTES)}”"


def issued_by(title: str) -> tuple[str, str]:
    """Take a notice's title apart: the office that issued it ('' when it does not say), and what it issued, in 《》."""
    words = one_line(title)
    found = _ISSUED.match(words)
    office, what = (found["office"], found["title"]) if found else ("", words)
    bare = what.removeprefix("《").removesuffix("》") if what.startswith("《") and what.endswith("》") and what.count("《") == 1 else what
    return office, f"《{bare.translate(_BOOKS)}》" if bare else ""

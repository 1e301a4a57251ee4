"""Item numbers at the head of a line: 一、 （一） 1. （1） ① 1.1 and their kin."""

from enum import IntEnum
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.notice.character_forms import fold_characters
from toolkit.notice.notice_numerals import chinese


class Level(IntEnum):
    """Where a number usually stands in an outline, the widest first; PLAIN is a line without a number."""

    CHAPTER = 0
    PART = 1
    SECTION = 2
    PLAIN = 3
    ARABIC = 4
    DOTTED = 5
    PAREN = 6
    CIRCLE = 7
    BULLET = 8


class Marker(NamedTuple):
    """A number as read: its level, its value, and how many characters of the line it takes."""

    level: Level
    value: int
    length: int


_CN = "[零一二三四五六七八九十百]{1,5}"
_AFTER_NUMBER = r"(?!\s*[个家年月日号期米公亩吨元万亿%户名人条座所项场套件%])"
_FORMS: tuple[tuple[Level, str], ...] = (
    (Level.CHAPTER, rf"第\s*({_CN}|\d{{1,2}})\s*(?:部分|章|篇|编)[:、,\s]*"),
    (Level.SECTION, rf"第\s*({_CN}|\d{{1,2}})\s*节[:、,\s]*"),
    (Level.ARABIC, rf"(?:重点|目标|工作)?任务\s*({_CN}|\d{{1,3}})\s*[:、.,\s]\s*"),
    (Level.ARABIC, r"(?:反馈|重点|整改|督办|具体)?(?:问题|事项|项目)\s*(\d{1,3})\s*[:、]\s*(?=\S)"),
    (Level.ARABIC, rf"第\s*({_CN}|\d{{1,3}})\s*[条项][:、,\s]*(?![\u4e00-\u9fff]{{0,2}}(?:规定|款|所列))"),
    (Level.ARABIC, r"(?:[Aa]ction|[Tt]ask|[Rr]ecommendation|[Ss]tep)\s+(\d{1,3})\s*[:.)]\s*"),
    (Level.PART, rf"({_CN})\s*[、.]\s*"),
    (Level.SECTION, rf"\(\s*({_CN})\s*\)\s*[、.,]?\s*"),
    (Level.SECTION, rf"\((?:行动|任务|事项|工程|举措|项目|问题|专项)\s*({_CN}|\d{{1,3}})\)\s*[:、]?\s*"),
    (Level.SECTION, rf"({_CN})\)\s*"),
    (Level.DOTTED, r"\d{1,2}\.(\d{1,2})(?:\.\d{1,2})?[、.\s]\s*(?=\D)"),
    (Level.DOTTED, r"\d{1,2}\.\d{1,2}\.(\d{1,2})(?=[^\d.%])\s*"),
    (Level.ARABIC, r"(\d{1,4})\s*[、.]\s*(?!\d)"),
    (Level.PAREN, r"\(\s*(\d{1,3})\s*\)\s*[、.,]?\s*"),
    (Level.PAREN, r"(\d{1,4})\)\s*"),
    (Level.ARABIC, rf"(\d{{1,3}})\s+{_AFTER_NUMBER}(?=[\u4e00-\u9fff“])"),
    (Level.CIRCLE, r"([①-⑳])\s*[、.,]?\s*"),
    (Level.BULLET, r"([●○■□◆◇▪•·※★☆])\s*(?=\S)"),
)
_COMPILED = tuple((level, lazy_pattern(form)) for level, form in _FORMS)


def read_marker(text: str) -> Marker | None:
    """Read the number a line begins with (一、 （一） 1. （1） ①): its level and value, or None."""
    folded = fold_characters(text)
    for level, form in _COMPILED:
        match = form.match(folded)
        if match and match.end() <= len(folded):
            return Marker(level, _value(match[1], text[match.start(1)]), match.end())
    return None


def _value(written: str, first: str) -> int:
    """Turn a number as written into an integer; a bullet is 0."""
    if written.isascii() and written.isdigit():
        return int(written)
    if "①" <= first <= "⑳":
        return ord(first) - ord("①") + 1
    return chinese(written) or 0

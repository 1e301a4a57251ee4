"""Numbers as notices write them: 12, １２, 十二, 二〇二三, 1.85, 一千二百."""

import re
from decimal import Decimal

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.numerals import chinese_number

CHINESE = "零〇一二三四五六七八九十百千两"
_YEAR = lazy_pattern(r"([12]\d{3}|[一二][〇零○一二三四五六七八九]{3})\s*年")


def chinese(text: str) -> int | None:
    """Read a whole Chinese numeral, by steps (一百二十) or by digits (二〇二三); None for what is none, or no whole number."""
    value = chinese_number(text)
    return int(value) if value is not None and value == value.to_integral_value() else None


def number(text: str) -> Decimal | None:
    """Read an Arabic (1,050 or 1.85) or Chinese numeral; None for what is neither."""
    plain = text.replace(",", "").replace("，", "").strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", plain, re.ASCII):
        return Decimal(plain)
    return chinese_number(plain) if plain else None


def years(text: str) -> list[int]:
    """List the years (four digits, or 二〇二三) that a text names, in order, each as often as it stands."""
    found = (number(match[1]) for match in _YEAR.finditer(text))
    return [int(year) for year in found if year is not None and 1990 <= year <= 2100]

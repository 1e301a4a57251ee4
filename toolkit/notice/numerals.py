"""Numbers as notices write them: 12, １２, 十二, 二〇二三, 1.85, 一千二百."""

import re
from decimal import Decimal

CHINESE = "零〇一二三四五六七八九十百千两"
_DIGITS = {char: at for at, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_YEAR = re.compile(r"([12]\d{3}|[一二][〇零○一二三四五六七八九]{3})\s*年")


def chinese(text: str) -> int | None:
    """Read a Chinese numeral below ten thousand, by steps (一百二十) or by digits (二〇二三)."""
    if not text or any(char not in _DIGITS and char not in _STEPS for char in text):
        return None
    if not any(char in _STEPS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _STEPS:
            total += (digit or 1) * _STEPS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def number(text: str) -> Decimal | None:
    """Read an Arabic (1,050 or 1.85) or Chinese numeral."""
    plain = text.replace(",", "").replace("，", "").strip()
    if re.fullmatch(r"\d+(?:\.\d+)?", plain, re.ASCII):
        return Decimal(plain)
    value = chinese(plain)
    return None if value is None else Decimal(value)


def years(text: str) -> list[int]:
    """List the years a text names, in order."""
    found = (number(match[1]) for match in _YEAR.finditer(text))
    return [int(year) for year in found if year is not None and 1990 <= year <= 2100]

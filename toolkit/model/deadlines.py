"""A task's deadline in the words of a notice or a clerk: a day, a month with what is to be done by then, the whole year, or nothing that can be read."""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from toolkit.model.days import Day, day_in, no_end_in
from toolkit.model.lazy_pattern import lazy_pattern

EXPECTED = "日期（如 2023-06-30）、“9月底前”“上半年”“三季度”一类的话；没有时限的空着，或写“全年”“长期”"
_DIGITS = {char: str(number) for number, char in enumerate("〇一二三四五六七八九")} | {"零": "0", "○": "0"}
_WRITTEN_YEAR = lazy_pattern(r"(?<![一二三四五六七八九十])[一二][〇零○一二三四五六七八九]{3}(?=年)")
_WRITTEN_DAY = lazy_pattern(r"(?<=月)(三十一|三十|二?十[一二三四五六七八九]?|[一二三四五六七八九])(?=[日号])")
_WRITTEN_MONTH = lazy_pattern(r"(?<![第\d一二三四五六七八九十])(十[一二]?|[一二三四五六七八九])(?=月)")
_LATER_YEARS = ((lazy_pattern(r"(?:明年|次年|来年|翌年|下一?年)度?"), 1), (lazy_pattern(r"后年度?"), 2), (lazy_pattern(r"(?:今年|本年|当年)度?"), 0))
_QUARTER = lazy_pattern(r"(?<![A-Za-z])[Qq]([1-4])(?![\d])")
_YEAR = r"(?:(?:20)?\d\d年)"
_MOMENTS = lazy_pattern(
    rf"20\d\d[-./]\d{{1,2}}[-./]\d{{1,2}}|{_YEAR}?\d{{1,2}}月(?:份)?(?:\d{{1,2}}[日号]|底|末|[上中下]旬|初)?"
    rf"|{_YEAR}?(?:年[底末内]|[上下]半年|第?[一二三四1-4]季度[末底]?)|{_YEAR}[底末内]?",
    re.ASCII,
)
_BEGINS = lazy_pattern(r"(?:起|开始|以后|之后|以来)")
_ALWAYS = lazy_pattern(r"每(?:年|季度?|月|周|日|天|半年|两月)|逐[月季]|[按分][月季]|定期|随时|即时|[按与]?照?序时|全年|常年|长期|持续")
_FEAST = lazy_pattern(r"春节|国庆|元旦|五一|暑|节前")
_BY_FEAST = lazy_pattern(r"(?:春节|元旦|国庆|中秋|端午|清明|重阳|五一|十一|劳动节|暑假|寒假|暑期)(?:节|假期?)?(?:期间|之?前|之?后)")


class TaskDeadline(NamedTuple):
    """What a text says of a deadline: its last day (None: it names none, and the year's end holds) and whether there is nothing to check about it."""

    day: date | None
    clear: bool


def deadline_in(text: str, *, year: int) -> TaskDeadline | None:
    """Read a deadline; where no year is written it is `year`. None where it cannot be told; of several days the last one holds."""
    plain = _in_digits(text, year)
    if not plain:
        return TaskDeadline(None, clear=True)
    found = day_in(plain, year=year, starts=None)
    if found is not None:
        return TaskDeadline(None, clear=True) if no_end_in(plain) else TaskDeadline(found.day, found.clear)
    if _BY_FEAST.search(plain):
        return None
    days = _days_within(plain, year)
    if days:
        return TaskDeadline(max(day.day for day in days), clear=False)
    goes_on = days == [] and _ALWAYS.match(plain) and not _FEAST.search(plain)
    return TaskDeadline(None, clear=False) if goes_on else None


def last_day(text: str, *, year: int) -> date | None:
    """Give the day after which a task is overdue; None where its deadline names none."""
    found = deadline_in(text, year=year)
    return found.day if found else None


def _in_digits(text: str, year: int) -> str:
    """Write Chinese numbers of years, months and days in digits, years that are counted from the list's (明年, 次年) too, and quarters in one way."""
    half = unicodedata.normalize("NFKC", text).strip()
    half = _WRITTEN_YEAR.sub(lambda found: "".join(_DIGITS[char] for char in found[0]), half)
    half = _WRITTEN_MONTH.sub(lambda found: str(_number(found[1])), half)
    half = _WRITTEN_DAY.sub(lambda found: str(_number(found[1])), half)
    for words, later in _LATER_YEARS:
        half = words.sub(f"{year + later}年", half)
    return _QUARTER.sub(r"\1季度", half)


def _number(text: str) -> int:
    tens, ten, ones = text.rpartition("十")
    value = int(_DIGITS[ones]) if ones else 0
    return value + (int(_DIGITS[tens]) if tens else 1) * 10 if ten else value


def _days_within(text: str, year: int) -> list[Day] | None:
    """Give the days that stand among other words, each in the year written last before it; None where one is none. What begins on a day does not end there."""
    days = []
    for found in _MOMENTS.finditer(text):
        day = day_in(found[0], year=year, starts=None)
        if day is None:
            return None
        year = day.day.year if re.match(_YEAR, found[0]) or found[0].startswith("20") else year
        if not _BEGINS.match(text, found.end()):
            days.append(day)
    return days

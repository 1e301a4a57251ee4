"""How people write a period: 2023年第一季度, Q1, 1季度, 2023-03, 3月, 上半年, 第7周, 5月下半月; in whatever width."""

import re
import unicodedata
from datetime import date

from toolkit.model.command_error import CommandError
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.period import FIRST_HALF, Period, safe_name

_DIGITS = {**{sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")}, "零": "0"}
_TEN = "十"
_NUMBER = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_YEAR = lazy_pattern(r"(20\d\d|[二][〇零][〇零一二三四五六七八九]{2}|\d\d(?=年))(?:年度?|[-/.](?=[\dQqHhWwMm])|(?=$|[QqHhWwMm第上下全]|\d\d?月|\d{2}$))?")
_PARTS = (
    ("quarter", lazy_pattern(r"(?:第?([一二三四1-4])季度?|[Qq]([1-4]))"), 4),
    ("half", lazy_pattern(r"(?:([上下])半年|[Hh]([12]))"), 2),
    ("week", lazy_pattern(rf"(?:第?{_NUMBER}周|[Ww](\d\d?))"), 53),
    ("month", lazy_pattern(rf"(?:{_NUMBER}月份?|[Mm](\d\d?)|(\d\d?))(?P<piece>[上下]半月|[ABab])?"), 12),
)
_WHOLE = frozenset(("", "全年", "全年度", "年度", "度"))


def half_width(text: str) -> str:
    """Give a text without blanks and in half width, as it is compared."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def period_in(text: str, *, year: int = 0) -> Period | None:
    """Read a period as the program writes it or in words; one that names no year is of `year`. A form may stand behind / or _. None for anything else."""
    span, mark, form = half_width(text).partition("/")
    if mark and (span.isdigit() and form.isdigit()):
        span, mark, form = f"{span}/{form}", "", ""  # 2023/3
    form = safe_name(form) if mark else ""
    if mark and not form:
        return None
    try:
        found = Period.parse(f"{span}_{form}" if form else span)
    except CommandError:
        found = None
    if found is not None and not (found.name and _in_words(found.name, found.year)):
        return found
    found = _in_words(span, year)
    return Period(found.year, found.quarter, found.month, found.half, found.piece, found.week, form=form) if found and form else found


def _in_words(text: str, year: int) -> Period | None:
    found = _YEAR.match(text)
    rest = text[found.end() :] if found else text
    if found:
        digits = "".join(_DIGITS.get(sign, sign) for sign in found[1])
        year = int(digits) if len(digits) == 4 else 2000 + int(digits)
    if not year or (rest in _WHOLE and not found and rest != "全年"):
        return None
    if rest in _WHOLE:
        return Period(year)
    for kind, pattern, most in _PARTS:
        part = pattern.fullmatch(rest)
        if part is None or (kind == "month" and part[3] and not _may_be_bare(found, part[3])):
            continue
        number = _number(next(group for group in part.groups() if group))
        piece = 1 + "上下ABab".index(part["piece"][0]) % 2 if kind == "month" and part["piece"] else 0
        return _of(year, kind, number, piece) if 0 < number <= most else None
    return None


def _may_be_bare(year: re.Match[str] | None, number: str) -> bool:
    """Whether a number may be a month without saying so: behind its year, 2023-3, 202303, not 20233 or 2023年3."""
    return year is not None and (year[0][-1] in "-/." or (year[0] == year[1] and len(number) == len("03")))


def _of(year: int, kind: str, number: int, piece: int) -> Period | None:
    numbers = {name: number if name == kind else 0 for name in ("quarter", "half", "week", "month")}
    written = Period(year, numbers["quarter"], numbers["month"], numbers["half"], piece, numbers["week"])
    try:  # a 53rd week is not in every year
        return Period.parse(str(written))
    except CommandError:
        return None


def _number(text: str) -> int:
    if text in "上下":
        return "上下".index(text) + 1
    if text.isdigit():
        return int(text)
    tens, mark, ones = text.partition(_TEN)
    if not mark:
        return int(_DIGITS[tens]) if len(tens) == 1 else 0
    return int(_DIGITS.get(tens, "1")) * 10 + int(_DIGITS.get(ones, "0"))


def present_period(cycle: str, today: date) -> Period:
    """Give the span that a day is in, by a form's cycle (年, 半年, 季, 月, 半月, 周)."""
    year, month = today.year, today.month
    if cycle == "周":
        found = today.isocalendar()
        return Period(found.year, week=found.week)
    if cycle == "半月":
        return Period(year, month=month, piece=1 if today.day <= FIRST_HALF else 2)
    return {"年": Period(year), "半年": Period(year, half=1 + month // 7), "季": Period(year, (month + 2) // 3)}.get(cycle, Period(year, month=month))

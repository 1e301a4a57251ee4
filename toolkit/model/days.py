"""Days as people write them: 2023.3.30, 3月底, 2023年3月, 20230330, 年底."""

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.numerals import apart, chinese_number
from toolkit.model.values import INVISIBLE

FIRST, LAST = date(2000, 1, 1), date(2099, 12, 31)  # a day outside the century is a slip of the finger
_BLANKS = lazy_pattern(rf"[\s{INVISIBLE}]+")
_TIME = lazy_pattern(r"(?<=[\d日号])[\sT]+\d{1,2}[:：时点]\d{0,2}.*$")
_HOURS = lazy_pattern(r"(?<=[日号])(?:上午|下午|中午|晚上?)?(?:\d{1,2}[:时点](?:\d{1,2}分?|半)?)?(?:下班)?(?=前|之前|以前|$)")
_WEEKDAY = lazy_pattern(r"[(]?(?:星期|周)[一二三四五六日天][)]?$")
_BEFORE = lazy_pattern(r"^(?:预计|计划|拟于|拟|于|力争|争取|在)+|(?:之前|以前|前|完成|竣工|左右)+$")
_FULL = lazy_pattern(r"(\d{4})(?:年|[-./])(\d{1,2})(?:月|[-./])(\d{1,2})[日号]?", re.ASCII)
_COMPACT = lazy_pattern(r"(20\d\d)(\d\d)(\d\d)?", re.ASCII)
_MONTH = lazy_pattern(r"(?:(\d{4})(?:年|[-./])|今年|本年|(明年))?(\d{1,2})(?:月份?)?(底|末|上旬|中旬|下旬|初)?", re.ASCII)
_MONTH_DAY = lazy_pattern(r"(今年|本年|明年)?(\d{1,2})月(\d{1,2})[日号]?", re.ASCII)
_YEAR_PART = lazy_pattern(r"(?:(\d{4})年?|今年|本年|(明年)|全年)?(年底|年末|年内|底|末|内|上半年|下半年|第?[一二三四1-4]季度[末底]?|全年)?", re.ASCII)
_IN_CHINESE = lazy_pattern(r"(?<![第\d〇○零一二三四五六七八九十])[〇○零一二三四五六七八九十]+(?=[年月日号])")  # 二〇二三年十二月三十一日
_ENGLISH_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_NAMED = rf"(?P<month>sept|{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in _ENGLISH_MONTHS)})\.?"
_ENGLISH = tuple(
    lazy_pattern(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]*{_NAMED}[\s,\-]*(?P<year>\d{{4}})?",
        rf"{_NAMED}\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)[\s,\-]*(?P<year>\d{{4}})?",
    )
)
_SHORT = lazy_pattern(r"(\d{1,2})[-./](\d{1,2})", re.ASCII)
_NO_END = lazy_pattern(
    r"(?:长期|常年|全年|持续|常态化?|贯穿全年|长效)(?:性|地)?(?:持续|长期)?(?:坚持|推进|推动|开展|进行|实施|落实|有效|任务|工作|保持|运行|执行|抓好)?|年内(?:持续|长期)(?:推进|开展|坚持|实施)?"
)
_THIRDS = {"上旬": 10, "中旬": 20}
_SERIALS = (36_526, 73_051)  # 2000-01-01 to 2100-01-01 in Excel's 1900 system
_SINCE_1904 = 1462  # days between Excel's two systems


class Day(NamedTuple):
    """A day that was understood; `clear` when only its form was odd, not its meaning."""

    day: date
    clear: bool = True


def day_in(text: str, *, year: int, starts: date | None) -> Day | None:
    """Read a day; where no year is written it is the period's `year` (0: none known), doubtful when that is before the period `starts`."""
    half = _tidy(text)
    found = _FULL.fullmatch(half)
    if found:
        return _made(int(found[1]), int(found[2]), int(found[3]))
    compact = _COMPACT.fullmatch(half)
    if compact:
        return _made(int(compact[1]), int(compact[2]), int(compact[3])) if compact[3] else _month_end(int(compact[1]), int(compact[2]), clear=False)
    if year and no_end_in(text):
        return Day(date(year, 12, 31), clear=False)
    short = _SHORT.fullmatch(half)
    if short and year:
        made = _made(year, int(short[1]), int(short[2]))
        return made._replace(clear=False) if made else None
    month_day = _MONTH_DAY.fullmatch(half)
    if month_day and year:
        made = _made(year + (month_day[1] == "明年"), int(month_day[2]), int(month_day[3]))
        return _after(made, starts)
    return _in_month(half, year, starts) or _in_year(half, year, starts) or _in_english(text, year, starts)


def _in_english(text: str, year: int, starts: date | None) -> Day | None:
    """Read a day whose month is an English word: 8 May 2026, May 8th, 8-May-26 is none."""
    half = unicodedata.normalize("NFKC", text).strip()
    found = next((match for pattern in _ENGLISH if (match := pattern.fullmatch(half))), None) if half[-1:].isalnum() or half[-1:] == "." else None
    if found is None or not (found["year"] or year):
        return None
    month = next(at for at, name in enumerate(_ENGLISH_MONTHS, 1) if name.startswith(found["month"].lower()[:3]))
    made = _made(int(found["year"] or year), month, int(found["day"]))
    return made if found["year"] else _after(made, starts)


def no_end_in(text: str) -> bool:
    """Whether a text says that something goes on for the whole year, or longer: 长期坚持, 持续推进, 全年."""
    return bool(_NO_END.fullmatch(_BLANKS.sub("", unicodedata.normalize("NFKC", text)).rstrip("。;,.")))


def days_of_decimal(text: str, year: int) -> tuple[date, ...]:
    """Give the days that a decimal number can mean where a sheet took month.day for one: 12.25 is one, 12.2 may be the 2nd or the 20th."""
    found = _SHORT.fullmatch(text)
    if found is None or "." not in text or not year:
        return ()
    parts = (found[2], f"{found[2]}0") if len(found[2]) == 1 else (found[2],)
    days = (_made(year, int(found[1]), int(part)) for part in parts)
    return tuple(day.day for day in days if day is not None)


def day_of_serial(number: float | Decimal, *, since_1904: bool) -> date | None:
    """Give the day of a serial number of this century, None for any other number."""
    first, last = (serial - (_SINCE_1904 if since_1904 else 0) for serial in _SERIALS)
    return FIRST + timedelta(days=int(number) - first) if first <= number < last else None


def _tidy(text: str) -> str:
    half = unicodedata.normalize("NFKC", apart(text)).strip().strip("'‘’").strip()
    half = _WEEKDAY.sub("", _TIME.sub("", half))
    half = _HOURS.sub("", _BLANKS.sub("", half)).rstrip("。;,.").replace("。", ".").replace("、", ".").replace("—", "-").replace("–", "-")
    half = re.sub(r"^(\d\d)年", r"20\1年", half, flags=re.ASCII)
    half = _IN_CHINESE.sub(lambda match: str(chinese_number(match[0].replace("○", "〇")) or match[0]), half)
    return half if _BEFORE.sub("", half) in {"", "年"} else _BEFORE.sub("", half)


def _in_month(half: str, year: int, starts: date | None) -> Day | None:
    found = _MONTH.fullmatch(half)
    if found is None or not (found[1] or (year and "月" in half)) or ("月" not in half and found[4]):
        return None
    part = found[4] or ""
    if part == "初":
        return None
    whose = int(found[1]) if found[1] else year + (found[2] is not None)
    day = _made(whose, int(found[3]), _THIRDS[part]) if part in _THIRDS else _month_end(whose, int(found[3]))
    if day is None:
        return None
    day = Day(day.day, day.clear and not part.endswith("旬"))
    return day if found[1] else _after(day, starts)


def _in_year(half: str, year: int, starts: date | None) -> Day | None:
    found = _YEAR_PART.fullmatch(half)
    if found is None or not half:
        return None
    whose = int(found[1]) if found[1] else year + 1 if found[2] else year
    part = (found[3] or "").removeprefix("年").removeprefix("第")
    if not whose or not (found[3] or found[1]) or half.isdigit():
        return None
    if not part and not half.endswith("年"):
        return None
    quarter = next((number for number, signs in enumerate(("一1", "二2", "三3", "四4"), 1) if part[:1] and part[0] in signs), 0)
    month = quarter * 3 if "季度" in part else 6 if part == "上半年" else 12
    day = _month_end(whose, month, clear=part in {"底", "末"} or part.endswith(("季度末", "季度底")))
    return _after(day, starts) if not found[1] else day


def _made(year: int, month: int, day: int) -> Day | None:
    try:
        made = date(year, month, day)
    except ValueError:
        return None
    return Day(made) if FIRST <= made <= LAST else None


def _month_end(year: int, month: int, *, clear: bool = True) -> Day | None:
    if not 1 <= month <= 12:
        return None
    made = _made(year, month, monthrange(year, month)[1]) if FIRST.year <= year <= LAST.year else None
    return made._replace(clear=clear) if made else None


def _after(day: Day | None, starts: date | None) -> Day | None:
    """A day whose year was not written is doubtful when it lies before the period."""
    return day._replace(clear=False) if day and starts and day.day < starts else day

"""Kinds of column: each knows how to read a cell, show a value and guard the cell in the sheet."""

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar, NamedTuple

from toolkit.model.choices import choose
from toolkit.model.days import FIRST, LAST, day_in, day_of_serial
from toolkit.model.findings import Code
from toolkit.model.numerals import Quantity, chinese_number, is_range, number_in, quantity_in, tidy_number, unit_of
from toolkit.model.sheet import Guard
from toolkit.model.values import EXCEL_CELL, PercentCell, exact, has_control_characters, is_cut, is_error, plain, show_number

__all__ = ["BLANK", "EXCEL_CELL", "KINDS", "Kind", "Limits", "PercentCell", "Reading", "exact", "has_control_characters", "number_in", "plain", "show_number"]

_PHONE = re.compile(r"(?:\+?86)?(?:1[3-9]\d{9}|(?:0\d{2,3})?[2-9]\d{6,7}(?:转?\d{1,6})?|1[12]\d{3}|400\d{7})")
_TENTHS = re.compile(r"([零一二三四五六七八九十\d](?:\.\d)?)成([零一二三四五六七八九\d半])?")
_UNITS = frozenset(
    "元 家 个 户 人 名 项 件 亩 米 吨 套 次 处 条 座 台 辆 张 份 场 期 批 栋 间 所 天 日 月 年 度 倍 岁 克 升 瓦 % ‰ 公里 千米 里 平方米 平方公里 公顷 立方米"
    " 人次 户次 公斤 千克 万 亿 美元 美金 港元 欧元 百分点 个月 小时 分钟 标段 张床 床 车 辆次 件次 度电 千瓦 千瓦时 株 棵 头 只 箱 包 宗 起 例 篇 期次 场次 批次 周".split()
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a field allows (bounds of a number or of a text's length; choices with their aliases), and what its row and round tell a reader.

    `unit` is the row's unit of measure; `year` and `starts` are those of the period (0, None: not known); `from_1904` tells the book's calendar.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    year: int = 0
    starts: date | None = None
    from_1904: bool = False


class Reading(NamedTuple):
    """What a cell was understood to say; `code` and its facts tell what was odd, value None means it could not be understood or is blank."""

    value: object
    code: Code | None = None
    facts: Mapping[str, str] = {}


BLANK = Reading(None)


class Kind(ABC):
    """One kind of column; `name` is the word in a form definition's 类型 column."""

    name: ClassVar[str]
    numeric: ClassVar[bool] = False
    number_format: ClassVar[str] = ""

    def read(self, raw: object, limits: Limits) -> Reading:
        """Understand a raw cell; blank reads as BLANK, a formula's error is never a value; bounds are the checks' business."""
        text = plain(raw)
        if not text:
            return BLANK
        if isinstance(raw, str) and is_error(text):
            return Reading(None, Code.CELL_ERROR, {"seen": text})
        return self._read(raw, text, limits)

    @abstractmethod
    def _read(self, raw: object, text: str, limits: Limits) -> Reading:
        """Understand a cell that holds something."""

    def show(self, value: object) -> object:
        """Give the value to write into a cell: text, number or date; reading it gives the value back."""
        return value

    def load(self, text: str) -> object:
        """Give back a value from its text in the ledger (str of it)."""
        return text

    @abstractmethod
    def guard(self, limits: Limits) -> Guard:
        """Give the in-sheet rule, without prompts."""


class TextKind(Kind):
    """Free text; limits count characters."""

    name = "文本"

    def _read(self, raw: object, text: str, limits: Limits) -> Reading:  # noqa: ARG002 - a text has no limits to read by
        if is_cut(raw):
            return Reading(text, Code.CUT, {"high": str(EXCEL_CELL)})
        return Reading(text, Code.STRANGE_CHARACTERS) if has_control_characters(raw) else Reading(text)

    def guard(self, limits: Limits) -> Guard:
        """Limit the length where one is set."""
        if limits.low is None and limits.high is None:
            return Guard("any")
        return Guard("length", int(limits.low or 0), int(limits.high or EXCEL_CELL))


class NumberKind(Kind):
    """A decimal number."""

    name = "小数"
    numeric = True

    def _read(self, raw: object, text: str, limits: Limits) -> Reading:
        if isinstance(raw, bool | date):
            return self._no_number(text)
        if isinstance(raw, PercentCell) or not isinstance(raw, float | int):
            return self._typed(text, limits)
        value = exact(raw)
        if limits.unit == "%" and 0 < abs(value) < 1:
            return self._whole(Reading(value, Code.SMALL_PERCENT, {"seen": text, "times": show_number(exact(value * 100))}), text)
        return self._whole(Reading(value), text)

    def _typed(self, text: str, limits: Limits) -> Reading:
        """Understand a number typed as text, with its unit held against the row's."""
        quantity = quantity_in(text)
        if quantity is None:
            return Reading(None, Code.IS_RANGE, {"seen": text}) if is_range(text) and _is_short(text) else self._no_number(text)
        power, name = unit_of(limits.unit)
        if quantity.name and quantity.name != name:
            return self._other_unit(quantity, text, limits)
        value = quantity.in_power(power if quantity.name or quantity.power else 0)
        facts = {"seen": text, "value": show_number(value)}
        if (quantity.name or quantity.power) and quantity.power != power:
            return self._whole(Reading(value, Code.CONVERTED, facts), text)
        return self._whole(Reading(value) if _is_plain(text) else Reading(value, Code.READ_AS, facts), text)

    def _other_unit(self, quantity: Quantity, text: str, limits: Limits) -> Reading:
        if quantity.name not in _UNITS:
            return self._no_number(text)
        if limits.unit or quantity.name in {"%", "‰"}:
            return Reading(None, Code.OTHER_UNIT, {"seen": text, "unit": limits.unit or "数"})
        value = quantity.in_power(0)
        return self._whole(Reading(value, Code.UNDERSTOOD, {"seen": text, "value": show_number(value)}), text)

    def _whole(self, reading: Reading, text: str) -> Reading:
        """Refuse what is no finite number; a subclass refuses more."""
        return reading if isinstance(reading.value, Decimal) and reading.value.is_finite() else self._no_number(text)

    def _no_number(self, text: str) -> Reading:
        return Reading(None, Code.NOT_NUMBER, {"seen": text, "hint": ""})

    def show(self, value: object) -> object:
        """Write as a number, or as text where a cell's number would lose digits."""
        if not isinstance(value, Decimal):
            return value
        if value == value.to_integral_value():
            return int(value) if abs(value) < 10**15 else show_number(value)
        return float(value) if exact(float(value)) == value else show_number(value)

    def load(self, text: str) -> object:
        """Give back a number."""
        return Decimal(text)

    def guard(self, limits: Limits) -> Guard:
        """Allow numbers within the bounds."""
        return Guard("decimal", *_bounds(limits))


class WholeKind(NumberKind):
    """A whole number."""

    name = "整数"

    def _whole(self, reading: Reading, text: str) -> Reading:
        reading = super()._whole(reading, text)
        fits = not isinstance(reading.value, Decimal) or reading.value == reading.value.to_integral_value()
        return reading if fits else Reading(None, Code.NOT_WHOLE, {"seen": text})

    def guard(self, limits: Limits) -> Guard:
        """Allow whole numbers within the bounds."""
        return Guard("whole", *_bounds(limits))


class PercentKind(NumberKind):
    """A percentage, kept and shown as a number from 0 to 100; a cell with Excel's own percent format brings a PercentCell."""

    name = "百分比"

    def _read(self, raw: object, text: str, limits: Limits) -> Reading:
        """Read 45, 0.45, 45%, 约45％, 百分之四十五 and 四成五 as 45."""
        if isinstance(raw, PercentCell):
            return self._whole(Reading(exact(exact(raw) * 100)), text)
        if isinstance(raw, bool | date):
            return self._no_number(text)
        if isinstance(raw, float | int):
            return self._fraction(exact(raw), text)
        return self._typed(text, limits)

    def _typed(self, text: str, limits: Limits) -> Reading:  # noqa: ARG002 - a percentage has one unit
        if is_range(text) and _is_short(text):
            return Reading(None, Code.IS_RANGE, {"seen": text})
        said = _percent_in(text)
        quantity = quantity_in(said) if said else None
        if quantity is None or quantity.power or quantity.name not in {"", "%"}:
            return self._no_number(text)
        if quantity.name == "%" or quantity.number == 0:
            code = None if quantity.number == 0 and _is_plain(text) else Code.READ_AS
            return Reading(quantity.number, code, {"seen": text, "value": show_number(quantity.number)} if code else {})
        return self._fraction(quantity.number, text)

    def _no_number(self, text: str) -> Reading:
        return Reading(None, Code.NOT_NUMBER, {"seen": text, "hint": "，如 45 表示 45%"})

    def _fraction(self, value: Decimal, text: str) -> Reading:
        if not value.is_finite():
            return self._no_number(text)
        if value == 1:
            return Reading(value, Code.PERCENT_OF_ONE)
        if 0 < value < 1:
            return Reading(exact(value * 100), Code.READ_AS, {"seen": text, "value": show_number(exact(value * 100))})
        return Reading(value) if _is_plain(text) else Reading(value, Code.READ_AS, {"seen": text, "value": show_number(value)})

    def show(self, value: object) -> object:
        """Write as a number; 1 and less as text with its sign, since a bare 0.5 reads as a half."""
        return f"{show_number(value)}%" if isinstance(value, Decimal) and 0 < value <= 1 else super().show(value)


class DayKind(Kind):
    """A calendar day."""

    name = "日期"
    number_format = "yyyy-mm-dd"

    def _read(self, raw: object, text: str, limits: Limits) -> Reading:
        """Read a date cell, a serial number, or a day as people write it; a month is its last day."""
        if isinstance(raw, date):
            day = raw.date() if isinstance(raw, datetime) else raw
            return Reading(day) if FIRST <= day <= LAST else Reading(None, Code.NOT_DATE, {"seen": text})
        if isinstance(raw, bool):
            return Reading(None, Code.NOT_DATE, {"seen": text})
        if isinstance(raw, float | int):
            return self._of_number(raw, text, limits)
        found = day_in(text, year=limits.year, starts=limits.starts)
        if found is None and re.fullmatch(r"\d{5}", text, re.ASCII):
            return self._of_number(int(text), text, limits)
        if found is None:
            return Reading(None, Code.NOT_DATE, {"seen": text})
        return _day_reading(found.day, text, clear=found.clear)

    def _of_number(self, raw: float, text: str, limits: Limits) -> Reading:
        """Read a serial number, or 20230630 and 2023.6 that the sheet took for numbers (2023.1 may have been 2023.10)."""
        day = day_of_serial(raw, from_1904=limits.from_1904)
        if day is not None:
            return _day_reading(day, text, clear=True)
        found = None if text.endswith(".1") else day_in(text, year=0, starts=None)
        return Reading(None, Code.NOT_DATE, {"seen": text}) if found is None else _day_reading(found.day, text, clear=len(text) == 8)

    def load(self, text: str) -> object:
        """Give back a day."""
        return date.fromisoformat(text)

    def guard(self, limits: Limits) -> Guard:  # noqa: ARG002 - any day of the century will do
        """Allow days from 2000 to 2099."""
        return Guard("date", FIRST, LAST)


class ChoiceKind(Kind):
    """One of a list of words."""

    name = "选项"

    def _read(self, raw: object, text: str, limits: Limits) -> Reading:  # noqa: ARG002 - its text says it all
        """Read a choice, forgiving width and a full stop; a near word is taken for review when it can mean one choice only."""
        found = choose(text, limits.choices, limits.aliases)
        if found is None:
            return Reading(None, Code.NOT_CHOICE, {"seen": text, "choices": "、".join(limits.choices)})
        if found.choice == text:
            return Reading(found.choice)
        return Reading(found.choice, Code.READ_AS if found.certain else Code.UNDERSTOOD, {"seen": text, "value": found.choice})

    def guard(self, limits: Limits) -> Guard:
        """Offer the choices as a dropdown."""
        return Guard("list", choices=",".join(limits.choices))


class PhoneKind(Kind):
    """A telephone number, kept as text."""

    name = "电话"
    number_format = "@"

    def _read(self, raw: object, text: str, limits: Limits) -> Reading:  # noqa: ARG002 - a number has no limits
        """Read one or more mobile or landline numbers, whatever stands between their digits."""
        said = text.lstrip("'‘’").strip()
        parts = [said] if _is_phone(said) else [part for part in re.split(r"[、,，;；/\n]", said) if part.strip()]
        return Reading(said) if parts and all(_is_phone(part) for part in parts) else Reading(None, Code.NOT_PHONE, {"seen": text})

    def guard(self, limits: Limits) -> Guard:  # noqa: ARG002 - a number has no limits
        """Limit the length only: Excel drops a leading zero from what it takes for a number."""
        return Guard("length", 5, 20)


KINDS: Mapping[str, Kind] = {
    kind.name: kind for kind in (TextKind(), WholeKind(), NumberKind(), PercentKind(), DayKind(), ChoiceKind(), PhoneKind())
}


def _bounds(limits: Limits) -> tuple[float, float]:
    low = float(limits.low) if limits.low is not None else -1e12
    high = float(limits.high) if limits.high is not None else 1e12
    return low, high


def _is_plain(text: str) -> bool:
    """Whether a number is typed as a program writes it, so that nothing needs saying."""
    return bool(re.fullmatch(r"-?\d+(?:\.\d+)?", text, re.ASCII))


def _is_short(text: str) -> bool:
    return len(text) <= 24


def _is_phone(text: str) -> bool:
    return bool(_PHONE.fullmatch(re.sub(r"[\s\-()—]", "", unicodedata.normalize("NFKC", text))))


def _day_reading(day: date, text: str, *, clear: bool) -> Reading:
    if text == day.isoformat():
        return Reading(day)
    return Reading(day, Code.READ_AS if clear else Code.UNDERSTOOD, {"seen": text, "value": day.isoformat()})


def _percent_in(text: str) -> str:
    """Write 百分之四十五 and 四成五 with a percent sign; other text stays."""
    tidy = tidy_number(text)
    tenths = _TENTHS.search(tidy)
    if tenths:
        whole, part = (chinese_number(one) if one and not one[0].isdigit() and one != "半" else Decimal(5 if one == "半" else one or 0) for one in tenths.groups())
        value = None if whole is None or part is None else exact(whole * 10 + part)
        return "" if value is None else tidy[: tenths.start()] + f"{show_number(value)}%" + tidy[tenths.end() :]
    if "百分之" in tidy:
        before, _, after = tidy.partition("百分之")
        return before + ("100%" if after == "百" else re.sub(r"^([\d.]+|[零一二三四五六七八九十百点]+)%?", r"\1%", after))
    return tidy

"""Kinds of column: each knows how to read a cell, show a value and guard the cell in the sheet."""

import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import ClassVar, NamedTuple

from toolkit.model.findings import Code
from toolkit.model.sheet import Guard

EXCEL_CELL = 32_767  # characters a cell holds, Excel's own limit
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ABOUT = re.compile(r"^(约|大约|近|超|已完成|完成|达到|达|累计|已)+|(左右|以上|余|多)$")
_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_COMPACT_DATE = re.compile(r"(20\d\d)(\d\d)(\d\d)")
_PHONE = re.compile(r"(?:\+?86)?(?:1[3-9]\d{9}|(?:0\d{2,3})?[2-9]\d{6,7}(?:转?\d{1,6})?|1[12]\d{3}|400\d{7})")
_EXCEL_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a field allows: bounds (of a number, of a date's serial, or of a text's length) and choices."""

    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[str, ...] = ()


class Reading(NamedTuple):
    """What a cell was understood to say; `code` and its facts tell what was odd, value None means it could not be understood or is blank."""

    value: object
    code: Code | None = None
    facts: Mapping[str, str] = {}


BLANK = Reading(None)


def plain(raw: object) -> str:
    """Write any raw cell value as a person saw it, without spaces around it or control characters; '' for nothing."""
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, float | int | Decimal):
        return show_number(exact(raw))
    if isinstance(raw, datetime):
        return raw.strftime("%Y-%m-%d") if raw.time() == datetime.min.time() else raw.strftime("%Y-%m-%d %H:%M")
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(raw)).replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).strip()[:EXCEL_CELL].rstrip()


def has_control_characters(raw: object) -> bool:
    """Whether a text holds characters that no sheet can show."""
    return isinstance(raw, str) and bool(_CONTROL.search(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), raw.replace("_x000D_", ""))))


def exact(number: float | Decimal) -> Decimal:
    """Turn a spreadsheet's binary number into the decimal a person typed (15 significant digits, no trailing zeros)."""
    value = number if isinstance(number, Decimal) else Decimal(format(number, ".15g"))
    if not value.is_finite():
        return value
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() and abs(value) < 10**27 else value


def show_number(number: Decimal) -> str:
    """Write a number plainly: no exponent, no trailing zeros."""
    return format(number, "f")


def number_in(text: str) -> Decimal | None:
    """Read a number typed as text (full width, thousands separators, one about-word); None when it is not one."""
    compact = unicodedata.normalize("NFKC", text).replace(" ", "").replace(",", "")
    compact = _ABOUT.sub("", _ABOUT.sub("", compact))
    try:
        value = Decimal(compact)
    except InvalidOperation:
        return None
    return exact(value) if value.is_finite() else None


class Kind(ABC):
    """One kind of column; `name` is the word in a form definition's 类型 column."""

    name: ClassVar[str]
    numeric: ClassVar[bool] = False
    number_format: ClassVar[str] = ""

    @abstractmethod
    def read(self, raw: object, limits: Limits) -> Reading:
        """Understand a raw cell; blank reads as BLANK; limits other than choices are the checks' business."""

    def show(self, value: object) -> object:
        """Give the value to write into a cell: text, number or date."""
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

    def read(self, raw: object, limits: Limits) -> Reading:  # noqa: ARG002 - a text has no limits to read by
        """Read as text, without control characters."""
        text = plain(raw)
        if has_control_characters(raw):
            return Reading(text or None, Code.STRANGE_CHARACTERS)
        return Reading(text) if text else BLANK

    def guard(self, limits: Limits) -> Guard:
        """Limit the length where one is set."""
        if limits.low is None and limits.high is None:
            return Guard("any")
        return Guard("length", int(limits.low or 0), int(limits.high or EXCEL_CELL))


class NumberKind(Kind):
    """A decimal number."""

    name = "小数"
    numeric = True

    def read(self, raw: object, limits: Limits) -> Reading:  # noqa: ARG002 - bounds are checked later
        """Read a number, also one typed as text."""
        text = plain(raw)
        if not text:
            return BLANK
        if isinstance(raw, bool | date):
            return Reading(None, Code.NOT_NUMBER, {"seen": text, "hint": ""})
        if isinstance(raw, float | int):
            return self._number(exact(raw), text)
        value = number_in(text)
        if value is None:
            return Reading(None, Code.NOT_NUMBER, {"seen": text, "hint": ""})
        read = self._number(value, text)
        return read if read.code or show_number(value) == text else Reading(value, Code.READ_AS, {"seen": text, "value": show_number(value)})

    def _number(self, value: Decimal, text: str) -> Reading:
        return Reading(value) if value.is_finite() else Reading(None, Code.NOT_NUMBER, {"seen": text, "hint": ""})

    def show(self, value: object) -> object:
        """Write as a number."""
        return float(value) if isinstance(value, Decimal) and value != value.to_integral_value() else int(value)  # type: ignore[call-overload]

    def load(self, text: str) -> object:
        """Give back a number."""
        return Decimal(text)

    def guard(self, limits: Limits) -> Guard:
        """Allow numbers within the bounds."""
        return Guard("decimal", *_bounds(limits))


class WholeKind(NumberKind):
    """A whole number."""

    name = "整数"

    def _number(self, value: Decimal, text: str) -> Reading:
        if not value.is_finite():
            return Reading(None, Code.NOT_NUMBER, {"seen": text, "hint": ""})
        return Reading(value) if value == value.to_integral_value() else Reading(None, Code.NOT_WHOLE, {"seen": text})

    def guard(self, limits: Limits) -> Guard:
        """Allow whole numbers within the bounds."""
        return Guard("whole", *_bounds(limits))


class PercentKind(NumberKind):
    """A percentage, kept and shown as a number from 0 to 100; a cell with Excel's own percent format brings 0 to 1."""

    name = "百分比"

    def read(self, raw: object, limits: Limits) -> Reading:
        """Read 45, 0.45, 45%, 约45％ and 百分之45 as 45."""
        text = plain(raw)
        if isinstance(raw, str) and text:
            typed = unicodedata.normalize("NFKC", text).replace(" ", "")
            bare = typed.removeprefix("百分之").removesuffix("%")
            bare = _ABOUT.sub("", bare).removesuffix("%")
            value = number_in(bare)
            if value is None:
                return Reading(None, Code.NOT_NUMBER, {"seen": text, "hint": "，如 45 表示 45%"})
            if "%" not in typed and "百分之" not in typed:
                return self._fraction(value, text)
            return Reading(value, Code.READ_AS, {"seen": text, "value": show_number(value)})
        read = super().read(raw, limits)
        return self._fraction(read.value, text) if isinstance(read.value, Decimal) else read

    def _fraction(self, value: Decimal, text: str) -> Reading:
        if value == 1:
            return Reading(value, Code.PERCENT_OF_ONE)
        if 0 < value < 1:
            return Reading(exact(value * 100), Code.READ_AS, {"seen": text, "value": show_number(exact(value * 100))})
        return Reading(value) if text == show_number(value) else Reading(value, Code.READ_AS, {"seen": text, "value": show_number(value)})


class DayKind(Kind):
    """A calendar day."""

    name = "日期"
    number_format = "yyyy-mm-dd"

    def read(self, raw: object, limits: Limits) -> Reading:  # noqa: ARG002 - bounds are checked later
        """Read a date cell, a serial number, or a day written as 2023-6-30, 2023.6.30, 2023年6月30日 or 20230630."""
        text = plain(raw)
        if not text:
            return BLANK
        if isinstance(raw, datetime):
            return Reading(raw.date())
        if isinstance(raw, date):
            return Reading(raw)
        found = _day_in(unicodedata.normalize("NFKC", text))
        if found is None and isinstance(raw, float | int) and not isinstance(raw, bool) and 36_526 <= raw < 73_051:
            found = _EXCEL_EPOCH + timedelta(days=int(raw))  # a date whose cell lost its format, 2000 to 2099
        if found is None:
            return Reading(None, Code.NOT_DATE, {"seen": text})
        return Reading(found) if text == found.isoformat() else Reading(found, Code.READ_AS, {"seen": text, "value": found.isoformat()})

    def load(self, text: str) -> object:
        """Give back a day."""
        return date.fromisoformat(text)

    def guard(self, limits: Limits) -> Guard:  # noqa: ARG002 - any day of the century will do
        """Allow days from 2000 to 2099."""
        return Guard("date", date(2000, 1, 1), date(2099, 12, 31))


class ChoiceKind(Kind):
    """One of a list of words."""

    name = "选项"

    def read(self, raw: object, limits: Limits) -> Reading:
        """Read a choice, forgiving spaces, width and a full stop."""
        text = plain(raw)
        if not text:
            return BLANK
        bare = unicodedata.normalize("NFKC", text).replace(" ", "").rstrip("。.;；")
        for choice in limits.choices:
            if bare == unicodedata.normalize("NFKC", choice).replace(" ", ""):
                return Reading(choice) if choice == text else Reading(choice, Code.READ_AS, {"seen": text, "value": choice})
        return Reading(None, Code.NOT_CHOICE, {"seen": text, "choices": "、".join(limits.choices)})

    def guard(self, limits: Limits) -> Guard:
        """Offer the choices as a dropdown."""
        return Guard("list", choices=",".join(limits.choices))


class PhoneKind(Kind):
    """A telephone number, kept as text."""

    name = "电话"
    number_format = "@"

    def read(self, raw: object, limits: Limits) -> Reading:  # noqa: ARG002 - a number has no limits
        """Read a mobile or landline number, whatever stands between its digits."""
        text = plain(raw)
        if not text:
            return BLANK
        bare = re.sub(r"[\s\-()—]", "", unicodedata.normalize("NFKC", text))
        return Reading(text) if _PHONE.fullmatch(bare) else Reading(None, Code.NOT_PHONE, {"seen": text})

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


def _day_in(text: str) -> date | None:
    found = _DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None

"""Kinds of column that hold a number: decimal, whole, percent."""

import re
from datetime import date
from decimal import Decimal

from toolkit.model.column_kind import Kind, Limits, Reading, doubtful
from toolkit.model.displayed import DisplayedCell, Doubt
from toolkit.model.findings import Code
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.numerals import Quantity, chinese_number, is_range, quantity_in, tidy_number, unit_of
from toolkit.model.sheet import Guard
from toolkit.model.units_of_measure import converted, counts_alike
from toolkit.model.values import PercentCell, exact, show_number

_TENTHS = lazy_pattern(r"([零一二三四五六七八九十\d](?:\.\d)?)成([零一二三四五六七八九\d半])?")
_SHARE = lazy_pattern(r"(\d{1,9}(?:\.\d{1,6})?)/(\d{1,9}(?:\.\d{1,6})?)", re.ASCII)
_MOST_SHARES = 10  # a fraction above ten is a date or a number of two parts
_OTHER_MONEY = frozenset("$€£")
_LEAST, _MOST = Decimal("1e-9"), Decimal("1e15")
_UNITS = frozenset(
    re.findall(
        r"\S+",
        "元 家 个 户 人 名 项 件 亩 米 吨 套 次 处 条 座 台 辆 张 份 场 期 批 栋 间 所 天 日 月 年 周 度 倍 岁 克 升 瓦 % ‰ 公里 千米 里 平方米 平方公里 公顷"
        " 立方米 人次 户次 辆次 件次 期次 场次 批次 公斤 千克 美元 美金 港元 欧元 个月 小时 分钟 标段 床 车 株 棵 头 只 箱 包 宗 起 例 篇 度电 瓦时",
    ),
)


class NumberKind(Kind):
    """A decimal number."""

    name = "小数"
    numeric = True

    def _read(self, raw: object, text: str, limits: Limits) -> Reading:
        if isinstance(raw, bool | date):
            return self._no_number(text)
        if isinstance(raw, PercentCell) and unit_of(limits.unit) == (0, "%"):
            return self._whole(Reading(exact(exact(raw) * 100)), text)
        if isinstance(raw, PercentCell) or not isinstance(raw, float | int):
            return self._typed(text, limits)
        value = exact(raw)
        if unit_of(limits.unit) == (0, "%") and 0 < abs(value) < 1:
            return self._whole(Reading(value, Code.SMALL_PERCENT, {"seen": text, "times": show_number(exact(value * 100))}), text)
        return self._whole(Reading(value), text)

    def _read_displayed(self, cell: DisplayedCell, limits: Limits) -> Reading:
        """Take scale, sign and unit from what was shown and the digits from the cell; ask where they cannot be brought together."""
        if cell.doubt or cell.number is None:
            return doubtful(cell, cell.doubt or Doubt.ODD)
        if cell.has_currency and limits.unit and _OTHER_MONEY & set(cell.shown):
            return Reading(None, Code.OTHER_UNIT, {"seen": cell.shown, "unit": limits.unit})
        power, _ = unit_of(limits.unit)
        quantity = quantity_in(cell.quantity)
        has_unit = quantity is not None and bool(quantity.power or quantity.name)
        if cell.shift and not (quantity and cell.shift in ({quantity.power, quantity.power - power} if has_unit else {power})):
            return doubtful(cell, Doubt.SCALE)
        text = cell.quantity if has_unit or not cell.shift else f"{cell.quantity}{limits.unit}"
        reading = self._read(text, text, limits)
        if reading.value is None or not (cell.shift or cell.says_sign or (cell.has_currency and power)):
            return reading
        facts = {"seen": cell.shown, "stored": cell.stored_text, "value": show_number(Decimal(str(reading.value)))}
        return Reading(reading.value, Code.SHOWN_AS, facts)

    def _typed(self, text: str, limits: Limits) -> Reading:
        """Understand a number typed as text, with its unit held against the row's."""
        percent = unit_of(limits.unit) == (0, "%")
        power, name = unit_of(limits.unit)
        meant = _share_in(text) if percent else _money_in(text, power) if name == "元" else None
        if meant is not None:
            return self._whole(Reading(meant, Code.UNDERSTOOD, {"seen": text, "value": show_number(meant)}), text)
        quantity = quantity_in(_percent_in(text) if percent else text)
        if quantity is None:
            return Reading(None, Code.IS_RANGE, {"seen": text}) if is_range(text) and _is_short(text) else self._no_number(text)
        if quantity.name and quantity.name != name:
            return self._other_unit(quantity, text, limits)
        value = quantity.in_power(power if quantity.name or quantity.power else 0)
        facts = {"seen": text, "value": show_number(value)}
        if percent and not quantity.name and 0 < abs(value) < 1:
            return self._whole(Reading(value, Code.SMALL_PERCENT, facts | {"times": show_number(exact(value * 100))}), text)
        if (quantity.name or quantity.power) and quantity.power != power:
            return self._whole(Reading(value, Code.CONVERTED, facts), text)
        return self._whole(Reading(value) if _is_plain(text) else Reading(value, Code.READ_AS, facts), text)

    def _other_unit(self, quantity: Quantity, text: str, limits: Limits) -> Reading:
        if limits.unit:
            return self._in_unit(quantity, text, limits)
        if quantity.name not in _UNITS:
            return self._no_number(text)
        if quantity.name in {"%", "‰"}:
            return self._no_number(text)
        value = quantity.in_power(0)
        return self._whole(Reading(value, Code.UNDERSTOOD, {"seen": text, "value": show_number(value)}), text)

    def _in_unit(self, quantity: Quantity, text: str, limits: Limits) -> Reading:
        """Convert what turns into the unit exactly, take what counts the same things, both asked about; anything else is no value."""
        power, name = unit_of(limits.unit)
        value = converted(quantity.number, (quantity.power, quantity.name), (power, name))
        if value is not None:
            return self._whole(Reading(value, Code.CONVERTED, {"seen": text, "value": show_number(value)}), text)
        if counts_alike(quantity.name, name):
            value = quantity.in_power(power)
            return self._whole(Reading(value, Code.UNDERSTOOD, {"seen": text, "value": show_number(value)}), text)
        return Reading(None, Code.OTHER_UNIT, {"seen": text, "unit": limits.unit}) if quantity.name in _UNITS else self._no_number(text)

    def _whole(self, reading: Reading, text: str) -> Reading:
        """Refuse what counts nothing; a subclass refuses more."""
        return reading if isinstance(reading.value, Decimal) and _is_countable(reading.value) else self._no_number(text)

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
        """Give back a number (Decimal) from the text the ledger keeps."""
        return Decimal(text)

    def guard(self, limits: Limits) -> Guard:
        """Allow numbers within the bounds, ends included; without a bound within a million million."""
        return Guard("decimal", *_bounds(limits))


class WholeKind(NumberKind):
    """A whole number."""

    name = "整数"

    def _whole(self, reading: Reading, text: str) -> Reading:
        reading = super()._whole(reading, text)
        fits = not isinstance(reading.value, Decimal) or reading.value == reading.value.to_integral_value()
        return reading if fits else Reading(None, Code.NOT_WHOLE, {"seen": text})

    def guard(self, limits: Limits) -> Guard:
        """Allow whole numbers within the bounds, ends included; without a bound within a million million."""
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
        share = _share_in(text)
        if share is not None:
            return self._whole(Reading(share, Code.UNDERSTOOD, {"seen": text, "value": show_number(share)}), text)
        percent_text = _percent_in(text)
        quantity = quantity_in(percent_text) if percent_text else None
        if quantity is None or not _is_countable(quantity.number) or quantity.power or quantity.name not in {"", "%"}:
            return self._no_number(text)
        if quantity.name == "%" or quantity.number == 0:
            code = None if quantity.number == 0 and _is_plain(text) else Code.READ_AS
            return Reading(quantity.number, code, {"seen": text, "value": show_number(quantity.number)} if code else {})
        return self._fraction(quantity.number, text)

    def _no_number(self, text: str) -> Reading:
        return Reading(None, Code.NOT_NUMBER, {"seen": text, "hint": "，如 45 表示 45%"})

    def _fraction(self, value: Decimal, text: str) -> Reading:
        if not _is_countable(value):
            return self._no_number(text)
        if value == 1:
            return Reading(value, Code.PERCENT_OF_ONE)
        if 0 < value < 1:
            return Reading(exact(value * 100), Code.READ_AS, {"seen": text, "value": show_number(exact(value * 100))})
        return Reading(value) if _is_plain(text) else Reading(value, Code.READ_AS, {"seen": text, "value": show_number(value)})

    def show(self, value: object) -> object:
        """Write as a number; 1 and less as text with its sign, since a bare 0.5 reads as a half."""
        return f"{show_number(value)}%" if isinstance(value, Decimal) and 0 < value <= 1 else super().show(value)


def _money_in(text: str, power: int) -> Decimal | None:
    """Read in a power of ten an amount whose currency stands before it and whose unit behind it (人民币3500万元, ￥2000万), or with w for 万 (2000W)."""
    tidy = tidy_number(text)
    bare = re.sub(r"^(?:人民币|rmb|cny|[¥￥])+", "", re.sub(r"(?<=\d)w(?=元?$)", "万", tidy.lower()))
    quantity = quantity_in(bare) if bare != tidy else None
    if quantity is None or quantity.name not in {"", "元"} or not (quantity.name or quantity.power):
        return None
    return quantity.in_power(power)


def _bounds(limits: Limits) -> tuple[float, float]:
    low = float(limits.low) if limits.low is not None else -1e12
    high = float(limits.high) if limits.high is not None else 1e12
    return low, high


def _is_countable(value: Decimal) -> bool:
    """Whether a number can count or measure anything here: finite, neither beyond a cell's 15 digits nor next to nothing."""
    return value.is_finite() and (not value or _LEAST <= abs(value) < _MOST)


def _is_plain(text: str) -> bool:
    """Whether a number is typed as a program writes it, so that nothing needs saying."""
    return bool(re.fullmatch(r"-?\d+(?:\.\d+)?", text, re.ASCII))


def _is_short(text: str) -> bool:
    return len(text) <= 24


def _share_in(text: str) -> Decimal | None:
    """Read a fraction (6.5/100, 9／20) in percent; None for anything else, for one over nothing and for one that is no share (2023/6)."""
    found = _SHARE.fullmatch(tidy_number(text).replace(" ", ""))
    above, below = (Decimal(found[1]), Decimal(found[2])) if found else (Decimal(0), Decimal(0))
    return exact(round(above * 100 / below, 6)) if below and above <= below * _MOST_SHARES else None


def _percent_in(text: str) -> str:
    """Write 百分之四十五 and 四成五 with a percent sign; other text stays."""
    tidy = tidy_number(text)
    tenths = _TENTHS.search(tidy)
    if tenths:
        whole, part = _tenth(tenths[1]), _tenth(tenths[2] or "零")
        value = None if whole is None or part is None else exact(whole * 10 + part)
        return "" if value is None else tidy[: tenths.start()] + f"{show_number(value)}%" + tidy[tenths.end() :]
    if "百分之" in tidy:
        before, _, after = tidy.partition("百分之")
        return before + ("100%" if after == "百" else re.sub(r"^([\d.]+|[零一二三四五六七八九十百点]+)%?", r"\1%", after))
    return tidy


def _tenth(text: str) -> Decimal | None:
    """Read what stands before or behind 成; 半 is five."""
    return Decimal(5) if text == "半" else Decimal(text) if text.isascii() else chinese_number(text)

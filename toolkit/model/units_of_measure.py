"""Units of measure that turn into one another exactly (米 and 公里, 亩 and 平方米), what is counted alike, and the unit that a title names."""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.numerals import is_counted, unit_of
from toolkit.model.values import exact

_MOST_PLACES = 9  # behind the point: a value that needs more is no exact one


class _Size(NamedTuple):
    """How large a unit is, in the smallest one of what it measures."""

    measured: str
    size: Fraction


# 里, 斤 and 亩 by the State Council's order of 1984 on legal units: 1 里 = 500 米, 1 斤 = 0.5 公斤, 1 公顷 = 15 亩.
_MEASURED: Mapping[str, Mapping[str, int | Fraction]] = {
    "长": {"米": 1, "公里": 1000, "里": 500},
    "面": {"平方米": 1, "公顷": 10_000, "平方公里": 1_000_000, "亩": Fraction(10_000, 15)},
    "重": {"克": 1, "公斤": 1000, "斤": 500, "吨": 1_000_000},
    "容": {"升": 1, "立方米": 1000},
    "比": {"%": 10, "‰": 1},
    "电": {"瓦时": 1, "度": 1000, "度电": 1000},
    "时": {"分钟": 1, "小时": 60},
}
_SIZES: Mapping[str, _Size] = {name: _Size(measured, Fraction(size)) for measured, sizes in _MEASURED.items() for name, size in sizes.items()}
_ANYTHING = "个"  # counts whatever its row is about
_BY_ANYTHING = frozenset(re.findall(r"\S+", "家 项 件 套 处 条 座 台 辆 份 场 期 批 栋 间 所 宗 起 例 标段 项目 企业 岗位 学位 车位 床位 泊位"))
_SAME_COUNT = (frozenset(("人", "名")), frozenset(("家", "企业")), frozenset(("项", "项目")), frozenset(("件", "宗", "起", "例")))
_MONEY = "元"
_CURRENCIES = frozenset(("美元", "美金", "港元", "港币", "欧元", "日元", "英镑"))
_BRACKETS = lazy_pattern(r"[(（\[【〔]([^()（）\[\]【】〔〕]{1,12})[)）\]】〕]")
_SAID = lazy_pattern(r"(?:计量|金额|货币)?单位\s*[:：为]\s*([^\s()（）]{1,8})\s*$")
_BEHIND = lazy_pattern(r"[/／\-—–、,，:：\s]\s*([^\s()（）]{1,6})\s*$")
_WORDS_BEFORE = lazy_pattern(r"^(?:(?:计量|金额|货币)?单位)?\s*[:：为]?\s*")
_YUAN = lazy_pattern(r"^(?:人民币|rmb|cny|[¥￥])\s*", re.IGNORECASE)
_SCALE_ALONE = lazy_pattern(r"[十百千]?[万亿萬億]|[百千]")
_CAPTION = lazy_pattern(
    r"单位\s*[:：为(（]?\s*(?:人民币)?((?:十|百|千)?(?:万|亿)?元)(?![^\s，。；、)）])|以(?:人民币)?((?:十|百|千)?(?:万|亿)?元)(?:人民币)?(?:为|做|作)(?:计量)?单位"
)
_FEWER_PLACES, _LONG = 6, 14  # what is left of a number that a program worked out, and how many digits such a one has at least
_NOISE = Fraction(1, 10**12)


def converted(number: Decimal, unit: tuple[int, str], into: tuple[int, str]) -> Decimal | None:
    """Give a number in another unit, each as (power of ten, name); None where they do not turn into one another exactly."""
    if unit[1] == into[1]:
        return exact(number.scaleb(unit[0] - into[0]))
    value = _turned(number, unit, into)
    scaled = value * 10**_MOST_PLACES if value is not None else Fraction(1, 3)
    return exact(Decimal(int(scaled)).scaleb(-_MOST_PLACES)) if scaled.denominator == 1 else None


def converted_nearly(number: Decimal, unit: tuple[int, str], into: tuple[int, str]) -> Decimal | None:
    """Give what `converted` gives; of a number with all the digits that a program writes (0.666666666666667) also what it must have been."""
    value = converted(number, unit, into)
    turned = _turned(number, unit, into) if value is None and len(number.as_tuple().digits) >= _LONG else None
    if turned is None:
        return value
    fewer = round(turned, _FEWER_PLACES)
    return exact(Decimal(fewer.numerator) / Decimal(fewer.denominator)) if abs(fewer - turned) <= abs(turned) * _NOISE else None


def _turned(number: Decimal, unit: tuple[int, str], into: tuple[int, str]) -> Fraction | None:
    size, other = _SIZES.get(unit[1]), _SIZES.get(into[1])
    if size is None or other is None or size.measured != other.measured or not number.is_finite():
        return None
    return Fraction(number) * size.size / other.size * Fraction(10) ** (unit[0] - into[0])


def counts_alike(name: str, other: str) -> bool:
    """Whether two words count the same things: 个 whatever is no person or household, 人 and 名, 项 and 项目."""
    pair = {name, other}
    return name != other and (any(pair <= same for same in _SAME_COUNT) or (_ANYTHING in pair and bool(pair & _BY_ANYTHING)))


def unit_in_title(title: str) -> str:
    """Give the unit of measure that a column's title names, '' for none: in brackets, after 单位：, after a dash or a blank.

    执行数（万元）, 长度 单位:公里, 投资/元. A power of ten alone (投资（亿）) is one too.
    """
    held = [part for text in reversed(_BRACKETS.findall(title)) for part in re.split("[，,、;；]", text)]
    for text in (*held, *_SAID.findall(title)):
        bare = _bare_unit(text)
        if is_unit(bare) or _SCALE_ALONE.fullmatch(bare):
            return bare
    behind = next((_bare_unit(text) for text in _BEHIND.findall(title)), "")
    is_sure = unit_of(behind)[1] in {_MONEY, *_SIZES, *_CURRENCIES} and not (behind.isascii() and len(behind) == 1 and behind.isalpha())
    return behind if is_sure else ""


def _bare_unit(text: str) -> str:
    bare = _WORDS_BEFORE.sub("", text.strip()).strip()
    without = _YUAN.sub("", bare)
    return without or _MONEY if without != bare else bare


def unit_in_caption(text: str) -> str:
    """Give the unit of money that a line above a table names (单位：万元, 金额以元为单位); '' for none."""
    found = _CAPTION.search(text)
    return found[1] or found[2] if found else ""


def is_unit(text: str) -> bool:
    """Whether a text is a unit of measure or a word that counts, with or without 万 and the like."""
    _, name = unit_of(text)
    return name in {_MONEY, _ANYTHING} or name in _SIZES or name in _CURRENCIES or is_counted(name)


def titled(title: str, unit: str) -> str:
    """Give a column's title with its unit of measure in it: the title itself where it names the unit."""
    if not unit or unit in title:
        return title
    return f"{title} ({unit})" if title.isascii() else f"{title}（{unit}）"

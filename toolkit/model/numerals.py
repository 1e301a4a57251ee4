"""Numbers as people type them: full width, thousands marks, 约 and 左右, Chinese numerals, 万 and 亿, a unit behind."""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.values import INVISIBLE, exact

_LONGEST = 40  # characters; what is longer is a sentence
_DIGITS_KEPT = 28  # significant digits that arithmetic keeps
_BLANKS = lazy_pattern(rf"[\s{INVISIBLE}]+")
_GAP = lazy_pattern(r"(?<=[\d.])[\s]+(?=[\d.])")
_NEXT_LINE = lazy_pattern(r"(?<=[\d.%])\s*[\t\n\v\f\r\u2028]\s*(?=[\d.])")  # two numbers, one below or beside the other
_MARK = "[¹²³⁰-⁹₀-₉①-⒛⓪-⓿❶-➓㈠-㈩㉑-㉟㊀-㊉㊱-㊿]"  # signs of notes, which NFKC makes digits of
_MARKED = lazy_pattern(rf"(?<=\d)(?={_MARK})|(?<={_MARK})(?=\d)")
_ARABIC = lazy_pattern(r"[+-]?(?:\d{1,3}(?:[, ]\d{3})+|\d{1,4}(?:[, ]\d{4})+|\d+)?(?:(?<=\d)\.\d*|\.\d+)?(?:[eE][+-]?\d{1,2}(?!\d))?", re.ASCII)
_BEFORE = lazy_pattern(
    r"^(?:截至目前|截止目前|目前|大约|大概|约为|约|将近|接近|近|超过|超|突破|累计完成|已累计|累计|已经|已完成|已达到|已达|完成率|完成|达到|达|共计|总计|合计|共|已|为|进度|[:：,，])+"
)
_AFTER = lazy_pattern(r"(?:左右|上下|以上|之多|许|[余多])+$")
_MORE = lazy_pattern(r"^(?:[余多]|左右|上下)")
_RANGE = lazy_pattern(r"\d[\d.]*%?\s*(?:万|亿|元)*\s*(?:[-~～—–至到]+)\s*\d[\d.]*%?")
_FLUENT_RANGE = lazy_pattern(r"[一二三四五六七八九]{2}[成十百千万]")  # 四五成, 二三十
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟两〇○萬億", "一二三四五六七八九十百千二零零万亿")
_NUMERAL = lazy_pattern(r"[零一二三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+)?")
_STEPS = lazy_pattern(
    r"(?:(?P<yi>\d+(?:\.\d+)?)亿[零又]?)?(?:(?P<wan>\d+(?:\.\d+)?)万[零又]?)?(?:(?P<qian>\d)千)?(?P<ones>\d+(?:\.\d+)?)?(?P<rest>\D*)",
    re.ASCII,
)
_HUNDREDS = lazy_pattern(r"(?<![\d.])(?:([1-9])千([1-9])百|(?<=亿)([1-9])千|(?<=亿)([1-9])百)(?=万)", re.ASCII)  # 2千5百万, 1亿2千万
_SCALE = lazy_pattern(r"(?:[十百千]?万亿|[十百千]?[万亿]|[百千])")
_SCALES = {"": 0, "十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12}

_OTHER_NAMES = {
    **dict.fromkeys(("块", "块钱", "圆", "圆整", "人民币", "元人民币", "元整"), "元"),
    **dict.fromkeys(("平米", "㎡", "m2"), "平方米"),
    **dict.fromkeys(("平方千米", "km2"), "平方公里"),
    "m": "米",
    "km": "公里",
    "g": "克",
    "kg": "公斤",
    "t": "吨",
    "m3": "立方米",
    "kwh": "度",
    "ha": "公顷",
    **dict.fromkeys(("hm2", "平方百米"), "公顷"),
    **dict.fromkeys(("延米", "延长米"), "米"),
}

# What is counted one by one: half of one does not exist. What is measured (元, 亩, 吨, 公里) may be broken, and so may 万户.
_COUNTED = frozenset(
    re.findall(
        r"\S+",
        "户 家 个 人 名 项 件 套 次 处 条 座 台 辆 张 份 场 期 批 栋 间 所 床 株 棵 头 只 箱 宗 起 例 篇 人次 户次 辆次 件次 期次 场次 批次 标段 车次 "
        "幢 口 枚 部 支 颗 面 本 册 位 岗 班 岗位 项目 企业 学位 床位 车位 泊位 家次 宗次 村 社区 镇 乡 街道 人才 医院 学校",
    )
)


class Quantity(NamedTuple):
    """A number and the unit typed behind it; the unit is split into its power of ten and its name: 万元 is 4 and 元."""

    number: Decimal
    power: int = 0
    name: str = ""

    def in_power(self, power: int) -> Decimal:
        """Give the number in another power of ten, exactly: 5万 (power 4) is 0.0005 in power 8."""
        return exact(self.number.scaleb(self.power - power))


def tidy_number(text: str) -> str:
    """Write a typed number in half width on one line; blanks stay only between digits, between two of several lines stands a semicolon."""
    half = unicodedata.normalize("NFKC", apart(text)).replace("−", "-").replace("﹣", "-").lstrip("'‘’`").translate(_FORMAL)
    half = _GAP.sub("\x00", _NEXT_LINE.sub(";", half))
    return _BLANKS.sub("", half).replace("\x00", " ").rstrip("。;；,，、")


def apart(text: str) -> str:
    """Put a semicolon between a digit and the sign of a note beside it (31①, ²31), which would be taken for one of its digits."""
    return text if text.isascii() else _MARKED.sub(";", text)


def is_range(text: str) -> bool:
    """Whether a text names two numbers, from one to the other: 40%-50%, 四五成."""
    half = unicodedata.normalize("NFKC", text)
    return bool(_RANGE.search(half) or _FLUENT_RANGE.search(half))


def quantity_in(text: str) -> Quantity | None:
    """Read one number with the unit behind it and nothing else but words like 约; None when there is more or less than that."""
    tidy = tidy_number(text)
    if not tidy or len(tidy) > _LONGEST or is_range(tidy):
        return None
    bare = _AFTER.sub("", _BEFORE.sub("", tidy))
    stepped = _in_steps(bare)
    if stepped is not None:
        return stepped
    found = _ARABIC.match(bare)
    if found and re.match(r"[+-]?\.?\d", found[0]):
        digits = re.sub(r"[, ]", "", found[0])
        rest = bare[found.end() :]
        if digits.endswith(".") and rest:
            return None
        return _quantity(_decimal(digits.rstrip(".")), rest)
    return _in_chinese(bare)


def _in_chinese(bare: str) -> Quantity | None:
    numeral = _NUMERAL.match(bare)
    if numeral is None:
        return None
    words = numeral[0]
    scale = re.search(r"[万亿]+$", words)
    whole = words[: scale.start()] if scale and not re.search(r"[万亿]", words[: scale.start()]) else words
    found = _quantity(chinese_number(whole), words[len(whole) :] + bare[numeral.end() :])
    if found is None or found.power or not re.search(r"[万亿]", whole):
        return found
    largest = 8 if "亿" in whole else 4  # 一亿五千万 is said in 亿, as 1亿5000万 is
    return Quantity(exact(found.number.scaleb(-largest)), largest, found.name)


def number_in(text: str) -> Decimal | None:
    """Read a number typed as text (full width, thousands separators, about-words) with no unit; None when it is not one."""
    found = quantity_in(text)
    return found.number if found is not None and not found.power and not found.name else None


def unit_of(text: str) -> tuple[int, str]:
    """Split a unit into its power of ten and its name: 万平方米 is (4, 平方米), 家 is (0, 家)."""
    bare = _BLANKS.sub("", unicodedata.normalize("NFKC", text)).translate(str.maketrans("萬億", "万亿"))
    if bare in {"百分点", "个百分点", "%"}:
        return 0, "%"
    found = _SCALE.match(bare)
    power, name = (_SCALES[found[0]], bare[found.end() :]) if found else (0, bare)
    return power, _OTHER_NAMES.get(name.lower(), name)


def is_counted(unit: str) -> bool:
    """Whether what a unit counts comes in wholes only: 户, 个, 件; not 万户, 公里 or %."""
    power, name = unit_of(unit)
    return not power and name in _COUNTED


def chinese_number(text: str) -> Decimal | None:
    """Read a Chinese numeral that is written out in full (一千二百, 三点五, 二〇二三 by digits); None for 一千二 and other doubtful ones."""
    whole, point, after = text.translate(_FORMAL).partition("点")
    digits = "零一二三四五六七八九"
    if point and (not after or any(char not in digits for char in after)):
        return None
    value = _whole(whole)
    if value is None:
        return None
    return Decimal(f"{value}.{''.join(str(digits.index(char)) for char in after)}" if point else value)


def _quantity(number: Decimal | None, rest: str) -> Quantity | None:
    if number is None:
        return None
    tail = _MORE.sub("", rest)
    unit, more = re.subn(r"^([万亿]+)(?:[余多]|左右|上下)", r"\1", tail)
    power, name = unit_of(unit)
    if re.search(r"[\d一二三四五六七八九]", name) or (more and _MORE.match(name)):
        return None
    return Quantity(number, power, name)


def _in_steps(text: str) -> Quantity | None:
    """Read an amount said step by step (1亿5000万元, 3万5千, 2亿零500万), each step smaller than the one before; None for one of one step."""
    joined, hundreds = _HUNDREDS.subn(_thousands, re.sub(r"(?<=\d)[, ](?=\d{3})", "", text))
    found = _STEPS.fullmatch(joined)
    if found is None:
        return None
    steps = [(found[name], power) for name, power in (("yi", 8), ("wan", 4), ("qian", 3), ("ones", 0)) if found[name]]
    bounds = [8 if power == 4 else 4 if power == 3 else steps[at - 1][1] for at, (_, power) in enumerate(steps)]
    values = [Decimal(digits).scaleb(power) for digits, power in steps]
    if len(steps) + hundreds < 2 or any(value >= Decimal(10) ** bound for value, bound in zip(values[1:], bounds[1:], strict=True)):
        return None
    if found["ones"] and steps[-2][1] - len(found["ones"].partition(".")[0]) > 0 and "零" not in text:  # 3万5 is 35,000, or 30,005
        return None
    power, name = unit_of(found["rest"])
    largest = steps[0][1]
    return None if power or re.search(r"[\d一二三四五六七八九]", name) else Quantity(exact(sum(values, Decimal(0)).scaleb(-largest)), largest, name)


def _thousands(found: re.Match[str]) -> str:
    """Write 2千5百 before 万 as 2500, and the 2千 of 1亿2千万 as 2000."""
    return str(1000 * int(found[1] or found[3] or 0) + 100 * int(found[2] or found[4] or 0))


def _decimal(digits: str) -> Decimal | None:
    value = Decimal(digits)
    return exact(value) if len(value.as_tuple().digits) <= _DIGITS_KEPT else None


def _whole(text: str) -> int | None:
    """Read by places, and accept it only when writing the number out gives the same characters again."""
    digits = "零一二三四五六七八九"
    if not text:
        return None
    if all(char in digits for char in text):
        return int("".join(str(digits.index(char)) for char in text)) if len(text) == 1 or len(text) >= 4 else None
    total = section = digit = 0
    for char in text:
        if char in digits:
            digit = digits.index(char)
        elif char in "十百千":
            section += (digit or 1) * 10 ** _SCALES[char]
            digit = 0
        else:
            total = (total + section + digit) * 10 ** _SCALES[char] if char == "亿" else total + (section + digit) * 10_000
            section = digit = 0
    value = total + section + digit
    return value if _written(value) == _written_form(text) else None


def _written_form(text: str) -> str:
    return re.sub(r"^十", "一十", re.sub(r"([零万亿])十", r"\1一十", text))


def _written(value: int) -> str:
    """Write a whole number in Chinese with every place named."""
    for power, word in ((100_000_000, "亿"), (10_000, "万")):
        if value >= power:
            high, low = divmod(value, power)
            joint = "零" if 0 < low < power // 10 else ""
            return _written(high) + word + joint + (_written(low) if low else "")
    out, gap = "", False
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // place % 10
        if digit:
            out += ("零" if gap and out else "") + "零一二三四五六七八九"[digit] + word
        gap = not digit
    return out or "零"

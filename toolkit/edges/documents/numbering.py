"""Draws list numbers the way Word and browsers do: 3 as 三, （三）, ③, iii."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def drawn(value: int, style: str) -> str:
    """Write a number in one of WordprocessingML's number formats; one that is not known is written in Arabic digits."""
    write = _STYLES.get(style, str)
    return write(value) if 0 < value < 10_000 else str(value)


def _chinese(value: int, digits: str = _DIGITS, units: str = "千百十") -> str:
    """1023 → 一千零二十三, 15 → 十五."""
    zero = "零"
    text, gap = "", False
    for power, unit in zip((1000, 100, 10, 1), (*units, ""), strict=True):
        digit = value // power % 10
        if digit:
            text += (zero if gap and text else "") + digits[digit] + unit
            gap = False
        else:
            gap = True
    return text[1:] if units[2] == "十" and text.startswith("一十") else text


def _circled(value: int) -> str:
    for last, start in ((20, 0x2460), (35, 0x3251 - 20), (50, 0x32B1 - 35)):
        if value <= last:
            return chr(start + value - 1)
    return str(value)


def _roman(value: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (value // worth)
        value %= worth
    return text


def _letter(value: int) -> str:
    """Word repeats the letter after z: aa, bb."""
    return chr(97 + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _shifted(start: int, last: int) -> Callable[[int], str]:
    """Number from a run of ready-made characters; past its end plain digits."""
    return lambda value: chr(start + value - 1) if value <= last else str(value)


def _digits(value: int) -> str:
    return str(value).translate(str.maketrans("0123456789", _DIGITS))


_STYLES: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda value: f"{value:02}",
    "lowerLetter": _letter,
    "upperLetter": lambda value: _letter(value).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda value: _roman(value).upper(),
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"), _chinese),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"), _digits),
    "chineseLegalSimplified": lambda value: _chinese(value, _LEGAL, "仟佰拾"),
    "ideographLegalTraditional": lambda value: _chinese(value, "零壹貳參肆伍陸柒捌玖", "仟佰拾"),
    "ideographTraditional": lambda value: _STEMS[(value - 1) % 10],
    "ideographZodiac": lambda value: _BRANCHES[(value - 1) % 12],
    **dict.fromkeys(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"), _circled),
    "decimalEnclosedParen": _shifted(0x2474, 20),
    "decimalEnclosedFullstop": _shifted(0x2488, 20),
    "ideographEnclosedCircle": _shifted(0x3280, 10),
    **dict.fromkeys(("decimalFullWidth", "decimalFullWidth2"), lambda value: str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))),
}

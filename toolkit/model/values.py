"""Raw cell values as a person sees them: text without what no sheet can show, numbers without binary dust."""

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import Self

from toolkit.model.lazy_pattern import lazy_pattern

EXCEL_CELL = 32_767  # characters a cell holds, Excel's own limit
_CONTROL = lazy_pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_NOT_IN_NAMES = lazy_pattern(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_TURN = lazy_pattern(r"[\u202a-\u202e\u2066-\u2069]")  # signs that change the direction of writing (Unicode UAX #9): what is seen is not what stands there
_FORWARD = lazy_pattern(r"[\u202a\u202c\u202d\u2066\u2069]")  # those of them that change nothing in digits and Chinese
_NOT_IN_FILE_NAMES = lazy_pattern(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufffe\uffff\ud800-\udfff]")
_LINE_END = lazy_pattern(r"\r\n?|(?:_x000[Dd]_)\n?|[\x0b\x0c\x1c-\x1f]|_x00(?:0[AaBbCc]|1[C-Fc-f])_")  # Word's line and page breaks, and signs that part lists
_ESCAPED = lazy_pattern(r"_x00(?:[01][0-9A-Fa-f]|7[Ff]|[89][0-9A-Fa-f])_")  # OOXML writes a control character so
_GLUING = lazy_pattern(rf"_x0009_|(?<=\d)(?:{_CONTROL.pattern}|{_ESCAPED.pattern})+(?=\d)")  # what may have parted two numbers: taking it out would make one
_STRETCH = lazy_pattern(r"[^(（〈《\[【)）〉》\]】]*[(（〈《\[【)）〉》\]】]?")  # up to the next bracket
_CLOSING = (")", "）", "〉", "》", "]", "】")
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_EDGE = " \t\n\r\f\v\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000" + INVISIBLE
_ERROR = lazy_pattern(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|UNKNOWN!)|Err:\d{3}")
_PICTURE = lazy_pattern(r"=\s*(?:_xlfn\.)?DISPIMG\s*\(", re.IGNORECASE)  # WPS keeps a picture in a cell as this formula, and the same text as its result


class PercentCell(float):
    """A number whose cell has a percent format: 0.45 is what a person saw as 45%."""

    __slots__ = ()


class PaddedCell(float):
    """A number that its cell shows with zeros before it: 1 is what a person saw as 001; `digits` of its whole part are shown at least."""

    __slots__ = ("digits",)
    digits: int

    def __new__(cls, value: float, digits: int = 1) -> Self:
        """Keep the number, and how many digits are shown."""
        made = super().__new__(cls, value)
        made.digits = digits
        return made


def padded(number: str, digits: int) -> str:
    """Put zeros before a number's whole part until it has so many digits."""
    whole, point, rest = number.partition(".")
    return whole.zfill(digits + whole.startswith("-")) + point + rest


def plain(raw: object) -> str:
    """Write any raw cell value as a person saw it, without blanks around it or control characters; '' for nothing."""
    if raw is None or type(raw) is str:
        return _plain_text(raw) if raw else ""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, PercentCell):
        return show_number(exact(exact(raw) * 100)) + "%"
    if isinstance(raw, float | int | Decimal):
        shown = show_number(exact(raw))
        return padded(shown, raw.digits) if isinstance(raw, PaddedCell) else shown
    if isinstance(raw, datetime):
        return raw.strftime("%Y-%m-%d") if raw.time() == datetime.min.time() else raw.strftime("%Y-%m-%d %H:%M")
    return _plain_text(str(raw)) if not isinstance(raw, time | timedelta) else _clock(raw)


def _clock(span: time | timedelta) -> str:
    """Write a time of day as 10:30, a span of time as [h]:mm shows it, 36:00; its seconds where it has some."""
    if isinstance(span, time):
        return span.strftime("%H:%M:%S" if span.second else "%H:%M")
    minutes, seconds = divmod(round(abs(span).total_seconds()), 60)
    return f"{'-' if span < timedelta(0) else ''}{minutes // 60}:{minutes % 60:02d}" + (f":{seconds:02d}" if seconds else "")


@lru_cache(maxsize=8192)  # a cell is looked at by a dozen rules
def _plain_text(text: str) -> str:
    return _visible(text).strip(_EDGE)[:EXCEL_CELL].rstrip(_EDGE)


def has_control_characters(raw: object) -> bool:
    """Whether a text holds characters that no sheet can show, also written out as _x0007_; line ends and what is no text are none."""
    if not isinstance(raw, str) or (raw.isprintable() and "_x00" not in raw):
        return False
    text = _LINE_END.sub("\n", raw)
    return bool(_CONTROL.search(text) or _ESCAPED.search(text))


def has_turns(raw: object) -> bool:
    """Whether a text holds signs that change the direction of writing (Unicode's bidi controls); what is no text holds none."""
    return isinstance(raw, str) and not raw.isprintable() and bool(_TURN.search(raw))


def without_forward_turns(raw: object) -> object:
    """Take off signs that only say “left to right”, as telephones and calculators put them round a number; nothing where one turns it round."""
    if not has_turns(raw):
        return raw
    text = _FORWARD.sub("", str(raw))
    return raw if _TURN.search(text) else text


def visible_name(name: str) -> str:
    """Put \ufffd in the place of each character of a name that no sheet can show, so that names that differ still do; signs that turn writing are shown."""
    return name if name.isprintable() else _TURN.sub(_number, _NOT_IN_NAMES.sub("\ufffd", name))


def visible_file_name(name: str) -> str:
    r"""Write a file's name so that every sheet, ledger and screen can keep it: a byte that is no text as \xb1, a control sign as \u202e.

    Bytes stand in a name as Python reads them from a file system (surrogates U+DC80 to U+DCFF, PEP 383).
    """
    return name if name.isprintable() else _NOT_IN_FILE_NAMES.sub(_number, name)


def _number(sign: re.Match[str]) -> str:
    code = ord(sign[0])
    return f"\\x{code - 0xDC00:02x}" if 0xDC80 <= code <= 0xDCFF else f"\\u{code:04x}"


def is_cut(raw: object) -> bool:
    """Whether a text is longer than a cell can hold, so that its end was left out."""
    return isinstance(raw, str) and len(raw) > EXCEL_CELL and len(_visible(raw).strip(_EDGE)) > EXCEL_CELL


def is_error(text: str) -> bool:
    """Whether a cell shows a formula's error (#REF!, #N/A, Err:502) and not something that was typed."""
    return len(text) <= 16 and bool(_ERROR.fullmatch(text))


def is_picture(text: str) -> bool:
    """Whether a cell's formula shows a picture, the way WPS writes one (=DISPIMG…)."""
    return text.startswith("=") and bool(_PICTURE.match(text))


def exact(number: float | Decimal) -> Decimal:
    """Turn a spreadsheet's binary number into the decimal a person typed (15 significant digits, no trailing zeros)."""
    value = number if isinstance(number, Decimal) else Decimal(number) if isinstance(number, int) else Decimal(format(number, ".15g"))
    if not value.is_finite():
        return value
    value = value.normalize() + 0  # + 0 makes a negative zero a plain one
    return value.quantize(Decimal(1)) if value == value.to_integral_value() and abs(value) < 10**27 else value


def show_number(number: Decimal) -> str:
    """Write a number without an exponent; zeros at its end stay, `exact` takes them off."""
    return format(number, "f")


def _visible(text: str) -> str:
    """Take out control characters, also those written as _x0007_, make every line end a plain one, and show signs that turn the writing."""
    if text.isprintable() and "_x00" not in text:
        return text
    while (cleaned := _CONTROL.sub("", _ESCAPED.sub("", _GLUING.sub(" ", _LINE_END.sub("\n", text))))) != text:
        text = cleaned
    return _TURN.sub(_number, text)


_MOST = 15_000  # characters: a cell takes 32,767, and may hold two lists


def joined_words(items: Sequence[str], sign: str = "、") -> str:
    """Join items; of a list that is too long, as many as there is room for, and how many there are."""
    shown = sum(end <= _MOST for end in accumulate(len(text) + len(sign) for text in items))
    return sign.join(items) if shown == len(items) else f"{sign.join(items[:shown])}{sign}……等共 {len(items)} 个"


def parts_outside_brackets(text: str, signs: str) -> tuple[str, ...]:
    """Split a text at signs that do not stand within brackets: 各县（市、区）人民政府 is one name; parts are stripped, empty ones left out."""
    parts = [""]
    for stretch in _STRETCH.findall(text):  # a search from each sign to the next bracket would take the square of a long list's time
        here = [stretch] if stretch.endswith(_CLOSING) else re.split(f"[{signs}]", stretch)
        parts[-1] += here[0]
        parts += here[1:]
    return tuple(part for raw in parts if (part := raw.strip()))


def row_called(key: str) -> str:
    """Name a row for a reader by its key: 任务1, 任务1的“新建厂房” (an indicator or a milestone)."""
    number, _, name = key.partition("|")
    return f"{number}的“{name}”" if name else number

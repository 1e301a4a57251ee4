"""Cells whose number format shows them otherwise than they are stored: what a person saw, with the digits of the cell."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.number_format import Section, number_format
from toolkit.model.values import PaddedCell, PercentCell, exact, padded, plain, show_number

_MINUS = lazy_pattern(r"[-−－▼△▲↓]|^[(（]$|负|下降|减少|降低|降幅|缩减|下滑|回落|亏损|跌|[减降]")
_PLUS = lazy_pattern(r"\+|＋|↑|正|增长|增加|上升|提高|提升|增幅|[增升]")
_SIGNED = lazy_pattern(rf"(?:{_MINUS.pattern}|{_PLUS.pattern}|\s)+")
_ANY_SIGN = frozenset("▲△")  # up for some, negative in accounts
_CURRENCY = frozenset("¥￥$€£元")
_NO_DIGIT_ZERO = frozenset(("-", "–", "—", "－", "0", "零", "无", "/"))


UNSEEN = "[unseen]"  # stands for the format of a cell that is written in the colour of its ground


class Doubt(StrEnum):
    """Why what is shown and what is stored cannot be brought together, as the end of a sentence."""

    HIDDEN = "单元格格式把它隐藏了，看的人看不到"
    COLOUR = "字的颜色和底色一样，看的人看不到"
    SIGN = "正负对不上"
    SCALE = "单元格格式移动了小数点，看不出计量单位"
    ODD = "这种单元格格式，各个软件显示的不一样"
    CALENDAR = "单元格格式显示的是农历一类的历法，和存的日期不是同一个写法"
    DAY = "单元格格式没有把日期显示出来，看的人看不到是哪一天"


class DisplayedCell(NamedTuple):
    """A cell that is shown otherwise than it is stored.

    `stored` is the number or text; `shown` is all that a person saw, with the stored digits. Of it, `number` is the number, signed as it was
    understood, `lead` and `unit` the words before and behind it but for those that say its sign (`says_sign`) and a sign of money
    (`has_currency`). `shift`: what is stored is larger by so many powers of ten.
    """

    stored: float | str
    shown: str
    number: Decimal | None = None
    lead: str = ""
    unit: str = ""
    shift: int = 0
    says_sign: bool = False
    has_currency: bool = False
    doubt: Doubt | None = None

    def __str__(self) -> str:
        """Show it as a person saw it."""
        return self.shown

    @property
    def is_unsure(self) -> bool:
        """Whether it is no text either: nobody saw it, or not all saw the same."""
        return self.doubt in {Doubt.HIDDEN, Doubt.COLOUR, Doubt.ODD, Doubt.DAY, Doubt.CALENDAR}

    @property
    def quantity(self) -> str:
        """The shown number with the words around it, as it would be typed."""
        return f"{self.lead}{'' if self.number is None else show_number(self.number)}{self.unit}"

    @property
    def stored_text(self) -> str:
        """What is stored, as text: a number without an exponent and without zeros at its end."""
        return self.stored if isinstance(self.stored, str) else show_number(exact(self.stored))


def displayed(value: object, code: str) -> object:
    """Give a raw value as its format shows it: itself where that is the same, a PercentCell, the words in its place, or a DisplayedCell."""
    if code == UNSEEN and plain(value):
        return DisplayedCell(value if isinstance(value, float | str) else plain(value), plain(value), doubt=Doubt.COLOUR)
    return _displayed(value, code)


def _displayed(value: object, code: str) -> object:
    if isinstance(value, str | date):
        return _displayed_text(value, code) if isinstance(value, str) else _displayed_date(value, code)
    if isinstance(value, bool) or not isinstance(value, float | int):
        return value
    number = exact(value)
    if not number.is_finite():
        return value
    found = number_format(code).section(number)
    if found is None:
        return DisplayedCell(value, show_number(number), doubt=Doubt.ODD)
    section, has_minus = found
    if section.is_date:  # the fast reader takes a weekday's format (aaaa) for none
        return DisplayedCell(value, "星期几", doubt=Doubt.DAY) if section.ends_with == "周" else value
    return _displayed_number(value, number, section, has_minus=has_minus) if section.has_number else _words_only(value, number, section)


def _displayed_text(value: str, code: str) -> object:
    texts = number_format(code).texts
    if texts is None or not value:
        return value
    if texts.has_text or texts.has_number:
        return texts.before + value + texts.after
    return f"{texts.before}{texts.after}" or DisplayedCell(value, value, doubt=Doubt.HIDDEN)


def _displayed_date(value: date, code: str) -> object:
    """Write a date whose day nobody sees as it is seen, 2023年12月: a sheet makes the month's first day of what was typed so; ask where no date is seen."""
    ends_with = number_format(code).numbers[0].ends_with
    if ends_with == "历":
        return DisplayedCell(plain(value), "农历日期", doubt=Doubt.CALENDAR)
    if ends_with in {"周", "时", "日"}:
        clock = value.strftime("%H:%M") if isinstance(value, datetime) else "00:00"
        shown = {"周": f"星期{'一二三四五六日'[value.weekday()]}", "时": clock, "日": f"{value.day}"}[ends_with]
        return DisplayedCell(plain(value), shown, doubt=Doubt.DAY)
    parts = [str(value.year), "年"] + ([str(value.month), "月"] if ends_with == "月" else [])
    return "".join(parts) if ends_with else value


def _words_only(value: float, number: Decimal, section: Section) -> object:
    words = section.before + section.after
    if not words:
        return DisplayedCell(value, show_number(number), doubt=Doubt.HIDDEN)
    return value if number == 0 and words in _NO_DIGIT_ZERO else words


def _displayed_number(value: float, number: Decimal, section: Section, *, has_minus: bool) -> object:
    shown = exact(abs(number).scaleb(2 * section.percents - section.shift))
    before, after = section.before, "%" * section.percents + section.after
    digits = _masked(abs(number), section) if section.mask else padded(show_number(shown), section.digits)
    whole = f"{'-' if has_minus and number < 0 else ''}{before}{digits}{after}"
    if section.places is not None and not round(shown, section.places):
        return DisplayedCell(value, show_number(number), doubt=Doubt.HIDDEN)
    doubt = Doubt.ODD if section.is_odd or section.percents > 1 else None
    if not doubt and number and not _signs_agree(number, before, has_minus=has_minus):
        doubt = Doubt.SIGN
    if doubt:
        return DisplayedCell(value, whole, doubt=doubt)
    is_zero_word = number == 0 and before + after in _NO_DIGIT_ZERO
    if section.mask or is_zero_word:
        return value if is_zero_word else whole
    if before[:1] in {"(", "（"}:
        after = after.strip(")） ")
    lead, signed = _SIGNED.sub("", before), shown.copy_sign(number) if number else shown
    says_sign, has_currency = len(lead) < len(before.strip("-−－+＋(（ ")), any(sign in _CURRENCY for sign in lead)
    lead = "".join(sign for sign in lead if sign not in _CURRENCY)
    cell = DisplayedCell(value, whole, signed, lead, after, section.shift, says_sign, has_currency)
    if lead or section.shift or says_sign or has_currency or after != "%" * section.percents:
        return cell
    is_padded = digits != show_number(shown)
    return PercentCell(value) if section.percents else PaddedCell(value, section.digits) if is_padded else value


def _masked(number: Decimal, section: Section) -> str:
    """Write a number's digits into the placeholders, from the right; what stands between them stays where it is."""
    digits = list(show_number(number.quantize(Decimal(1))))
    placed = [(digits.pop() if digits else "0") if text == "0" else text for text in reversed(section.mask)]
    return "".join(digits) + "".join(reversed(placed))


def _signs_agree(number: Decimal, before: str, *, has_minus: bool) -> bool:
    """Whether the words before a number say the sign that it has; a minus and a word for it say it twice."""
    words = "".join(sign for sign in before if sign not in _ANY_SIGN)
    any_sign = words != before
    negative, positive = bool(_MINUS.search(words.strip())), bool(_PLUS.search(words))
    if number > 0:
        return not negative
    return not positive and ((negative or any_sign) != has_minus)

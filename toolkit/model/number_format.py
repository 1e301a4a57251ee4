"""What a spreadsheet's number format (ECMA-376 part 1, 18.8.31) does to a cell: scale, sign, per cent, words around the number; digits are the cell's own."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern

_TOKEN = lazy_pattern(
    r"""(?P<words>"[^"]*"?|[\\!].|[\\!]$)|(?P<room>[_*].|[_*]$)|(?P<bracket>\[[^\]]*\])|(?P<general>General|G/通用格式|Standard)"""
    r"""|(?P<power>[Ee][+-][0#?]+)|(?P<noon>AM/PM|A/P|上午/下午)|(?P<digit>[0#?])|(?P<sign>[.,%@;/])|(?P<date>[yYmMdDhHsSeEgGbBaA])|(?P<other>.)""",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = lazy_pattern(r"\[(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?(?:E[+-]?\d+)?)\]", re.IGNORECASE)
_CALENDAR = lazy_pattern(r"\[\$[^\]\-]*-[0-9A-F]{0,2}?([0-9A-F]{2})[0-9A-F]{4}\]", re.IGNORECASE)  # a locale with a calendar of its own
_BY_MOON = frozenset({0x06, 0x08, *range(0x0E, 0x18)})  # those whose months are others: Hijri, Hebrew, the lunar ones of East Asia, Umm al-Qura
_ELAPSED = lazy_pattern(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_CURRENCY = lazy_pattern(r"\[\$([^\]-]*)")
_HOLDS = {
    "<": Decimal.__lt__, "<=": Decimal.__le__, ">": Decimal.__gt__, ">=": Decimal.__ge__, "=": Decimal.__eq__, "<>": Decimal.__ne__,
}  # fmt: skip


class Section(NamedTuple):
    """One of a format's sections, for some of the numbers.

    `before` and `after` are the words around the number; `shift`: the number that is shown is smaller by so many powers of ten; `percents`:
    unquoted per cent signs; `mask`: placeholders ("0") and the words between them, where words stand inside the number.
    """

    before: str
    after: str
    has_number: bool
    is_date: bool = False
    has_text: bool = False
    shift: int = 0
    percents: int = 0
    mask: tuple[str, ...] = ()
    condition: tuple[str, Decimal] | None = None
    is_odd: bool = False  # what its signs do is not sure
    places: int | None = None  # digits behind the point at most, where it writes none at all for a number that rounds to zero; None where it always does
    digits: int = 1  # of the whole part at least: 3 shows 1 as 001
    ends_with: str = ""  # what a date is shown to where its day is not shown: "月" or "年"; "周", "时" or "日" where only these are, "历" of another calendar

    def holds(self, number: Decimal) -> bool:
        """Whether its condition ([>=100]) holds for a number; never where it has none."""
        return self.condition is not None and bool(_HOLDS[self.condition[0]](number, self.condition[1]))

    @property
    def is_plain(self) -> bool:
        """Whether it shows a number as it is, in its own scale and without words."""
        is_bare = self.has_number and self.places is None and not (self.before or self.after)
        return is_bare and not (self.is_date or self.shift or self.percents or self.mask or self.is_odd or self.digits > 1)


class NumberFormat(NamedTuple):
    """A format's sections for numbers, its section for texts (None: shown as they are)."""

    numbers: tuple[Section, ...]
    texts: Section | None

    @property
    def is_plain(self) -> bool:
        """Whether it shows every number and every text as it is: one section without added words or conditions, or the accounting format."""
        bare = all(section.is_plain and section.condition is None for section in self.numbers[:1]) and len(self.numbers) == 1
        return (bare or self._is_accounting()) and (self.texts is None or not (self.texts.before or self.texts.after or not self.texts.has_text))

    def _is_accounting(self) -> bool:
        """Whether it shows numbers as they are, negative ones with a minus or in brackets, zero as itself or as a dash."""
        if len(self.numbers) not in {2, 3} or any(section.condition for section in self.numbers):
            return False
        positive, negative, *zero = self.numbers
        bare = negative._replace(before="", after="")
        marked = (negative.before, negative.after) in {("-", ""), ("(", ")"), ("−", ""), ("（", "）")}
        dashed = all(section.is_plain or (not section.is_date and section.before + section.after in {"-", "0", "–", "—"}) for section in zero)
        return positive.is_plain and bare.is_plain and marked and dashed

    def section(self, number: Decimal) -> tuple[Section, bool] | None:
        """Give the section that shows a number, and whether the program puts a minus before it; None where none is meant for it."""
        first, *others = self.numbers
        if not any(section.condition for section in self.numbers[:2]):
            negative, zero = (*others, first, first)[:2] if others else (first, first)
            if number < 0:
                return negative, not others
            return (zero if number == 0 and len(self.numbers) > 2 else first), False
        for at, section in enumerate(self.numbers[:2]):
            if section.holds(number) or (at == 1 and section.condition is None and len(self.numbers) == 2):
                return self._signed(section, number)
        return self._signed(self.numbers[2], number) if len(self.numbers) > 2 else None

    @staticmethod
    def _signed(section: Section, number: Decimal) -> tuple[Section, bool]:
        """Programs differ in whether a section with a condition puts a minus before a negative number: one that could be either is odd."""
        return (section._replace(is_odd=section.is_odd or number < 0) if section.has_number else section), False


@lru_cache(maxsize=1024)
def number_format(code: str) -> NumberFormat:
    """Read a format code; never raises: what is not sure is marked odd."""
    pieces = _sections(code)
    whole = [_section(piece) for piece in pieces[:4]] or [_section([])]
    texts = whole.pop() if len(whole) == 4 or whole[-1].has_text else None
    if texts is not None and not whole:
        whole = [_section([("general", "General")])] if not (texts.before or texts.after) else [texts._replace(has_number=True)]
    return NumberFormat(tuple(whole), texts)


def _sections(code: str) -> list[list[tuple[str, str]]]:
    pieces: list[list[tuple[str, str]]] = [[]]
    for found in _TOKEN.finditer(code):
        kind = found.lastgroup or ""
        if (kind, found[0]) == ("sign", ";"):
            pieces.append([])
        else:
            pieces[-1].append((kind, found[0]))
    return pieces


def _section(tokens: Sequence[tuple[str, str]]) -> Section:
    has_digits = any(kind in {"digit", "general"} for kind, _ in tokens)
    is_date = not has_digits and any(kind in {"date", "noon"} or (kind == "bracket" and _ELAPSED.match(text)) for kind, text in tokens)
    is_date = is_date or (any(kind == "bracket" and _ELAPSED.match(text) for kind, text in tokens)) or _has_seconds(tokens)
    condition = next((found for kind, text in tokens if kind == "bracket" and (found := _CONDITION.fullmatch(text))), None)
    held = (condition[1], Decimal(condition[2])) if condition else None
    if is_date:
        return Section("", "", True, is_date=True, condition=held, ends_with=_last_shown(tokens))
    return _Number().read(tokens, held)


def _last_shown(tokens: Sequence[tuple[str, str]]) -> str:
    """Give what a format without a day shows a date to: "月" (yyyy"年"m"月", mmm-yy), "年"; "周", "时", "日" for a weekday, a time, a day of no month alone.

    "历" for one of another calendar, whose months are not ours; "" for one with a day.
    """
    if any(kind == "bracket" and (found := _CALENDAR.fullmatch(text)) and int(found[1], 16) in _BY_MOON for kind, text in tokens):
        return "历"
    letters = "".join(text.lower() if kind == "date" else " " for kind, text in tokens)
    has_time = any(sign in letters for sign in "hs") or any(kind == "bracket" and _ELAPSED.match(text) for kind, text in tokens)
    if any(len(run) < 3 for run in re.findall("d+", letters)):
        return "" if "m" in letters else "日"
    if has_time:
        return "" if "y" in letters else "时"
    if "m" in letters:
        return "月"
    return "年" if any(sign in letters for sign in "yeg") else "周"


def _has_seconds(tokens: Sequence[tuple[str, str]]) -> bool:
    """Whether digits stand for parts of a second, behind date letters and a point: mm:ss.0."""
    letters = [at for at, (kind, text) in enumerate(tokens) if kind == "date" and text in "sS"]
    return bool(letters) and all(kind != "digit" for kind, _ in tokens[: letters[0]])


class _Number:
    """Follows the tokens of a section that shows a number."""

    def __init__(self) -> None:
        self._before: list[str] = []
        self._inside: list[str] = []  # words since the last placeholder; what follows tells whether they stand inside the number or behind it
        self._mask: list[str] = []
        self._commas = self._percents = self._places = self._zeros = 0
        self._has_currency = self._has_sure_digit = False
        self._has_number = self._has_text = self._is_odd = self._has_point = self._is_fraction = False

    def read(self, tokens: Sequence[tuple[str, str]], condition: tuple[str, Decimal] | None) -> Section:
        """Give the section."""
        point = next((at for at, token in enumerate(tokens) if token == ("sign", ".")), len(tokens))
        digits = [at for at, (kind, _) in enumerate(tokens) if kind in {"digit", "general", "power"}]
        last, whole_end = max(digits, default=-1), max((at for at in digits if at < point), default=-1)
        for at, (kind, text) in enumerate(tokens):
            if kind == "sign" and text == ",":
                self._comma(is_grouping=at < whole_end, is_inside=at < last)
            else:
                self._take(kind, text, is_inside=at < last)
        before, after = ("".join(words).strip() for words in (self._before, self._inside))
        mask = tuple(self._mask) if any(text != "0" for text in self._mask) and not self._is_fraction else ()
        shift = 3 * self._commas
        if [text for text in mask if text != "0"] == ["."] and not self._has_point:  # a word that looks like a point moves it
            shift, mask = shift + len(mask) - 1 - mask.index("."), ()
        is_odd = self._is_odd or bool(mask and (self._has_point or self._commas or self._percents))
        is_odd = is_odd or (self._percents > 0 and (self._has_currency or self._commas > 0))  # programs differ in what the per cent sign then does
        places = None if self._has_sure_digit or self._is_fraction or not self._has_number else self._places
        pads = 1 if self._is_fraction or mask else max(self._zeros, 1)
        return Section(before, after, self._has_number, False, self._has_text, shift, self._percents, mask, condition, is_odd, places, pads)

    def _take(self, kind: str, text: str, *, is_inside: bool) -> None:
        if kind in {"digit", "general", "power"}:
            self._has_sure_digit |= kind != "digit" or text == "0"
            self._places += kind == "digit" and self._has_point
            self._zeros += text == "0" and not self._has_point
            self._placeholder(kind)
        elif kind == "bracket":
            currency = _CURRENCY.match(text)
            self._has_currency |= bool(currency and currency[1])
            self._word(currency[1] if currency else "")
        elif kind == "sign":
            self._sign(text, is_inside=is_inside)
        elif kind == "words":
            self._word(text.strip('"') if text.startswith('"') else text[1:])
        elif kind == "room":
            self._word(" ")
        else:
            self._is_odd |= kind in {"date", "noon"}  # a letter that should be quoted: programs differ
            self._word(text)

    def _placeholder(self, kind: str) -> None:
        words = "".join(self._inside).strip()
        if words and self._has_number and not self._is_fraction:
            if kind == "digit" and not self._has_point:
                self._mask.append(words)
            else:
                self._is_odd = True  # words among the digits behind the point
        if kind == "digit" and not self._has_point:
            self._mask.append("0")
        self._inside.clear()
        self._has_number = True

    def _comma(self, *, is_grouping: bool, is_inside: bool) -> None:
        if not self._has_number:
            self._word(",")
        elif not is_grouping:
            self._commas += 1
            self._is_odd |= bool("".join(self._inside).strip()) or (is_inside and self._has_point)

    def _sign(self, text: str, *, is_inside: bool) -> None:
        if text == "%":
            self._percents += 1
            self._is_odd |= is_inside and self._has_number
        elif text == "@":
            self._has_text = True
        elif text == ".":
            self._is_odd |= self._has_point
            self._has_point = True
        else:
            self._is_fraction = True
            self._is_odd |= not (self._has_number and is_inside)

    def _word(self, text: str) -> None:
        (self._inside if self._has_number or self._has_text else self._before).append(text)

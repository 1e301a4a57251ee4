"""Criteria for COUNTIFS and SUMIFS, and roundings, written so that every spreadsheet program computes alike.

Programs differ in operators before wildcards ("<>豁免：*"), in blanks that are "not equal", and in arrays; so we only count what equals, and subtract.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from toolkit.model.lazy_pattern import lazy_pattern

_LONGEST = 200  # characters of a criterion: Excel takes a text of 255 in a formula
_OPEN = '"~<=>'  # any sign may stand in their place
_LIKE_A_VALUE = lazy_pattern(r"(?is)(?=.*\d)[\d\s.,:/%‰+\-()$¥￥€£年月日时分秒上下午apme]+|true|false|#.*")  # what a program may read as no text
ANY_TEXT = '"?*"'
_UP, _UP_A_LITTLE = "*1.00000000001", "*1.00000000000001"  # lift a half that binary cannot hold (78.615) back over the half; HyperFormula 3.5 does not
_SMALL, _LARGE = 10**6, 10**10  # up to where a lift changes no other digit


def rounded(value: str, places: int, about: object = 0) -> str:
    """Write the rounding of a formula's value to decimal places, halves away from zero; a sum stands in brackets.

    `about` is what it comes to now, where that may be a million and more.
    """
    size = abs(about) if isinstance(about, Decimal) else 0
    lift = _UP if size < _SMALL else _UP_A_LITTLE if size < _LARGE else ""
    return f"ROUND({value}{lift},{places})"


def quoted(text: str) -> str:
    """Write a text as a formula has it: in double quotes, those within it doubled."""
    return '"' + text.replace('"', '""') + '"'


def criterion(text: str) -> str:
    """Write a text as a criterion that only itself meets, a very long one by its beginning; signs that programs read in different ways are left open."""
    exact = _exact(text)
    return quoted(exact if len(exact) <= _LONGEST else _patterns(text)[0])


def met(where: str, text: str) -> str:
    """Write area and criterion of COUNTIFS and SUMIFS that only a text itself meets, of a text like a number (1.1, which 1.10 would meet too) two of them."""
    return ",".join(f"{where},{quoted(pattern)}" for pattern in _patterns(text))


def taken_for_others(texts: Iterable[str]) -> frozenset[str]:
    """Give the texts of a column whose criteria, as `met` writes them, another text meets too: programs take A and a for the same."""
    every = set(texts)
    folded = Counter(text.casefold() for text in every)
    by_length: dict[int, list[str]] = {}
    for text in every:
        by_length.setdefault(len(text), []).append(text)
    return frozenset(text for text in every if folded[text.casefold()] > 1 or _meets_another(text, by_length, every))


def _meets_another(text: str, by_length: Mapping[int, Sequence[str]], every: Collection[str]) -> bool:
    """Whether a criterion in which signs are left open, or that is cut, holds another text."""
    is_whole = len(_exact(text)) <= _LONGEST
    if is_whole and not set(text) & set(_OPEN):
        return False
    patterns = [_expression(pattern) for pattern in _patterns(text)]
    return any(other != text and all(pattern.fullmatch(other) for pattern in patterns) for other in (by_length[len(text)] if is_whole else every))


def _patterns(text: str) -> tuple[str, ...]:
    """Give what a text's criteria say: of one that programs read as a number or a day, what only texts can meet: how it begins, and how long it is."""
    exact = _exact(text)
    if len(exact) > _LONGEST:
        return f"{exact[:_LONGEST].removesuffix('~')}*", f"*{_exact(text[-_LONGEST // 2 :])}"
    return (f"{exact}*", "?" * len(text)) if _LIKE_A_VALUE.fullmatch(text) else (exact,)


def _exact(text: str) -> str:
    return "".join(f"~{sign}" if sign in "*?" else "?" if sign in _OPEN else sign for sign in text)


@lru_cache(maxsize=256)
def _expression(pattern: str) -> re.Pattern[str]:
    signs = {"*": ".*", "?": "."}
    parts = re.findall(r"~.|.", pattern, re.DOTALL)
    return re.compile("".join(re.escape(part[1:]) if part.startswith("~") else signs.get(part, re.escape(part)) for part in parts), re.IGNORECASE | re.DOTALL)

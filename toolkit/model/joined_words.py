"""Lists in words that a reader, and a cell, can take."""

from collections.abc import Sequence
from itertools import accumulate

_MOST = 15_000  # characters: a cell takes 32,767, and may hold two lists


def joined_words(items: Sequence[str], sign: str = "、") -> str:
    """Join items; of a list that is too long, as many as there is room for, and how many there are."""
    shown = sum(end <= _MOST for end in accumulate(len(one) + len(sign) for one in items))
    return sign.join(items) if shown == len(items) else f"{sign.join(items[:shown])}{sign}……等共 {len(items)} 个"

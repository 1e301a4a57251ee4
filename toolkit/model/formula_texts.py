"""Texts that formulas come to: formualizer writes a number in a text with up to 17 digits, spreadsheets with 15 (findings/engines_digits_in_texts.sh)."""

from toolkit.model.lazy_pattern import lazy_pattern

_DIGITS = 15
_FRACTION = lazy_pattern(r"[0-9]+\.[0-9]+")


def as_spreadsheets_write(text: str) -> str:
    """Give a text in which no number has more than 15 digits: 剩29.700000000000003 is 剩29.7."""
    return _FRACTION.sub(lambda found: f"{float(found[0]):.{_DIGITS}g}" if len(found[0]) > _DIGITS + 1 else found[0], text)

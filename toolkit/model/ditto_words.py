"""Words and signs that stand in a cell for what stands in the one above it: 同上, 〃."""

import re

from toolkit.model.lazy_pattern import lazy_pattern

_SIGNS = '〃″“”＂"'
_DITTO = lazy_pattern(
    rf"(?:同上(?:面|边|一?[行栏格条项列])?|与上(?:面|边|一?[行栏格条项列])?相?同|同前|ditto|[{_SIGNS}]{{1,3}}|[-—－]\s?[{_SIGNS}]{{1,2}}\s?[-—－])[。.]?",
    re.IGNORECASE,
)


def is_ditto(text: str) -> bool:
    """Whether a whole cell says that it is as the one above; 同左, 见上 and 如上 may mean another cell, and are texts like any other."""
    return bool(_DITTO.fullmatch(text.strip()))

"""Names of issued files: safe on Windows, unique, stable."""

import unicodedata

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.period import Period

_FORBIDDEN = lazy_pattern(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = lazy_pattern(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_LONGEST = 80  # characters of a unit's part, so that a whole path stays under Windows's 260


def safe(text: str) -> str:
    """Make a text fit for a file name on Windows: forbidden signs become their full-width forms, dots and spaces at the end go."""
    name = _FORBIDDEN.sub(lambda found: chr(ord(found[0]) + 0xFEE0) if ord(found[0]) > 32 else " ", unicodedata.normalize("NFC", text))
    name = " ".join(name.split())[:_LONGEST].rstrip(". ")
    return f"_{name}" if _RESERVED.fullmatch(name) else name or "_"


def file_name(unit: str, period: Period, form: str) -> str:
    """Name a unit's workbook: 区商务局_2023年第一季度进展.xlsx, 区商务局_2023年工作方案.xlsx."""
    return f"{safe(unit)}_{period.span_label}{safe(form).removeprefix('季度') if period.quarter else safe(form)}.xlsx"

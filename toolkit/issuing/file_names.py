"""Names of issued files: safe on Windows, unique, stable."""

import unicodedata
from hashlib import sha256

from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.period import Period

_FORBIDDEN = lazy_pattern(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = lazy_pattern(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?")
_LONGEST, _MOST_BYTES = 80, 180  # characters and bytes of a unit's part: a whole path stays under Windows's 260, a whole name under the 255 bytes of others
_MARK = 6  # signs that tell a name that was cut from others that begin alike


def safe(text: str) -> str:
    """Make a text fit for a file name on Windows: forbidden signs become their full-width forms, dots and spaces at the end go.

    One that is too long is cut, and ends with a mark of its own.
    """
    name = _FORBIDDEN.sub(lambda found: chr(ord(found[0]) + 0xFEE0) if ord(found[0]) > 32 else " ", unicodedata.normalize("NFC", text))
    name = _cut(" ".join(name.split())).rstrip(". ")
    return f"_{name}" if _RESERVED.fullmatch(name) else name or "_"


def _cut(name: str) -> str:
    if len(name) <= _LONGEST and len(name.encode()) <= _MOST_BYTES:
        return name
    kept = name[: _LONGEST - _MARK - 1].encode()[: _MOST_BYTES - _MARK - 1].decode(errors="ignore")
    return f"{kept}~{sha256(name.encode()).hexdigest()[:_MARK]}"


def file_name(unit: str, period: Period, form: str) -> str:
    """Name a unit's workbook: 区商务局_2023年第一季度进展.xlsx, 区商务局_2023年工作方案.xlsx."""
    return f"{safe(unit)}_{period.span_label}{safe(form).removeprefix('季度') if period.quarter else safe(form)}.xlsx"

"""What a unit signs on paper: exactly the figures that are printed, as one text whose SHA-256 stands on the page and is kept in the ledger."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern

_MARK = "TT1"  # begins the text of the page's QR code, so that other codes on a scan are passed over
_CODE = lazy_pattern(rf"{_MARK} (\S+) (\S+) ([0-9a-f]{{64}})")
_GROUPED = lazy_pattern(r"[0-9a-f]{4,}(?:[ -]?[0-9a-f]{4,})*")
SHORTEST = 16  # hexadecimal digits of a digest that are enough to be typed


class SignedRow(NamedTuple):
    """A row as printed: its table, its key, what it is about, the unit's role, and titles with what the unit filled in, as shown."""

    table: str
    key: str
    matter: str
    role: str
    figures: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SignedForm:
    """A unit's figures of a period as they are printed to be signed; `file` is the SHA-256 of the workbook that they came in."""

    period: str
    unit: str
    receipt: str
    file: str
    rows: tuple[SignedRow, ...]

    def content(self) -> bytes:
        """Write it as the one text that is digested and kept: the same figures always give the same bytes."""
        fields = [self.period, self.unit, self.receipt, self.file, [[*row[:4], [list(pair) for pair in row.figures]] for row in self.rows]]
        return json.dumps(["signed form", 1, *fields], ensure_ascii=False, separators=(",", ":")).encode()

    @property
    def digest(self) -> str:
        """The SHA-256 of that text."""
        return hashlib.sha256(self.content()).hexdigest()

    @property
    def code(self) -> str:
        """What the page's QR code holds: mark, period, receipt code (- without one) and digest, a blank between."""
        return f"{_MARK} {self.period} {self.receipt or '-'} {self.digest}"

    def figures(self) -> dict[tuple[str, str, str], str]:
        """Give every figure as text, by table, row key and column title."""
        return {(row.table, row.key, title): value for row in self.rows for title, value in row.figures}


def read_signed(content: bytes) -> SignedForm | None:
    """Read such a text back; None for anything else that the ledger keeps."""
    try:
        mark, version, period, unit, receipt, file, rows = json.loads(content)
    except (ValueError, TypeError):
        return None
    if [mark, version] != ["signed form", 1]:
        return None
    signed_rows = (SignedRow(table, key, matter, role, tuple(map(tuple, figures))) for table, key, matter, role, figures in rows)
    return SignedForm(period, unit, receipt, file, tuple(signed_rows))


def digests_in(text: str) -> list[str]:
    """Find what may be a page's digest in a text, whole from its code or typed by hand with blanks between, at least SHORTEST digits of it."""
    whole = [found[3] for found in _CODE.finditer(text)]
    typed = (re.sub(r"[ -]", "", found[0]) for found in _GROUPED.finditer(text.lower().replace("\n", " ")))
    return list(dict.fromkeys(whole or [text for text in typed if SHORTEST <= len(text) <= 64]))

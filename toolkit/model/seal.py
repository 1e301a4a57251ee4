"""The seal: what was issued, signed with the office's key, and the receipt code that a person can read over the phone."""

import base64
import binascii
import hashlib
import hmac
import json
import zlib
from datetime import date
from decimal import Decimal
from typing import Any

from toolkit.model.column_kinds import plain, show_number
from toolkit.model.issue import Issue, IssuedRow
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.master import Role

SHEET = "_封签"
PROPERTY = "回执编号"
NAME = "receipt_code"
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs without 0 O 1 I, which sound or look alike
_MARK = "TASKSEAL1"
_LIMIT = 8_000_000  # bytes of an opened baseline: ten times the largest that 500 tasks make
RECEIPT = lazy_pattern(r"(?<![0-9A-Z])[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z](?![0-9A-Z])")


_MIDDLE = lazy_pattern(r"-[2-9A-HJ-NP-Z]{4}(?=-)")  # of a receipt code: a search for its hyphen is quick in a long text


class SealBroken(Exception):  # noqa: N818 - said of the thing, not of the program
    """A seal that can be read but is not whole; `foreign` when it is whole but signed with another key."""

    def __init__(self, *, foreign: bool) -> None:
        super().__init__()
        self.foreign = foreign


def receipt_code(key: bytes, *, form: str, period: str, unit: str, number: int) -> str:
    """Make the receipt code of an issue: eight signs and a check sign, like K7MP-X3R8-Q; the same issue always has the same code."""
    digest = hmac.digest(key, f"receipt|{form}|{period}|{unit}|{number}".encode(), "sha256")
    signs = "".join(_ALPHABET[byte % 32] for byte in digest[:8])
    return f"{signs[:4]}-{signs[4:]}-{_check_sign(signs)}"


def receipt_in(text: str) -> str:
    """Give the first receipt code in a text, '' where there is none."""
    found = (RECEIPT.match(text, match.start() - 4) for match in _MIDDLE.finditer(text, 4))
    return next((code[0] for code in found if code), "")


def is_receipt_code(text: str) -> bool:
    """Whether a text is a receipt code (XXXX-XXXX-X) whose last sign is the check sign of the eight before."""
    return bool(RECEIPT.fullmatch(text)) and _check_sign(text[:4] + text[5:9]) == text[10]


def shown_text(value: object) -> str:
    """Write a prefilled value as the baseline keeps it and as a reader gets it back."""
    return show_number(value) if isinstance(value, Decimal) else plain(value)


def close(issue: Issue, key: bytes) -> str:
    """Sign an issue and its whole baseline; gives one line of plain ASCII."""
    payload = zlib.compress(_payload(issue), 9)
    signature = hmac.digest(key, payload, "sha256").hex()
    return f"{_MARK}.{owner_of(key)}.{signature}.{base64.b64encode(payload).decode()}"


def owner_of(key: bytes) -> str:
    """Give the mark by which seals tell whose key they were made with; the key cannot be told from it."""
    return hashlib.sha256(key).hexdigest()[:8]


def signer_of(text: str) -> str:
    """Give the mark of the key that a seal says it was made with, its second part; raises IndexError for what is no seal."""
    return text.split(".", 2)[1]


def open_seal(text: str, key: bytes) -> Issue:
    """Open a seal; prefilled values come back as text. Raises SealBroken when it is not whole or not ours."""
    try:
        mark, owner, signature, body = text.split(".", 3)
        payload = base64.b64decode(body, validate=True)
    except (ValueError, binascii.Error) as error:
        raise SealBroken(foreign=False) from error
    if mark != _MARK or not hmac.compare_digest(hmac.digest(key, payload, "sha256").hex().encode(), signature.encode("utf-8", "replace")):
        raise SealBroken(foreign=owner != owner_of(key))
    return _issue(json.loads(zlib.decompressobj().decompress(payload, _LIMIT)))


def claim_of(text: str) -> Issue:
    """Give what a seal says was issued, whoever signed it: nobody but the signer can tell whether it is true. Raises SealBroken for what is no seal."""
    try:
        _, _, _, body = text.split(".", 3)
        return _issue(json.loads(zlib.decompressobj().decompress(base64.b64decode(body, validate=True), _LIMIT)))
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error, zlib.error) as error:
        raise SealBroken(foreign=False) from error


def content_digest(issue: Issue) -> str:
    """Give a digest of what a unit would see; issues that differ only in number and receipt have the same."""
    data: dict[str, object] = json.loads(_payload(issue))
    for name in ("receipt", "number"):
        data.pop(name)
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _payload(issue: Issue) -> bytes:
    data = {
        "receipt": issue.receipt,
        "form": issue.form,
        "version": issue.version,
        "period": issue.period,
        "unit": issue.unit,
        "number": issue.number,
        "due": issue.due.isoformat() if issue.due else "",
        "tables": {
            sheet: [
                [row.key, row.number, row.role.value, {code: shown_text(value) for code, value in row.shown.items()}, *([dict(row.filled)] * bool(row.filled))]
                for row in rows
            ]
            for sheet, rows in issue.tables.items()
        },
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _issue(data: dict[str, Any]) -> Issue:
    due = str(data["due"])
    return Issue(
        receipt=str(data["receipt"]),
        form=str(data["form"]),
        version=str(data["version"]),
        period=str(data["period"]),
        unit=str(data["unit"]),
        number=int(data["number"]),
        due=date.fromisoformat(due) if due else None,
        tables={sheet: tuple(IssuedRow(key, number, Role(role), *texts) for key, number, role, *texts in rows) for sheet, rows in data["tables"].items()},
    )


def _check_sign(signs: str) -> str:
    total = sum(_ALPHABET.index(sign) * (place * 2 + 1) for place, sign in enumerate(signs, 1))
    return _ALPHABET[total % 31]

"""Writes a workbook's sheets in another way with the same meaning, where the fast reader would not understand them as they are (xlsx only)."""

import io
import re
import zipfile
from collections.abc import Callable
from html import escape, unescape

_ERROR = re.compile(rb"""(\st\s*=\s*)["']e["']""")
_QUOTED = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)  # what no reader takes for content
_SIGN = re.compile(rb"&#x?[0-9A-Fa-f]{1,6};")


def errors_as_text(content: bytes) -> bytes:
    """Give the same workbook with its error cells marked as text: calamine gives up a whole sheet for one error word that it does not know."""
    return _rewritten(content, lambda sheet: _ERROR.sub(rb'\1"str"', sheet))


def without_asides(content: bytes) -> bytes:
    """Give the same workbook with nothing but plain signs in its sheets' numbers: calamine ends a number at a comment and the like."""
    return _rewritten(content, lambda sheet: _SIGN.sub(_plain, _ASIDE.sub(b"", _QUOTED.sub(_unquoted, sheet))))


def _unquoted(found: re.Match[bytes]) -> bytes:
    return escape(found[1].decode("utf-8", "replace"), quote=False).encode()


def _plain(found: re.Match[bytes]) -> bytes:
    """Write a sign that a number may have as itself."""
    sign = unescape(found[0].decode())
    return sign.encode() if sign.isascii() and (sign.isalnum() or sign in "+-.") else found[0]


def _rewritten(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as book, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as out:
        for name in book.namelist():
            part = book.read(name)
            out.writestr(name, change(part) if b"sheetData" in part else part)
    return copy.getvalue()

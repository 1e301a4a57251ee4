"""Writes a workbook's sheets in another way with the same meaning, where the fast reader would not understand them as they are (xlsx only)."""

import io
import re
import zipfile
from collections.abc import Callable
from html import escape, unescape

from toolkit.edges.reading.package import Package
from toolkit.edges.reading.package_zip import open_zip

_ERROR = re.compile(rb"""(\st\s*=\s*)["']e["']""")
_QUOTED = re.compile(rb"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ASIDE = re.compile(rb"<!--.*?-->|<\?.*?\?>", re.DOTALL)  # what no reader takes for content
_SIGN = re.compile(rb"&#x?[0-9A-Fa-f]{1,6};")


def errors_as_text(package: Package) -> Package:
    """Give the same workbook with its error cells marked as text: calamine gives up a whole sheet for one error word that it does not know."""
    return _rewritten(package, lambda sheet: _ERROR.sub(rb'\1"str"', sheet))


def without_asides(package: Package) -> Package:
    """Give the same workbook with nothing but plain signs in its sheets' numbers: calamine ends a number at a comment and the like."""
    return _rewritten(package, lambda sheet: _SIGN.sub(_plain, _ASIDE.sub(b"", _QUOTED.sub(_unquoted, sheet))))


def _unquoted(found: re.Match[bytes]) -> bytes:
    return escape(found[1].decode("utf-8", "replace"), quote=False).encode()


def _plain(found: re.Match[bytes]) -> bytes:
    """Write a sign that a number may have as itself."""
    sign = unescape(found[0].decode())
    return sign.encode() if sign.isascii() and (sign.isalnum() or sign in "+-.") else found[0]


def _rewritten(package: Package, change: Callable[[bytes], bytes]) -> Package:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as out:
        for part in package.parts.values():
            whole = part.read()
            out.writestr(part.name, change(whole) if b"sheetData" in whole else whole)
    return open_zip(copy.getvalue())

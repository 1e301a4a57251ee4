"""Which parts of a workbook its readers take cells from; the others are looked at, but never decide what becomes of a return."""

import posixpath
import re
from collections.abc import Mapping
from functools import lru_cache

from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_format import STRINGS, STYLES, WORKBOOK, Format

_BINARY = "xl/workbook.bin"
_FIXED = frozenset({"[content_types].xml", "mimetype", WORKBOOK, STYLES, STRINGS, _BINARY, "xl/styles.bin", "xl/sharedstrings.bin"})
_ODS = frozenset({"mimetype", "content.xml"})
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TARGET = re.compile(r"\bTarget\s*=")
_CELL_TYPES = ("sheet", "sharedStrings", "styles")


def cell_parts(package: Package) -> frozenset[str]:
    """Name the parts, in small letters, that hold cells or that say which do: all that the fast reader may open, and rather too many than too few."""
    if package.format is Format.ODS:
        return _ODS
    book = _BINARY if package.has(_BINARY) else WORKBOOK
    relations = posixpath.join("xl/_rels", posixpath.basename(book) + ".rels")
    if not package.has(relations) or not package.has(book):
        return frozenset(package.parts)
    named = _named(package.part(relations), package.part(book))
    return frozenset(package.parts) if named is None else _FIXED | {relations} | named


@lru_cache(maxsize=64)  # an office program writes the same relations into most books of a round
def _named(relations: bytes, book: bytes) -> frozenset[str] | None:
    """Name the targets that the book's own part mentions, in each way that a reader may understand their paths; None where that is not sure."""
    text = text_of(relations)
    said: list[Mapping[str, str]] = [{name: one or other for name, one, other in _ATTRIBUTE.findall(element)} for element in _RELATION.findall(text)]
    whole = [one for one in said if one.keys() >= {"Id", "Target"}]
    if "&" in text or b"&#" in book.replace(b"\0", b"") or len(whole) != len(_TARGET.findall(text)):
        return None
    found = set[str]()
    for one in whole:
        target, identifier = one["Target"].lower(), one["Id"]
        is_mentioned = any(identifier.encode(encoding) in book for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
        if is_mentioned or one.get("Type", "").endswith(_CELL_TYPES):
            found |= {target, target.lstrip("/"), f"xl/{target}", posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")}
    return frozenset(found)


def text_of(part: bytes) -> str:
    """Decode an XML part as it says itself: UTF-16, the GB encodings, else UTF-8."""
    encoding = encoding_of(part)
    return part.decode(encoding, "replace")


def encoding_of(part: bytes) -> str:
    """Tell an XML part's encoding, as Python calls it, by its first bytes and its declaration."""
    head = part[:200]
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    if head[:2] in {b"<\0", b"\0<"}:
        return "utf-16-le" if head[:1] == b"<" else "utf-16-be"
    declared = re.match(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["'](gb2312|gbk|gb18030)["']""", head, re.IGNORECASE)
    return "gb18030" if declared else "utf-8"

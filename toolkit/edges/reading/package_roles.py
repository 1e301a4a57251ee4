"""Which parts of a workbook its readers take cells from; the others are looked at, but never decide what becomes of a return."""

import posixpath
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_format import STRINGS, STYLES, WORKBOOK, Format
from toolkit.model.lazy_pattern import lazy_pattern

_BINARY = "xl/workbook.bin"
_FIXED = frozenset({"[content_types].xml", "mimetype", WORKBOOK, STYLES, STRINGS, _BINARY, "xl/styles.bin", "xl/sharedstrings.bin"})
_ODS = frozenset({"mimetype", "content.xml"})
_RELATION = lazy_pattern(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = lazy_pattern(r"""(\w+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TARGET = lazy_pattern(r"\bTarget\s*=")
_CELL_TYPES = ("sheet", "sharedStrings", "styles")


def cell_parts(package: Package) -> frozenset[str]:
    """Name the parts, in small letters, that hold cells or that say which do: all that the fast reader may open, and rather too many than too few."""
    if package.format is Format.ODS:
        return _ODS
    book = _BINARY if package.has(_BINARY) else WORKBOOK
    relations = posixpath.join("xl/_rels", posixpath.basename(book) + ".rels")
    if not package.has(relations) or not package.has(book):
        return frozenset(package.parts)
    named = _targets(package.part(relations))
    mentions = package.part(book)
    if named is None or b"&#" in mentions or b"&\0#" in mentions:
        return frozenset(package.parts)
    return _FIXED.union((relations,), *(target.paths for target in named if target.holds_cells or target.is_mentioned(mentions)))


class _Target(NamedTuple):
    """A target of the book's relations: each way in which a reader may understand its path, how the book's own part names it, whether its type says cells."""

    paths: frozenset[str]
    identifier: str
    holds_cells: bool

    def is_mentioned(self, book: bytes) -> bool:
        """Whether the book's own part names it."""
        return any(self.identifier.encode(encoding) in book for encoding in ("utf-8", "utf-16-le", "utf-16-be"))


@lru_cache(maxsize=64)  # an office program writes the same relations into most books of a round
def _targets(relations: bytes) -> Sequence[_Target] | None:
    """Read the book's relations; None where it is not sure that a reader finds the same ones."""
    text = text_of(relations)
    mappings: list[Mapping[str, str]] = [
        {name: quoted or single_quoted for name, quoted, single_quoted in _ATTRIBUTE.findall(element)} for element in _RELATION.findall(text)
    ]
    whole = [mapping for mapping in mappings if mapping.keys() >= {"Id", "Target"}]
    if "&" in text or len(whole) != len(_TARGET.findall(text)):
        return None
    return tuple(_Target(_paths(mapping["Target"].lower()), mapping["Id"], mapping.get("Type", "").endswith(_CELL_TYPES)) for mapping in whole)


def _paths(target: str) -> frozenset[str]:
    return frozenset((target, target.lstrip("/"), f"xl/{target}", posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")))


def text_of(part: bytes) -> str:
    """Decode an XML part as it says itself: UTF-16, the GB encodings, else UTF-8."""
    encoding = encoding_of(part)
    return part.decode(encoding, "replace")


def encoding_of(part: bytes) -> str:
    """Tell an XML part's encoding, as Python calls it, by its first bytes and its declaration."""
    head = part[:200]
    if b'"UTF-8"' in head:
        return "utf-8"
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return "utf-16"
    if head[:2] in {b"<\0", b"\0<"}:
        return "utf-16-le" if head[:1] == b"<" else "utf-16-be"
    declared = re.match(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["'](gb2312|gbk|gb18030)["']""", head, re.IGNORECASE)
    return "gb18030" if declared else "utf-8"

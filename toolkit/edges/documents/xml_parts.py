"""Parses the XML parts of an office file with every door shut: no entities, no network, no depth, no size without end."""

import zipfile
import zlib
from typing import TYPE_CHECKING

from toolkit.model.command_error import CommandError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_BYTES = 64 * 2**20
_AGAIN = "请用 Word 或 WPS 打开它，另存一份后再导入；打不开的，请向发文机关另要一份。"


def read_part(package: zipfile.ZipFile, name: str) -> "Element | None":
    """Parse one part of an office file; None when there is no such part; raises CommandError for a broken or a hostile one."""
    from lxml import etree

    try:
        with package.open(name) as part:
            content = part.read(_MOST_BYTES + 1)
    except KeyError:
        return None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
        raise CommandError("已经损坏，打不开。", _AGAIN) from error
    if len(content) > _MOST_BYTES:
        raise CommandError("的正文展开以后大得不正常，没有读。", _AGAIN)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise CommandError("已经损坏，里面的结构读不通。", _AGAIN) from error
    if root.getroottree().docinfo.doctype:  # Office writes none: it can only be there to play tricks with entities
        raise CommandError("里面有不正常的声明，没有读。", _AGAIN)
    return root


def local(element: "Element") -> str:
    """An element's name without its namespace: the strict and the usual flavour of OOXML differ in nothing else here."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: "Element | None", *path: str) -> "Element | None":
    """Follow a path of child names; None where it breaks off."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


def value(element: "Element | None", name: str = "val") -> str:
    """An attribute by its name without namespace; '' when it, or the element, is not there."""
    if element is None:
        return ""
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), "")


def whole(text: str, *, otherwise: int) -> int:
    """A whole number from an attribute, or the stand-in when it is none."""
    return int(text) if text.removeprefix("-").isdecimal() and len(text) < 10 else otherwise

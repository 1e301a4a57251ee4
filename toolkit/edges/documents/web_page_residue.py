"""What of a web page is not the notice: scripts, navigation, breadcrumb, share bar, footer, hidden parts, lists of links."""

import re
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NEVER_SHOWN = frozenset(
    "audio button canvas datalist embed head iframe input link map meta noscript object option script select style svg template textarea title video".split(),  # noqa: SIM905 - words
)
_SITE = frozenset({"nav", "footer", "aside", "menu"})
_SITE_WORDS = frozenset(
    "accessibility aside bdshare bdsharebuttonbox breadcrumb breadcrumbs copyright crumb crumbs curpos dqwz ewm fontsize foot footer friendlink "  # noqa: SIM905 - words
    "links location login menu nav navbar navigation pager pagination position qrcode recommend related search share sharebar shares sidebar "
    "submenu toolbar toplink topbar wza".split(),
)
_TOP_WORDS = frozenset({"header", "head", "top", "banner", "logo", "bottom", "tools", "link", "print"})
_LISTS = frozenset({"ul", "ol", "div", "td", "table", "p", "section"})
_HIDDEN = lazy_pattern(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORDS = lazy_pattern(r"[A-Z]?[a-z]+|[A-Z]+")
_DUTY = lazy_pattern(r"牵头|牽頭|责任|責任|主办|配合单位")
_LINK_SHARE = 0.7
_SITE_SHARE = 0.25


class _Size(NamedTuple):
    """How much of a page stands inside an element: characters, characters in links, links, and whether duties are named."""

    text: int
    linked: int
    links: int
    duties: bool


_NONE = _Size(0, 0, 0, duties=False)


def residue(root: "Element") -> "frozenset[Element]":
    """List the elements that do not belong to the notice; a part with a quarter of the page's text, or with duties named in it, is never one."""
    sizes = _measure(root)
    whole = sizes[root].text
    return frozenset(element for element in root.iter() if unseen(element) or _is_site(element, sizes[element], whole))


def unseen(element: "Element") -> bool:
    """Say whether a browser draws nothing for an element: by its tag, its attribute `hidden` or its own style; style sheets are not read."""
    return element.tag in _NEVER_SHOWN or element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _is_site(element: "Element", size: _Size, whole: int) -> bool:
    if element.tag in _LISTS and size.links >= 4 and size.linked > size.text * _LINK_SHARE:
        return True
    if size.duties or size.text > whole * _SITE_SHARE or element.tag in {"html", "body", "table", "tr", "td"}:
        return False
    words = {word.lower() for word in _WORDS.findall(f"{element.get('class') or ''} {element.get('id') or ''}")}
    return element.tag in _SITE or bool(words & _SITE_WORDS) or (size.links > 1 and bool(words & _TOP_WORDS))


def _measure(root: "Element") -> "dict[Element, _Size]":
    """Measure each element, from the inside out, once."""
    sizes: dict[Element, _Size] = {}
    for element in reversed(list(root.iter())):
        if element.tag in _NEVER_SHOWN:
            sizes[element] = _NONE
            continue
        inner = [sizes[child] for child in element]
        own = [element.text or "", *(child.tail or "" for child in element)]
        text = sum(len(piece.strip()) for piece in own) + sum(size.text for size in inner)
        link = element.tag == "a" and element.get("href") is not None
        sizes[element] = _Size(
            text,
            text if link else sum(size.linked for size in inner),
            1 if link else sum(size.links for size in inner),
            duties=any(size.duties for size in inner) or any(map(_DUTY.search, own)),
        )
    return sizes

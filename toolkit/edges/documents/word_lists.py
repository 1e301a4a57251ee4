"""Counts Word's automatic list numbers: which paragraph has which number, as it is drawn on the page."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.edges.documents.numbering import drawn
from toolkit.edges.documents.xml_parts import child, local, value, whole

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NO_LIST = ("", 0)


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: the format of its number, the pattern it stands in, where it starts, whether upper numbers turn Arabic."""

    style: str = "decimal"
    pattern: str = ""
    start: int = 1
    restart: bool = True
    arabic: bool = False


@dataclass(slots=True)
class WordLists:
    """The lists of one Word file, counting as its paragraphs go by."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)  # list → level → look
    roots: dict[str, str] = field(default_factory=dict)  # list → the abstract list it shares its count with
    starts: dict[tuple[str, int], int] = field(default_factory=dict)  # (list, level) → number it starts anew with
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)  # paragraph style → (list, level)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def number(self, properties: "Element | None") -> str:
        """Count one paragraph by its properties and give the number drawn before it, empty when none is."""
        name, level = self._list_of(properties)
        look = self.levels.get(name, {}).get(level)
        if look is None:
            return ""
        counts = self.counts.setdefault(self.roots[name], {})
        fresh = (name, level) in self.starts and (name, level) not in self.begun
        self.begun.add((name, level))
        counts[level] = self.starts[name, level] if fresh else counts[level] + 1 if level in counts else look.start
        for deeper in [other for other in counts if other > level]:
            if self.levels[name].get(deeper, look).restart:
                del counts[deeper]
        if look.style == "bullet":
            return ""
        return re.sub(r"%([1-9])", lambda match: self._part(name, int(match[1]) - 1, counts, look), look.pattern).strip()

    def _part(self, name: str, level: int, counts: dict[int, int], shown: _Level) -> str:
        look = self.levels[name].get(level)
        if look is None or look.style == "none":
            return ""
        return drawn(counts.get(level, look.start), "decimal" if shown.arabic else look.style)

    def _list_of(self, properties: "Element | None") -> tuple[str, int]:
        style = self.styles.get(value(child(properties, "pStyle")), _NO_LIST)
        own = child(properties, "numPr")
        if own is None:
            return style
        named, level = value(child(own, "numId")), value(child(own, "ilvl"))
        return (named or style[0], whole(level, otherwise=style[1] if not named or named == style[0] else 0))


def read_lists(numbering: "Element | None", styles: "Element | None") -> WordLists:
    """Read a Word file's list definitions from its numbering and style parts."""
    lists = WordLists()
    abstract = {value(item, "abstractNumId"): item for item in numbering if local(item) == "abstractNum"} if numbering is not None else {}
    linked = {value(child(item, "styleLink")): item for item in abstract.values() if child(item, "styleLink") is not None}
    for item in numbering if numbering is not None else ():
        if local(item) != "num":
            continue
        name, root = value(item, "numId"), value(child(item, "abstractNumId"))
        pattern = abstract.get(root)
        borrowed = value(child(pattern, "numStyleLink"))
        lists.roots[name] = root
        lists.levels[name] = _levels(linked.get(borrowed, pattern) if borrowed else pattern)
        for change in (inner for inner in item if local(inner) == "lvlOverride"):
            level = whole(value(change, "ilvl"), otherwise=0)
            lists.levels[name].update(_levels(change))
            start = value(child(change, "startOverride"))
            if start:
                lists.starts[name, level] = whole(start, otherwise=1)
    lists.styles.update(_style_lists(styles, abstract, lists.roots))
    return lists


def _levels(holder: "Element | None") -> dict[int, _Level]:
    found = {}
    for item in holder if holder is not None else ():
        if local(item) == "lvl":
            style = value(next((inner for inner in item.iter() if local(inner) == "numFmt"), None)) or "decimal"
            found[whole(value(item, "ilvl"), otherwise=0)] = _Level(
                style,
                value(child(item, "lvlText")),
                whole(value(child(item, "start")), otherwise=1),
                restart=value(child(item, "lvlRestart")) != "0",
                arabic=child(item, "isLgl") is not None and value(child(item, "isLgl")) not in {"0", "false", "off"},
            )
    return found


def _style_lists(styles: "Element | None", abstract: "dict[str, Element]", roots: dict[str, str]) -> dict[str, tuple[str, int]]:
    """Find the list each paragraph style brings along, itself or from the style it is based on."""
    items = {value(item, "styleId"): item for item in styles if local(item) == "style"} if styles is not None else {}
    tied = {value(child(level, "pStyle")): level for item in abstract.values() for level in item if local(level) == "lvl"}
    found: dict[str, tuple[str, int]] = {}
    for name in items:
        at, seen = name, set[str]()
        while at in items and at not in seen:
            seen.add(at)
            own = child(items[at], "pPr", "numPr")
            named = value(child(own, "numId"))
            if named:
                level = value(child(own, "ilvl")) or (value(tied[at], "ilvl") if at in tied else "")
                if named in roots:
                    found[name] = (named, whole(level, otherwise=0))
                break
            at = value(child(items[at], "basedOn"))
    return found

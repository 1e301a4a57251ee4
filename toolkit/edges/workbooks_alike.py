"""Draws the workbooks of a round, which are alike: xlsxwriter draws the first of each shape, and the others are made from what it wrote.

What all share (styles, theme, content types) is copied compressed; what stands around a sheet's rows (widths, rules, locks, printing) is kept as text.
Only cells and texts are written anew. Every workbook equals, byte for byte, what `draw` gives for it.
"""

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import fields, replace
from typing import NamedTuple

from xlsxwriter.utility import quote_sheetname

from toolkit.edges.workbooks_cells import WIDE, Laid, NotAlike, Strings, lay, rows_xml, shown
from toolkit.edges.workbooks_out import draw
from toolkit.edges.workbooks_zip import Packing
from toolkit.model.look import Look
from toolkit.model.sheet import BookPlan, Link, SheetPlan

_BOOK, _TEXTS, _CORE, _CUSTOM = "xl/workbook.xml", "xl/sharedStrings.xml", "docProps/core.xml", "docProps/custom.xml"
_STYLE = re.compile(r'<c r="[A-Z]+\d+" s="(\d+)"')
_KEPT = 500  # sheets' frames, some 10 KB each
_APART = {"cells", "heights", "widths", "merges", "comments", "charts", "printing"}  # a sheet's parts that may differ, or are compared in another way
_SAME = tuple(part.name for part in fields(SheetPlan) if part.name not in _APART)


class _Page(NamedTuple):
    """A sheet laid out, and what decides on the text around its rows."""

    plan: SheetPlan
    laid: list[Laid]
    key: Hashable


class _Cover(NamedTuple):
    """A workbook without its sheets: the archive, the number of each look, what opens the texts, the parts with holes for what differs."""

    packing: Packing
    styles: Mapping[str, int]
    texts: str
    parts: Mapping[str, str]


class Alike:
    """Draws workbooks that are alike; all of a round are given to the same one."""

    def __init__(self) -> None:
        self._looks: Mapping[str, Look] = {}
        self._covers: dict[Hashable, _Cover | None] = {}  # None where only the ordinary writer will do
        self._frames: dict[Hashable, tuple[str, str]] = {}
        self._proven: set[Hashable] = set()

    def draw(self, plan: BookPlan) -> bytes:
        """Write a workbook, in the very bytes of the ordinary writer; raises ValueError where that one would."""
        if plan.looks != self._looks or len(self._frames) > _KEPT:
            self._looks, self._covers, self._frames = plan.looks, {}, {}
        try:
            texts = Strings()
            pages = _pages(plan, texts)
        except NotAlike:
            return draw(plan)
        key = _cover_key(plan, pages)
        cover, frames = self._covers.get(key), [self._frames[page.key] for page in pages if page.key in self._frames]
        if cover is None or len(frames) < len(pages):
            content = draw(plan)
            if key not in self._covers or cover is not None:
                self._learn(content, plan, pages, key)
            return content
        made = _put_together(plan, pages, texts, cover, frames)
        return made if key in self._proven else self._prove(made, plan, key)

    def _learn(self, content: bytes, plan: BookPlan, pages: Sequence[_Page], key: Hashable) -> None:
        """Keep what the ordinary writer wrote for the workbooks to come."""
        try:
            packing = Packing(content)
            for at, page in enumerate(pages):
                head, opening, rest = packing.text(_sheet(at)).partition("<sheetData>")
                _, closing, tail = rest.rpartition("</sheetData>")
                self._frames[page.key] = head + opening, _with_holes(closing + tail, _own_of(page.plan))
            if self._covers.get(key) is None:
                self._covers[key] = _cover(packing, plan, pages)
        except (NotAlike, KeyError):
            self._covers[key] = None

    def _prove(self, made: bytes, plan: BookPlan, key: Hashable) -> bytes:
        """Hold the first copy against the ordinary writer, whichever version of it is installed: where they differ, that one draws all the others too."""
        plain = draw(plan)
        if made == plain:
            self._proven.add(key)
        else:
            self._covers[key] = None
        return plain


def _pages(plan: BookPlan, texts: Strings) -> list[_Page]:
    """Lay out the sheets. Raises NotAlike."""
    rules = tuple(condition.look for sheet in plan.sheets for condition in sheet.conditions)  # their order numbers the looks of rules
    return [_page(sheet, texts, rules, at) for at, sheet in enumerate(plan.sheets)]


def _page(sheet: SheetPlan, texts: Strings, rules: tuple[str, ...], at: int) -> _Page:
    if sheet.comments or sheet.charts:  # they are parts of their own
        raise NotAlike
    laid = lay(sheet, texts)
    columns = {cell.key % WIDE for cell in laid}
    extent = laid[0].key // WIDE, laid[-1].key // WIDE, min(columns), max(columns), min(sheet.heights, default=None), max(sheet.heights, default=None)
    links = tuple(cell for cell in sheet.cells if isinstance(cell.value, Link))
    areas = tuple((area, value if isinstance(value, Link) else None) for area, value, _ in sheet.merges)
    printing = replace(sheet.printing, footer=""), bool(sheet.printing.footer)
    return _Page(sheet, laid, (at, rules, extent, links, areas, printing, tuple(sheet.widths.items()), *(getattr(sheet, name) for name in _SAME)))


def _cover_key(plan: BookPlan, pages: Sequence[_Page]) -> Hashable:
    """Tell what decides on all parts but the sheets; the looks are numbered in the order of their first use."""
    used = tuple(dict.fromkeys(cell.look for page in pages for cell in page.laid))
    rules = tuple(condition.look for sheet in plan.sheets for condition in sheet.conditions)
    sheets = tuple((sheet.name, sheet.visibility, sheet.filter is None, sheet.printing.repeat) for sheet in plan.sheets)
    return used, rules, sheets, plan.author, bool(plan.title), tuple(plan.properties), tuple(plan.names)


def _cover(packing: Packing, plan: BookPlan, pages: Sequence[_Page]) -> _Cover:
    """Take the cover off a workbook that the ordinary writer wrote. Raises NotAlike, and KeyError where a part is missing."""
    looks = [cell.look for page in pages for cell in page.laid]
    numbers = [int(number) for at in range(len(pages)) for number in _STYLE.findall(packing.text(_sheet(at)))]
    if len(looks) != len(numbers):
        raise NotAlike
    opening, _, _ = packing.text(_TEXTS).partition("count=")
    return _Cover(packing, dict(zip(looks, numbers, strict=True)), opening, {name: _with_holes(packing.text(name), own) for name, own in _own(plan).items()})


def _put_together(plan: BookPlan, pages: Sequence[_Page], texts: Strings, cover: _Cover, frames: Sequence[tuple[str, str]]) -> bytes:
    parts = {name: _filled(cover.parts[name], own) for name, own in _own(plan).items()}
    parts[_TEXTS] = f"{cover.texts}{texts.counts()}>{texts.items()}</sst>"
    for at, (page, (head, tail)) in enumerate(zip(pages, frames, strict=True)):
        parts[_sheet(at)] = f"{head}{rows_xml(page.laid, page.plan.heights, cover.styles)}{_filled(tail, _own_of(page.plan))}"
    return cover.packing.pack(parts)


def _own(plan: BookPlan) -> dict[str, list[str]]:
    """List what is a workbook's own in the parts that are not sheets, by part."""
    filters = [f"{quote_sheetname(sheet.name)}!{sheet.filter.ref(absolute=True)}" for sheet in plan.sheets if sheet.filter]
    own = {_BOOK: [*filters, *(value.removeprefix("=") for value in plan.names.values())], _CORE: [plan.title] if plan.title else []}
    return own | ({_CUSTOM: list(plan.properties.values())} if plan.properties else {})


def _own_of(sheet: SheetPlan) -> list[str]:
    """List what is a workbook's own below the rows of a sheet."""
    return [sheet.printing.footer] if sheet.printing.footer else []


def _with_holes(text: str, own: Sequence[str]) -> str:
    """Leave a hole for each value, which must stand there once. Raises NotAlike."""
    text = text.replace("%", "%%")
    for at, value in enumerate(own):
        sought = shown(value).replace("%", "%%")
        if text.count(sought) != 1:
            raise NotAlike
        text = text.replace(sought, f"%({at})s")
    return text


def _filled(text: str, own: Sequence[str]) -> str:
    return text % {str(at): shown(value) for at, value in enumerate(own)}


def _sheet(at: int) -> str:
    return f"xl/worksheets/sheet{at + 1}.xml"

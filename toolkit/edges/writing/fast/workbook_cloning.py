"""Draws the workbooks of a round, which are alike: xlsxwriter draws the first of each shape, and the others are made from what it wrote.

What all share (styles, theme, content types) is copied compressed; what stands around a sheet's rows (widths, rules, locks, printing) is kept as text with
holes for the areas, which grow with the rows. Only cells and texts are written anew. Every workbook equals the ordinary writer's, byte for byte.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from typing import NamedTuple

from xlsxwriter.utility import quote_sheetname

from toolkit.edges.writing.fast.cloned_cells import WIDE, NotCloneableError, PlacedCells, Strings, lay, rows_xml, shown
from toolkit.edges.writing.fast.cloned_zip import Packing
from toolkit.model.cell_style import CellStyle
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import address
from toolkit.model.sheet import Area, BookPlan, Link, SheetPlan

_BOOK, _TEXTS, _CORE, _CUSTOM = "xl/workbook.xml", "xl/sharedStrings.xml", "docProps/core.xml", "docProps/custom.xml"
_STYLE = lazy_pattern(r'<c r="[A-Z]+\d+" s="(\d+)"')
_KEPT = 500  # frames of sheets and covers of workbooks, some 10 KB each
_APART = frozenset(("cells", "heights", "widths", "merges", "guards", "conditions", "comments", "charts", "filter", "printing"))  # these need not be the same
_SAME = tuple(part.name for part in fields(SheetPlan) if part.name not in _APART)


class _Page(NamedTuple):
    """A sheet laid out, and what decides on the text around its rows."""

    plan: SheetPlan
    laid: list[PlacedCells]
    key: Hashable


class _Cover(NamedTuple):
    """A workbook without its sheets: the archive, the number of each look, what opens the texts, the parts with holes for what differs."""

    packing: Packing
    styles: Mapping[str, int]
    texts: str
    parts: Mapping[str, str]


class WorkbookCloner:
    """Draws workbooks that are alike; all of a round are given to the same one, with the ordinary writer."""

    def __init__(self, ordinary: Callable[[BookPlan], bytes]) -> None:
        self._ordinary = ordinary
        self._looks: Mapping[str, CellStyle] = {}
        self._covers: dict[Hashable, _Cover] = {}
        self._frames: dict[Hashable, str] = {}
        self._proven: dict[Hashable, bool] = {}  # by cover; False: only the ordinary writer will do

    def draw(self, plan: BookPlan) -> bytes:
        """Write a workbook, in the very bytes of the ordinary writer; raises ValueError where that one would."""
        if plan.looks != self._looks or len(self._frames) + len(self._covers) > _KEPT:
            self._looks, self._covers, self._frames = plan.looks, {}, {}
        try:
            return self._made(plan)
        except NotCloneableError:
            return self._ordinary(plan)

    def _made(self, plan: BookPlan) -> bytes:
        """Make a workbook from those before it, or else learn from it. Raises NotCloneableError."""
        texts = Strings()
        pages = _pages(plan, texts)
        key = _cover_key(plan, pages)
        proven = self._proven.get(key)
        if proven is False:
            raise NotCloneableError
        cover, frames = self._covers.get(key), [self._frames[page.key] for page in pages if page.key in self._frames]
        if cover is None or len(frames) < len(pages):
            content = self._ordinary(plan)
            self._learn(content, plan, pages, key)
            return content
        made = _put_together(plan, pages, texts, cover, frames)
        if proven:
            return made
        # The first copy is a proof, held against the ordinary writer of whichever version is installed.
        plain = self._ordinary(plan)
        self._proven[key] = made == plain
        return plain

    def _learn(self, content: bytes, plan: BookPlan, pages: Sequence[_Page], key: Hashable) -> None:
        """Keep what the ordinary writer wrote for the workbooks to come; nothing where it is not built as they are."""
        with suppress(NotCloneableError, KeyError, ValueError):
            packing = Packing(content)
            self._covers[key] = _cover(packing, plan, pages)
            for at, page in enumerate(pages):
                head, _, rest = packing.text(_sheet(at)).partition("<sheetData>")
                self._frames[page.key] = _with_holes(f"{head}<sheetData>{rest[rest.rindex('</sheetData>') :]}", _own_of(page, rows=""))


def _pages(plan: BookPlan, texts: Strings) -> list[_Page]:
    """Lay out the sheets. Raises NotCloneableError."""
    rules = _rules(plan)
    pages = [_page(sheet, texts, rules, at) for at, sheet in enumerate(plan.sheets)]
    if not texts.are_there() or not all(page.laid for page in pages):  # their parts and elements are then left out
        raise NotCloneableError
    return pages


def _page(sheet: SheetPlan, texts: Strings, rules: tuple[str, ...], at: int) -> _Page:
    if sheet.comments or sheet.charts:  # they are parts of their own
        raise NotCloneableError
    laid = lay(sheet, texts)
    cell_links = tuple(cell for cell in sheet.cells if isinstance(cell.value, Link))
    block_links = tuple((area, value) for area, value, _ in sheet.merges if isinstance(value, Link))
    key: Hashable = (
        (at, rules, len(_blocks(sheet)), sheet.filter is None, tuple(sheet.widths.items()), cell_links, block_links),
        tuple(guard for _, guard in sheet.guards),
        (tuple(condition.formula for condition in sheet.conditions), _order([condition.area for condition in sheet.conditions])),
        (replace(sheet.printing, footer=""), bool(sheet.printing.footer), *(getattr(sheet, name) for name in _SAME)),
    )
    return _Page(sheet, laid, key)


def _blocks(sheet: SheetPlan) -> list[Area]:
    """List the areas that are merged; one of a single cell is an ordinary cell."""
    return [area for area, _, _ in sheet.merges if area[:2] != area[2:]]


def _order(areas: Sequence[Area]) -> tuple[int, ...]:
    """Tell which areas are the same and which comes first as text: rules that share an area stand together."""
    refs = [area.ref() for area in areas]
    places = {ref: at for at, ref in enumerate(sorted(set(refs)))}
    return tuple(places[ref] for ref in refs)


def _rules(plan: BookPlan) -> tuple[str, ...]:
    """List the looks of rules in the order that numbers them."""
    return tuple(condition.look for sheet in plan.sheets for condition in sheet.conditions)


def _cover_key(plan: BookPlan, pages: Sequence[_Page]) -> Hashable:
    """Tell what decides on all parts but the sheets; the looks are numbered in the order of their first use."""
    used = tuple(dict.fromkeys(cell.look for page in pages for cell in page.laid))
    sheets = tuple((sheet.name, sheet.visibility, sheet.filter is None, sheet.printing.repeat) for sheet in plan.sheets)
    return used, _rules(plan), sheets, plan.author, bool(plan.title), tuple(plan.properties), tuple(plan.names)


def _cover(packing: Packing, plan: BookPlan, pages: Sequence[_Page]) -> _Cover:
    """Take the cover off a workbook that the ordinary writer wrote. Raises NotCloneableError, and KeyError where a part is missing."""
    looks = [cell.look for page in pages for cell in page.laid]
    numbers = [int(number) for at in range(len(pages)) for number in _STYLE.findall(packing.text(_sheet(at)))]
    if len(looks) != len(numbers):
        raise NotCloneableError
    opening, _, _ = packing.text(_TEXTS).partition("count=")
    return _Cover(packing, dict(zip(looks, numbers, strict=True)), opening, {name: _with_holes(packing.text(name), own) for name, own in _own(plan).items()})


def _put_together(plan: BookPlan, pages: Sequence[_Page], texts: Strings, cover: _Cover, frames: Sequence[str]) -> bytes:
    parts = {name: _filled(cover.parts[name], own) for name, own in _own(plan).items()}
    parts[_TEXTS] = f"{cover.texts}{texts.counts()}>{texts.items()}</sst>"
    for at, (page, frame) in enumerate(zip(pages, frames, strict=True)):
        parts[_sheet(at)] = _filled(frame, _own_of(page, rows=rows_xml(page.laid, page.plan.heights, cover.styles)))
    return cover.packing.pack(parts)


def _own(plan: BookPlan) -> dict[str, list[str]]:
    """List what is a workbook's own in the parts that are not sheets, by part. Raises NotCloneableError."""
    filters = [shown(f"{quote_sheetname(sheet.name)}!{sheet.filter.ref(absolute=True)}") for sheet in plan.sheets if sheet.filter]
    own = {_BOOK: [*filters, *(shown(value.removeprefix("=")) for value in plan.names.values())], _CORE: [shown(plan.title)] if plan.title else []}
    return own | ({_CUSTOM: [shown(value) for value in plan.properties.values()]} if plan.properties else {})


def _own_of(page: _Page, *, rows: str) -> list[str]:
    """List what is a workbook's own in a sheet: its rows, the areas that grow with them, its footer. Raises NotCloneableError."""
    sheet = page.plan
    columns = {cell.key % WIDE for cell in page.laid} | ({0} if sheet.heights else set())
    tall = {page.laid[0].key // WIDE, page.laid[-1].key // WIDE, *sheet.heights}
    own = [f'<dimension ref="{_ref(Area(min(tall), min(columns), max(tall), max(columns)))}"/>', f"<sheetData>{rows}</sheetData>"]
    if sheet.filter:
        own.append(f'<autoFilter ref="{_ref(sheet.filter)}"/>')
    own += [f'<mergeCell ref="{_ref(area)}"/>' for area in _blocks(sheet)]
    own += [f'<conditionalFormatting sqref="{area}">' for area in dict.fromkeys(_ref(condition.area) for condition in sheet.conditions)]
    own += [f'" sqref="{_ref(area)}"' for area, _ in sheet.guards]
    return [*own, shown(sheet.printing.footer)] if sheet.printing.footer else own


def _ref(area: Area) -> str:
    """Write an area as it stands in a sheet: a single cell without a colon."""
    return address(area.top, area.left) if area[:2] == area[2:] else area.ref()


def _with_holes(text: str, own: Sequence[str]) -> str:
    """Leave a hole for each of these pieces, which must stand there once. Raises NotCloneableError."""
    text = text.replace("%", "%%")
    for at, piece in enumerate(own):
        sought = piece.replace("%", "%%")
        if text.count(sought) != 1:
            raise NotCloneableError
        text = text.replace(sought, f"%({at})s")
    return text


def _filled(text: str, own: Sequence[str]) -> str:
    return text % {str(at): piece for at, piece in enumerate(own)}


def _sheet(at: int) -> str:
    return f"xl/worksheets/sheet{at + 1}.xml"

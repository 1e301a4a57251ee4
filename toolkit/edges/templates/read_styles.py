"""Reads how an example cell looks (openpyxl), theme colours included, so that the office can style forms in Excel or WPS.

The looks of the program's own templates are known (resources/looks.json, by their digests): while nobody has changed them openpyxl is not loaded.
"""

import colorsys
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import BadZipFile

from toolkit.edges.inbox import digest_of
from toolkit.edges.templates.office_sheet import OfficeBook, read_office_book
from toolkit.model.cell_style import CellStyle
from toolkit.model.column_kinds import plain
from toolkit.model.findings import Code, Finding
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place

if TYPE_CHECKING:  # a form that is kept as it was read is given without openpyxl
    from openpyxl.cell.cell import Cell
    from openpyxl.styles.colors import Color
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_LOOKS = Path(__file__).parents[2] / "resources" / "looks.json"
_THEME_COLOUR = lazy_pattern(r'<a:(?:dk1|lt1|dk2|lt2|accent[1-6])>\s*<a:\w+Clr (?:val="(?P<val>\w+)")(?: lastClr="(?P<last>\w{6})")?')
_OFFICE_THEME = ("FFFFFF", "000000", "E7E6E6", "44546A", "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47")
_ACROSS = {"general": "", None: "", "centerContinuous": "center"}
_DOWN = {None: "vcenter", "center": "vcenter", "bottom": "bottom", "top": "top"}


class Examples(NamedTuple):
    """How the examples of a definition look: those of sheet 样式 by the names beside them, the cells of sheet 灯 by their addresses."""

    named: Mapping[str, CellStyle]
    lights: Mapping[str, CellStyle]

    def light(self, address: str) -> CellStyle:
        """Give the look of a cell of sheet 灯; one that is hidden in a merged range, or is not there, looks like the first."""
        return self.lights.get(address) or self.lights["A1"]


class Definition(NamedTuple):
    """A workbook of templates/ that defines a form or the rules: its cells, and how its examples look."""

    book: OfficeBook
    examples: Examples


def open_definition(path: Path, sheets: Iterable[str]) -> Definition | tuple[Finding, ...]:
    """Open a definition that must have these sheets; the findings instead where it cannot be read or one is missing."""
    book = read_office_book(path)
    if isinstance(book, Finding):
        return (book,)
    examples = _shipped(path) or read_examples(path)
    if isinstance(examples, Finding):
        return (examples,)
    for name in (name for name in sheets if name not in book.names):
        book.say(Code.NO_SUCH_SHEET, name, sheet=name)
    return tuple(book.faults) or Definition(book, examples)


def read_examples(path: Path) -> Examples | Finding:
    """Read a workbook's examples of style; the finding says that it is none whose styles can be read (an old .xls under another name)."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path)
    except (OSError, BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, TypeError, AttributeError, SyntaxError):  # what openpyxl raises
        return Finding(Code.OFFICE_UNREADABLE, Place(path.name), {"reason": "读不出里面的样式，可能不是 .xlsx 格式"})
    sheets = {"".join(sheet.title.split()): sheet for sheet in reversed(book.worksheets)}
    theme = theme_colours(book)
    return Examples(
        read_looks(sheets["样式"], theme) if "样式" in sheets else {}, dict(_looks_of_cells(sheets["灯"], theme)) if "灯" in sheets else {}
    )


def _shipped(path: Path) -> Examples | None:
    """Give the examples of a definition as it came with the program; None for any other."""
    try:
        known = _known_looks().get(digest_of(path.read_bytes()))
    except OSError:
        return None
    return None if known is None else Examples(*({name: CellStyle(**look) for name, look in looks.items()} for looks in known))


@lru_cache(maxsize=1)
def _known_looks() -> Mapping[str, Sequence[Mapping[str, Mapping[str, Any]]]]:
    """Read, by digest, the two parts of Examples, each look as the fields that are not at their defaults; tools/make_looks writes them."""
    found: Mapping[str, Sequence[Mapping[str, Mapping[str, Any]]]] = json.loads(_LOOKS.read_text("utf-8"))
    return found


def theme_colours(book: "Workbook") -> tuple[str, ...]:
    """Read a workbook's theme colours in the order cells count them (light 1 first), RRGGBB; the Office theme when there is none."""
    raw = getattr(book, "loaded_theme", None)
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw or "")
    found = [match["last"] or match["val"] for match in _THEME_COLOUR.finditer(text)]
    if len(found) < 10 or not all(re.fullmatch(r"[0-9A-Fa-f]{6}", text) for text in found):
        return _OFFICE_THEME
    dark1, light1, dark2, light2, *accents = found
    return (light1, dark1, light2, dark2, *accents)


def read_looks(sheet: "Worksheet", theme: tuple[str, ...]) -> dict[str, CellStyle]:
    """Read a 样式 sheet: names in column A, example cells in column B, from row 2 on."""
    from openpyxl.cell.cell import Cell

    rows = sheet.iter_rows(min_row=2, max_col=2)
    return {plain(name.value): read_look(example, theme) for name, example in rows if plain(name.value) and isinstance(example, Cell)}


def _looks_of_cells(sheet: "Worksheet", theme: tuple[str, ...]) -> Iterator[tuple[str, CellStyle]]:
    from openpyxl.cell.cell import Cell

    yield from ((cell.coordinate, read_look(cell, theme)) for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell))


def read_look(cell: "Cell", theme: tuple[str, ...]) -> CellStyle:
    """Read the look of one cell of openpyxl: font, fill, borders, alignment; theme colours become RGB by `theme`."""
    font, align = cell.font, cell.alignment
    edge = next((side for side in (cell.border.left, cell.border.top, cell.border.bottom) if side is not None and side.style), None)
    return CellStyle(
        font=font.name or "",
        size=float(font.sz or 0),
        bold=bool(font.b),
        italic=bool(font.i),
        underline=bool(font.u),
        colour=_colour(font.color, theme),
        fill=_colour(cell.fill.fgColor, theme) if cell.fill.fill_type == "solid" else "",
        border=(_colour(edge.color, theme) or "000000") if edge else "",
        number_format="" if cell.number_format == "General" else cell.number_format,
        across=_ACROSS.get(align.horizontal, align.horizontal or ""),
        down=_DOWN.get(align.vertical, "vcenter"),
        wrap=bool(align.wrap_text),
        locked=bool(cell.protection.locked),
    )


def _colour(colour: "Color | None", theme: tuple[str, ...]) -> str:
    from openpyxl.styles.colors import COLOR_INDEX

    if colour is None:
        return ""
    if colour.type == "rgb" and isinstance(colour.rgb, str):
        return colour.rgb[-6:].upper()
    if colour.type == "indexed" and 0 <= colour.indexed < len(COLOR_INDEX):
        return COLOR_INDEX[colour.indexed][-6:].upper()
    if colour.type == "theme" and 0 <= colour.theme < len(theme):
        return _tinted(theme[colour.theme], colour.tint or 0.0)
    return ""


def _tinted(rgb: str, tint: float) -> str:
    """Lighten (tint above 0) or darken a colour as a spreadsheet does, in HLS (ECMA-376 part 1, 18.8.19)."""
    red, green, blue = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
    light = light * (1 + tint) if tint < 0 else light * (1 - tint) + tint
    return "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, min(1.0, light), saturation))

"""Cell styles that decide what a person saw: formats that show a number otherwise than it is stored, fonts struck out or of their ground's colour (xlsx)."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from toolkit.edges.reading.cell_colours import BLACK, WHITE, Colour, colour_of, is_unseen
from toolkit.model.number_format import number_format

BUILT_IN = {  # ECMA-376 part 1, 18.8.30, those of zh-cn too: of the others, none changes scale or sign or hides the day of a date
    9: "0%", 10: "0.00%", 17: "mmm-yy", **dict.fromkeys((27, 36, 50, 52, 57), "yyyy/m"),
}  # fmt: skip
_OFF = {"0", "false", "off"}


class Styles(NamedTuple):
    """What of a book's cell styles matters, by the index that cells name: codes of number formats, styles whose font is struck out, or cannot be seen."""

    codes: Mapping[int, str]
    struck: frozenset[int] = frozenset()
    unseen: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.codes or self.struck or self.unseen)


def styles_from(formats: Mapping[int, str], used: list[tuple[int, int]], struck_fonts: AbstractSet[int]) -> Styles:
    """Give the styles that matter; `formats` are a book's own codes by number, `used` each style's format and font."""
    known = BUILT_IN | dict(formats)
    codes = {at: known[number] for at, (number, _) in enumerate(used) if number in known and shows_otherwise(known[number])}
    return Styles(codes, frozenset(at for at, (_, font) in enumerate(used) if font in struck_fonts))


@lru_cache(maxsize=1024)
def shows_otherwise(code: str) -> bool:
    """Whether a number format may show a number, a text or a date otherwise than it is stored; dates with their day are the fast reader's business."""
    found = number_format(code)
    are_days = all(section.is_date and not section.ends_with for section in found.numbers)
    return not found.is_plain and not (are_days and (found.texts is None or found.texts.has_text))


@lru_cache(maxsize=64)  # an office program writes the same styles into most books of a round
def xlsx_styles(part: bytes) -> Styles:
    """Read a styles part. Raises ExpatError for broken XML."""
    reader, machine = _Reader(), expat.ParserCreate()
    machine.StartElementHandler, machine.EndElementHandler = reader.start, reader.end
    machine.Parse(part, True)
    unseen = (at for at, (font, fill) in enumerate(reader.coloured) if is_unseen(reader.fonts.get(font, BLACK), reader.fills.get(fill, WHITE)))
    return styles_from(reader.formats, reader.used, reader.struck)._replace(unseen=frozenset(unseen))


class _Reader:
    """Follows a styles part."""

    def __init__(self) -> None:
        self.formats: dict[int, str] = {}
        self.used: list[tuple[int, int]] = []
        self.struck: set[int] = set()
        self.fonts: dict[int, Colour] = {}
        self.fills: dict[int, Colour] = {}
        self.coloured: list[tuple[int, int]] = []
        self._fonts = self._fills = -1
        self._is_solid = False
        self._inside = [""]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        tag = name.rpartition(":")[2]
        if tag == "numFmt":
            self.formats[_index(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")
        elif tag == "font" and self._inside[-1] == "fonts":
            self._fonts += 1
        elif tag == "strike" and self._inside[-2:] == ["fonts", "font"] and is_on(attributes):
            self.struck.add(self._fonts)
        elif tag == "color" and self._inside[-2:] == ["fonts", "font"]:
            self.fonts[self._fonts] = colour_of(attributes)
        elif tag == "fill" and self._inside[-1] == "fills":
            self._fills += 1
        elif tag == "patternFill" and self._inside[-1] == "fill" and attributes.get("patternType", "none") != "none":
            self.fills[self._fills] = None  # known once its colour is; a pattern of dots or lines stays unknown
            self._is_solid = attributes.get("patternType") == "solid"
        elif tag == "gradientFill" and self._inside[-1] == "fill":
            self.fills[self._fills] = None
        elif tag == "fgColor" and self._inside[-3:] == ["fills", "fill", "patternFill"] and self._is_solid and self._fills in self.fills:
            self.fills[self._fills] = colour_of(attributes)
        elif tag == "xf" and self._inside[-1] == "cellXfs":
            self.used.append((_index(attributes.get("numFmtId", "")), _index(attributes.get("fontId", ""))))
            self.coloured.append((_index(attributes.get("fontId", "")), _index(attributes.get("fillId", ""))))
        self._inside.append(tag)

    def end(self, _: str) -> None:
        """Close an element."""
        self._inside.pop()


def is_on(attributes: Mapping[str, str]) -> bool:
    """Whether a switch of a font (<strike/>) is on: without `val` it is (ECMA-376, CT_BooleanProperty)."""
    return attributes.get("val", "1") not in _OFF


def _index(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else -1

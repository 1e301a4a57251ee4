"""Cell styles that decide what a person saw: number formats that show a number otherwise than it is stored, and fonts that are struck out (xlsx)."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple
from xml.parsers import expat

from toolkit.model.displayed import UNSEEN
from toolkit.model.number_format import number_format

BUILT_IN = {  # ECMA-376 part 1, 18.8.30, those of zh-cn too: of the others, none changes scale or sign or hides the day of a date
    9: "0%", 10: "0.00%", 17: "mmm-yy", **dict.fromkeys((27, 36, 50, 52, 57), "yyyy/m"), **dict.fromkeys((18, 19, 20, 21, 45, 46, 47), "h:mm"),
}  # fmt: skip
_OFF = {"0", "false", "off"}
_WHITE, _HARDLY = "FFFFFF", 0.03


class Styles(NamedTuple):
    """What of a book's cell styles matters, by the index that cells name: codes of number formats, and styles whose font is struck out."""

    codes: Mapping[int, str]
    struck: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.codes or self.struck)


def styles_from(formats: Mapping[int, str], used: list[tuple[int, int]], struck_fonts: AbstractSet[int], unseen: AbstractSet[int] = frozenset()) -> Styles:
    """Give the styles that matter; `formats` are a book's own codes by number, `used` each style's format and font, `unseen` styles nobody can read."""
    known = BUILT_IN | dict(formats)
    codes = {at: known[number] for at, (number, _) in enumerate(used) if number in known and shows_otherwise(known[number])}
    codes |= dict.fromkeys(unseen, UNSEEN)
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
    return styles_from(reader.formats, reader.used, reader.struck, reader.unseen())


class _Reader:
    """Follows a styles part."""

    def __init__(self) -> None:
        self.formats: dict[int, str] = {}
        self.used: list[tuple[int, int]] = []
        self.struck: set[int] = set()
        self._fonts = self._fills = -1
        self._colours: dict[int, str] = {}  # of fonts, where they are not the usual one
        self._grounds: dict[int, str] = {}
        self._looks: list[tuple[int, int]] = []  # each style's font and fill
        self._inside = [""]

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        tag = name.rpartition(":")[2]
        if tag == "numFmt":
            self.formats[_index(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")
        elif tag == "font" and self._inside[-1] == "fonts":
            self._fonts += 1
        elif tag == "fill" and self._inside[-1] == "fills":
            self._fills += 1
        elif tag == "color" and self._inside[-2:] == ["fonts", "font"]:
            self._colours[self._fonts] = _colour(attributes)
        elif tag == "patternFill" and self._inside[-2:] == ["fills", "fill"]:
            self._grounds[self._fills] = _WHITE if attributes.get("patternType", "none") == "none" else ""
        elif tag == "fgColor" and self._inside[-1] == "patternFill" and self._grounds.get(self._fills) == "":
            self._grounds[self._fills] = _colour(attributes)
        elif tag == "strike" and self._inside[-2:] == ["fonts", "font"] and is_on(attributes):
            self.struck.add(self._fonts)
        elif tag == "xf" and self._inside[-1] == "cellXfs":
            self.used.append((_index(attributes.get("numFmtId", "")), _index(attributes.get("fontId", ""))))
            self._looks.append((self.used[-1][1], _index(attributes.get("fillId", "0"))))
        self._inside.append(tag)

    def end(self, _: str) -> None:
        """Close an element."""
        self._inside.pop()

    def unseen(self) -> frozenset[int]:
        """Give the styles whose font has the colour of its ground."""
        grounds = ((at, self._colours.get(font), self._grounds.get(fill, _WHITE)) for at, (font, fill) in enumerate(self._looks))
        return frozenset(at for at, colour, ground in grounds if colour and colour == ground)


def _colour(attributes: Mapping[str, str]) -> str:
    """Give a colour as rrggbb; '' for the usual one and for one that is mixed from another."""
    if abs(float(attributes.get("tint") or 0)) > _HARDLY or is_on({"val": attributes.get("auto", "0")}):
        return ""
    if attributes.get("theme") == "0" or attributes.get("indexed") in {"1", "9"}:
        return _WHITE
    return attributes.get("rgb", "")[-6:].upper()


def is_on(attributes: Mapping[str, str]) -> bool:
    """Whether a switch of a font (<strike/>) is on: without `val` it is (ECMA-376, CT_BooleanProperty)."""
    return attributes.get("val", "1") not in _OFF


def _index(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else -1

"""Reads the styles of an .ods: number formats written as elements become codes as Excel writes them; which fonts are struck out."""

from collections.abc import Mapping
from typing import NamedTuple
from xml.parsers import expat

from toolkit.model.lazy_pattern import lazy_pattern

_DATA_STYLES = {f"number:{kind}-style" for kind in ("number", "percentage", "currency", "date", "time", "boolean", "text")}
_OF_DATES = {
    "number:year": "yyyy", "number:era": "e", "number:month": "m", "number:day": "d",
    "number:day-of-week": "aaaa", "number:hours": "hh", "number:seconds": "ss",
}  # fmt: skip
_BY_SIGN = {("value()>=0",): "{0};{main}", ("value()>0", "value()<0"): "{0};{1};{main}", ("value()>0", "value()<0", "value()=0"): "{0};{1};{2};{main}"}
_RAISED = lazy_pattern(r"\s*(?:super\b|0*[1-9][\d.]*%)")  # above the line by a part of the height


class OdsStyles(NamedTuple):
    """What styles say by name: the format code of cell styles (none where it is the default's), whether the font is struck out, and whether it is raised."""

    codes: Mapping[str, str]
    struck: frozenset[str]
    raised: frozenset[str]


def ods_styles(*parts: bytes) -> OdsStyles:
    """Read the styles of some parts. Raises ExpatError for broken XML."""
    reader = _Reader()
    for part in parts:
        machine = expat.ParserCreate()
        machine.StartElementHandler, machine.EndElementHandler, machine.CharacterDataHandler = reader.start, reader.end, reader.text
        machine.buffer_text = True
        machine.Parse(part, True)
    return reader.styles()


class _DataStyle:
    """A number format while it is read: its code so far, and the formats that are shown instead under a condition."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.code = "hh" if kind == "number:time-style" else ""
        self.maps: list[tuple[str, str]] = []


class _Reader:
    """Follows the styles of one part after the other."""

    def __init__(self) -> None:
        self._data: dict[str, _DataStyle] = {}
        self._cells: dict[str, Mapping[str, str]] = {}  # name → attributes of the style
        self._struck: dict[str, bool] = {}
        self._raised: set[str] = set()
        self._style = ""
        self._now: _DataStyle | None = None
        self._text: list[str] | None = None
        self._number, self._embedded = "", list[tuple[int, str]]()
        self._position = 0

    def styles(self) -> OdsStyles:
        """Give what was found; a style has of its parents what it does not say itself."""
        codes = {name: code for name in self._cells if (code := self._code(self._attribute_of(name, "style:data-style-name")))}
        return OdsStyles(codes, frozenset(name for name in self._cells if self._is_struck(name)), frozenset(self._raised))

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        if name in _DATA_STYLES:
            self._now = self._data[attributes.get("style:name", "")] = _DataStyle(name)
        elif name == "style:style" and attributes.get("style:family") in {"table-cell", "text"}:
            self._style = attributes.get("style:name", "")
            self._cells[self._style] = attributes
        elif name == "style:text-properties" and self._style:
            line = attributes.get("style:text-line-through-style") or attributes.get("style:text-line-through-type")
            if line:
                self._struck[self._style] = line != "none"
            if _RAISED.match(attributes.get("style:text-position", "")):
                self._raised.add(self._style)
        elif self._now is not None:
            self._part(self._now, name, attributes)

    def _part(self, style: _DataStyle, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style:map":
            style.maps.append((attributes.get("style:condition", ""), attributes.get("style:apply-style-name", "")))
        elif name in {"number:text", "number:currency-symbol", "number:embedded-text"}:
            self._text = []
            self._position = _count(attributes.get("number:position", ""))
        elif name == "number:number":
            self._number = _digits(attributes)
            self._embedded = []
        elif name == "number:scientific-number":
            style.code += "0.0E+00"
        elif name == "number:fraction":
            style.code += "# ?/?"
        elif name == "number:text-content":
            style.code += "@"
        else:
            style.code += _OF_DATES.get(name, "")

    def end(self, name: str) -> None:
        """Close an element."""
        if name in _DATA_STYLES:
            self._now = None
        elif name == "style:style":
            self._style = ""
        elif self._now is not None and name == "number:number":
            self._now.code += _with_embedded(self._number, self._embedded)
        elif self._now is not None and self._text is not None and name in {"number:text", "number:currency-symbol", "number:embedded-text"}:
            words, self._text = "".join(self._text), None
            if name == "number:embedded-text":
                self._embedded.append((self._position, words))
            else:
                self._now.code += _quoted(words, has_percent=self._now.kind == "number:percentage-style" and "%" not in self._now.code)

    def text(self, data: str) -> None:
        """Take the words of a format."""
        if self._text is not None:
            self._text.append(data)

    def _attribute_of(self, name: str, attribute: str) -> str:
        seen = set[str]()
        while name in self._cells and name not in seen:
            seen.add(name)
            if attribute in self._cells[name]:
                return self._cells[name][attribute]
            name = self._cells[name].get("style:parent-style-name", "Default")
        return ""

    def _is_struck(self, name: str) -> bool:
        seen = set[str]()
        while name in self._cells and name not in seen:
            if name in self._struck:
                return self._struck[name]
            seen.add(name)
            name = self._cells[name].get("style:parent-style-name", "")
        return False

    def _code(self, name: str) -> str:
        """Give a format's code with its sections."""
        style = self._data.get(name)
        if style is None:
            return ""
        conditions = tuple(condition.replace(" ", "") for condition, _ in style.maps)
        codes = [self._data[other].code if other in self._data else "" for _, other in style.maps]
        shape = _BY_SIGN.get(conditions)
        if shape:
            return shape.format(*codes, main=style.code)
        held = [f"[{condition.removeprefix('value()').replace('!=', '<>')}]{code}" for condition, code in zip(conditions, codes, strict=True)]
        return ";".join([*held, style.code])


def _digits(attributes: Mapping[str, str]) -> str:
    """Write the placeholders of a number."""
    whole = "0" * max(1, _count(attributes.get("number:min-integer-digits", "")))
    factor = attributes.get("number:display-factor", "1").rstrip("0").rstrip(".")
    thousands = (len(attributes.get("number:display-factor", "1").partition(".")[0]) - 1) // 3 if factor == "1" else 0
    places = _count(attributes.get("number:decimal-places", ""))
    return whole + ("." + "0" * places if places else "") + "," * thousands


def _with_embedded(number: str, embedded: list[tuple[int, str]]) -> str:
    """Put words between the digits; each stands so many digits before the point."""
    whole, point, rest = number.partition(".")
    commas = whole[len(whole.rstrip(",")) :]
    whole = whole.rstrip(",").rjust(max((position + 1 for position, _ in embedded), default=0), "0")
    for position, words in sorted(embedded):
        cut = len(whole) - position - sum(len(_quoted(other)) for at, other in embedded if at < position)
        whole = whole[:cut] + _quoted(words) + whole[cut:]
    return whole + commas + point + rest


def _quoted(words: str, *, has_percent: bool = False) -> str:
    """Write words as a format does; the per cent sign of a percentage stands bare."""
    if has_percent and "%" in words:
        before, _, after = words.partition("%")
        return _quoted(before) + "%" + _quoted(after)
    return "".join(f"\\{sign}" for sign in words)


def _count(text: str) -> int:
    return min(int(text), 40) if text.isdecimal() and len(text) < 4 else 0

"""Colours of cells (xlsx): whether a text has the colour of what it stands on, so that nobody sees it."""

from collections.abc import Mapping

Colour = tuple[str, str, str] | str | None  # a theme's colour with its tint, else six hex digits; None: not known
WHITE, BLACK = "FFFFFF", "000000"
_NEAR = 16  # of 255, in each of red, green and blue: no eye tells them apart
_THEME = {"0": WHITE, "1": BLACK}  # lt1 and dk1, which office programs leave as they are
_INDEXED = {"0": BLACK, "1": WHITE, "8": BLACK, "9": WHITE, "64": BLACK, "65": WHITE}  # ECMA-376 part 1, 18.8.27


def colour_of(attributes: Mapping[str, str]) -> Colour:
    """Read a colour element; None for an index of a palette that need not be the usual one."""
    if "rgb" in attributes:
        return attributes["rgb"][-6:].upper()
    if "theme" in attributes:
        tint = attributes.get("tint", "0")
        plain = _THEME.get(attributes["theme"]) if tint.strip("0.-") == "" else None
        return plain or ("theme", attributes["theme"], tint)
    if "indexed" in attributes:
        return _INDEXED.get(attributes["indexed"])
    return BLACK if attributes.get("auto", "0") not in {"0", "false"} else None


def is_unseen(font: Colour, fill: Colour) -> bool:
    """Whether a text of one colour cannot be seen on another; not known is seen."""
    if isinstance(font, str) and isinstance(fill, str):
        try:
            return all(abs(one - other) <= _NEAR for one, other in zip(bytes.fromhex(font), bytes.fromhex(fill), strict=True))
        except ValueError:
            return False
    return font is not None and font == fill

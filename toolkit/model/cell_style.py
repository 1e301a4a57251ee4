"""How a cell looks, as data: what a 样式 sheet shows by example and a writer draws."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CellStyle:
    """Font, fill, border, number format and alignment of a cell; colours are RRGGBB, sizes points, empty means the program's default."""

    font: str = ""
    size: float = 0
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = ""
    fill: str = ""
    border: str = ""
    number_format: str = ""
    across: str = ""
    down: str = "vcenter"
    wrap: bool = False
    locked: bool = True

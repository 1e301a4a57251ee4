"""The assessment rules of templates/考核规则.xlsx: parameters and lights."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from toolkit.model.look import Look

BLUE, GREEN, YELLOW, RED, GREY = "蓝", "绿", "黄", "红", "灰"


class Parameter(NamedTuple):
    """One number of the rules; `code` is how formulas and code name it."""

    code: str
    name: str
    value: Decimal
    note: str


class Light(NamedTuple):
    """A light: its one-character name, what it means, the symbol beside it (colour is never the only sign), its look, its RRGGBB in charts."""

    name: str
    meaning: str
    symbol: str
    look: Look
    strong: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """Parameters by code (yellow_gap, red_gap …), lights in the order blue, green, yellow, red, grey, and the looks of the consolidated workbook."""

    parameters: tuple[Parameter, ...]
    lights: tuple[Light, ...]
    looks: Mapping[str, Look]

    def value(self, code: str) -> Decimal:
        """Give a parameter's value; raises KeyError for an unknown code."""
        for parameter in self.parameters:
            if parameter.code == code:
                return parameter.value
        raise KeyError(code)

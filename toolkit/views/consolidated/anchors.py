"""Where other sheets find what stands in 参数与图例."""

from collections.abc import Mapping
from typing import NamedTuple

from toolkit.model.sheet import Area


class Classes(NamedTuple):
    """Whose class each lead is of: by the lead as printed in 任务进展, absolute refs of the leads and their classes, and the classes in order."""

    of: Mapping[str, str]
    leads: str
    groups: str
    names: tuple[str, ...]


class WeightTable(NamedTuple):
    """Where the task weights stand: the area of the weights, absolute refs of the numbers and of the weights."""

    area: Area
    numbers: str
    weights: str

    def of(self, cell: str) -> str:
        """Write the weight of the task whose number stands in a cell."""
        return f"INDEX({self.weights},MATCH({cell},{self.numbers},0))"


class SeatCells(NamedTuple):
    """Where a class's places stand: of 优秀, of 良好, and how many 优秀 takes."""

    excellent: str
    good: str
    taken: str


class Anchors(NamedTuple):
    """The classes of the leads, the task weights, the places of each class of units."""

    classes: Classes
    weights: WeightTable
    seats: Mapping[str, SeatCells]

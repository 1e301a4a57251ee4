"""Where other sheets find what stands in 参数与图例."""

from collections.abc import Mapping
from typing import NamedTuple

from toolkit.model.sheet import Area


class Classes(NamedTuple):
    """Whose class each lead is of, and where its tasks are counted.

    `of` is by the lead as printed in 任务进展, `names` are the classes in order; `groups` is the absolute ref of the leads' classes,
    `counts` those of their tasks by light ("" for all).
    """

    of: Mapping[str, str]
    names: tuple[str, ...]
    groups: str
    counts: Mapping[str, str]


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


NOWHERE = Area(0, 0, 0, 0)
NO_CLASSES = Classes({}, (), "", {})
NO_WEIGHTS = WeightTable(NOWHERE, "", "")


class Anchors(NamedTuple):
    """The classes of the leads, the task weights, the places of each class of units; where the last place of each unit's tie stands (a row a unit).

    What a form has no use for is empty. `as_of` is the cell of the day as of which rows are on time, `token` the cell that says with which
    decisions the workbook was written.
    """

    classes: Classes
    weights: WeightTable
    seats: Mapping[str, SeatCells]
    ties: Area
    token: str
    as_of: str = ""

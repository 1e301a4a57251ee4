"""The leaders' board as data: what stands on the one page that a leader opens; every figure is one of the consolidated workbook's."""

from dataclasses import dataclass
from typing import NamedTuple


class BoardLight(NamedTuple):
    """A light as the page shows it: its name, what it means, its symbol, and RRGGBB of its ground, its text and its bars."""

    name: str
    meaning: str
    symbol: str
    fill: str
    colour: str
    strong: str


class BoardFigure(NamedTuple):
    """A big number, what it counts and a note below; `light` where it counts a light."""

    value: str
    name: str
    note: str = ""
    light: str = ""


class BoardShare(NamedTuple):
    """How many tasks of a chapter have each light, in the order of the page's lights."""

    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All its tasks, of whatever light."""
        return sum(self.counts)


class BoardUnit(NamedTuple):
    """A unit: how its return ended, whether it was in time, its parts by light (none where nothing is scored), score, rank and grade in words."""

    name: str
    group: str
    result: str
    on_time: str
    counts: tuple[int, ...] = ()
    total: str = ""
    rank: str = ""
    grade: str = ""

    @property
    def all_parts(self) -> int:
        """In how many tasks it has a part, as lead or support."""
        return sum(self.counts)


class BoardTask(NamedTuple):
    """A task: figures as the workbook shows them ('' where it shows none), `why` it lags ('' where it does not)."""

    number: str
    chapter: str
    text: str
    leads: str
    light: str
    status: str
    planned: str
    progress: str
    gap: str
    why: str = ""


class BoardIndicator(NamedTuple):
    """An indicator against what is due by now: target with its comparator, value, percent done and due, the verdict."""

    number: str
    name: str
    target: str
    unit: str
    reached: str
    rate: str
    due: str
    verdict: str
    lead: str


class BoardMove(NamedTuple):
    """A task whose light moved since last quarter: how, which, from where to where."""

    kind: str
    number: str
    text: str
    leads: str
    was: str
    light: str
    was_progress: str
    progress: str


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The whole page; `late` are the lagging tasks, worst first, `since` names the quarter that moves are told against ('' where there is none).

    `has_lights` and `has_progress`: whether rows of the form have a light, and are judged by progress against plan.
    """

    title: str
    lines: tuple[str, ...]
    is_closed: bool
    book: str
    lights: tuple[BoardLight, ...]
    figures: tuple[BoardFigure, ...]
    chapters: tuple[BoardShare, ...]
    units: tuple[BoardUnit, ...]
    late: tuple[BoardTask, ...]
    tasks: tuple[BoardTask, ...]
    indicators: tuple[BoardIndicator, ...]
    since: str = ""
    moves: tuple[BoardMove, ...] = ()
    has_lights: bool = True
    has_progress: bool = True

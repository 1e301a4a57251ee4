"""What is closed (定稿): how far each period is, what was still undecided when it was closed, and what came after."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.period import Period
from toolkit.model.place import Place


class State(StrEnum):
    """How far a period is."""

    AHEAD = "未发放"
    ISSUED = "已发放"
    PROPOSED = "待复核"
    CLOSED = "已定稿"
    REOPENED = "已重开"


class Draft(NamedTuple):
    """One closing of a period: its number (第 n 稿), when, by whom, the second person where there was one, and how it was opened again (None: it was not)."""

    period: str
    number: int
    frozen: str
    at: datetime
    who: str
    confirmed_by: str = ""
    reopened_at: datetime | None = None
    reopened_by: str = ""
    reopened_why: str = ""
    id: int = 0

    @property
    def holds(self) -> bool:
        """Whether the period is closed with it: it was not opened again."""
        return self.reopened_at is None


class Standing(NamedTuple):
    """How far a period is, with its newest draft (None: never closed)."""

    period: Period
    state: State
    draft: Draft | None = None

    @property
    def words(self) -> str:
        """Say it in a few words: 已定稿（第 1 稿，2023-04-05）."""
        if self.draft is None:
            return self.state.value
        day = (self.draft.at if self.draft.holds else self.draft.reopened_at or self.draft.at).date()
        return f"{self.state.value}（第 {self.draft.number} 稿，{day.isoformat()}）"


class OpenMatter(NamedTuple):
    """Something undecided when a period is closed: what kind, whose, on which task, in a sentence, where."""

    kind: str
    unit: str
    number: str
    text: str
    place: str


class Correction(NamedTuple):
    """One thing that came after a closing: which period and draft, what kind, whose, task and column, what was closed, what holds now, when, why, who,
    and the original with the cell that says so ('' where no file does).
    """

    period: str
    draft: int
    kind: str
    unit: str
    number: str
    column: str
    closed: str
    now: str
    at: datetime | None
    why: str
    who: str = ""
    path: str = ""
    place: Place = Place("")


@dataclass(frozen=True, slots=True)
class ClosingAccount:
    """What a book says of closings: a line on each period up to its own, what was undecided, and what came after closings."""

    standings: tuple[tuple[str, str], ...] = ()
    matters: tuple[OpenMatter, ...] = ()
    corrections: tuple[Correction, ...] = ()


NO_ACCOUNT = ClosingAccount()

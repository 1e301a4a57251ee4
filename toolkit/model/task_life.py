"""The life of a task: handed out, signed for, under way, asked to be closed, checked, closed under a number; every stamp of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.decisions import mark_of


class LifeState(StrEnum):
    """How far a task is."""

    LISTED = "立项"
    HANDED = "交办"
    SIGNED = "签收"
    RUNNING = "推进"
    ASKED = "申请办结"
    CHECKED = "核验"
    CLOSED = "销号"


class LifeEvent(StrEnum):
    """What happens to a task."""

    HAND = "交办"
    SIGN = "签收"
    REPORT = "报送"
    ASK = "申请办结"
    PASS = "核验通过"  # noqa: S105 - what the office says
    RETURN = "退回"
    NUMBER = "销号"
    REOPEN = "重开"


# The only ways that a task may go: state and event → the next state. What is not here does not happen.
TRANSITIONS: Mapping[tuple[LifeState, LifeEvent], LifeState] = {
    (LifeState.LISTED, LifeEvent.HAND): LifeState.HANDED,
    (LifeState.HANDED, LifeEvent.SIGN): LifeState.SIGNED,
    (LifeState.SIGNED, LifeEvent.REPORT): LifeState.RUNNING,
    (LifeState.RUNNING, LifeEvent.ASK): LifeState.ASKED,
    (LifeState.ASKED, LifeEvent.ASK): LifeState.ASKED,
    (LifeState.ASKED, LifeEvent.PASS): LifeState.CHECKED,
    (LifeState.ASKED, LifeEvent.RETURN): LifeState.RUNNING,
    (LifeState.CHECKED, LifeEvent.NUMBER): LifeState.CLOSED,
    (LifeState.CHECKED, LifeEvent.REOPEN): LifeState.RUNNING,
    (LifeState.CLOSED, LifeEvent.REOPEN): LifeState.RUNNING,
}


class Ask(NamedTuple):
    """A unit's request to close a task: in which period, of which unit and task, why, on what grounds, when it came, in which file, with how much evidence."""

    period: str
    unit: str
    number: str
    why: str
    basis: str
    at: datetime | None
    source: str
    evidence: int

    @property
    def mark(self) -> str:
        """The 认定号: what is asked, in which period, wherever it stands."""
        return mark_of(*self[:5])


class Stamp(NamedTuple):
    """Something that happened: what, the state after it, when (None: not known), by whom, where it is written, in which period, what was said."""

    event: LifeEvent
    state: LifeState
    at: date | None
    who: str
    source: str
    period: str = ""
    note: str = ""


class Refused(NamedTuple):
    """A word or a request that could not be followed: in which period, what, and why."""

    period: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class TaskLife:
    """How far a task is, with its stamps, oldest first; `ask` is the unit's last request, `reference` its number once it is closed.

    `is_left_out`: closed before the round that is looked at, which does not ask for it. `back` is why the last request was returned or the task
    opened again, '' once it is asked anew.
    """

    number: str
    state: LifeState = LifeState.LISTED
    stamps: tuple[Stamp, ...] = ()
    refused: tuple[Refused, ...] = ()
    ask: Ask | None = None
    reference: str = ""
    is_left_out: bool = False
    back: str = ""

    def last(self, *events: LifeEvent) -> Stamp | None:
        """Find the last stamp of any of some events, None where none of them happened."""
        return next((stamp for stamp in reversed(self.stamps) if stamp.event in events), None)

    @property
    def mark(self) -> str:
        """The 认定号 of the last request, '' before the first."""
        return self.ask.mark if self.ask else ""


@dataclass(frozen=True, slots=True)
class LifeTurn:
    """What a round adds to the lives of its tasks: who was handed a form and when, whose first return came when and in which file, who asks to close what.

    `stamped` is whose form came back on paper, signed and stamped (盖章件), when and in which file.
    """

    period: str
    handed: Mapping[str, datetime] = field(default_factory=dict)
    came: Mapping[str, tuple[datetime, str]] = field(default_factory=dict)
    asks: tuple[Ask, ...] = ()
    stamped: Mapping[str, tuple[datetime, str]] = field(default_factory=dict)

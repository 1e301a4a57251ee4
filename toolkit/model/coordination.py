"""Matters to be coordinated (需协调事项): what units bring up in their returns, whom the office gives each to, what was answered, whether it is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.decisions import Decided, DecisionSubject
from toolkit.model.life_words import REPLY, STATE, TO
from toolkit.model.master import Unit

HELP = "help"  # the field of a task's row in which a unit says what it needs help with
TOLD, OVER = "matter_answer", "matter_over"  # what a unit fills in of a matter: what was done, whether it is over


class MatterState(StrEnum):
    """How far a matter is."""

    OPEN = "待交办"
    ASSIGNED = "办理中"
    ANSWERED = "已答复"
    CLOSED = "已办结"
    AGAIN = "又提出"


class Said(NamedTuple):
    """A text that a unit (by what it is known by for good) brought up for a task in a period, when it came, in which archived file."""

    period: str
    unit: str
    number: str
    text: str
    at: datetime | None
    source: str
    path: str


class Told(NamedTuple):
    """What a unit answered to a matter in its form: in which period, who, what, whether it says that the matter is over ('' for nothing)."""

    period: str
    unit: str
    text: str
    over: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter with its number, which stays; `versions` are the texts it had, oldest first, `told` what units answered to it.

    `to` is whom the office gave it to, `unit_to` that unit where it is one, `by` the day to answer by, `reply` the office's answer; `is_left`: whom it
    was given to was a unit earlier in the year, and is none any more.
    """

    id: str
    unit: str
    number: str
    versions: tuple[Said, ...]
    told: tuple[Told, ...] = ()
    to: str = ""
    unit_to: str = ""
    by: str = ""
    reply: str = ""
    state: MatterState = MatterState.OPEN
    closed_at: datetime | None = None
    is_left: bool = False

    @property
    def given_to(self) -> str:
        """What whom it was given to is: 单位, 原单位 or 领导; '' where it was given to nobody."""
        return "" if not self.to else "单位" if self.unit_to else "原单位" if self.is_left else "领导"

    @property
    def text(self) -> str:
        """What it says now."""
        return self.versions[-1].text

    @property
    def is_open(self) -> bool:
        """Whether it still has to be dealt with."""
        return self.state is not MatterState.CLOSED


class FormMatter(NamedTuple):
    """A row of a unit's next form: its key, what it is there for, and its prefilled facts by name."""

    key: str
    facts: Mapping[str, object]


MATTER_FACTS = ("编号", "事项类别", "任务编号", "目标任务", "提出单位", "提出期间", "期限", "办公室答复")
BROUGHT_UP, GIVEN, RETURNED = "上期需协调事项", "交你单位办理", "办结退回"


def state_of(fields: Mapping[str, str], *, passed_on: bool = False) -> MatterState:
    """Give how far a matter is: the clerk's own word, else what its other cells say; an answer before it was `passed_on` to another is not the last."""
    if fields.get(STATE):
        return MatterState(fields[STATE])
    return MatterState.ANSWERED if fields.get(REPLY) and not passed_on else MatterState.ASSIGNED if fields.get(TO) else MatterState.OPEN


def fields_of(decided: Decided, matter: str) -> Mapping[str, str]:
    """Give what the clerk typed for a matter, by column; {} for nothing."""
    return decided.on(DecisionSubject.MATTER, matter)


def is_unit(unit: Unit | None) -> bool:
    """Whether whom a matter was given to is a unit that gets a form."""
    return unit is not None and unit.issued

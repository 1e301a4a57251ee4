"""A mail as data: whom it is for, what it says, what goes with it, and what became of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a mail is about; the office sees the words."""

    ISSUE = "发放"
    RECEIPT = "退回"
    REMINDER = "催报"
    PAPER = "文书"
    SCORE = "成绩"


class Attachment(NamedTuple):
    """A file that goes with a mail."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one unit; `to` is '' where no address is known. `mark` tells apart what is sent of one kind in one period to one unit."""

    kind: Kind
    period: str
    unit: str
    to: str
    subject: str
    text: str
    mark: str
    attached: tuple[Attachment, ...] = ()
    copies: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The name under which it is sent once and never again: kind/period/unit/mark."""
        return f"{self.kind}/{self.period}/{self.unit}/{self.mark}"


class State(StrEnum):
    """What became of a mail. SENDING stands while the server has not answered; found at a start, it means that nobody knows."""

    PLANNED = "待发"
    SENDING = "正在发"
    SENT = "已发"
    REFUSED = "被拒收"
    DOUBTFUL = "不能确定"
    DRAFTED = "写成草稿"

    @property
    def went(self) -> bool:
        """Whether the unit has it, as far as we know: sent, being sent, perhaps sent, or written as a draft for the clerk to send."""
        return self in {State.SENDING, State.SENT, State.DOUBTFUL, State.DRAFTED}


class Answer(NamedTuple):
    """What the server made of a mail: PLANNED means surely not sent, try again later."""

    state: State
    reply: str = ""


class SentLetter(NamedTuple):
    """A mail as the ledger knows it."""

    key: str
    kind: Kind
    period: str
    unit: str
    address: str
    state: State
    at: datetime
    answer: str
    message_id: str


class Wording(NamedTuple):
    """A mail's subject and text, with {places} to fill in."""

    subject: str
    text: str

    def filled(self, facts: Mapping[str, str]) -> "Wording":
        """Put facts into the places; raises KeyError, ValueError or IndexError for a place that nothing fills."""
        return Wording(self.subject.format_map(facts), self.text.format_map(facts))


def mark_of(attached: tuple[Attachment, ...]) -> str:
    """Give a short digest of what goes with a mail: the same files are the same mail."""
    return hashlib.sha256(b"".join(hashlib.sha256(attachment.content).digest() for attachment in attached)).hexdigest()[:16]

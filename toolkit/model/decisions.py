"""What the office decided: each decision is kept with its time; a later one on the same thing overrides it and nothing is deleted."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class About(StrEnum):
    """What a decision is about; it says what `subject` names."""

    FILE = "file"  # a file, by its number in the ledger


class Deed(StrEnum):
    """What was decided about a file."""

    ACCEPT = "采用"
    REFUSE = "不采用"
    EXCLUDE = "停用"
    RESTORE = "恢复"


class Decision(NamedTuple):
    """One decision: about what, in words what was decided and why, what stood there before, and when."""

    about: About
    subject: str
    value: str
    note: str
    before: str
    at: datetime

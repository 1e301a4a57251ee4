"""What a closing freezes, as it is kept in the ledger: everything that the period's book is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from toolkit.edges.ledger.ledger import FileRecord
from toolkit.model.closing import ClosingAccount
from toolkit.model.findings import Finding
from toolkit.model.supervision import Supervised


@dataclass(frozen=True, slots=True)
class Stage:
    """What one period said when a closing was made: its files with where each ended, their findings where nothing was taken in, the letters of supervision.

    `master`, `rules` and `forms` are digests of what was in force; `decided` is the number of the last decision that counts; `on` is the day that exemptions
    are held against; `strangers` are numbers of those among `files` that tell no period of their own.
    """

    period: str
    on: date
    issued: tuple[str, ...]
    files: tuple[FileRecord, ...]
    strangers: tuple[int, ...]
    findings: tuple[tuple[int, Finding], ...]
    letters: tuple[Supervised, ...]
    decided: int
    master: str
    rules: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frozen:
    """All that a closing stands on: the rounds that were open then, as they stood, the drafts of those that were closed, and what the book says of closings."""

    period: str
    number: int
    at: datetime
    who: str
    confirmed_by: str
    stages: Mapping[str, Stage]
    drafts: Mapping[str, int]
    account: ClosingAccount

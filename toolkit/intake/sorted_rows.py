"""Rows of a workbook that several units share, with whose each is, and what they are sorted by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from toolkit.intake.header_rows import Header
from toolkit.intake.names_on_sheets import Names
from toolkit.model.issue import Issue


class Whose(Enum):
    """What is known of a row."""

    SURE = "number and unit agree"
    EXTRA = "the unit is sure, and was not issued this number"
    ASKED = "not sure"
    LOOSE = "no row of the table"


class SortedRow(NamedTuple):
    """A row with anything in it, row counted from 0: whose it is, or whose it may be, and why that is not sure; `words` are what names the unit there."""

    sheet: int
    row: int
    whose: Whose
    unit: str = ""
    why: str = ""
    words: str = ""
    header: Header | None = None
    key: str = ""
    agreeing: int = 0  # prefilled cells that are those that were issued
    when: object = None  # the time of an answer of a form site


@dataclass(frozen=True)
class Sorting:
    """A sorted book: its rows, the title rows of each unit by sheet, the columns beside the form's own by sheet, and whether a form site wrote it."""

    rows: tuple[SortedRow, ...]
    titles: Mapping[tuple[int, str], frozenset[int]]
    from_site: bool
    receipts: Mapping[str, str] = field(default_factory=dict)  # unit → the code printed in its heading


class Evidence(NamedTuple):
    """What a book is sorted by: the units' names, the newest issue of each unit that is named, whose each receipt code is, and the unit of the only seal."""

    names: Names
    issues: Mapping[str, Issue]
    owners: Mapping[str, str]
    sealed: str = ""

"""What a kind of column is: it knows how to read a cell, show a value and guard the cell in the sheet."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar, NamedTuple

from toolkit.model.displayed import DisplayedCell, Doubt
from toolkit.model.findings import Code
from toolkit.model.returns import CellFault, Fault
from toolkit.model.sheet import Guard
from toolkit.model.values import is_error, is_picture, plain, without_forward_turns


@dataclass(frozen=True, slots=True)
class Limits:
    """What a field allows (bounds of a number or of a text's length; choices with their aliases), and what its row and round tell a reader.

    `stages` says which stage (未开始, 进行, 完成) a choice stands for where its word alone does not. `unit` is the row's unit of measure; `year` and
    `starts` are those of the period (0, None: not known); `since_1904` tells the book's calendar.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    choices: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    year: int = 0
    starts: date | None = None
    since_1904: bool = False
    stages: Mapping[str, str] = field(default_factory=dict)


class Reading(NamedTuple):
    """What a cell was understood to say; `code` and its facts tell what was odd, value None means it could not be understood or is blank."""

    value: object
    code: Code | None = None
    facts: Mapping[str, str] = {}


BLANK = Reading(None)


class Kind(ABC):
    """One kind of column; `name` is the word in a form definition's 类型 column."""

    name: ClassVar[str]
    numeric: ClassVar[bool] = False
    number_format: ClassVar[str] = ""
    is_prose: ClassVar[bool] = False

    def read(self, raw: object, limits: Limits) -> Reading:
        """Understand a raw cell; blank reads as BLANK, a formula's error is never a value; bounds are the checks' business."""
        raw = raw if self.is_prose else without_forward_turns(raw)
        text = plain(raw)
        if not text:
            return BLANK
        if is_picture(text):
            return Reading(None, Code.IS_PICTURE)
        if isinstance(raw, CellFault):
            return _of_fault(raw, text) or self._read(text, text, limits)
        if isinstance(raw, DisplayedCell):
            return self._read_displayed(raw, limits)
        if isinstance(raw, str) and is_error(text):
            return Reading(None, Code.CELL_ERROR, {"seen": text})
        return self._read(raw, text, limits)

    @abstractmethod
    def _read(self, raw: object, text: str, limits: Limits) -> Reading:
        """Understand a cell that holds something."""

    def _read_displayed(self, cell: DisplayedCell, limits: Limits) -> Reading:
        """Understand a cell that is shown otherwise than it is stored: a text is what was shown."""
        return doubtful(cell, cell.doubt) if cell.doubt and cell.is_unsure else self._read(cell.shown, cell.shown, limits)

    def show(self, value: object) -> object:
        """Give the value to write into a cell: text, number or date; reading it gives the value back."""
        return value

    def load(self, text: str) -> object:
        """Give back a value from its text in the ledger (str of it)."""
        return text

    @abstractmethod
    def guard(self, limits: Limits) -> Guard:
        """Give the in-sheet rule for cells within these limits, without prompts."""


def doubtful(cell: DisplayedCell, why: Doubt) -> Reading:
    """Ask about a cell whose number format leaves a doubt: no value, and both what is stored and what is shown as facts."""
    seen = "" if why in {Doubt.HIDDEN, Doubt.COLOUR} else cell.shown
    return Reading(None, Code.SHOWN_OTHERWISE, {"stored": cell.stored_text, "seen": seen, "why": why.value})


def _of_fault(fault: CellFault, text: str) -> Reading | None:
    """Say why a formula left no value; None for a number that a sheet cannot hold, which is read as it is written."""
    codes = {Fault.ERROR: Code.CELL_ERROR, Fault.FORMULA: Code.NO_RESULT, Fault.PICTURE: Code.IS_PICTURE}
    return Reading(None, codes[fault.kind], {"seen": text}) if fault.kind in codes else None

"""Supervision: tasks that the office follows by letter, each letter with a number of its year that is never given twice."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.lazy_pattern import lazy_pattern

_NUMBERED = lazy_pattern(r"〔(\d{4})〕第?(\d+)号")


class Step(StrEnum):
    """How far the matter of a letter is."""

    ASSIGNED = "交办"
    CHASED = "催办"
    ANSWERED = "反馈"
    CLOSED = "销号"
    RETURNED = "退回"


class Supervised(NamedTuple):
    """One letter: its number within the year, the period and task it is about, the lead unit, how far it is, when it must be answered.

    `feedback` and `note` are the clerk's own words; `at` is when it was assigned.
    """

    year: int
    number: int
    period: str
    task: str
    unit: str
    state: Step
    deadline: date
    feedback: str
    note: str
    at: datetime

    @property
    def reference(self) -> str:
        """Name the letter in the ledger: 〔2023〕第3号. A reader sees its `shown`."""
        return f"〔{self.year}〕第{self.number}号"

    @property
    def shown(self) -> str:
        """Name the letter for a reader, in the workbook and file names: 〔2023〕3号."""
        return paper_number("", self.year, self.number)


def reference_in(text: str) -> str:
    """Give the name in the ledger of a letter as a workbook shows it, whether 〔2023〕3号 or, as earlier programs wrote, 〔2023〕第3号; else the text."""
    found = _NUMBERED.fullmatch("".join(text.split()))
    return f"〔{found[1]}〕第{int(found[2])}号" if found else text


def without_ordinal(text: str) -> str:
    """Write the numbers of papers in a text as GB/T 9704 has them, without 第."""
    return _NUMBERED.sub(lambda found: paper_number("", int(found[1]), int(found[2])), text)


def paper_number(code: str, year: int, number: int) -> str:
    """Write a number as it stands on a paper, after the office's own code (机关代字, '' where none is set): 某政督〔2023〕3号 (GB/T 9704-2012, 7.2.5)."""
    return f"{code}〔{year}〕{number}号"

"""Supervision: tasks that the office follows by letter, each letter with a number of its year that is never given twice."""

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


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
        """Name the letter in the ledger, the workbook and file names: 〔2023〕第3号."""
        return reference(self.year, self.number)


def reference(year: int, number: int) -> str:
    """Write a number of a year as papers do: 〔2023〕第3号."""
    return f"〔{year}〕第{number}号"


def paper_number(code: str, year: int, number: int) -> str:
    """Write a number as it stands on a paper, after the office's own code (机关代字, '' where none is set): 某政督〔2023〕3号 (GB/T 9704-2012, 7.2.5)."""
    return f"{code}〔{year}〕{number}号"

"""A reporting period: a year (`2023`), a quarter of it (`2023Q1`) or, for forms of an office's own, a month (`2023M05`)."""

import re
import unicodedata
from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import NamedTuple, Self

from toolkit.model.command_error import CommandError

_WRITTEN = re.compile(r"(20\d\d)(?:[Qq]([1-4])|[Mm](0?[1-9]|1[0-2]))?")
_IN_WORDS = re.compile(r"(20\d\d)年?(?:第?([一二三四1-4])季度?|(1[0-2]|0?[1-9])月份?|全?年度?)?")
_NUMERALS = "一二三四"


class Period(NamedTuple):
    """A year, one quarter of it (1–4) or one month (1–12); 0 means not cut so."""

    year: int
    quarter: int = 0
    month: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2023`, `2023Q1` or `2023M05`; raises CommandError for anything else."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise CommandError(f"看不懂期间“{text}”。", "请写 2023（全年，工作方案）或 2023Q1 到 2023Q4（季度进展）。")
        return cls(int(found[1]), int(found[2] or 0), int(found[3] or 0))

    def __str__(self) -> str:
        """Write as 2023, 2023Q1 or 2023M05."""
        return f"{self.year}Q{self.quarter}" if self.quarter else f"{self.year}M{self.month:02}" if self.month else str(self.year)

    @property
    def label(self) -> str:
        """Name it for a reader: 2023年, 2023年第一季度, 2023年5月."""
        return f"{self.year}年" + (f"第{_NUMERALS[self.quarter - 1]}季度" if self.quarter else f"{self.month}月" if self.month else "")

    @property
    def last_month(self) -> int:
        """The month it ends in, 1–12; 12 for a year."""
        return self.quarter * 3 or self.month or 12

    @property
    def schedule(self) -> Decimal:
        """Percent of the year gone when it ends (0–100, one decimal): 序时进度."""
        return round(Decimal(self.last_month * 100) / 12, 1).normalize() if self.last_month % 3 else Decimal(self.last_month // 3 * 25)

    @property
    def begins(self) -> date:
        """First day of the period."""
        return date(self.year, self.month or (self.quarter * 3 - 2 if self.quarter else 1), 1)

    @property
    def ends(self) -> date:
        """Last day of the period."""
        return date(self.year, self.last_month, monthrange(self.year, self.last_month)[1])

    def has(self, day: date) -> bool:
        """Whether a day lies in the period, its first and last day included."""
        return self.begins <= day <= self.ends

    def quarters(self) -> tuple[Self, ...]:
        """All quarters of its year, in order."""
        return tuple(type(self)(self.year, quarter) for quarter in (1, 2, 3, 4))

    def previous(self) -> Self | None:
        """Give the quarter or month before it in the same year, or None."""
        if self.quarter > 1:
            return type(self)(self.year, self.quarter - 1)
        return type(self)(self.year, 0, self.month - 1) if self.month > 1 else None


def period_in(text: str) -> Period | None:
    """Read a period as the program writes it, or in words: 2023年第一季度, 2023年5月, 2023年; None for anything else."""
    half = "".join(unicodedata.normalize("NFKC", text).split())
    if _WRITTEN.fullmatch(half):
        return Period.parse(half)
    found = _IN_WORDS.fullmatch(half)
    if found is None:
        return None
    quarter = found[2] or ""
    return Period(int(found[1]), _NUMERALS.index(quarter) + 1 if quarter in _NUMERALS and quarter else int(quarter or 0), int(found[3] or 0))

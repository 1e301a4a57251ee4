"""A reporting period: a year (`2023`) or a quarter of it (`2023Q1`)."""

import re
from datetime import date
from typing import NamedTuple, Self

from toolkit.model.trouble import Trouble

_WRITTEN = re.compile(r"(20\d\d)(?:[Qq]([1-4]))?")
_NUMERALS = "一二三四"


class Period(NamedTuple):
    """A year, or one quarter of it (quarter 1–4; 0 is the whole year)."""

    year: int
    quarter: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2023` or `2023Q1`; raises Trouble for anything else."""
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise Trouble(f"看不懂期间“{text}”。", "请写 2023（全年，工作方案）或 2023Q1 到 2023Q4（季度进展）。")
        return cls(int(found[1]), int(found[2] or 0))

    def __str__(self) -> str:
        """Write as 2023 or 2023Q1."""
        return f"{self.year}Q{self.quarter}" if self.quarter else str(self.year)

    @property
    def label(self) -> str:
        """Name it for a reader: 2023年第一季度, 2023年."""
        return f"{self.year}年" + (f"第{_NUMERALS[self.quarter - 1]}季度" if self.quarter else "")

    @property
    def schedule(self) -> int:
        """Percent of the year gone when the period ends (0–100)."""
        return 25 * self.quarter if self.quarter else 100

    @property
    def ends(self) -> date:
        """Last day of the period."""
        month = self.quarter * 3 or 12
        return date(self.year, month, 30 if month in {6, 9} else 31)

    def quarters(self) -> tuple[Self, ...]:
        """All quarters of its year, in order."""
        return tuple(type(self)(self.year, quarter) for quarter in (1, 2, 3, 4))

    def previous(self) -> Self | None:
        """Give the quarter before it in the same year, or None."""
        return type(self)(self.year, self.quarter - 1) if self.quarter > 1 else None

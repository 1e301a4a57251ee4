"""Retention (保存期限): how long originals, evidence and telephone numbers are kept, what is due to be erased, what was."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.command_error import CommandError

GONE = "（已销毁）"  # stands where a telephone number stood


class Kept(StrEnum):
    """What is kept for a time."""

    ORIGINAL = "报送原件"
    EVIDENCE = "佐证材料"
    PHONES = "联系电话"


class Retention(NamedTuple):
    """For how many years each is kept after the year of its period; 0 is for ever."""

    originals: int = 0
    evidence: int = 0
    phones: int = 0

    def years(self, kind: Kept) -> int:
        """Give the years that one kind is kept, 0 for ever."""
        return {Kept.ORIGINAL: self.originals, Kept.EVIDENCE: self.evidence, Kept.PHONES: self.phones}[kind]

    def is_due(self, kind: Kept, year: int, on: date) -> bool:
        """Whether what belongs to a year is due on a day: from the first of January after its last full year."""
        years = self.years(kind)
        return years > 0 and on >= date(year + years + 1, 1, 1)


class Erased(NamedTuple):
    """One thing that was erased, as the ledger keeps it: the file's number, what, its digest and path then, why, by whom, when."""

    file: int
    kind: Kept
    digest: str
    path: str
    why: str
    who: str
    at: datetime


def whole_numbers(settings: Mapping[str, object], section: str, defaults: Mapping[str, int]) -> dict[str, int]:
    """Read a section of settings.toml whose values are whole numbers from 0 up. Raises CommandError that names the one that is not."""
    entries = settings.get(section, {})
    if not isinstance(entries, dict):
        raise CommandError(f"settings.toml 的 {section} 应当是一段，写作 [{section}]。", "请改正，再运行一次。")
    for name in defaults:
        value = entries.get(name, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise CommandError(f"settings.toml 的 [{section}] 里 {name} 写的是“{value}”，应当是 0 或更大的整数。", "请改正，再运行一次。")
    return {name: entries.get(name, default) for name, default in defaults.items()}


def retention_from(settings: Mapping[str, object]) -> Retention:
    """Read [keep] of settings.toml, in years. Raises CommandError for anything but whole numbers from 0 on."""
    return Retention(**whole_numbers(settings, "keep", Retention()._asdict()))

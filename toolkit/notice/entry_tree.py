"""The entries of a text with their children: which of them have tasks below, at which level most tasks stand."""

from collections import Counter
from collections.abc import Sequence

from toolkit.notice.item_markers import Level
from toolkit.notice.notice_outline import Entry


class Tree:
    """The entries with their children, and which of them have tasks below."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.children: dict[int, list[int]] = {}
        for at, entry in enumerate(entries):
            self.children.setdefault(entry.parent, []).append(at)
        self.fruitful = [bool(entry.duties or entry.table) for entry in entries]
        for at in range(len(entries) - 1, -1, -1):
            parent = entries[at].parent
            if self.fruitful[at] and parent >= 0:
                self.fruitful[parent] = True
        self.runs = {entry.run for entry in entries if entry.duties or entry.table}
        self.rows: dict[tuple[Level, int], list[int]] = {}
        self.place_in_row: dict[int, int] = {}
        for at, entry in enumerate(entries):
            if entry.value:
                row = self.rows.setdefault((entry.level, entry.run), [])
                self.place_in_row[at] = len(row)
                row.append(at)
        self.main = self._main_level()
        self.rate = self._rate()

    def below(self, at: int) -> list[int]:
        """The places of an entry's direct children that are not tables, in printed order; [] for none."""
        return [child for child in self.children.get(at, []) if not self.entries[child].table]

    def bears(self, at: int) -> bool:
        """Say whether anything below an entry, at any depth, has responsibilities of its own or is a table."""
        return any(self.fruitful[child] for child in self.children.get(at, []))

    def chain(self, at: int) -> list[Entry]:
        """The headings above an entry, the outermost first; [] for one that stands under none."""
        found: list[Entry] = []
        parent = self.entries[at].parent
        while parent >= 0:
            found.append(self.entries[parent])
            parent = self.entries[parent].parent
        return found[::-1]

    def neighbours(self, at: int) -> list[tuple[Entry, int]]:
        """The numbered entries before and after one at its level, wherever they stand in the text, each with the step to its number: −1, +1."""
        row, place = self.rows[self.entries[at].level, self.entries[at].run], self.place_in_row[at]
        return [(self.entries[row[place + step]], step) for step in (-1, 1) if 0 <= place + step < len(row)]

    def _main_level(self) -> Level:
        """The level at which most tasks stand."""
        count = Counter(entry.level for at, entry in enumerate(self.entries) if entry.duties and not self.below(at))
        return count.most_common(1)[0][0] if count else Level.ARABIC

    def _rate(self) -> float:
        """The share of leaves at the main level that have responsibilities of their own."""
        leaves = [
            entry
            for at, entry in enumerate(self.entries)
            if entry.level is self.main and not self.below(at) and entry.run in self.runs and self.fruitful[max(entry.parent, 0)]
        ]
        return sum(bool(entry.duties) for entry in leaves) / len(leaves) if leaves else 0.0

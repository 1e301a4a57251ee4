"""Remembers that a master list said nothing new: the next command need not hold it against the ledger again. What is kept may be deleted at any time."""

from pathlib import Path

from toolkit.edges.ledger.amendment_records import mark_of
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.parsed_cache import cached
from toolkit.edges.workspace import Workspace


class SettledLists:
    """Lists known by their workbooks' bytes, by what the ledger says of their year, and by the token that the workspace saw in them last."""

    def __init__(self, space: Workspace, ledger: Ledger) -> None:
        self._space, self._ledger = space, ledger

    def hold(self, path: Path, year: int, token: str) -> bool:
        """Whether this very workbook was found to say nothing new when the ledger was as it is now."""
        found: bool = cached(self._space.records, _name(path), *self._state(path, year, token), make=lambda: False, holds=lambda: False)
        return found

    def keep(self, path: Path, year: int, token: str) -> None:
        """Remember that it says nothing new."""
        cached(self._space.records, _name(path), *self._state(path, year, token), make=lambda: True)

    def _state(self, path: Path, year: int, token: str) -> tuple[bytes, ...]:
        with self._ledger.reading() as connection:
            return path.read_bytes(), f"{year}|{token}".encode(), mark_of(connection, year, token)


def _name(path: Path) -> str:
    return f"{path.stem} settled"

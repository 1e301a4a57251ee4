"""Remembers which returns from below an answer has in it, so that one which came within the same second is not taken for answered."""

from pathlib import Path

from toolkit.edges.files import write_file
from toolkit.edges.workspace import Workspace
from toolkit.flows.office.office_context import OfficeContext


def remember_answered(office: OfficeContext, period: str) -> None:
    """Keep the numbers of the returns that count now, as those that the answer of a period has in it."""
    write_file(_note(office.space, period), _counting(office, period).encode("ascii"))


def has_all(office: OfficeContext, period: str, path: Path) -> bool:
    """Whether the answer at `path` has in it what counts now; of one that an older program wrote the file's time tells."""
    note = _note(office.space, period)
    if not path.exists():
        return False
    if note.exists():
        return note.read_text("ascii") == _counting(office, period)
    newest = max((file.collected for file in office.ledger.all_files(period) if file.outcome.counts), default=None)
    return newest is None or path.stat().st_mtime >= newest.timestamp()


def _counting(office: OfficeContext, period: str) -> str:
    return ",".join(str(file.id) for file in sorted(office.ledger.all_files(period), key=lambda file: file.id) if file.outcome.counts)


def _note(space: Workspace, period: str) -> Path:
    return space.records / f"answered-{period}.txt"

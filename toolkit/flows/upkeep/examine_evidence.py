"""examine_evidence: archived evidence held against the digests in the ledger; nothing of it is opened."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from toolkit.edges.ledger.ledger import FileRecord
from toolkit.model.returns import Outcome


def changed_evidence(root: Path, files: Sequence[FileRecord]) -> list[str]:
    """Give the paths (from the workspace) of evidence whose bytes are not those that were archived; what is gone is said elsewhere."""
    pieces = [record for record in files if record.outcome is Outcome.ATTACHED]
    return [record.path for record in pieces if (root / record.path).is_file() and _digest(root / record.path) != record.digest]


def _digest(path: Path) -> str:
    """Give the SHA-256 of a file without holding it; '' for one that cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""

"""How every command begins, and what happens when the program itself fails."""

from pathlib import Path

from toolkit.edges.log import log_fault
from toolkit.edges.workspace import Workspace, open_workspace, scratch_folder


def begin(root: Path) -> Workspace:
    """Open a folder as the workspace; what it lacks begins by itself."""
    return open_workspace(root)


def begin_scratch(to: Path | None) -> Workspace:
    """Open a workspace for a rehearsal, in a new folder of its own when none is named."""
    return open_workspace(to or scratch_folder())


def own_fault(root: Path, doing: str, error: Exception) -> str:
    """Log a fault of the program's own; gives the log's path from the workspace, or that of another folder where the workspace takes nothing."""
    try:
        return log_fault(Workspace(root.resolve()), doing, error)
    except OSError:
        other = Workspace(scratch_folder())
        return str(other.root / log_fault(other, doing, error))

"""How every command begins, and what happens when the program itself fails."""

from pathlib import Path

from toolkit.edges.log import log_fault
from toolkit.edges.workspace import Workspace, open_workspace, scratch_folder
from toolkit.model.command_error import CommandError


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


def existing_workspace(root: Path) -> Workspace:
    """Give a folder as the workspace that it is, without beginning anything in it. Raises CommandError where it is none."""
    space = Workspace(root.expanduser().resolve())
    if not space.master.is_file():
        raise CommandError(f"“{space.root}”不是工作区：那里没有 templates/任务总表.xlsx。", "请给出放着 templates、inbox、outbox、records 的那个文件夹。")
    return space

"""backup and restore: one archive with everything that cannot be made again, and the way back, also on another machine."""

from pathlib import Path
from typing import NamedTuple

from toolkit.edges.backups import Progress, backup_password, fresh_folder, put_in_place, read_backup, write_backup
from toolkit.edges.clock import now
from toolkit.edges.workspace import Workspace, open_workspace
from toolkit.model.trouble import Trouble, why


class BackedUp(NamedTuple):
    """Where the backup lies, how many files are in it, whether a password locks it."""

    path: Path
    files: int
    locked: bool


class Restored(NamedTuple):
    """How many files came back, and where the workspace that was there before has gone (None: there was none)."""

    files: int
    aside: Path | None


def backup(space: Workspace, target: Path, *, progress: Progress) -> BackedUp:
    """Write a backup; no other program writes in the workspace meanwhile. Raises Trouble when it cannot be written."""
    password = backup_password()
    with space.alone():
        try:
            files = write_backup(space.root, target.expanduser().resolve(), password=password, made=now(), progress=progress)
        except OSError as error:
            raise Trouble(f"备份写不进“{target}”：{why(error)}。", "请换一个有写权限、空间够的地方。") from error
    return BackedUp(target, files, bool(password))


def restore(root: Path, source: Path, *, replace: bool, progress: Progress) -> Restored:
    """Bring a backup back into a folder: first unpacked and checked beside it, then put in place. Raises Trouble, and then nothing has changed."""
    root = root.expanduser().resolve()
    if not source.exists():
        raise Trouble(f"找不到备份“{source}”。", "请检查文件名和路径。")
    if (root / "records" / "ledger.db").exists() and not replace:
        raise Trouble(f"“{root}”里已经有一个工作区。", "确实要用备份换掉它，请加 --replace；原来的会完整地移到旁边。")
    with fresh_folder(root) as folder:
        files = read_backup(source, folder, password=backup_password(), progress=progress)
        aside = root / f"旧工作区-{now():%Y%m%d%H%M%S}"
        moved = put_in_place(folder, root, aside=aside)
    open_workspace(root)
    return Restored(files, aside if moved else None)

"""backup and restore: one archive with everything that cannot be made again, and the way back, also on another machine."""

from contextlib import closing, nullcontext
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.backups import (
    SERVER_COPY,
    Progress,
    backup_password,
    finish_exchange,
    fresh_folder,
    note_backup,
    put_in_place,
    read_backup,
    scratch,
    write_backup,
)
from toolkit.edges.clock import now
from toolkit.edges.ledger.copy_ledger import copy_ledger
from toolkit.edges.ledger.database import is_server
from toolkit.edges.ledger.event_log import EventKind, append
from toolkit.edges.ledger.ledger import Ledger
from toolkit.edges.workspace import WORK, Workspace, is_half_restored, open_workspace
from toolkit.model.command_error import CommandError, reason_of


class BackedUp(NamedTuple):
    """Where the backup lies, how many files are in it, whether a password locks it, whether it holds a copy of a server's ledger."""

    path: Path
    files: int
    locked: bool
    from_server: bool


class Restored(NamedTuple):
    """How many files came back, and where the workspace that was there before has gone (None: there was none).

    `carried_on`: this was the end of an earlier restore that was cut short; its backup had been checked then.
    `on_server`: the workspace's ledger is a server's, which was left as it is; a copy of what it held is in the workspace.
    """

    files: int
    aside: Path | None
    carried_on: bool = False
    on_server: bool = False


def backup(space: Workspace, target: Path, *, progress: Progress) -> BackedUp:
    """Write a backup, with a copy of the ledger where that is a server's; no other program writes meanwhile. Raises CommandError when it cannot be written."""
    password = backup_password()
    with space.alone(), scratch() as folder:
        try:
            more = _server_copy(space, folder)
            files = write_backup(space.root, target.expanduser().resolve(), password=password, made=now(), progress=progress, more=more)
        except OSError as error:
            raise CommandError(f"备份写不进“{target}”：{reason_of(error)}。", "请换一个有写权限、空间够的地方。") from error
        note_backup(space.root, now())
    return BackedUp(target, files, bool(password), bool(more))


def _server_copy(space: Workspace, folder: Path) -> dict[str, Path]:
    """Copy the ledger of a server into a file, by the name it gets in the backup; a ledger that is a file is backed up as it is."""
    if not is_server(space.ledger_url()):
        return {}
    with closing(Ledger(space.ledger_url())) as ledger, ledger.database.alone(WORK):
        copy_ledger(ledger.database, f"sqlite:///{folder / 'copy.db'}")
    return {SERVER_COPY: folder / "copy.db"}


def move_ledger(space: Workspace, source: Path) -> int:
    """Lay a ledger that is a file into the workspace's own, where there is none yet; gives how many rows. Raises CommandError, and then nothing has changed."""
    if not source.is_file():
        raise CommandError(f"找不到台账文件“{source}”。", "请检查文件名和路径；一般是 records/ledger.db，从备份恢复的是 records/服务器台账副本.db。")
    with space.alone(), closing(Ledger(f"sqlite:///{source.resolve()}")) as old:
        rows = copy_ledger(old.database, space.ledger_url())
        with closing(Ledger(space.ledger_url())) as new, new.writing() as connection:
            append(connection, EventKind.RESTORE, ledger=source.name)
    return rows


def restore(root: Path, source: Path, *, replace: bool, progress: Progress) -> Restored:
    """Bring a backup back into a folder: first unpacked and checked beside it, then put in place. Raises CommandError, and then nothing has changed."""
    root = root.expanduser().resolve()
    if is_half_restored(root):
        with fresh_folder(root):
            return Restored(0, finish_exchange(root), carried_on=True)
    if not source.exists():
        raise CommandError(f"找不到备份“{source}”。", "请检查文件名和路径。")
    is_there = any((root / "records" / name).exists() for name in ("ledger.db", "seal.key"))
    if is_there and not replace:
        raise CommandError(f"“{root}”里已经有一个工作区。", "确实要用备份换掉它，请加 --replace；原来的会完整地移到旁边。")
    with fresh_folder(root) as folder:
        with Workspace(root).alone() if is_there else nullcontext():
            files = read_backup(source, folder, password=backup_password(), progress=progress)
            _note_restore(folder, source)
        aside = put_in_place(folder, root, stamp=f"{now():%Y%m%d%H%M%S}")
    return Restored(files, aside, on_server=is_server(open_workspace(root).ledger_url()))


def _note_restore(folder: Path, source: Path) -> None:
    """Enter the restore in the event log of the ledger that comes back, before it is put in place."""
    path = folder / "records" / "ledger.db"
    if not path.exists():
        return
    try:
        with closing(Ledger(f"sqlite:///{path}")) as ledger, ledger.writing() as connection:
            append(connection, EventKind.RESTORE, backup=source.name)
    except CommandError as trouble:
        raise CommandError(f"“{source.name}”里的台账不能用，没有恢复：{trouble.message}", "请换一份备份；现有的工作区没有动过。") from trouble

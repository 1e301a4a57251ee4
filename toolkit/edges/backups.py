"""A backup: one zip with everything that cannot be made again, each file with its digest; restored only where every digest holds."""

import hashlib
import json
import os
import shutil
import sqlite3
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from toolkit.edges.files import flush_folder
from toolkit.edges.workspace import EXCHANGES
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.lazy_pattern import lazy_pattern

MANIFEST = "备份清单.json"
_KEPT = ("templates", "records", "inbox", "settings.toml")
_LEDGER, _NOTE = "records/ledger.db", "records/log/上次备份.txt"
_UNPACKED, _LOCK, _ASIDE = ".恢复-", ".恢复.lock", "旧工作区-"
_LEFT_OUT = ("records/log/", "records/正在使用.lock", "records/正在收发邮件.lock")
SERVER_COPY = "records/服务器台账副本.db"  # the ledger of a server as it stood, in a backup
_CHUNK = 1 << 20
_LONGEST_MANIFEST = 256 << 20  # bytes: a nation's originals, each with name and digest
_ALWAYS_FINE, _RATIO = 1 << 30, 200  # bytes unpacked, and times the packed size, beyond which no workspace goes
_BYTES = lazy_pattern(r"[\udc80-\udcff]")  # of a name that is no UTF-8: a zip cannot hold them
_NOTHING: Mapping[str, Path] = MappingProxyType({})
Progress = Callable[[Sequence[str], str], Iterable[str]]


def last_backup(root: Path) -> datetime | None:
    """Say when a workspace was last backed up, None when it never was."""
    try:
        return datetime.fromisoformat((root / _NOTE).read_text("ascii").strip())
    except (OSError, ValueError):
        return None


def note_backup(root: Path, made: datetime) -> None:
    """Remember when (local time) a workspace was backed up, in records/; `doctor` tells how long ago it was. May raise OSError."""
    (root / _NOTE).parent.mkdir(parents=True, exist_ok=True)
    (root / _NOTE).write_text(made.isoformat(), "ascii")


def backup_password() -> str:
    """Give the password that backups are locked with, from TASK_TOOLKIT_BACKUP_PASSWORD in the environment; '' for none."""
    return os.environ.get("TASK_TOOLKIT_BACKUP_PASSWORD", "")


@contextmanager
def fresh_folder(root: Path) -> Iterator[Path]:
    """Give an empty folder on the same disk as a workspace, to one program at a time; what stays in it goes at the end, and a new workspace that stayed empty.

    What an earlier restore left behind when it was killed goes too. Raises CommandError when another program restores here.
    """
    from filelock import FileLock, Timeout

    was_there = root.exists()
    root.mkdir(parents=True, exist_ok=True)
    lock = FileLock(root / _LOCK, timeout=0)
    try:
        with lock:
            try:
                for left in (path for path in root.glob(f"{_UNPACKED}*") if path.is_dir()):
                    shutil.rmtree(left)
                with tempfile.TemporaryDirectory(dir=root, prefix=_UNPACKED) as folder:
                    yield Path(folder) / "工作区"
            finally:
                (root / _LOCK).unlink(missing_ok=True)
    except Timeout as error:
        raise CommandError("另一个程序正在恢复这个工作区。", "请等它结束。") from error
    finally:
        if not was_there and not any(path.name != _LOCK for path in root.iterdir()):
            shutil.rmtree(root)


@contextmanager
def scratch() -> Iterator[Path]:
    """Give an empty folder that goes at the end, readable by its owner only."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def write_backup(root: Path, target: Path, *, password: str, made: datetime, progress: Progress, more: Mapping[str, Path] = _NOTHING) -> int:
    """Write a workspace into one archive, whole or not at all; gives the number of files. Raises CommandError, OSError.

    `more` lies elsewhere: by the name that it gets in the archive.
    """
    names = sorted({*_names(root), *more})
    temporary = target.with_name(f"{target.name}.tmp")
    digests: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder, _archive(temporary, "w", password) as archive:
        for name in progress(names, "备份"):
            path = more.get(name) or (_snapshot(root / name, Path(folder)) if name == _LEDGER else root / name)
            content = path.read_bytes()
            member = _BYTES.sub(lambda byte: f"%{ord(byte[0]) - 0xDC00:02X}", name)
            digests[member] = hashlib.sha256(content).hexdigest()
            archive.writestr(member, content)
        archive.writestr(MANIFEST, json.dumps({"made": made.isoformat(), "files": digests}, ensure_ascii=False, indent=1))
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(target)
    flush_folder(target.parent)
    return len(names)


def read_backup(source: Path, folder: Path, *, password: str, progress: Progress) -> int:
    """Unpack a backup into a new folder and hold every file against its digest; gives the number of files. Raises CommandError when it is not whole."""
    try:
        with _archive(source, "r", password) as archive:
            digests = _manifest(archive, source)
            _fits(archive, source, folder)
            for name in progress(list(digests), "恢复"):
                if _lay(folder / name, partial(archive.open, name)) != digests[name]:
                    raise CommandError(f"“{source.name}”里的“{name}”已损坏，没有恢复。", "请换一份备份。")
        for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
            flush_folder(path)
    except NotImplementedError as error:  # a kind of RuntimeError: another packer's method
        raise _broken(source) from error
    except RuntimeError as error:  # what zip libraries raise for a password that is wrong or missing
        raise CommandError(f"“{source.name}”设了密码，现有的密码打不开。", "请把密码写进环境变量 TASK_TOOLKIT_BACKUP_PASSWORD，再运行一次。") from error
    except _damages() as error:
        raise _broken(source) from error
    return len(digests)


def _broken(source: Path) -> CommandError:
    return CommandError(f"“{source.name}”不是完好的备份，没有恢复。", "请换一份备份；现有的工作区没有动过。")


def _damages() -> tuple[type[Exception], ...]:
    """List what the zip libraries raise for a file that is broken; the one for locked backups has classes of its own."""
    common = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, LookupError, ValueError, OverflowError, OSError)
    try:
        import pyzipper
    except ImportError:
        return common
    return (*common, pyzipper.BadZipFile)


def _manifest(archive: Any, source: Path) -> dict[str, str]:
    """Read which files a backup holds, with their digests. Raises CommandError where it holds others, or some that lead elsewhere."""
    if archive.getinfo(MANIFEST).file_size > _LONGEST_MANIFEST:
        raise _broken(source)
    names = [name for name in archive.namelist() if name != MANIFEST]
    manifest = json.loads(archive.read(MANIFEST))
    digests = manifest.get("files") if isinstance(manifest, dict) else None
    if not isinstance(digests, dict) or sorted(names) != sorted(digests) or any(_leads_out(name) for name in names):
        raise CommandError(f"“{source.name}”与它的清单对不上，没有恢复。", "请换一份备份；这一份可能被改动过。")
    return digests


def _fits(archive: Any, source: Path, folder: Path) -> None:
    """Hold what a backup says it unpacks to (a zip gives no more than it says) against the disk's room and against what packing can do. Raises CommandError."""
    packed, size = sum(member.compress_size for member in archive.infolist()), sum(member.file_size for member in archive.infolist())
    if size > max(_ALWAYS_FINE, packed * _RATIO):
        raise CommandError(f"“{source.name}”解开后有 {size >> 20} MB，大得反常，没有恢复。", "请换一份备份；这一份可能被改动过。")
    if size > shutil.disk_usage(folder.parent).free:
        raise CommandError(f"“{source.name}”解开后有 {size >> 20} MB，磁盘放不下，没有恢复。", "请腾出空间，再运行一次；现有的工作区没有动过。")


def put_in_place(whole: Path, root: Path, *, stamp: str) -> Path | None:
    """Put a restored workspace, whole and checked, in the place of the one that is there, which is moved aside; gives where to (None: there was none).

    From its first rename on the exchange can be killed at any instant: `finish_exchange` then carries it on to the same end.
    """
    taken = {path.name for path in root.iterdir()}
    free = next(
        text for text in (stamp, *(f"{stamp}-{number}" for number in range(2, 1000))) if not taken & {f"{start}{text}" for start in (*EXCHANGES, _ASIDE)}
    )
    whole.replace(root / f"{EXCHANGES[0]}{free}")
    flush_folder(root)
    return finish_exchange(root)


def finish_exchange(root: Path) -> Path | None:
    """Carry an exchange of workspaces on to its end, wherever it was cut short; gives where the old one is now (None: there was none)."""
    aside: Path | None = None
    for leaving in sorted(root.glob(f"{EXCHANGES[0]}*")):  # everything old goes first, so that nothing new is ever taken for old
        aside = root / leaving.name.replace(EXCHANGES[0], _ASIDE)
        for path in [root / name for name in _KEPT if (root / name).exists()]:
            aside.mkdir(exist_ok=True)
            path.replace(aside / path.name)
        leaving.replace(root / leaving.name.replace(*EXCHANGES))
        flush_folder(root)
    for coming in sorted(root.glob(f"{EXCHANGES[1]}*")):
        aside = root / coming.name.replace(EXCHANGES[1], _ASIDE)
        for path in sorted(coming.iterdir()):
            path.replace(root / path.name)
        coming.rmdir()
    flush_folder(root)
    return aside if aside and aside.exists() else None


def _lay(path: Path, source: Callable[[], Any]) -> str:
    """Write one restored file piece by piece, readable by its owner only; gives its digest. Raises CommandError when the disk takes no more."""
    digest = hashlib.sha256()
    with source() as packed, _written(path) as write:
        while chunk := packed.read(_CHUNK):
            digest.update(chunk)
            write(chunk)
    return digest.hexdigest()


@contextmanager
def _written(path: Path) -> Iterator[Callable[[bytes], None]]:
    """Give what writes into a new file, safe on the disk at the end. Raises CommandError where the disk or the name is to blame, and only there."""

    def tried(deed: Callable[[], Any]) -> Any:
        try:
            return deed()
        except OSError as error:
            raise CommandError(f"恢复不了“{path.name}”：{reason_of(error)}。", "请检查磁盘空间和写权限，再运行一次；现有的工作区没有动过。") from error

    tried(partial(path.parent.mkdir, parents=True, exist_ok=True))
    file = os.fdopen(tried(partial(os.open, path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)), "wb")
    with file:
        yield lambda chunk: tried(partial(file.write, chunk))
        tried(file.flush)
        tried(partial(os.fsync, file.fileno()))


def _names(root: Path) -> Iterable[str]:
    for name in _KEPT:
        paths = [root / name] if (root / name).is_file() else (root / name).rglob("*")
        for path in paths:
            relative = path.relative_to(root).as_posix()
            if path.is_file() and not relative.startswith((*_LEFT_OUT, f"{_LEDGER}-")) and not relative.endswith((".tmp", ".lock")):
                yield relative


def _snapshot(ledger: Path, folder: Path) -> Path:
    """Copy a ledger as it stands between two transactions, also while another program writes."""
    copy = folder / "ledger.db"
    source, target = sqlite3.connect(ledger), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    return copy


def _archive(path: Path, mode: str, password: str) -> Any:
    if not password:
        return zipfile.ZipFile(path, mode, zipfile.ZIP_DEFLATED)  # type: ignore[call-overload]
    try:
        import pyzipper
    except ImportError as error:
        raise CommandError("这台机器没有装加密备份要用的组件。", "请安装 task-toolkit[archives]，或去掉 TASK_TOOLKIT_BACKUP_PASSWORD。") from error
    archive = pyzipper.AESZipFile(path, mode, compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES if mode == "w" else None)
    archive.setpassword(password.encode())
    return archive


def _leads_out(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return not parts or parts[0] not in _KEPT or ".." in parts or ":" in name

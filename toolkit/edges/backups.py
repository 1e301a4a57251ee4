"""A backup: one zip with everything that cannot be made again, each file with its digest; restored only where every digest holds."""

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from toolkit.model.trouble import Trouble

MANIFEST = "备份清单.json"
_KEPT = ("templates", "records", "inbox", "settings.toml")
_LEDGER = "records/ledger.db"
_LEFT_OUT = ("records/log/", "records/正在使用.lock", "records/正在收发邮件.lock")
Progress = Callable[[Sequence[str], str], Iterable[str]]


def backup_password() -> str:
    """Give the password that backups are locked with, '' for none."""
    return os.environ.get("TASK_TOOLKIT_BACKUP_PASSWORD", "")


@contextmanager
def fresh_folder(root: Path) -> Iterator[Path]:
    """Give an empty folder on the same disk as a workspace; what is left in it goes at the end, and the workspace too where it stayed empty."""
    was_there = root.exists()
    root.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=root, prefix=".恢复-") as folder:
            yield Path(folder)
    finally:
        if not was_there and not any(root.iterdir()):
            root.rmdir()


def write_backup(root: Path, target: Path, *, password: str, made: datetime, progress: Progress) -> int:
    """Write a workspace into one archive, whole or not at all; gives the number of files. Raises Trouble, OSError."""
    names = sorted(_names(root))
    temporary = target.with_name(f"{target.name}.tmp")
    digests: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder, _archive(temporary, "w", password) as archive:
        for name in progress(names, "备份"):
            path = _snapshot(root / name, Path(folder)) if name == _LEDGER else root / name
            content = path.read_bytes()
            digests[name] = hashlib.sha256(content).hexdigest()
            archive.writestr(name, content)
        archive.writestr(MANIFEST, json.dumps({"made": made.isoformat(), "files": digests}, ensure_ascii=False, indent=1))
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(target)
    return len(names)


def read_backup(source: Path, folder: Path, *, password: str, progress: Progress) -> int:
    """Unpack a backup into an empty folder and hold every file against its digest; gives the number of files. Raises Trouble when it is not whole."""
    try:
        with _archive(source, "r", password) as archive:
            names = [name for name in archive.namelist() if name != MANIFEST]
            digests: dict[str, str] = json.loads(archive.read(MANIFEST))["files"]
            if sorted(names) != sorted(digests) or any(_leads_out(name) for name in names):
                raise Trouble(f"“{source.name}”与它的清单对不上，没有恢复。", "请换一份备份；这一份可能被改动过。")
            for name in progress(names, "恢复"):
                content = archive.read(name)
                if hashlib.sha256(content).hexdigest() != digests[name]:
                    raise Trouble(f"“{source.name}”里的“{name}”已损坏，没有恢复。", "请换一份备份。")
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                if name.startswith("records/") and name.count("/") == 1:
                    path.chmod(0o600)
    except RuntimeError as error:  # what zip libraries raise for a password that is wrong or missing
        raise Trouble(f"“{source.name}”设了密码，现有的密码打不开。", "请把密码写进环境变量 TASK_TOOLKIT_BACKUP_PASSWORD，再运行一次。") from error
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise Trouble(f"“{source.name}”不是完好的备份。", "请换一份备份。") from error
    return len(digests)


def put_in_place(fresh: Path, root: Path, *, aside: Path) -> bool:
    """Put restored files in the place of a workspace's; what was there is moved aside. Whether there was anything."""
    old = [root / name for name in _KEPT if (root / name).exists()]
    if old:
        aside.mkdir(parents=True)
        for path in old:
            path.replace(aside / path.name)
    for path in sorted(fresh.iterdir()):
        shutil.move(path, root / path.name)
    return bool(old)


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
        raise Trouble("这台机器没有装加密备份要用的组件。", "请安装 task-toolkit[archives]，或去掉 TASK_TOOLKIT_BACKUP_PASSWORD。") from error
    archive = pyzipper.AESZipFile(path, mode, compression=pyzipper.ZIP_DEFLATED, encryption=pyzipper.WZ_AES if mode == "w" else None)
    archive.setpassword(password.encode())
    return archive


def _leads_out(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return not parts or parts[0] not in _KEPT or ".." in parts or ":" in name

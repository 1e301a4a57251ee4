"""The inbox and the archive of originals: what lies there, and how it moves."""

import hashlib
import os
import re
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from toolkit.edges.workspace import Workspace, flush_folder, write_later
from toolkit.model.returns import Sent

_SYSTEM = re.compile(r"(?i)^(~\$.*|\.~.*|\.ds_store|\._.*|thumbs\.db|desktop\.ini)$")
_KEPT = {".gitkeep"}
_PARTIAL = {".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp", ".!ut", ".xltd", ".td"}
_RESTS = 2.0  # seconds without a write after which a file that looks cut short is taken for what it is
_PASSWORD = "TASK_TOOLKIT_PASSWORD"  # noqa: S105 - the name of a variable
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')  # also signs that turn the writing round or are not seen


class StillArriving(OSError):  # noqa: N818 - said of the file
    """A file that changed while it was read."""


def waiting_files(space: Workspace) -> list[Path]:
    """List every file in the inbox and its folders, by path."""
    return sorted(path for path in space.inbox.rglob("*") if path.is_file() and not path.is_symlink() and path.name not in _KEPT)


def is_system_file(path: Path) -> bool:
    """Whether an office program or the system made a file for its own use."""
    return bool(_SYSTEM.match(path.name))


def take(space: Workspace, path: Path) -> tuple[bytes, Sent]:
    """Read a file once, with its name from the inbox on, its own time, its size and hash."""
    before = path.stat()
    content = path.read_bytes()
    after = path.stat()
    if (before.st_mtime_ns, before.st_size) != (after.st_mtime_ns, after.st_size) or len(content) != after.st_size:
        raise StillArriving
    sent = datetime.fromtimestamp(after.st_mtime).replace(microsecond=0)  # noqa: DTZ006 - local time is what deadlines are written in
    return content, Sent(path.relative_to(space.inbox).as_posix(), sent, len(content), digest_of(content))


def digest_of(content: bytes) -> str:
    """Give the SHA-256 of a file's bytes, by which the ledger knows it."""
    return hashlib.sha256(content).hexdigest()


def is_unfinished(path: Path) -> bool:
    """Whether a program that copies or downloads has given a file a name for the time being."""
    return path.suffix.lower() in _PARTIAL


def is_new(path: Path) -> bool:
    """Whether somebody wrote to a file a moment ago."""
    try:
        seen = path.stat()
    except OSError:
        return True
    return 0 <= time.time() - seen.st_mtime < _RESTS


def rests(path: Path) -> bool:
    """Wait until nobody has written to a file for a moment; False when somebody goes on writing. Raises OSError."""
    seen = path.stat()
    age = time.time() - seen.st_mtime
    if 0 <= age < _RESTS:
        time.sleep(_RESTS - age)
    now = path.stat()
    return (seen.st_mtime_ns, seen.st_size) == (now.st_mtime_ns, now.st_size)


def passwords(name: str) -> tuple[str, ...]:
    """Give the passwords to try on a file, from the environment: TASK_TOOLKIT_PASSWORD and TASK_TOOLKIT_PASSWORD_单位; one whose unit is in the name first."""
    found = [(key.removeprefix(_PASSWORD).lstrip("_"), value) for key, value in sorted(os.environ.items()) if key.startswith(_PASSWORD) and value]
    return tuple(dict.fromkeys(value for unit, value in sorted(found, key=lambda one: not one[0] or one[0] not in name)))


def put(space: Workspace, name: str, content: bytes, sent: datetime) -> Path:
    """Lay a file in the inbox, whole and safe on the disk, with the time it was sent as its own; the same file twice is one."""
    path = space.inbox / name
    unfinished = path.with_name(f"{name}.part")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.utime(unfinished, (sent.timestamp(), sent.timestamp()))
    unfinished.replace(path)
    flush_folder(space.inbox)
    return path


def archive(space: Workspace, content: bytes, sent: Sent, *folders: str) -> str:
    """Keep an original in a folder under records/returns; gives its path from the workspace. The same content keeps the same path.

    Its time is when it was sent: taken in once more, it is the same return.

    The file is whole under its name, but safe on the disk only after `flush_files`.
    """
    folder = space.returns.joinpath(*(_UNSAFE.sub("_", name) for name in folders))
    name = _UNSAFE.sub("_", Path(sent.name).name)[-80:]
    path = folder / f"{sent.digest[:12]}_{name}"
    if not path.exists() or path.read_bytes() != content:
        try:
            write_later(path, content)
        except FileNotFoundError:
            folder.mkdir(parents=True, exist_ok=True)
            write_later(path, content)
        os.utime(path, (sent.sent.timestamp(), sent.sent.timestamp()))
    return space.relative(path)


def clear(space: Workspace, path: Path) -> None:
    """Remove a file that is archived and recorded, and the inbox folders that it leaves empty."""
    path.unlink(missing_ok=True)
    for folder in _parents_within(space.inbox, path):
        if any(folder.iterdir()):
            break
        folder.rmdir()


def _parents_within(root: Path, path: Path) -> Iterator[Path]:
    folder = path.parent
    while folder != root:
        yield folder
        folder = folder.parent

"""The inbox and the archive of originals: what lies there, and how it moves."""

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.files import PendingFile, flush_folder, write_files
from toolkit.edges.workspace import Workspace
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.returns import Sent
from toolkit.model.values import visible_file_name

_SYSTEM = lazy_pattern(r"(?i)^(~\$.*|\.~.*|\.ds_store|\._.*|thumbs\.db|desktop\.ini)$")
_KEPT = {".gitkeep"}
_PARTIAL = {".part", ".partial", ".crdownload", ".download", ".filepart", ".tmp", ".!ut", ".xltd", ".td"}
_LONGEST_NAME, _LONGEST_BYTES = 80, 200  # of an original's name in the archive: Windows counts signs of a path, Linux bytes of a name
_RESTS = 2.0  # seconds without a write after which a file that looks cut short is taken for what it is
_PASSWORD = "TASK_TOOLKIT_PASSWORD"  # noqa: S105 - the name of a variable
_UNSAFE = lazy_pattern(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')  # also signs that turn the writing round or are not seen


Stamp = tuple[int, int, int, int]  # times of writing and of any change in nanoseconds, size, number: what takes a file's place has another


class TakenFile(NamedTuple):
    """A file as it was read: its bytes, what is known of it, and how it is known again; `name` is its own where `sent` shows another."""

    content: bytes
    sent: Sent
    stamp: Stamp
    name: str = ""


class StillArrivingError(OSError):
    """A file that changed while it was read."""


def waiting_files(space: Workspace) -> list[Path]:
    """List every file in the inbox and its folders, by path; a link is none, nor the folder's own .gitkeep."""
    return sorted(path for path in space.inbox.rglob("*") if path.is_file() and not path.is_symlink() and path.name not in _KEPT)


def links(space: Workspace) -> list[Path]:
    """List the links in the inbox: they are not followed, what they lead to may be anything."""
    return sorted(path for path in space.inbox.rglob("*") if path.is_symlink())


def is_empty(space: Workspace) -> bool:
    """Whether nothing was dropped into the inbox; what the program itself keeps there (.gitkeep) does not count."""
    return all(path.name in _KEPT for path in space.inbox.iterdir())


def is_system_file(path: Path) -> bool:
    """Whether a file's name says that an office program or the system made it for its own use (~$…, .~lock…, Thumbs.db)."""
    return bool(_SYSTEM.match(path.name))


def take(space: Workspace, path: Path) -> TakenFile:
    """Read a file once, with its name from the inbox on, its own time, its size and hash. Raises StillArrivingError, OSError."""
    name = os.fspath(path)
    before = os.stat(name)  # noqa: PTH116 - ten thousand files: what goes around a path object costs as much as the system's answer
    with open(name, "rb") as file:  # noqa: PTH123
        content = file.read()
    after = os.stat(name)  # noqa: PTH116
    if _stamp(before) != _stamp(after) or len(content) != after.st_size:
        raise StillArrivingError
    sent = datetime.fromtimestamp(int(after.st_mtime))  # noqa: DTZ006 - local time is what deadlines are written in
    inside = name[len(os.fspath(space.inbox)) + 1 :].replace(os.sep, "/")
    shown = visible_file_name(inside)
    return TakenFile(content, Sent(shown, sent, len(content), digest_of(content)), _stamp(after), inside if shown != inside else "")


def shown_name(path: Path) -> str:
    """Give a file's name as the screen and every file of ours can hold it."""
    return visible_file_name(path.name)


def _stamp(seen: os.stat_result) -> Stamp:
    return seen.st_mtime_ns, seen.st_ctime_ns, seen.st_size, seen.st_ino


def digest_of(content: bytes) -> str:
    """Give the SHA-256 of a file's bytes, by which the ledger knows it."""
    return hashlib.sha256(content).hexdigest()


def size_of(path: Path) -> int:
    """Give how many bytes a file has, 0 for one that cannot be looked at."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def is_unfinished(path: Path) -> bool:
    """Whether a program that copies or downloads has given a file a name for the time being."""
    return path.suffix.lower() in _PARTIAL


def is_new(path: Path) -> bool:
    """Whether somebody wrote to a file within the last seconds, so that it may still be growing; one that cannot be looked at counts as new."""
    try:
        seen = path.stat()
    except OSError:
        return True
    return 0 <= time.time() - seen.st_mtime < _RESTS


def is_stable(path: Path) -> bool:
    """Wait until nobody has written to a file for a moment; False when somebody goes on writing. Raises OSError."""
    seen = path.stat()
    age = time.time() - seen.st_mtime
    if 0 <= age < _RESTS:
        time.sleep(_RESTS - age)
    now = path.stat()
    return (seen.st_mtime_ns, seen.st_size) == (now.st_mtime_ns, now.st_size)


class Passwords:
    """The passwords to try, from the environment as it is now: TASK_TOOLKIT_PASSWORD and TASK_TOOLKIT_PASSWORD_单位."""

    def __init__(self) -> None:
        found = ((key.removeprefix(_PASSWORD).lstrip("_"), value) for key, value in os.environ.items() if key.startswith(_PASSWORD) and value)
        self._known = sorted(found)

    def of(self, name: str) -> tuple[str, ...]:
        """Give those for a file; one whose unit is in the name comes first."""
        if not self._known:
            return ()
        return tuple(dict.fromkeys(value for unit, value in sorted(self._known, key=lambda texts: not texts[0] or texts[0] not in name)))


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


class Original(NamedTuple):
    """A file to be archived, and its folders under records/returns."""

    content: bytes
    sent: Sent
    folders: tuple[str, ...]


def archive(space: Workspace, *originals: Original) -> list[str]:
    """Keep originals safely; gives their paths from the workspace. The same content keeps the same path. Raises OSError for the first that is not kept.

    Their time is when they were sent: taken in once more, each is the same return.
    """
    files = [_to_archive(space, original) for original in originals]
    for folder in {os.path.dirname(file.path) for file in files}:  # noqa: PTH120
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    for error in write_files(files).values():
        raise error
    return [space.relative(file.path) for file in files]


def _to_archive(space: Workspace, original: Original) -> PendingFile:
    sent, folders = original.sent, [_UNSAFE.sub("_", name) for name in original.folders]
    name = _UNSAFE.sub("_", sent.name.rpartition("/")[2])[-_LONGEST_NAME:].encode()[-_LONGEST_BYTES:].decode("utf-8", "ignore")
    return PendingFile(space.returns.joinpath(*folders, f"{sent.digest[:12]}_{name}"), original.content, sent.sent.timestamp())


def clear(space: Workspace, path: Path, stamp: Stamp) -> None:
    """Remove a file that is archived and recorded, and the inbox folders that it leaves empty; what was put in its place meanwhile stays. Raises OSError."""
    name = os.fspath(path)
    with suppress(FileNotFoundError):
        if _stamp(os.stat(name)) == stamp:  # noqa: PTH116
            os.unlink(name)  # noqa: PTH108
    for folder in _parents_within(space.inbox, path):
        if any(folder.iterdir()):
            break
        folder.rmdir()


def _parents_within(root: Path, path: Path) -> Iterator[Path]:
    folder = path.parent
    while folder != root:
        yield folder
        folder = folder.parent

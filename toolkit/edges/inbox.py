"""The inbox and the archive of originals: what lies there, and how it moves."""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from toolkit.edges.workspace import Workspace, write_file
from toolkit.model.returns import Sent

_SYSTEM = re.compile(r"(?i)^(~\$.*|\.~.*|\.ds_store|\._.*|thumbs\.db|desktop\.ini)$")
_KEPT = {".gitkeep"}
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


def waiting_files(space: Workspace) -> list[Path]:
    """List every file in the inbox and its folders, by path."""
    return sorted(path for path in space.inbox.rglob("*") if path.is_file() and not path.is_symlink() and path.name not in _KEPT)


def is_system_file(path: Path) -> bool:
    """Whether an office program or the system made a file for its own use."""
    return bool(_SYSTEM.match(path.name))


def take(space: Workspace, path: Path) -> tuple[bytes, Sent]:
    """Read a file once, with its name from the inbox on, its own time, its size and hash."""
    content = path.read_bytes()
    sent = datetime.fromtimestamp(path.stat().st_mtime).replace(microsecond=0)  # noqa: DTZ006 - local time is what deadlines are written in
    return content, Sent(path.relative_to(space.inbox).as_posix(), sent, len(content), hashlib.sha256(content).hexdigest())


def archive(space: Workspace, content: bytes, sent: Sent, *, period: str, unit: str) -> str:
    """Keep an original under records/returns; gives its path from the workspace. The same content keeps the same path."""
    folder = space.returns / (period or "未识别") / _UNSAFE.sub("_", unit or "未识别")
    folder.mkdir(parents=True, exist_ok=True)
    name = _UNSAFE.sub("_", Path(sent.name).name)[-80:]
    path = folder / f"{sent.digest[:12]}_{name}"
    if not path.exists() or path.read_bytes() != content:
        write_file(path, content)
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

"""How a file is written without ever being half-written, and is safe on the disk when we say so."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from toolkit.model.trouble import Trouble

_AT_ONCE = 8  # files that are written side by side
_DEEP = 3  # folders above a file that may be as new as it: records/returns/2023Q1/单位


class ToWrite(NamedTuple):
    """A file to be written: where, what, and the time that it is given (None: now)."""

    path: Path
    content: bytes
    at: float | None = None


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, safe on the disk with its name. Raises Trouble when it is open elsewhere, OSError otherwise."""
    try:
        _write_whole(ToWrite(path, content))
    except PermissionError as error:
        raise open_elsewhere(path) from error
    flush_folder(path.parent)


def write_files(files: Sequence[ToWrite]) -> dict[Path, OSError]:
    """Write files, each whole or not at all, all of them safe on the disk at the end; gives what went wrong with those that were not written.

    Several at a time, since a disk takes them almost as fast as one. A file that says the same already stays as it is. Their folders must be there.
    """
    from concurrent.futures import ThreadPoolExecutor

    failed: dict[Path, OSError] = {}

    def write(file: ToWrite) -> None:
        try:
            if not (file.path.exists() and file.path.read_bytes() == file.content):
                _write_whole(file)
        except OSError as error:
            failed[file.path] = error

    folders = dict.fromkeys(folder for file in files for folder in tuple(file.path.parents)[:_DEEP])
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(write, {file.path: file for file in files}.values()))
        list(pool.map(flush_folder, folders))
    return failed


def open_elsewhere(path: Path) -> Trouble:
    """Say that a file may not be replaced."""
    return Trouble(f"“{path.name}”不能替换，可能正在 Excel 或 WPS 中打开。", "请关闭它，再运行一次。")


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder safely to disk, where the system knows how."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write_whole(file: ToWrite) -> None:
    """Write to name.tmp, flush it to disk, then rename it."""
    temporary = file.path.with_name(f"{file.path.name}.tmp")
    with temporary.open("wb") as out:
        out.write(file.content)
        out.flush()
        os.fsync(out.fileno())
    if file.at is not None:
        os.utime(temporary, (file.at, file.at))
    try:
        temporary.replace(file.path)
    except PermissionError:
        temporary.unlink(missing_ok=True)
        raise

"""How a file is written without ever being half-written, and is safe on the disk when we say so."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from toolkit.edges.disks import disk_flush
from toolkit.model.command_error import CommandError

_FEW = 8  # files that are flushed one by one; more of them with the whole disk, which is a third of the work
_DEEP = 3  # folders above a file that may be as new as it: records/returns/2023Q1/单位


class PendingFile(NamedTuple):
    """A file to be written: where, what, and the time that it is given (None: now)."""

    path: Path
    content: bytes
    at: float | None = None


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, safe on the disk with its name. Raises CommandError when it is open elsewhere, OSError otherwise."""
    try:
        _write_whole(PendingFile(path, content))
    except PermissionError as error:
        raise open_elsewhere(path) from error
    flush_folder(path.parent)


def write_files(files: Sequence[PendingFile]) -> dict[Path, OSError]:
    """Write files, each whole or not at all, all of them safe on the disk at the end; gives what went wrong with those that were not written.

    A file that says the same already stays as it is. Their folders must be there. Raises OSError where the disk itself fails.
    """
    failed: dict[Path, OSError] = {}
    new = [file for file in {os.fspath(file.path): file for file in files}.values() if not _stands(file)]
    flush = disk_flush(new[0].path.parent) if len(new) > _FEW else None
    if flush:
        _write_together([file.path for file in new if _tried(partial(_lay, file, flushed=False), file.path, failed)], flush, failed)
        return failed
    for file in new:
        _tried(partial(_write_whole, file), file.path, failed)
    for folder in dict.fromkeys(folder for file in files for folder in tuple(file.path.parents)[:_DEEP]):
        flush_folder(folder)
    return failed


def _write_together(paths: Sequence[Path], flush: Callable[[], None], failed: dict[Path, OSError]) -> None:
    """Give files that lie there as name.tmp their names, their contents first safe on the disk."""
    try:
        flush()
    except OSError:
        for path in paths:
            with suppress(FileNotFoundError):
                os.unlink(_temporary(path))  # noqa: PTH108
        raise
    for path in paths:
        _tried(partial(_rename, path), path, failed)
    flush()


def _stands(file: PendingFile) -> bool:
    try:
        with open(file.path, "rb") as there:  # noqa: PTH123 - here and below: what goes around a path object costs as much as the system's answer
            return there.read() == file.content
    except OSError:  # it is not there, or cannot be read and will hardly be written: that is said then
        return False


def _tried(deed: Callable[[], None], path: Path, failed: dict[Path, OSError]) -> bool:
    try:
        deed()
    except OSError as error:
        failed[path] = error
    return path not in failed


def open_elsewhere(path: Path) -> CommandError:
    """Say that a file may not be replaced because a program has it open, and what to do."""
    return CommandError(f"“{path.name}”不能替换，可能正在 Excel 或 WPS 中打开。", "请关闭它，再运行一次。")


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder safely to disk, where the system knows how (POSIX), else nothing. May raise OSError."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _write_whole(file: PendingFile) -> None:
    _lay(file, flushed=True)
    _rename(file.path)


def _lay(file: PendingFile, *, flushed: bool) -> None:
    """Write to name.tmp."""
    temporary = _temporary(file.path)
    try:
        with open(temporary, "wb") as out:  # noqa: PTH123
            out.write(file.content)
            if flushed:
                out.flush()
                os.fsync(out.fileno())
    except OSError:  # a full disk is not left fuller
        with suppress(OSError):
            os.unlink(temporary)  # noqa: PTH108
        raise
    if file.at is not None:
        os.utime(temporary, (file.at, file.at))


def _rename(path: Path) -> None:
    """Give name.tmp, which is safe on the disk, its name."""
    temporary = _temporary(path)
    try:
        os.replace(temporary, path)  # noqa: PTH105
    except PermissionError:
        with suppress(FileNotFoundError):
            os.unlink(temporary)  # noqa: PTH108
        raise


def _temporary(path: Path) -> str:
    return f"{os.fspath(path)}.tmp"

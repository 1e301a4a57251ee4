"""Tells whether anything has changed in a workspace since a command looked at it, without opening what it holds."""

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from toolkit.edges.clock import now
from toolkit.edges.parsed_cache import program_mark
from toolkit.edges.workspace import Workspace

_YOUNG = 2.0  # seconds: two writes within so short a time may bear the same time on some disks (FAT)
_LEDGER, _AHEAD, _SHARED = "ledger.db", "ledger.db-wal", "ledger.db-shm"
_HEAD = 100  # bytes at the beginning of SQLite's file, with its count of changes
_NAMES = ("LOGNAME", "USER", "LNAME", "USERNAME", "TZ")  # what says who works here, and when


class _CannotTell(Exception):  # noqa: N818 - said of the workspace
    """Something is too young, or lies elsewhere, so that a later change of it might not be seen."""


def state_of(space: Workspace) -> bytes | None:
    """Give a digest of all that a command's answer depends on; None where a later change might not be seen, or the ledger is on a server.

    The program, the day, who works here, settings and templates by their contents; inbox, outbox and records by names, sizes, times and numbers of files.
    """
    settings = space.root / "settings.toml"
    try:
        found = hashlib.sha256(program_mark())
        if space.text_setting("ledger"):
            return None
        found.update(f"{space.root}|{now().date()}|{time.strftime('%z')}|{getattr(os, 'getuid', int)()}".encode("utf-8", "surrogatepass"))
        for name, value in sorted(os.environ.items()):
            if name in _NAMES or name.startswith("TASK_TOOLKIT_"):
                found.update(f"|{name}={value}".encode("utf-8", "surrogatepass"))
        for line in (_content(settings), *_contents(space.templates), *_marks(space.records), *_marks(space.inbox), *_marks(space.root / "outbox")):
            found.update(line)
    except (OSError, _CannotTell):
        return None
    return found.digest()


def _contents(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.iterdir()):
        if path.is_file():
            yield _content(path)


def _content(path: Path) -> bytes:
    _old(path.stat())
    return path.name.encode("utf-8", "surrogatepass") + hashlib.sha256(path.read_bytes()).digest()


def _marks(folder: Path) -> Iterator[bytes]:
    """Mark every file of a folder; what the program itself lays down when it only looks (locks, logs) is left out. Raises _CannotTell for links."""
    at_top = folder.name == "records"
    for entry in sorted(os.scandir(folder), key=lambda dir_entry: dir_entry.name):
        if entry.is_symlink():
            raise _CannotTell
        if entry.is_dir():
            if not (at_top and entry.name == "log"):
                yield from _marks(Path(entry.path))
        elif not (at_top and (entry.name == _SHARED or entry.name.endswith(".lock"))):
            yield from _mark(entry, is_ledger=at_top and entry.name in {_LEDGER, _AHEAD})


def _mark(entry: "os.DirEntry[str]", *, is_ledger: bool) -> Iterator[bytes]:
    """Mark one file. A ledger's rights are set anew whenever it is opened, so that its third time says nothing; an empty log beside it is none."""
    stat = entry.stat()
    if is_ledger and not stat.st_size:
        return
    _old(stat)
    yield f"{entry.path}|{stat.st_size}|{stat.st_mtime_ns}|{stat.st_ino}|{0 if is_ledger else stat.st_ctime_ns}".encode("utf-8", "surrogatepass")
    if is_ledger:
        with open(entry.path, "rb") as file:  # noqa: PTH123 - thousands of entries are not made paths
            yield file.read(_HEAD)


def _old(stat: os.stat_result) -> None:
    if time.time() - stat.st_mtime < _YOUNG:
        raise _CannotTell

"""Keeps what was read of the office's own workbooks, so that the next command need not read them again.

What is kept lies in records/log/读过的表, one file a name. It is keyed by the contents that it was made of, by this program's files and by its Python;
it may be deleted at any time. It holds values of model/ and nothing else: whatever else stands in a file there is not loaded.
"""

import hashlib
import io
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from toolkit.edges.files import write_file
from toolkit.model.command_error import CommandError

FOLDER = "读过的表"  # in records/log, which no backup takes along
_PACKAGE = Path(__file__).parents[1]
_DIGEST = 32  # bytes of a key before what is kept
_T = TypeVar("_T")
_REMEMBERED = 200  # things that were read, of a form or a list each
_recent: dict[bytes, tuple[bytes, Any]] = {}  # by key, wherever the file lay: the same contents give the same; what was asked for last stands last
_PLAIN: dict[tuple[str, str], Any] = {
    ("decimal", "Decimal"): Decimal,
    ("datetime", "date"): date,
    ("datetime", "datetime"): datetime,
    ("types", "MappingProxyType"): MappingProxyType,
    ("builtins", "frozenset"): frozenset,
    ("builtins", "set"): set,
}


def cached_workbook(path: Path, *more: bytes, make: Callable[[], _T]) -> _T:
    """Give what was made of a workbook in templates/, and of `more`, the last time; else make it and keep it. Raises what `make` raises.

    `make` depends on the file's name and contents and on `more` alone. One that lies elsewhere, or changes while it is read, is not kept.
    """
    records = path.parent.parent / "records"
    try:
        content = path.read_bytes() if path.parent.name == "templates" and records.is_dir() else None
    except OSError:
        content = None
    if content is None:
        return make()
    return cached(records, path.name, content, *more, make=make, holds=lambda: path.read_bytes() == content)


def cached(records: Path, name: str, *contents: bytes, make: Callable[[], _T], holds: Callable[[], bool] = lambda: True) -> _T:
    """Give what was made of these contents the last time, else make it and keep it where it still `holds` then.

    `records` is the workspace's folder; where nothing can be written nothing is kept.
    """
    key = _key(name, contents)
    path = records / "log" / FOLDER / f"{name}.kept"
    found = _recent.pop(key, None) or _load(path, key) or _made(path, key, make, holds)
    _remember(found)
    value: _T = found[1]
    return value


def _remember(found: tuple[bytes, Any]) -> None:
    """Hold the newest in memory."""
    if found[0]:
        _recent[found[0]] = found
    for old in list(_recent)[:-_REMEMBERED]:
        _recent.pop(old, None)


def _made(path: Path, key: bytes, make: Callable[[], Any], holds: Callable[[], bool]) -> tuple[bytes, Any]:
    value = make()
    with suppress(OSError, CommandError, pickle.PicklingError, TypeError, AttributeError):  # somebody who may only look reads again
        if holds():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, key + _dumped(value))
            return key, value
    return b"", value


def _key(name: str, contents: tuple[bytes, ...]) -> bytes:
    found = hashlib.sha256(program_mark() + name.encode("utf-8", "surrogatepass"))
    for content in contents:
        found.update(hashlib.sha256(content).digest())
    return found.digest()


def _load(path: Path, key: bytes) -> tuple[bytes, Any] | None:
    """Give what is kept under a key, with it; None where nothing is, or what lies there is damaged or somebody else's."""
    try:
        with path.open("rb") as file:
            if file.read(_DIGEST) != key:
                return None
            (value,) = _Values(file).load()
    except Exception:  # noqa: BLE001 - whatever stands in a damaged file: it is made anew
        return None
    return key, value


def _dumped(value: object) -> bytes:
    from toolkit.model.column_kind import Kind

    class Dump(pickle.Pickler):
        """Writes kinds of columns by their names: there is one of each."""

        def persistent_id(self, kind: Any) -> str | None:
            return kind.name if isinstance(kind, Kind) else None

    stream = io.BytesIO()
    Dump(stream, protocol=5).dump((value,))
    return stream.getvalue()


class _Values(pickle.Unpickler):
    """Loads values of model/: no function is called and no other class is built, whoever wrote the file."""

    def persistent_load(self, name: str) -> Any:
        """Give the kind of column that has this name. Raises KeyError where there is none."""
        from toolkit.model.column_kinds import KINDS

        return KINDS[name]

    def find_class(self, module: str, name: str) -> Any:
        """Give a class that may be built. Raises UnpicklingError for anything else."""
        if (module, name) in _PLAIN:
            return _PLAIN[module, name]
        if module.startswith("toolkit.model."):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__.startswith("toolkit.model."):
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


@lru_cache(maxsize=1)
def program_mark() -> bytes:
    """Tell this program, its libraries and its Python from any other: the names, sizes and times of its files; no number of a version needs to be raised."""
    found = hashlib.sha256(f"{sys.version}|{sys.platform}".encode())
    for entry in _files(os.fspath(_PACKAGE)):
        stat = entry.stat()
        found.update(f"{entry.path}|{stat.st_size}|{stat.st_mtime_ns}\n".encode("utf-8", "surrogatepass"))
    for folder in sys.path:
        if folder.endswith("-packages"):
            with suppress(OSError):
                found.update(f"{folder}|{os.stat(folder).st_mtime_ns}".encode("utf-8", "surrogatepass"))  # noqa: PTH116 - a folder changes when a library does
    return found.digest()


def _files(folder: str) -> Iterator["os.DirEntry[str]"]:
    for entry in sorted(os.scandir(folder), key=lambda dir_entry: dir_entry.name):
        if entry.is_dir(follow_symlinks=False):
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        elif entry.name.endswith(".py"):
            yield entry

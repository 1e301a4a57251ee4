"""Remembers by their contents which of the office's own workbooks were found sound: one that did not change costs its hash only, and no reader is loaded."""

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_REMEMBERED = 200  # digests
_sound = set[str]()


class Unknown(NamedTuple):
    """A workbook whose contents have not been looked at yet."""

    path: Path
    content: bytes
    digest: str


def unknown_books(paths: Iterable[Path], notes: Path) -> list[Unknown]:
    """Give the workbooks that were not found sound before, in this process or by what `notes` says; those that cannot be read are left to their readers."""
    books = [Unknown(path, content, hashlib.sha256(content).hexdigest()) for path in paths if (content := _content(path)) is not None]
    if any(book.digest not in _sound for book in books):
        _sound.update(_noted(notes))
    return [book for book in books if book.digest not in _sound]


def note_written(notes: Path, content: bytes) -> None:
    """Remember a workbook that this process has just written itself, from values or from one that it had opened: it holds nothing that it has not seen."""
    note_sound(notes, [hashlib.sha256(content).hexdigest()])


def note_sound(notes: Path, digests: Sequence[str]) -> None:
    """Remember contents (SHA-256 in hex) that were found sound, one a line in `notes`; a folder that cannot be written is left alone."""
    _sound.update(digests)
    with suppress(OSError):  # somebody who may only look looks again
        notes.parent.mkdir(parents=True, exist_ok=True)
        notes.write_text("\n".join(dict.fromkeys((*_noted(notes), *digests)[-_REMEMBERED:])), "ascii")


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _noted(notes: Path) -> tuple[str, ...]:
    try:
        return tuple(notes.read_text("ascii").split())
    except (OSError, ValueError):
        return ()

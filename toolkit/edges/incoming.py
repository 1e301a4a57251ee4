"""Files that the page lays into the inbox, or beside the records: whole and safely, with the time they bring along, under a name that stays there."""

import os
import secrets
from datetime import datetime
from filecmp import cmp
from pathlib import Path
from typing import Self

from toolkit.edges.files import flush_folder
from toolkit.model.command_error import CommandError, reason_of
from toolkit.model.lazy_pattern import lazy_pattern

LARGEST = 500 << 20  # bytes of one file; what is larger is no return, and a disk is soon full
_LONGEST = 200  # bytes of a name
_UNSAFE = lazy_pattern(r'[<>:"|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')


def place_of(folder: Path, name: str) -> Path:
    """Give the place in a folder for a file that was dropped, its own folders kept. Raises CommandError for a name that leads elsewhere."""
    parts = [_UNSAFE.sub("_", part).strip() for part in name.replace("\\", "/").split("/")]
    parts = [_cut(part) for part in parts if part not in {"", "."}]
    if not parts or len(parts) > 20 or any(part.strip(".") == "" for part in parts):
        raise CommandError(f"“{name[:80]}”这个文件名不能用。", "请改一个名字再拖进来。")
    return folder.joinpath(*parts)


def _cut(part: str) -> str:
    """Shorten a name to what every disk takes, its ending kept."""
    stem, dot, ending = part.rpartition(".")
    while len(part.encode("utf-8", "replace")) > _LONGEST and stem:
        stem = stem[:-1]
        part = f"{stem}{dot}{ending}"
    return part.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore")


class Incoming:
    """One file on its way in: written beside its place until it is whole. Leaving the `with` without `finish` leaves nothing behind."""

    def __init__(self, folder: Path, name: str, sent: datetime | None, *, keeps_one: bool = False) -> None:
        """Take the folder, the name and the time of saving; where it `keeps_one`, a file that is there already with the same bytes stands for it."""
        self._keeps_one = keeps_one
        self._target, self._sent, self._size, self._folder = place_of(folder, name), sent, 0, folder
        self._draft = folder / f".{secrets.token_hex(8)}.part"

    def __enter__(self) -> Self:
        """Begin to write. Raises CommandError where the disk does not take it."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._file = self._draft.open("xb")
        except OSError as error:
            raise _full(self._target.name, error) from error
        return self

    def __exit__(self, *error: object) -> None:
        """Close, and remove what is not whole."""
        self._file.close()
        self._draft.unlink(missing_ok=True)

    def write(self, piece: bytes) -> None:
        """Add a piece. Raises CommandError for a file that is too large, or where the disk is full."""
        self._size += len(piece)
        if self._size > LARGEST:
            raise CommandError(f"“{self._target.name}”超过 {LARGEST >> 20} MB，没有收。", "请确认拖对了文件；确实要收的，请直接放进 inbox 文件夹。")
        try:
            self._file.write(piece)
        except OSError as error:
            raise _full(self._target.name, error) from error

    def finish(self) -> str:
        """Put the whole file in its place, beside another of that name; gives the name that it has in the folder."""
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            if self._sent is not None:
                os.utime(self._draft, (self._sent.timestamp(), self._sent.timestamp()))
            self._target.parent.mkdir(parents=True, exist_ok=True)
            target, number = self._target, 1
            while True:
                try:
                    os.link(self._draft, target)
                    break
                except FileExistsError:
                    if self._keeps_one and cmp(self._draft, target, shallow=False):
                        break
                    number += 1
                    target = self._target.with_stem(f"{self._target.stem}（{number}）")
                except OSError:  # a disk without hard links
                    if target.exists():
                        number += 1
                        target = self._target.with_stem(f"{self._target.stem}（{number}）")
                        continue
                    self._draft.replace(target)
                    break
            flush_folder(target.parent)
        except OSError as error:
            raise _full(self._target.name, error) from error
        return target.relative_to(self._folder).as_posix()


def _full(name: str, error: OSError) -> CommandError:
    return CommandError(f"“{name}”放不进收件箱：{reason_of(error)}。", "请检查磁盘空间和写权限，再拖一次。")

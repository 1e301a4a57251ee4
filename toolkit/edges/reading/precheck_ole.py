"""Reads OLE containers (.xls, .et, .msg, locked workbooks): the directory and the streams, with every chain followed at most once."""

import struct
from array import array
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_format import Content, Format, Precheck, UnsafeFile
from toolkit.model.findings import Code

_FREE = 0xFFFFFFFA  # sector numbers from here on are marks, not sectors
_NONE = 0xFFFFFFFF
_ENTRIES = 20_000
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_FILEPASS, _NOTE = 0x2F, 0x1C
_BIFF8 = b"\x00\x06"  # of Excel 97 and later; the fast reader makes nothing of the Chinese texts of those before
_OTHERS = {"WordDocument": "Word 文档", "PowerPoint Document": "演示文稿", "VisioDocument": "Visio 图", "FileHeader": "HWP 文档"}


class Entry(NamedTuple):
    """One line of the directory; left, right and child are lines too."""

    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """An OLE container; raises UnsafeFile when its chains run in a circle or its directory is not there."""

    def __init__(self, content: bytes) -> None:
        """Read header, allocation tables and directory."""
        self._content = content
        try:
            self._read_header()
            self._fat = self._table(self._fat_sectors())
            self._mini_fat = self._table(self._chain(self._first_mini_fat, self._fat))
            self.entries = list(self._directory())
        except (struct.error, IndexError) as error:
            raise _damaged() from error
        if not self.entries:
            raise _damaged()
        self._mini: bytes | None = None

    def paths(self) -> Mapping[str, Entry]:
        """Name every entry that hangs in the tree by its path from the root, storages joined by /; an entry is named once."""
        found: dict[str, Entry] = {}
        seen, ahead = set[int](), [(self.entries[0].child, "")]
        while ahead:
            at, above = ahead.pop()
            if at in seen or at >= len(self.entries):
                continue
            seen.add(at)
            entry = self.entries[at]
            found.setdefault(above + entry.name, entry)
            ahead += [(entry.left, above), (entry.right, above)]
            if entry.kind == _STORAGE:
                ahead.append((entry.child, f"{above}{entry.name}/"))
        return found

    def stream(self, entry: Entry) -> bytes:
        """Give a stream's bytes, as far as they are there: fewer than its size where its chain of sectors breaks off."""
        if entry.size >= self._mini_cutoff or entry.kind == _ROOT:
            return self._joined(self._chain(entry.start, self._fat))[: entry.size]
        if self._mini is None:
            self._mini = self.stream(self.entries[0])
        step = 1 << self._mini_shift
        return b"".join(self._mini[at * step : (at + 1) * step] for at in self._chain(entry.start, self._mini_fat))[: entry.size]

    def _read_header(self) -> None:
        self._major, _, shift, self._mini_shift = struct.unpack_from("<4H", self._content, 26)
        self._fat_count, self._first_directory = struct.unpack_from("<2I", self._content, 44)
        self._mini_cutoff, self._first_mini_fat, _, self._first_difat, _ = struct.unpack_from("<5I", self._content, 56)
        if shift not in {9, 12} or not 0 < self._mini_shift <= 9:
            raise _damaged()
        self._step = 1 << shift

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._step
        return self._content[start : start + self._step]

    def _joined(self, numbers: Iterator[int]) -> bytes:
        return b"".join(map(self._sector, numbers))

    def _table(self, numbers: Iterator[int]) -> "array[int]":
        data = self._joined(numbers)
        table = array("I", data[: len(data) // 4 * 4])
        if struct.pack("=I", 1) != struct.pack("<I", 1):
            table.byteswap()
        return table

    def _fat_sectors(self) -> Iterator[int]:
        """List the sectors of the allocation table: 109 in the header, the others in a chain."""
        yield from (number for number in struct.unpack_from("<109I", self._content, 76) if number < _FREE)
        seen, number = set[int](), self._first_difat
        while number < _FREE and number not in seen and self._sector(number):
            seen.add(number)
            *numbers, number = struct.unpack(f"<{self._step // 4}I", self._sector(number))
            yield from (number for number in numbers if number < _FREE)
        if number in seen:
            raise _circle()

    def _chain(self, start: int, table: "array[int]") -> Iterator[int]:
        """Follow a chain to its end, or to where the file is cut; raises UnsafeFile when it is longer than its table."""
        number, steps = start, 0
        while number < len(table):
            yield number
            number, steps = table[number], steps + 1
            if steps > len(table):
                raise _circle()

    def _directory(self) -> Iterator[Entry]:
        data = self._joined(self._chain(self._first_directory, self._fat))
        if len(data) // 128 > _ENTRIES:
            raise UnsafeFile(Code.TOO_BIG, what="内部目录项太多")
        for at in range(0, len(data) - 127, 128):
            length, kind, left, right, child = struct.unpack_from("<HBx3I", data, at + 64)
            start, size = struct.unpack_from("<IQ", data, at + 116)
            name = data[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            yield Entry(name, kind, left, right, child, start, size if self._major > 3 else size & 0xFFFFFFFF)


def open_compound(content: bytes) -> Package:
    """Open an OLE container; raises UnsafeFile for one that holds no workbook, or whose chains run in a circle."""
    compound = Compound(content)
    names = frozenset(entry.name for entry in compound.entries if entry.kind in {_STORAGE, _STREAM})
    if "EncryptedPackage" in names:
        return Package(content, Format.LOCKED)
    stream = workbook_stream(compound)
    if stream is not None:
        return Package(content, Format.LOCKED if _is_locked(stream) else Format.XLS, stream=stream, names=names)
    if "__properties_version1.0" in names:
        raise UnsafeFile(Code.NOT_WORKBOOK, Format.OUTLOOK, seen="Outlook 邮件")
    raise UnsafeFile(Code.NOT_WORKBOOK, seen=next((words for name, words in _OTHERS.items() if name in names), "认不出来的格式"))


def workbook_stream(compound: Compound) -> bytes | None:
    """Give the stream that holds the sheets, None where there is none."""
    names = {entry.name: entry for entry in compound.entries if entry.kind == _STREAM}
    entry = next((names[name] for name in ("Workbook", "Book", "WORKBOOK", "BOOK") if name in names), None)
    return compound.stream(entry) if entry else None


def records(stream: bytes, at: int = 0) -> Iterator[tuple[int, int, int]]:
    """List the records of a BIFF stream: kind, where its data starts, its length; ends where the stream is cut."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if at + 4 + length > len(stream):
            return
        yield kind, at + 4, length
        at += 4 + length


def check_book(package: Package) -> Precheck:
    """Look into an .xls; raises UnsafeFile for one of before Excel 97."""
    stream, names = package.stream, package.names
    if stream[4:6] != _BIFF8:
        raise UnsafeFile(Code.UNREADABLE, reason="不是 Excel 97 以后的格式")
    contents = [Content.MACROS] if "_VBA_PROJECT_CUR" in names or "VBA" in names else []
    if any(name.startswith("MBD") for name in names):
        contents.append(Content.OBJECTS)
    if "Ctls" in names:
        contents.append(Content.CONTROLS)
    if any(kind == _NOTE for kind, _, _ in records(stream)):
        contents.append(Content.COMMENTS)
    return Precheck(Format.XLS, contents=tuple(contents), second_look=True)


def _is_locked(stream: bytes) -> bool:
    """Whether a password is needed; the record that says so stands among the first."""
    return stream[4:6] == _BIFF8 and any(kind == _FILEPASS for kind, _, _ in islice(records(stream), 22))


def _circle() -> UnsafeFile:
    return UnsafeFile(Code.UNSAFE, what="内部的链条首尾相接")


def _damaged() -> UnsafeFile:
    return UnsafeFile(Code.DAMAGED, part="文件头或目录不完整")

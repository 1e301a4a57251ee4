"""A file that came back, opened once: its parts under their names, for the guards, the rewrites, the marks and the readers."""

import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from toolkit.edges.reading.precheck_format import Format, UnsafeFile
from toolkit.model.findings import Code

_CHUNK = 4 << 20
_SMALL, _SMALL_UNPACKED = 8 << 10, 64 << 10  # bytes of a part that is remembered by its packed bytes
_MARKED, _UTF8 = 0x1, 0x800  # flag bits: encrypted, name in UTF-8
_USUAL = _MARKED | 0x6 | 0x8 | _UTF8  # and how hard it was packed, sizes behind the data; with others one reader opens a part and the other does not


class Part:
    """A member of a zip, as its directory describes it; its bytes are unpacked when they are first asked for, tested against size and checksum, and kept."""

    __slots__ = ("_bytes", "_content", "_info", "_is_kept", "_start", "name")

    def __init__(self, content: bytes, info: zipfile.ZipInfo, start: int, *, is_kept: bool) -> None:
        """Describe the member whose packed bytes start there; one that is not kept (too large) is unpacked anew each time."""
        self.name = info.filename
        self._content, self._info, self._start, self._is_kept = content, info, start, is_kept
        self._bytes: bytes | None = None

    @property
    def is_small(self) -> bool:
        """Whether it is unpacked once for all files: an office program writes most small parts the same into every book."""
        return self._info.compress_size <= _SMALL and 0 < self._info.file_size <= _SMALL_UNPACKED

    def read(self) -> bytes:
        """Give its bytes. Raises UnsafeFile when they are not what checksum and size say."""
        if self._bytes is None and (self._is_kept or self.is_small):
            self._bytes = self._whole()
        return b"".join(self.chunks()) if self._bytes is None else self._bytes

    def head(self) -> bytes:
        """Give its first bytes, as many as come at once: one piece of the unpacked part, or all of it where it is held."""
        return next(self.chunks()) if self._bytes is None else self._bytes

    def chunks(self) -> Iterator[bytes]:
        """Give its bytes piece by piece (4 MiB), at least one piece. Raises UnsafeFile when they are not what checksum and size say."""
        if self._is_kept or self.is_small:
            yield self.read()
        else:
            yield from _unpacked(self.name, self._packed(), *self._described())

    def _packed(self) -> memoryview:
        return memoryview(self._content)[self._start : self._start + self._info.compress_size]

    def _described(self) -> tuple[int, int, int, int]:
        return self._info.compress_type, self._info.flag_bits & ~_UTF8, self._info.CRC, self._info.file_size

    def _whole(self) -> bytes:
        if self.is_small:
            try:
                return _unpacked_small(bytes(self._packed()), *self._described())
            except UnsafeFile:  # which says so once more, of this part
                pass
        return b"".join(_unpacked(self.name, self._packed(), *self._described()))


@dataclass(frozen=True, slots=True)
class Package:
    """An opened file: what it is by its content, and what it holds.

    `parts` are a zip's members by name in small letters with plain slashes; `stream` is the sheets' stream of an .xls and `names` are the
    entries of its container; `text` is a text file, decoded.
    """

    content: bytes
    format: Format
    parts: Mapping[str, Part] = field(default_factory=dict)
    stream: bytes = b""
    names: frozenset[str] = frozenset()
    text: str = ""

    def has(self, name: str) -> bool:
        """Whether there is a part of this name; package names know no case."""
        return name.lower() in self.parts

    def part(self, name: str) -> bytes:
        """Give a part's bytes. Raises KeyError where there is none, UnsafeFile where it is damaged."""
        return self.parts[name.lower()].read()

    def part_text(self, name: str) -> str:
        """Give a part's text. Raises KeyError where there is none, UnsafeFile where it is damaged."""
        return self.part(name).decode("utf-8", "replace")


@lru_cache(maxsize=256)
def _unpacked_small(packed: bytes, method: int, flags: int, checksum: int, size: int) -> bytes:
    return b"".join(_unpacked("", memoryview(packed), method, flags, checksum, size))


def _unpacked(name: str, packed: memoryview, method: int, flags: int, checksum: int, size: int) -> Iterator[bytes]:
    """Unpack a member piece by piece, at least one piece; raises UnsafeFile when it is not what its checksum and size say."""
    if flags & _MARKED:
        raise UnsafeFile(Code.PASSWORD, tried="这种格式不能代为打开")
    if flags & ~_USUAL:
        raise UnsafeFile(Code.DAMAGED, part=_short(name))
    seen = length = 0
    try:
        for chunk in _inflated(packed, method):
            seen, length = zlib.crc32(chunk, seen), length + len(chunk)
            yield chunk
            if length > size:
                break
    except zlib.error as error:
        raise UnsafeFile(Code.DAMAGED, part=_short(name)) from error
    if seen != checksum or length != size:
        raise UnsafeFile(Code.DAMAGED, part=_short(name))


def _inflated(packed: memoryview, method: int) -> Iterator[bytes]:
    if method == zipfile.ZIP_STORED:
        yield bytes(packed)
        return
    if method != zipfile.ZIP_DEFLATED:
        raise UnsafeFile(Code.UNSAFE, what="用了办公软件不用的压缩方法")
    machine = zlib.decompressobj(-15)
    yield machine.decompress(packed, _CHUNK)
    while not machine.eof:
        chunk = machine.decompress(machine.unconsumed_tail, _CHUNK)
        if not chunk:
            break
        yield chunk
    if not machine.eof or machine.unused_data:
        raise zlib.error


def _short(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name)[-60:]

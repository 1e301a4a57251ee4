"""Takes a zip archive apart and puts it together again with other contents; what does not change is copied as it is, compressed."""

import zlib
from collections.abc import Mapping
from struct import pack_into, unpack_from
from typing import NamedTuple

_LOCAL, _CENTRAL, _END = 30, 46, 22  # bytes of the records' fixed parts (APPNOTE 4.3: local header, central directory header, end of central directory)


class _Member(NamedTuple):
    """One member: its two records and its compressed content."""

    local: bytes
    central: bytes
    content: bytes


class Packing:
    """An archive as Python's zipfile writes it (no comment, no ZIP64, sizes in the local headers), as a model for others of the same members."""

    def __init__(self, archive: bytes) -> None:
        self._end = archive[-_END:]
        self._members: dict[str, _Member] = {}
        size, at = unpack_from("<2L", self._end, 12)
        stop = at + size
        while at < stop:
            (packed,) = unpack_from("<L", archive, at + 20)
            name, extra, comment = unpack_from("<3H", archive, at + 28)
            (start,) = unpack_from("<L", archive, at + 42)
            begin = start + _LOCAL + sum(unpack_from("<2H", archive, start + 26))
            central = archive[at : at + _CENTRAL + name + extra + comment]
            self._members[central[_CENTRAL : _CENTRAL + name].decode()] = _Member(archive[start:begin], central, archive[begin : begin + packed])
            at += len(central)

    def __contains__(self, name: str) -> bool:
        """Whether there is a member of that name."""
        return name in self._members

    def text(self, name: str) -> str:
        """Read a member, unpacked, as UTF-8. Raises KeyError where there is none of that name."""
        return zlib.decompress(self._members[name].content, -zlib.MAX_WBITS).decode()

    def pack(self, texts: Mapping[str, str]) -> bytes:
        """Put the archive together with other texts in some of its members; sizes and CRC-32 follow, all other bytes stay."""
        archive, directory = bytearray(), bytearray()
        for name, member in self._members.items():
            local, central = bytearray(member.local), bytearray(member.central)
            content = member.content
            if name in texts:
                raw = texts[name].encode()
                content = zlib.compress(raw, wbits=-zlib.MAX_WBITS)
                known = zlib.crc32(raw), len(content), len(raw)
                pack_into("<3L", local, 14, *known)
                pack_into("<3L", central, 16, *known)
            pack_into("<L", central, 42, len(archive))
            archive += local + content
            directory += central
        end = bytearray(self._end)
        pack_into("<2L", end, 12, len(directory), len(archive))
        return bytes(archive + directory + end)

"""OLE containers (MS-CFB) made by code: what .msg files and embedded objects are kept in."""

import struct
from collections.abc import Mapping
from typing import NamedTuple

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096

Tree = Mapping[str, "bytes | Tree"]


class _Entry(NamedTuple):
    name: str
    kind: int
    content: bytes
    children: tuple[int, ...]


def compound(tree: Tree) -> bytes:
    """Write a container: names to streams, or to storages with names of their own."""
    entries: list[_Entry] = []
    _add(entries, "Root Entry", 5, tree)
    mini = b"".join(_padded(entry.content, _MINI) for entry in entries if entry.kind == 2 and len(entry.content) < _CUTOFF)
    mini_fat = [number for entry in entries if entry.kind == 2 and len(entry.content) < _CUTOFF for number in _chain(entry.content, _MINI, 0)]
    starts, chains, sectors, small = [], [], [], 0

    def place(content: bytes) -> int:
        if not content:
            return _END
        start = sum(map(len, chains))
        chains.append(_chain(content, _SECTOR, start))
        sectors.append(_padded(content, _SECTOR))
        return start

    mini_numbers: list[int] = []
    for one in entries:
        if one.kind == 2 and len(one.content) < _CUTOFF:
            starts.append(small if one.content else _END)
            mini_numbers += _chain(one.content, _MINI, small)
            small += -(-len(one.content) // _MINI)
        else:
            starts.append(place(mini if one.kind == 5 else one.content))
    assert len(mini_fat) == len(mini_numbers)
    mini_start = place(struct.pack(f"<{len(mini_numbers)}I", *mini_numbers) + b"\xff" * (-len(mini_numbers) * 4 % _SECTOR))
    directory = b"".join(_line(one, start, len(mini) if one.kind == 5 else len(one.content), entries) for one, start in zip(entries, starts, strict=True))
    directory_start = place(_padded(directory, _SECTOR))
    used = sum(map(len, chains))
    fats = next(count for count in range(1, 110) if count * 128 >= used + count)
    table = [number for chain in chains for number in chain] + [_FAT] * fats
    table += [_FREE] * (fats * 128 - len(table))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    minis = -(-len(mini_numbers) * 4 // _SECTOR)
    head += struct.pack("<4I", 0, fats, directory_start, 0) + struct.pack("<5I", _CUTOFF, mini_start, minis, _END, 0)
    head += struct.pack(f"<{fats}I", *range(used, used + fats)) + b"\xff" * 4 * (109 - fats)
    return head + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _add(entries: list[_Entry], name: str, kind: int, tree: Tree) -> int:
    at = len(entries)
    entries.append(_Entry(name, kind, b"", ()))
    children = []
    for below, content in tree.items():
        if isinstance(content, bytes):
            children.append(len(entries))
            entries.append(_Entry(below, 2, content, ()))
        else:
            children.append(_add(entries, below, 1, content))
    entries[at] = _Entry(name, kind, b"", tuple(children))
    return at


def _line(entry: _Entry, start: int, size: int, entries: list[_Entry]) -> bytes:
    """One line of the directory; siblings hang in a chain to the right."""
    name = entry.name.encode("utf-16-le")
    right = next((one.children[at + 1] for one in entries for at, child in enumerate(one.children[:-1]) if entries[child] is entry), _FREE)
    child = entry.children[0] if entry.children else _FREE
    return name.ljust(64, b"\0") + struct.pack("<HBB3I", len(name) + 2, entry.kind, 1, _FREE, right, child) + bytes(36) + struct.pack("<IQ", start, size)


def _chain(content: bytes, step: int, start: int) -> list[int]:
    count = -(-len(content) // step)
    return [*range(start + 1, start + count), _END] if count else []


def _padded(content: bytes, step: int) -> bytes:
    return content + bytes(-len(content) % step)

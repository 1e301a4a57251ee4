"""Changes the records of a BIFF stream (.xls, .et) and packs it into a container of its own, so that the change gets past the container."""

import random
import struct

from tests.hostile.ole import compound
from toolkit.edges.reading.precheck_format import UnsafeFile
from toolkit.edges.reading.precheck_ole import Compound, records, workbook_stream

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST = 6 << 20  # bytes that a container without further allocation sectors holds
_WORDS = (0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF)
_KINDS = (0x06, 0x09, 0x0A, 0x2F, 0x3C, 0x85, 0xBD, 0xBE, 0xE0, 0xE5, 0xFC, 0xFD, 0x203, 0x204, 0x205, 0x208, 0x27E, 0x41E, 0x4BC, 0x809)


def changed_records(content: bytes, dice: random.Random) -> bytes | None:
    """Repeat, drop, swap or rewrite records; None where the file holds no such stream."""
    try:
        stream = workbook_stream(Compound(content))
    except UnsafeFile:
        return None
    parts = [stream[at - 4 : at + length] for _, at, length in records(stream or b"")] if stream else []
    if not parts:
        return None
    for _ in range(dice.choice((1, 1, 2, 6))):
        at = dice.randrange(len(parts))
        dice.choice((_drop, _repeat, _swap, _length, _kind, _data, _data, _data, _cut))(parts, at, dice)
        if not parts:
            break
    return compound({"Workbook": b"".join(parts)[:_MOST]})


def _drop(parts: list[bytes], at: int, _: random.Random) -> None:
    del parts[at]


def _repeat(parts: list[bytes], at: int, dice: random.Random) -> None:
    parts[at:at] = [parts[at]] * dice.choice((1, 2, 500))


def _swap(parts: list[bytes], at: int, dice: random.Random) -> None:
    other = dice.randrange(len(parts))
    parts[at], parts[other] = parts[other], parts[at]


def _length(parts: list[bytes], at: int, dice: random.Random) -> None:
    parts[at] = parts[at][:2] + struct.pack("<H", dice.choice(_WORDS)) + parts[at][4:]


def _kind(parts: list[bytes], at: int, dice: random.Random) -> None:
    parts[at] = struct.pack("<H", dice.choice(_KINDS)) + parts[at][2:]


def _data(parts: list[bytes], at: int, dice: random.Random) -> None:
    """Write another word somewhere into a record."""
    data = bytearray(parts[at])
    if len(data) >= 6:
        struct.pack_into("<H", data, dice.randrange(4, len(data) - 1), dice.choice((*_WORDS, dice.randrange(0x10000))))
    parts[at] = bytes(data)


def _cut(parts: list[bytes], at: int, dice: random.Random) -> None:
    """Shorten or lengthen a record and say so truly."""
    data = parts[at][4:]
    data = data[: dice.randrange(len(data) + 1)] if dice.random() < 0.6 else data + bytes(dice.choice((1, 2, 8, 4000)))
    parts[at] = parts[at][:2] + struct.pack("<H", min(len(data), 0xFFFF)) + data[:0xFFFF]


def is_ole(content: bytes) -> bool:
    """Whether a file is an OLE container."""
    return content.startswith(OLE)

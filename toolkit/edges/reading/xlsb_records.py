"""The records of an .xlsb's parts (MS-XLSB 2.1.4)."""

import struct
from collections.abc import Iterator


def records_of(part: bytes) -> Iterator[tuple[int, int]]:
    """Give each record's kind and where its data begin; both kind and length are written in groups of 7 bits."""
    at = 0
    while at < len(part):
        kind, at = packed_number(part, at, 2)
        length, at = packed_number(part, at, 4)
        yield kind, at
        at += length


def packed_number(part: bytes, at: int, most: int) -> tuple[int, int]:
    """Read a number in groups of 7 bits, `most` of them; gives also where it ends."""
    value = 0
    for turn in range(most):
        value |= (part[at] & 0x7F) << 7 * turn
        at += 1
        if not part[at - 1] & 0x80:
            break
    return value, at


def wide_text(part: bytes, at: int) -> tuple[str, int]:
    """Read a UTF-16 text behind its number of signs; gives also where it ends. Raises IndexError or struct.error where the part is cut off."""
    count: int = struct.unpack_from("<I", part, at)[0]
    end = at + 4 + 2 * count
    if end > len(part):
        raise IndexError
    return part[at + 4 : end].decode("utf-16-le", "replace"), end

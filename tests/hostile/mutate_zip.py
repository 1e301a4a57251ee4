"""Changes what an archive says of itself: the fields of its directory, of its members' heads and of its end, names, comments, flags."""

import random
import struct

_HEADS = (b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06")
_SIZES = {b"PK\x01\x02": 46, b"PK\x03\x04": 30, b"PK\x05\x06": 22}
_SHORT = (0, 1, 2, 8, 9, 12, 14, 20, 93, 99, 0x800, 0x2000, 0x7FFF, 0x8000, 0xFFFF)
_LONG = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
_NAMES = (b"../", b"/etc/", b"C:\\", b"con.", b"a\0b", b"\xff\xfe", b"~$", b".", b"\xe6\x96")
_ZIP64 = struct.pack("<4sIQII", b"PK\x06\x07", 0, 0xFFFFFFFFFFFF, 1, 0)


def changed_archive(content: bytes, dice: random.Random) -> bytes:
    """Write other values into the fields of an archive; its data stays as it is."""
    data = bytearray(content)
    for _ in range(dice.choice((1, 1, 2, 4))):
        dice.choice((_field, _field, _field, _name, _comment, _before, _between))(data, dice)
    return bytes(data)


def _places(data: bytearray, mark: bytes) -> list[int]:
    found, at = list[int](), data.find(mark)
    while at >= 0:
        found.append(at)
        at = data.find(mark, at + 1)
    return found


def _field(data: bytearray, dice: random.Random) -> None:
    mark = dice.choice(_HEADS)
    places = _places(data, mark)
    if not places:
        return
    at, size = dice.choice(places), _SIZES[mark]
    where = at + 4 + 2 * dice.randrange((size - 4) // 2)
    if dice.random() < 0.5 and where + 4 <= len(data):
        struct.pack_into("<I", data, where, dice.choice((*_LONG, len(data), len(data) - at, at)))
    elif where + 2 <= len(data):
        struct.pack_into("<H", data, where, dice.choice(_SHORT))


def _name(data: bytearray, dice: random.Random) -> None:
    """Write something else over the beginning of a name, in the directory or everywhere."""
    places = _places(data, b"PK\x01\x02")
    if not places:
        return
    at = dice.choice(places)
    length = struct.unpack_from("<H", data, at + 28)[0] if at + 30 <= len(data) else 0
    old, new = bytes(data[at + 46 : at + 46 + length]), dice.choice(_NAMES)
    changed = (new + old)[: len(old)] if dice.random() < 0.7 else old.swapcase()
    if dice.random() < 0.5:
        data[at + 46 : at + 46 + length] = changed
    elif old:
        data[:] = data.replace(old, changed)


def _comment(data: bytearray, dice: random.Random) -> None:
    """Put something behind the end, told as a comment or not."""
    end = data.rfind(b"PK\x05\x06")
    extra = dice.choice((b"x" * 70_000, b"PK\x05\x06" + bytes(18), bytes(100)))
    if end >= 0 and dice.random() < 0.5 and end + 22 <= len(data):
        struct.pack_into("<H", data, end + 20, min(len(extra), 0xFFFF))
    data += extra


def _before(data: bytearray, dice: random.Random) -> None:
    """Put something before the beginning, as a program that unpacks itself has."""
    data[:0] = dice.choice((b"MZ" + bytes(510), b"\n", bytes(4), b"PK\x03\x04"))


def _between(data: bytearray, dice: random.Random) -> None:
    """Put something between members and directory, or the mark of a larger archive before the end."""
    places = _places(data, dice.choice((b"PK\x01\x02", b"PK\x05\x06")))
    if places:
        data[places[0] : places[0]] = dice.choice((bytes(7), _ZIP64, b"PK\x01\x02" + bytes(42)))

"""Reads the shared texts of an .xls in pieces by font (MS-XLS 2.5.293); they run on through records of continuation, each with a flag of its own."""

import struct
from collections.abc import Iterator

from toolkit.edges.reading.cell_struck import Fonts, Runs, runs_by_font
from toolkit.edges.reading.precheck_ole import records

_SST, _CONTINUE = 0xFC, 0x3C
_WIDE, _EXTENDED, _RICH = 1, 4, 8


def shared_texts(stream: bytes, at: int, fonts: Fonts) -> Iterator[Runs]:
    """Give each shared text in order, from the record that holds them. Raises struct.error or IndexError where it is not whole."""
    pieces = list[bytes]()
    for kind, start, length in records(stream, at):
        if kind != (_CONTINUE if pieces else _SST):
            break
        pieces.append(stream[start : start + length])
    reader = _Pieces(pieces)
    _, count = reader.numbers("<II")
    for _ in range(count):
        yield _one_text(reader, fonts)


def _one_text(reader: "_Pieces", fonts: Fonts) -> Runs:
    length, flags = reader.numbers("<HB")
    runs = reader.numbers("<H")[0] if flags & _RICH else 0
    extra = reader.numbers("<I")[0] if flags & _EXTENDED else 0
    text = reader.text(length, is_wide=bool(flags & _WIDE))
    breaks = [(start, font) for start, font in (reader.numbers("<HH") for _ in range(runs))]
    reader.take(extra)
    return runs_by_font(text, breaks, fonts)


class _Pieces:
    """Reads on from one record to the next."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces, self._piece, self._at = pieces, 0, 0

    def take(self, count: int) -> bytes:
        """Give so many bytes, of as many records as it takes."""
        taken = b""
        while len(taken) < count:
            self._move_on()
            part = self._pieces[self._piece][self._at : self._at + count - len(taken)]
            self._at += len(part)
            taken += part
        return taken

    def numbers(self, shape: str) -> tuple[int, ...]:
        """Give numbers of a shape that struct knows."""
        return struct.unpack(shape, self.take(struct.calcsize(shape)))

    def text(self, length: int, *, is_wide: bool) -> str:
        """Give a text of so many signs; where a record ends in it, the next says anew how wide its signs are."""
        decoded = ""
        while length:
            if self._move_on():
                is_wide = bool(self.take(1)[0] & _WIDE)
            width = 2 if is_wide else 1
            part = self._pieces[self._piece][self._at : self._at + length * width]
            self._at += len(part)
            length -= len(part) // width
            decoded += part.decode("utf-16-le" if is_wide else "latin-1", "surrogatepass" if is_wide else "strict")
        return decoded

    def _move_on(self) -> bool:
        """Go to the next record where this one is used up; says whether it was. Raises IndexError behind the last one."""
        if self._at < len(self._pieces[self._piece]):
            return False
        self._piece, self._at = self._piece + 1, 0
        if self._piece == len(self._pieces):
            raise IndexError
        return True

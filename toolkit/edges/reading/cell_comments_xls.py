"""Finds the words that stand beside an .xls's cells: comments and text boxes (MS-XLS: Obj, TxO, Note; MS-ODRAW: the anchor of a shape)."""

import struct
from collections.abc import Iterator

from toolkit.edges.reading.precheck_format import At, CommentCell, Content
from toolkit.edges.reading.precheck_ole import records

_BOF, _EOF = 0x809, 0x0A
_OBJECT, _TEXT, _NOTE, _CONTINUE, _DRAWING = 0x5D, 0x1B6, 0x1C, 0x3C, 0xEC
_COMMENT = 0x19  # kind of an object
_ANCHOR = struct.pack("<HI", 0xF010, 18)
_MANY = 1_000


def cell_comments_xls(stream: bytes, start: int) -> tuple[CommentCell, ...]:
    """Give what stands beside the cells of the sheet that begins there."""
    words: dict[int, tuple[int, At, str]] = {}  # by the object's number: its kind, its anchor, its words
    notes: dict[int, At] = {}
    depth, kind_of, number, anchor = 0, 0, 0, (0, 0)
    for kind, at, length in records(stream, start):
        depth += (kind == _BOF) - (kind == _EOF)
        if depth <= 0:
            break
        if kind == _DRAWING and (found := stream.rfind(_ANCHOR, at, at + length)) >= 0 and found + 14 <= at + length:
            column, _, row = struct.unpack_from("<3H", stream, found + 8)
            anchor = row, column
        elif kind == _OBJECT and length >= 8:
            kind_of, number = struct.unpack_from("<HH", stream, at + 4)
        elif kind == _TEXT and length >= 12:
            words[number] = kind_of, anchor, _text(stream, at + length, struct.unpack_from("<H", stream, at + 10)[0])
        elif kind == _NOTE and length >= 8:
            row, column, _, which = struct.unpack_from("<4H", stream, at)
            notes[which] = row, column
    return tuple(_named(words, notes))[:_MANY]


def _named(words: dict[int, tuple[int, At, str]], notes: dict[int, At]) -> Iterator[CommentCell]:
    for number, (kind, anchor, text) in words.items():
        if text.strip() and (number in notes or kind != _COMMENT):
            is_comment = number in notes
            yield CommentCell(notes.get(number, anchor), Content.COMMENTS if is_comment else Content.SHAPES, text.strip())


def _text(stream: bytes, at: int, length: int) -> str:
    """Read a text of so many signs from the records of continuation behind it; each says anew how wide its signs are."""
    text = ""
    for kind, start, size in records(stream, at):
        if kind != _CONTINUE or len(text) >= length or not size:
            break
        piece = stream[start + 1 : start + size]
        text += piece.decode("utf-16-le" if stream[start] & 1 else "latin-1", "replace")
    return text[:length]

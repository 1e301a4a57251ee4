"""Changes files at random, always the same for the same number: bytes, members of archives, XML, pieces of other files."""

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Sequence

from tests.hostile.mutate_biff import changed_records, is_ole
from tests.hostile.mutate_text import changed_mail, changed_text, is_mail, is_text
from tests.hostile.mutate_zip import changed_archive

_NUMBERS = (b"0", b"-1", b"1", b"4294967295", b"99999999999999999999", b"1048577", b"16385", b"1e999", b"NaN", b"", b"\xff\xfe", "１２".encode())
_LARGEST = 8 << 20  # bytes of a file that is changed once more
_EDGES = (0, 1, 2, 4, 8, 16, 64, 127, 128, 255, 256, 511, 512, 4095, 4096)


def mutated(seeds: Sequence[bytes], number: int) -> bytes:
    """Make the file of a number out of one of the seeds (or two), never the same as its seed."""
    dice = random.Random(number)  # noqa: S311 - repeatable
    content = dice.choice(seeds)
    changed = content
    while changed == content:
        for _ in range(dice.choice((1, 1, 1, 2, 5))):
            changed = dice.choice(_CHANGES)(changed, seeds, dice) if len(changed) < _LARGEST else changed
    return changed


def _some_bytes(content: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(dice.randint(1, 12) if data else 0):
        data[dice.randrange(len(data))] = dice.choice((0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)))
    return bytes(data)


def _cut(content: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    at = dice.randrange(len(content) + 1)
    return dice.choice((content[:at], content[at:], content[: dice.choice(_EDGES)]))


def _move(content: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    """Repeat, take out or overwrite a piece."""
    one, two, three = sorted(dice.randrange(len(content) + 1) for _ in range(3))
    return dice.choice((content[:two] + content[one:], content[:one] + content[two:], content[:one] + content[two:three] + content[one:]))


def _splice(content: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    other = dice.choice(seeds)
    return content[: dice.randrange(len(content) + 1)] + other[dice.randrange(len(other) + 1) :]


def _member(content: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    """Change one member of an archive and pack it again, whole to the eye; other files stay as they are."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            parts = [(info.filename, book.read(info)) for info in book.infolist()]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, RuntimeError):
        return _some_bytes(content, seeds, dice)
    at = dice.randrange(len(parts)) if parts else 0
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for number, (name, part) in enumerate(parts):
            changed = dice.choice((_xml, _xml, _xml, _some_bytes, _move, _cut))(part, seeds, dice) if number == at else part
            if number != at or dice.random() > 0.05:
                target.writestr(zipfile.ZipInfo(name), changed, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _xml(content: bytes, _: Sequence[bytes], dice: random.Random) -> bytes:
    """Repeat or take out an element, or write another value into an attribute or a text."""
    tags = list(re.finditer(rb"<[^<>]*>", content))
    values = list(re.finditer(rb'"([^"<>]*)"|>([^<>]+)<', content))
    if not tags or not values:
        return content
    one, two = sorted((dice.choice(tags), dice.choice(tags)), key=lambda found: found.start())
    value = dice.choice(values)
    start, end = value.span(1) if value[1] is not None else value.span(2)
    new = dice.choice((*_NUMBERS, dice.choice(values)[0].strip(b'"<>'), b"A" * 70_000))
    return dice.choice(
        (
            content[: one.start()] + content[one.end() :],
            content[: one.end()] + one[0] * dice.choice((1, 2, 300)) + content[one.end() :],
            content[: one.start()] + two[0] + content[one.end() : two.start()] + one[0] + content[two.end() :],
            content[: one.end()] + content[two.start() :],
            content[:start] + new + content[end:],
            content[:start] + new + content[end:],
        )
    )


def _by_sort(content: bytes, seeds: Sequence[bytes], dice: random.Random) -> bytes:
    """Change a file as its sort allows: records, fields of the archive, headers, tags."""
    if content.startswith(b"PK"):
        return changed_archive(content, dice) if dice.random() < 0.4 else _member(content, seeds, dice)
    if is_ole(content):
        return changed_records(content, dice) or _some_bytes(content, seeds, dice)
    if is_mail(content):
        return changed_mail(content, dice)
    return changed_text(content, dice) if content and is_text(content) else _some_bytes(content, seeds, dice)


_BLIND = (_some_bytes, _cut, _move, _splice)
_CHANGES: Sequence[Callable[[bytes, Sequence[bytes], random.Random], bytes]] = (*_BLIND, *[_member] * 3, *[_by_sort] * 6)

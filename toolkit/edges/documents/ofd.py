"""Reads an OFD file (GB/T 33190): the text of each page's Content.xml with its place, put into lines, paragraphs and tables set with blanks."""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.edges.documents.file_kind import open_package
from toolkit.edges.documents.printed_lines import Char, Line, is_page_number, lines_of, paragraphs_of
from toolkit.edges.documents.xml_parts import local, read_part, value
from toolkit.model.command_error import CommandError
from toolkit.model.document import Paragraph, Table

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MOST_PAGES = 300
_MOST_CHARS = 2_000_000
_POINTS = 72 / 25.4  # an OFD measures in millimetres
_WIDE = 0.7  # characters: a gap as wide parts two cells
_AGAIN = "请重新下载，或向发文机关要 Word 版后再导入。"


def read_ofd(content: bytes) -> list[Paragraph | Table]:
    """Read the text of an OFD; raises CommandError for one that is broken, too long, or holds no text. Its signatures and attachments are not looked at."""
    package = open_package(content)
    blocks: list[Paragraph | Table] = []
    count = 0
    for number, (part, width) in enumerate(_pages(package), 1):
        chars = list(_chars(_root(package, part)))
        count += len(chars)
        if number > _MOST_PAGES or count > _MOST_CHARS:
            raise CommandError("的文字多得不正常，没有读完。", "请只留任务分解部分，另存一份后再导入。")
        blocks += _blocks(chars, number, width)
    return blocks


def _root(package: zipfile.ZipFile, name: str) -> "Element":
    root = read_part(package, name)
    if root is None:
        raise CommandError("已经损坏，里面缺少页面。", _AGAIN)
    return root


def _pages(package: zipfile.ZipFile) -> Iterator[tuple[str, float]]:
    """Find the content part of each page, in order, and the page's width in points."""
    for body in (element for element in _root(package, "OFD.xml").iter() if local(element) == "DocRoot"):
        main = _joined("", body.text or "")
        document = _root(package, main)
        width = _width(document)
        for page in (element for element in document.iter() if local(element) == "Page" and value(element, "BaseLoc")):
            part = _joined(main, value(page, "BaseLoc"))
            yield part, _width(_root(package, part)) or width or 595.0


def _joined(base: str, location: str) -> str:
    """Follow a location from the folder of a part; one that begins with / counts from the top."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), location.strip())).lstrip("/")


def _width(holder: "Element") -> float:
    box = next((element.text or "" for element in holder.iter() if local(element) == "PhysicalBox"), "")
    numbers = _numbers(box)
    return numbers[2] * _POINTS if len(numbers) == 4 else 0.0


def _numbers(text: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def _chars(page: "Element") -> Iterator[Char]:
    """The characters of a page, each where it stands."""
    for piece in (element for element in page.iter() if local(element) == "TextObject"):
        boundary = _numbers(value(piece, "Boundary"))
        if len(boundary) != 4:
            continue
        matrix = _numbers(value(piece, "CTM"))
        scale = abs(matrix[0]) if len(matrix) == 6 and matrix[0] and not matrix[1] else 1.0
        if len(matrix) == 6 and abs(matrix[1]) > 0.1 * abs(matrix[0] or 1):
            continue  # slanted: a watermark
        size = (_numbers(value(piece, "Size")) or [3.5])[0] * scale
        for code in (element for element in piece if local(element) == "TextCode"):
            yield from _placed(code, boundary[0], boundary[1], size=size, scale=scale)


def _placed(code: "Element", left: float, top: float, *, size: float, scale: float) -> Iterator[Char]:
    x, y = ((_numbers(value(code, name)) or [0.0])[0] * scale for name in ("X", "Y"))
    text = code.text or ""
    steps = _deltas(value(code, "DeltaX"), len(text))
    for at, char in enumerate(text):
        wide = size if ord(char) > 0x2000 else size / 2
        start = (left + x) * _POINTS
        bottom = (top + (y or size)) * _POINTS
        step = steps[at] * scale if at < len(steps) else wide
        yield Char(char, start, start + (step if 0 < step <= 1.2 * size else wide) * _POINTS, bottom - size * _POINTS, bottom, size * _POINTS)
        x += step


def _deltas(text: str, count: int) -> list[float]:
    """Spell out the steps between characters: g 5 3.5 is five times 3.5; no more are made than there are characters."""
    found: list[float] = []
    words = text.split()
    at = 0
    while at < len(words) and len(found) < count:
        if words[at] == "g" and at + 2 < len(words) and words[at + 1].isdecimal():
            found += [(_numbers(words[at + 2]) or [0.0])[0]] * min(int(words[at + 1]), count)
            at += 3
        else:
            found += _numbers(words[at])[:1]
            at += 1
    return found


def _blocks(chars: Sequence[Char], number: int, width: float) -> list[Paragraph]:
    """Put a page's characters into paragraphs; lines of cells set apart by wide gaps keep their gaps as blanks."""
    lines = [line for line in lines_of(chars, page=number, width=width) if not is_page_number(line.text)]
    spread = [_spread(line, chars) for line in lines]
    cells = [at for at, text in enumerate(spread) if re.search(r"\S {2,}\S", text)]
    inside = {between for number, two in pairwise(cells) if two - number <= 4 for between in range(number, two + 1)} | set(cells)
    blocks: list[Paragraph] = []
    run: list[Line] = []
    for at, line in enumerate(lines):
        if at not in inside:
            run.append(line)
            continue
        blocks += paragraphs_of([run])[0] if run else []
        run = []
        blocks.append(Paragraph(spread[at], f"第{number}页"))
    return blocks + (paragraphs_of([run])[0] if run else [])


def _spread(line: Line, chars: Sequence[Char]) -> str:
    """Write a line with as many blanks as its gaps are wide, counted in half characters from the left edge."""
    row = sorted(
        (char for char in chars if line.top - 0.01 <= char.top and char.bottom <= line.bottom + 0.01 and not char.text.isspace()), key=lambda char: char.x0
    )
    text, half = "", line.size / 2
    at = 0.0
    for char in row:
        gap = char.x0 - at
        if gap > _WIDE * line.size or (not text and gap > 0):
            text += " " * max(2 if text else 1, round(gap / half))
        text += char.text
        at = char.x1
    return text

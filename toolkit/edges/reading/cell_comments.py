"""Finds the words that stand beside an xlsx's or an xlsb's cells: comments, threads of comments, text boxes laid over the cells."""

import posixpath
import struct
from collections.abc import Callable, Iterator, Mapping
from xml.parsers import expat

from toolkit.edges.reading.cell_faults import elements
from toolkit.edges.reading.package import Package
from toolkit.edges.reading.precheck_extent import cell_of
from toolkit.edges.reading.precheck_format import At, CommentCell, Content, UnsafeFile
from toolkit.edges.reading.xlsb_records import records_of, wide_text

_COMMENT, _COMMENT_TEXT = 635, 637  # records of .xlsb
_ANCHORS = {"twoCellAnchor", "oneCellAnchor", "absoluteAnchor"}
_MANY = 1_000  # notes of one sheet that are named


def cell_comments(package: Package, sheet: str) -> tuple[CommentCell, ...]:
    """Give what stands beside the cells of a sheet, by its part's name; a part that cannot be read is left out: it decides nothing of the cells."""
    found: list[CommentCell] = []
    parts = list(_related(package, sheet))
    threads = [note for kind, part in parts if kind == "threadedComment" for note in _notes(package, part, _threads)]
    found += [CommentCell(at, Content.COMMENTS, words) for at, words in _joined(threads).items()]
    for kind, part in parts:
        if kind == "comments":
            read = _binary_comments if part.endswith(".bin") else _comments
            mapping = _joined(_notes(package, part, read))
            found += [CommentCell(at, Content.COMMENTS, words) for at, words in mapping.items() if not any(at == other for other, _ in threads)]
        elif kind == "drawing":
            found += [CommentCell(at, Content.SHAPES, words) for at, words in _notes(package, part, _shapes)]
    return tuple(found[:_MANY])


def _related(package: Package, sheet: str) -> Iterator[tuple[str, str]]:
    """Give the parts that a sheet's relations name, with the last word of their type."""
    folder, name = posixpath.split(sheet)
    relations = f"{folder}/_rels/{name}.rels"
    try:
        mappings = elements(package.part(relations), "Relationship") if package.has(relations) else []
    except (expat.ExpatError, UnsafeFile):
        return
    for mapping in mappings:
        target = posixpath.normpath(posixpath.join("/", folder, mapping.get("Target", ""))).lstrip("/")
        if package.has(target):
            yield mapping.get("Type", "").rpartition("/")[2], target.lower()


def _notes(package: Package, part: str, read: Callable[[bytes], Iterator[tuple[At, str]]]) -> list[tuple[At, str]]:
    try:
        return [(at, words.strip()) for at, words in read(package.part(part)) if words.strip()]
    except (expat.ExpatError, UnsafeFile, struct.error, IndexError):
        return []


def _joined(notes: list[tuple[At, str]]) -> Mapping[At, str]:
    comments: dict[At, list[str]] = {}
    for at, words in notes:
        comments.setdefault(at, []).append(words)
    return {at: "\n".join(lines) for at, lines in comments.items()}


def _comments(part: bytes) -> Iterator[tuple[At, str]]:
    return _texts(part, "comment")


def _threads(part: bytes) -> Iterator[tuple[At, str]]:
    return _texts(part, "threadedComment")


def _texts(part: bytes, tag: str) -> Iterator[tuple[At, str]]:
    """Give the words in each element of a name that names its cell. Raises ExpatError."""
    found: list[tuple[str, list[str]]] = []
    depth = phonetic = 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth, phonetic
        plain = name.rpartition(":")[2]
        if plain == tag:
            found.append((attributes.get("ref", ""), []))
        depth += plain in {"text", "t"}
        phonetic += plain == "rPh"

    def end(name: str) -> None:
        nonlocal depth, phonetic
        depth -= name.rpartition(":")[2] in {"text", "t"}
        phonetic -= name.rpartition(":")[2] == "rPh"

    def text(data: str) -> None:
        if depth and not phonetic and found:
            found[-1][1].append(data)

    _parse(part, start, end, text)
    return ((at, "".join(words)) for ref, words in found if (at := cell_of(ref.partition(":")[0])))


def _shapes(part: bytes) -> Iterator[tuple[At, str]]:
    """Give the words of each shape and the cell at which it begins. Raises ExpatError."""
    found: list[tuple[list[str], list[str]]] = []  # row and column as written, words
    inside: list[str] = []

    def start(name: str, _: Mapping[str, str]) -> None:
        tag = name.rpartition(":")[2]
        inside.append(tag)
        if tag in _ANCHORS:
            found.append(([], []))
        elif tag == "p" and found:
            found[-1][1].append("\n")

    def text(data: str) -> None:
        if found and inside[-1:] == ["t"]:
            found[-1][1].append(data)
        elif found and inside[-2:-1] == ["from"] and inside[-1] in {"col", "row"}:
            found[-1][0].append(data)

    _parse(part, start, lambda _: inside.pop(), text)
    for numbers, words in found:
        column, row = [int(number) if number.isdecimal() else 0 for number in numbers] if len(numbers) == 2 else (0, 0)
        yield (row, column), "".join(words)


def _binary_comments(part: bytes) -> Iterator[tuple[At, str]]:
    at = (0, 0)
    for kind, start in records_of(part):
        if kind == _COMMENT:
            row, _, column, _ = struct.unpack_from("<4I", part, start + 4)
            at = row, column
        elif kind == _COMMENT_TEXT:
            yield at, wide_text(part, start + 1)[0]


def _parse(part: bytes, start: Callable[[str, Mapping[str, str]], None], end: Callable[[str], object], text: Callable[[str], None]) -> None:
    machine = expat.ParserCreate()
    machine.StartElementHandler, machine.EndElementHandler, machine.CharacterDataHandler = start, end, text
    machine.buffer_text = True
    machine.Parse(part, True)

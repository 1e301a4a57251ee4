"""Reads a Word file's body: paragraphs with their drawn numbers and tables, in order, as the page shows them."""

import posixpath
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from toolkit.edges.documents.embedded import read_inner
from toolkit.edges.documents.file_kind import open_package
from toolkit.edges.documents.grid import PlacedCell, is_layout, table_of
from toolkit.edges.documents.word_lists import WordLists, read_lists
from toolkit.edges.documents.word_notes import COMMENT, WORDS, Notes, notes_of, words_beside
from toolkit.edges.documents.xml_parts import child, local, read_part, value, whole
from toolkit.model.command_error import CommandError
from toolkit.model.document import NotedCell, Paragraph, Piece, StruckCell, Table

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_GONE = frozenset({"del", "moveFrom", "rPr", "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr", "instrText", "delText", "rt", "object"})
_LETTERS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_STRIKES = ("strike", "dstrike")
_OFF = frozenset({"0", "false", "off"})
_BLANKS = " \t\n\u3000\u00a0"
_WIDEST = 300


@dataclass(slots=True)
class _Read:
    """What has been read so far of one file."""

    lists: WordLists
    blocks: list[Paragraph | Table] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    begun: str = ""  # text of a paragraph whose end is struck out: it runs on into the next one
    inner: Callable[[str], list[Paragraph | Table]] = lambda _: []  # reads the document that a relation's id leads to
    parted: "Parted" = lambda pieces: ("".join(piece.text for piece in pieces), "")
    out: list[str] = field(default_factory=list)  # what was struck out of the texts since the last cell of a table
    struck: list[StruckCell] = field(default_factory=list)
    notes: Notes = field(default_factory=dict)
    noted: list[NotedCell] = field(default_factory=list)


class ReadTables(NamedTuple):
    """A document with what is to be known of its tables' cells; `others` counts the comments that stand elsewhere."""

    blocks: list[Paragraph | Table]
    struck: list[StruckCell]
    noted: list[NotedCell]
    others: int


Parted = Callable[[list[Piece]], tuple[str, str]]


def read_docx(content: bytes, deep: int = 0) -> list[Paragraph | Table]:
    """Read a .docx with its tracked changes accepted; headers, footers, notes and hidden text are left out, nothing it links to is fetched.

    Documents inside it are read in their place, `deep` in one another at most 3.
    """
    return _read(content, deep).blocks


def read_docx_tables(content: bytes, parted: Parted, deep: int = 0) -> ReadTables:
    """The same without what is struck out, and what is so in its tables, what stands beside their cells.

    `parted` tells the text that is left of some pieces, and the other.
    """
    read = _read(content, deep, parted)
    comments = sum(sign == COMMENT for sign, _ in read.notes)
    others = comments - sum(noted.kind == WORDS[COMMENT] for noted in read.noted)
    return ReadTables(read.blocks, read.struck, read.noted, others)


def _read(content: bytes, deep: int, parted: Parted | None = None) -> _Read:
    package = open_package(content)
    main, parts = _parts(package)
    root = read_part(package, main)
    body = child(root, "body")
    if body is None:
        raise CommandError("不是完好的 Word 文件：里面没有正文。", "请用 Word 或 WPS 打开它，另存一份后再导入。")
    read = _Read(read_lists(read_part(package, parts.get("numbering", "")), read_part(package, parts.get("styles", ""))))
    read.inner = lambda name: read_inner(package, _targets(package, main).get(name, ""), deep=deep)
    read.parted = parted or read.parted
    read.notes = notes_of(package, parts) if parted else {}
    _walk(body, read)
    return read


def _parts(package: zipfile.ZipFile) -> tuple[str, dict[str, str]]:
    """Find the main part and the parts it names, by sort."""
    main = _related(package, "").get("officeDocument", "word/document.xml")
    return main, _related(package, main)


def _targets(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    """Find the part that each of a part's relations leads to, by the relation's id."""
    folder, name = posixpath.split(part)
    relations = read_part(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    inside = (relation for relation in (relations if relations is not None else ()) if value(relation, "TargetMode") != "External")
    return {value(element, "Id"): posixpath.normpath(posixpath.join("/", folder, value(element, "Target"))).lstrip("/") for element in inside}


def _related(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    folder, name = posixpath.split(part)
    found: dict[str, str] = {}
    relations = read_part(package, posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in relations if relations is not None else ():
        target = value(relation, "Target")
        if value(relation, "TargetMode") != "External":
            found.setdefault(value(relation, "Type").rpartition("/")[2], posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
    return found


def _walk(holder: "Element", read: _Read) -> None:
    """Read the blocks of a body, a content control or a layout cell, in order."""
    for element in holder:
        name = local(element)
        if name == "p":
            _paragraph(element, read)
        elif name == "tbl":
            _table(element, read)
        elif name == "AlternateContent":
            _walk(_alternative(element), read)
        elif name == "altChunk":
            read.blocks += read.inner(value(element, "id"))
        elif name not in _GONE:
            _walk(element, read)


def _paragraph(element: "Element", read: _Read) -> None:
    properties, text = child(element, "pPr"), read.begun + _text(element, read)
    if child(properties, "rPr", "del") is not None or child(properties, "rPr", "moveFrom") is not None:
        read.begun = text
        return
    read.begun = ""
    number = read.lists.number(properties)
    if text.strip():
        read.paragraphs += 1
        read.blocks.append(Paragraph(text.strip(_BLANKS), f"第{read.paragraphs}段", number))
    for box in _boxes(element):
        _walk(box, read)
    for inner in element.iter():
        if local(inner) == "OLEObject" and value(inner, "id"):
            read.blocks += read.inner(value(inner, "id"))


def _text(holder: "Element", read: _Read) -> str:
    text, struck = read.parted(list(_pieces(holder)))
    if struck:
        read.out.append(struck)
    return text


def _pieces(holder: "Element", font: Piece = Piece("")) -> Iterator[Piece]:  # noqa: B008 - a NamedTuple does not change
    """The characters of a paragraph as shown: insertions in, deletions, field codes and hidden runs out, text boxes apart."""
    for element in holder:
        name = local(element)
        if name == "t":
            yield font._replace(text=element.text or "")
        elif name in _LETTERS:
            yield font._replace(text="" if value(element, "type") in {"page", "column"} else _LETTERS[name])
        elif name == "AlternateContent":
            yield from _pieces(_alternative(element), font)
        elif name not in _GONE and name not in {"txbxContent", "drawing", "pict"} and not (name == "r" and _is_on(element, "vanish")):
            yield from _pieces(element, _font(element) if name == "r" else font)


def _font(run: "Element") -> Piece:
    return Piece("", any(_is_on(run, name) for name in _STRIKES), value(child(run, "rPr", "vertAlign")) == "superscript")


def _is_on(run: "Element", switch: str) -> bool:
    mark = child(run, "rPr", switch)
    return mark is not None and value(mark) not in _OFF


def _alternative(element: "Element") -> "Element":
    """Of the ways in which a thing is stored twice, for new and old programs, the first."""
    return next((choice for choice in element if local(choice) in {"Choice", "Fallback"}), element)


def _boxes(holder: "Element") -> "Iterator[Element]":
    """The text boxes anchored in a paragraph, each once."""
    for element in holder:
        name = local(element)
        if name == "txbxContent":
            yield element
        elif name == "AlternateContent":
            yield from _boxes(_alternative(element))
        elif name not in _GONE:
            yield from _boxes(element)


def _table(table: "Element", read: _Read) -> None:
    placed = list(_cells(table))
    counts = {name: dict(levels) for name, levels in read.lists.counts.items()}
    begun = set(read.lists.begun)
    name = f"表{read.tables + 1}"
    cells, struck = list[PlacedCell](), list[StruckCell]()
    for place, cell in placed:
        read.out.clear()
        cells.append(place._replace(lines=_lines(cell, read)))
        struck.extend([StruckCell(name, place.row, place.column, "".join(read.out))] if read.out else [])
    if is_layout(cells):
        # The cells are read again as running text: their list numbers start from where they stood.
        read.lists.counts, read.lists.begun = counts, begun
        for _, cell in placed:
            _walk(cell, read)
        return
    found = table_of(cells, name, lambda row, _: f"{name}第{row + 1}行")
    if found:
        read.tables += 1
        read.blocks.append(found)
        read.struck += struck
        read.noted += [NotedCell(name, place.row, place.column, *note) for place, cell in placed for note in words_beside(cell, read.notes)]


def _cells(table: "Element") -> "Iterator[tuple[PlacedCell, Element]]":
    """Place the cells of a table; one that goes on a merged cell from above gives its own row to that cell."""
    open_cells: dict[int, tuple[PlacedCell, Element]] = {}
    done: list[tuple[PlacedCell, Element]] = []
    for row, line in enumerate(_rows(table)):
        column = min(whole(value(child(line, "trPr", "gridBefore")), otherwise=0), _WIDEST)
        for cell in _inner(line, "tc"):
            properties = child(cell, "tcPr")
            columns = max(1, min(whole(value(child(properties, "gridSpan")), otherwise=1), _WIDEST))
            merge = child(properties, "vMerge")
            above = open_cells.get(column)
            if merge is not None and value(merge) != "restart" and above is not None:
                open_cells[column] = (above[0]._replace(rows=row - above[0].row + 1), above[1])
            elif len(done) + len(open_cells) > 200_000 or column > _WIDEST * 2:
                raise CommandError("里有一张大得不正常的表，没有读。", "请删去表中多余的空行空列，另存一份后再导入。")
            else:
                done.extend([above] if above else [])
                open_cells[column] = (PlacedCell(row, column, 1, columns, ()), cell)
            column += columns
    yield from sorted([*done, *open_cells.values()], key=lambda pair: (pair[0].row, pair[0].column))


def _rows(table: "Element") -> "Iterator[Element]":
    """The rows of a table that are not struck out."""
    return (row for row in _inner(table, "tr") if child(row, "trPr", "del") is None)


def _inner(holder: "Element", wanted: str) -> "Iterator[Element]":
    """Rows of a table or cells of a row, also inside content controls."""
    for element in holder:
        if local(element) == wanted:
            yield element
        elif local(element) not in _GONE and local(element) not in {"p", "tbl", "tc"}:
            yield from _inner(element, wanted)


def _lines(cell: "Element", read: _Read) -> tuple[str, ...]:
    """The paragraphs of a cell, each with its drawn number before it; a nested table's rows count as its paragraphs."""
    lines: list[str] = []
    for element in cell:
        if local(element) == "p":
            number, text = read.lists.number(child(element, "pPr")), _text(element, read).strip(_BLANKS)
            line = f"{number}{' ' if text and number[-1:].isalnum() else ''}{text}"
            lines.extend([line] if line else [])
            lines.extend(line for box in _boxes(element) for line in _lines(box, read))
        elif local(element) not in _GONE:
            lines.extend(_lines(element, read))
    return tuple(lines)

"""A notice as data: paragraphs and tables in reading order, whatever file they came from."""

from dataclasses import dataclass, field
from typing import NamedTuple

EMBEDDED = "嵌入的文件没有读："  # begins a paragraph that stands for a document inside a document which could not be read


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text; `number` is a list number that the file draws but does not hold as text (Word's 1. 2. 3.)."""

    text: str
    where: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a printed table, trimmed; a merged cell's text stands in each cell it covers."""

    text: str
    where: str


class Piece(NamedTuple):
    """A piece of a text in one font: whether that strikes it out, and whether it raises it above the line."""

    text: str
    is_struck: bool = False
    is_raised: bool = False


class StruckCell(NamedTuple):
    """What is struck out in a cell: its table, by `where`, its row and column counted from 0."""

    table: str
    row: int
    column: int
    struck: str


class NotedCell(NamedTuple):
    """What stands beside a cell (批注, 脚注, 尾注): its table, by `where`, its row and column counted from 0, what it is and what it says."""

    table: str
    row: int
    column: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """A printed table: rows × columns of cells, ragged rows padded with empty cells; `merges` as top, left, bottom, right, counted from 0."""

    rows: tuple[tuple[TableCell, ...], ...]
    where: str
    merges: tuple[tuple[int, int, int, int], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Document:
    """A notice's paragraphs and tables in reading order, with the name of its file."""

    name: str
    blocks: tuple[Paragraph | Table, ...]

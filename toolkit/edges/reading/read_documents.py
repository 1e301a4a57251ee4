"""Tables in a Word file or in a PDF that holds text, as sheets: each table one, its rows at their own numbers, the text before it on a sheet in front."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from toolkit.edges.reading.cell_struck import Run, struck_of
from toolkit.edges.reading.cell_values import cell_findings
from toolkit.edges.reading.precheck_format import At, CellMarks, CommentCell, Content, StruckText
from toolkit.model.column_kinds import plain
from toolkit.model.command_error import CommandError
from toolkit.model.document import Paragraph, Piece, Table
from toolkit.model.findings import Code, Finding
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place
from toolkit.model.returns import TEXT_BEFORE, Grid, GridSheet

if TYPE_CHECKING:
    from toolkit.edges.documents.word import ReadTables

WORD, PDF = "Word 文档", "PDF"
_MOST_PAGES = 60  # of a PDF that is looked through for tables: what is longer is no return
_ROW = lazy_pattern(r"^表\d+第(\d+)行$")
_MOST_BYTES = 20 << 20
_ALONE = 3  # documents inside the document are not read


class ScanOnly(Exception):  # noqa: N818 - said of the file
    """A PDF whose pages are pictures without text, of which no table can be read."""


def document_grid(content: bytes, name: str, kind: str) -> Grid | None:
    """Read the tables of a document; None where it has none, or is broken, locked or too long. Raises ScanOnly."""
    if len(content) > _MOST_BYTES:
        return None
    try:
        read = _read(content, kind)
    except CommandError as trouble:
        if "扫描" in trouble.message:
            raise ScanOnly from trouble
        return None
    if not any(isinstance(block, Table) for block in read.blocks):
        return None
    sheets = tuple(_sheets(read.blocks))
    said = [finding for sheet in sheets for finding in cell_findings(sheet, _marks(sheet, read), name)]
    others = [Finding(Code.COMMENTS, Place(name))] if read.others > 0 else []
    return Grid(name, sheets, findings=(Finding(Code.DOCUMENT_TABLE, Place(name), {"kind": kind}), *others, *said))


def _marks(sheet: GridSheet, read: "ReadTables") -> CellMarks:
    """Give what is struck out in the cells of a sheet, and what stands beside them."""
    here: dict[At, StruckText] = {}
    for cell in read.struck:
        if cell.table == sheet.name:
            here[cell.row, cell.column] = StruckText(plain(sheet.at(cell.row, cell.column)), cell.struck)
    beside = tuple(CommentCell((noted.row, noted.column), Content(noted.kind), noted.words) for noted in read.noted if noted.table == sheet.name)
    return CellMarks(struck=here, beside=beside)


def _parted(pieces: Sequence[Piece]) -> tuple[str, str]:
    found = struck_of([Run(*piece) for piece in pieces], is_struck=False)
    return (found.kept, found.struck) if found else ("".join(piece.text for piece in pieces), "")


def _read(content: bytes, kind: str) -> "ReadTables":
    from toolkit.edges.documents.radicals import with_characters
    from toolkit.edges.documents.word import ReadTables, read_docx_tables

    if kind == PDF:
        from toolkit.edges.documents.pdf import read_pdf

        return ReadTables(list(with_characters(read_pdf(content, most=_MOST_PAGES))), [], [], 0)
    read = read_docx_tables(content, _parted, _ALONE)
    return read._replace(blocks=list(with_characters(read.blocks)))


def _sheets(blocks: Sequence[Paragraph | Table]) -> Iterator[GridSheet]:
    texts: list[tuple[object, ...]] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts += [(line,) for line in block.text.splitlines()]
            continue
        if texts:
            yield GridSheet(f"{block.where}{TEXT_BEFORE}", tuple(texts))
        texts = []
        yield _sheet(block)
    if texts:
        yield GridSheet("表后的文字", tuple(texts))


def _sheet(table: Table) -> GridSheet:
    """Give a table's rows at their numbers in the document: rows that are wholly empty were left out of it."""
    rows: list[tuple[object, ...]] = []
    places: list[int] = []
    for row in table.rows:
        found = _ROW.match(row[0].where) if row else None
        rows += [()] * (int(found[1]) - 1 - len(rows) if found else 0)
        places.append(len(rows))
        rows.append(tuple(cell.text or None for cell in row))
    merges = tuple((places[top], left, places[bottom], right) for top, left, bottom, right in table.merges)
    return GridSheet(table.where, tuple(rows), merges=merges)

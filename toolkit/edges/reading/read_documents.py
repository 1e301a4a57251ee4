"""Tables in a Word file or in a PDF that holds text, as sheets: each table one, its rows at their own numbers, the text before it on a sheet in front."""

from collections.abc import Iterator, Sequence

from toolkit.model.command_error import CommandError
from toolkit.model.document import Paragraph, Table
from toolkit.model.findings import Code, Finding
from toolkit.model.lazy_pattern import lazy_pattern
from toolkit.model.place import Place
from toolkit.model.returns import TEXT_BEFORE, Grid, GridSheet

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
        blocks = _blocks(content, kind)
    except CommandError as trouble:
        if "扫描" in trouble.message:
            raise ScanOnly from trouble
        return None
    sheets = tuple(_sheets(blocks))
    if not any(isinstance(block, Table) for block in blocks):
        return None
    return Grid(name, sheets, findings=(Finding(Code.DOCUMENT_TABLE, Place(name), {"kind": kind}),))


def _blocks(content: bytes, kind: str) -> list[Paragraph | Table]:
    from toolkit.edges.documents.radicals import with_characters

    if kind == PDF:
        from toolkit.edges.documents.pdf import read_pdf

        return list(with_characters(read_pdf(content, most=_MOST_PAGES)))
    from toolkit.edges.documents.word import read_docx

    return list(with_characters(read_docx(content, _ALONE)))


def _sheets(blocks: Sequence[Paragraph | Table]) -> Iterator[GridSheet]:
    texts: list[tuple[object, ...]] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            texts += [(line,) for line in block.text.splitlines()]
            continue
        if texts:
            yield GridSheet(f"{block.where}{TEXT_BEFORE}", tuple(texts))
        texts = []
        yield GridSheet(block.where, tuple(_rows(block)))
    if texts:
        yield GridSheet("表后的文字", tuple(texts))


def _rows(table: Table) -> Iterator[tuple[object, ...]]:
    """Give a table's rows at their numbers in the document: rows that are wholly empty were left out of it."""
    at = 0
    for row in table.rows:
        found = _ROW.match(row[0].where) if row else None
        while found and at < int(found[1]) - 1:
            yield ()
            at += 1
        yield tuple(cell.text or None for cell in row)
        at += 1

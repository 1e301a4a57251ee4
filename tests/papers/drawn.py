"""Papers read back in tests, as a reader of the file sees them."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document

from toolkit.edges.writing.write_documents import draw_paper
from toolkit.model.word_document import Paragraph, Style, WordDocument
from toolkit.views.papers.letterhead import Letterhead

TEMPLATE = Path(__file__).parents[2] / "templates" / "公文.docx"
HEAD = Letterhead("某某区人民政府办公室", "《2023年重点工作责任分解方案》", date(2023, 4, 6))


def quiet(items: object, _: str) -> object:
    """Go on without a progress bar."""
    return items


def drawn(paper: WordDocument) -> bytes:
    """Draw into the shipped template."""
    return draw_paper(paper, TEMPLATE.read_bytes())


def texts(source: Path | bytes) -> list[str]:
    """Read a document's paragraphs outside tables, then what stands behind a table in rows of one cell, which is 版记."""
    document = _opened(source)
    behind = [row.cells[0].text for table in document.tables for row in table.rows if _is_one_cell(row, table)]
    return [*(paragraph.text for paragraph in document.paragraphs), *filter(None, behind)]


def tables(source: Path | bytes) -> list[list[list[str]]]:
    """Read a document's tables as rows of texts, without those rows."""
    return [[[cell.text for cell in row.cells] for row in table.rows if not _is_one_cell(row, table)] for table in _opened(source).tables]


def _opened(source: Path | bytes) -> Any:
    return Document(BytesIO(source) if isinstance(source, bytes) else str(source))


def _is_one_cell(row: Any, table: Any) -> bool:
    return len(table.columns) > 1 and len({id(cell._tc) for cell in row.cells}) == 1


def words(paper: WordDocument, wanted: Callable[[Style], bool] = lambda _: True) -> list[str]:
    """Give a paper's paragraphs as text, of the styles that are wanted."""
    return [block.text for section in paper.sections for block in section.blocks if isinstance(block, Paragraph) and wanted(block.style)]

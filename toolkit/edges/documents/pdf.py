"""Reads a PDF that holds text: paragraphs put together from printed lines, tables from their ruling lines, page furniture left out."""

import io
from typing import TYPE_CHECKING, NamedTuple

from toolkit.edges.documents.page_columns import Part, parts_of
from toolkit.edges.documents.printed_lines import Char, Line, is_page_number, lines_of, paragraphs_of
from toolkit.edges.documents.ruled_tables import RuledTable, joined, ruled_table, table_of_pages
from toolkit.model.command_error import CommandError
from toolkit.model.document import Paragraph, Table

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

_MOST_PAGES = 300
_MOST_CHARS = 2_000_000
_MOST_DRAWING = 30 * 2**20  # bytes of a page's drawing commands, unpacked
_EDGE = 0.12
_AGAIN = "请重新下载，或向发文机关要 Word 版后再导入。"
_OCR = "请换成带文字的电子版（最好是 .docx），或先做文字识别（OCR）后再导入。"


class _Page(NamedTuple):
    """What one page shows, and whether it is a picture of a page."""

    number: int
    height: float
    lines: tuple[Line, ...]
    tables: tuple[RuledTable, ...]
    picture: bool


def read_pdf(content: bytes, most: int = _MOST_PAGES) -> list[Paragraph | Table]:
    """Read a PDF; raises CommandError for one that is scanned, locked, broken or of more pages. Its scripts, forms and attachments are not looked at."""
    with _opened(content) as pdf:
        if len(pdf.pages) > most:
            raise CommandError(f"有 {len(pdf.pages)} 页，不像一份通知，没有读。", "请只留任务分解部分，另存一份后再导入。")
        pages: list[_Page] = []
        count = broken = 0
        gutter: float | None = None
        for number, page in enumerate(pdf.pages, 1):
            chars = _chars(page)
            count += len(chars)
            broken += sum("(cid:" in char.text or "\ufffd" in char.text or "\ue000" <= char.text[:1] <= "\uf8ff" for char in chars)
            if count > _MOST_CHARS:
                raise CommandError("的文字多得不正常，没有读完。", "请只留任务分解部分，另存一份后再导入。")
            parts, gutter = _parts(number, page, chars, gutter)
            pages += parts
            page.close()
    _must_be_text(pages, count=count, broken=broken)
    return _blocks(_without_furniture(pages))


def _opened(content: bytes) -> "PDF":
    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    try:
        return pdfplumber.open(io.BytesIO(content))
    except Exception as error:  # pdfminer raises whatever a broken file trips it over
        causes = (error, error.__cause__, error.__context__, *error.args)
        if any(isinstance(cause, PDFPasswordIncorrect | PDFEncryptionError) for cause in causes):
            raise CommandError("设了打开密码。", "请用密码打开它，打印（另存）成不带密码的 PDF，或要 Word 版后再导入。") from error
        raise CommandError("已经损坏，不是完好的 PDF。", _AGAIN) from error


def _chars(page: "Page") -> list[Char]:
    """The upright characters of a page; slanted ones are watermarks and stamps."""
    try:
        drawing = sum(len(stream.get_data()) for stream in page.page_obj.contents)
        found = page.chars if drawing <= _MOST_DRAWING else None
    except Exception as error:  # pdfminer raises whatever a broken file trips it over
        raise CommandError(f"的第{page.page_number}页已经损坏，读不出来。", _AGAIN) from error
    if found is None:
        raise CommandError(f"的第{page.page_number}页画得太复杂，没有读。", "请只留任务分解部分，另存一份后再导入。")
    return [Char(str(char["text"]), *(float(char[key]) for key in ("x0", "x1", "top", "bottom", "size"))) for char in found if _level(char["matrix"])]


def _level(matrix: tuple[float, float, float, float, float, float]) -> bool:
    """Say whether a letter stands on a level line; pdfminer calls one that leans by 45° upright too."""
    return matrix[0] > 0 and abs(matrix[1]) < 0.1 * matrix[0]


def _parts(number: int, page: "Page", chars: list[Char], before: float | None) -> tuple[list[_Page], float | None]:
    """Read a page, and find its gutter; one set in two columns gives a part for each, in reading order."""
    tables: list[RuledTable] = []
    inside: set[int] = set()
    for box in _table_boxes(page):
        table = ruled_table(number, box, chars)
        if table is not None:
            tables.append(table.ruled)
            inside |= table.used
    width, height = float(page.width), float(page.height)
    outside = [char for at, char in enumerate(chars) if at not in inside]
    parts, gutter = ([Part(outside, width)], None) if tables else parts_of(outside, width, before)
    covered = sum(abs(float(image["width"]) * float(image["height"])) for image in page.images)
    few = sum(not char.text.isspace() for char in chars) < 5
    picture = few and covered > 0.4 * width * height
    return [_Page(number, height, tuple(lines_of(part.chars, page=number, width=part.width)), tuple(tables), picture=picture) for part in parts], gutter


def _table_boxes(page: "Page") -> list[list[tuple[float, float, float, float]]]:
    """The cells of each ruled table of a page."""
    if len(page.rects) + len(page.lines) + len(page.curves) < 2 or len(page.edges) > 20_000:
        return []
    return [table.cells for table in page.find_tables()]


def _must_be_text(pages: list[_Page], *, count: int, broken: int) -> None:
    pictures = [page.number for page in pages if page.picture]
    if pictures and len(pictures) == sum(not (page.lines or page.tables) or page.picture for page in pages) == len(pages):
        raise CommandError("是扫描件，没有文字，读不出任务。", _OCR)
    if pictures:
        named = "、".join(map(str, pictures[:10])) + ("等" if len(pictures) > 10 else "")
        raise CommandError(f"的第{named}页是扫描的图片，没有文字，那里的任务会漏掉。", f"{_OCR}如果这几页与任务无关，请去掉它们再导入。")
    if broken * 10 > count:
        raise CommandError("里的文字是乱码（字体的编码没有嵌入文件）。", "请向发文机关要 Word 版，或先做文字识别（OCR）后再导入。")


def _without_furniture(pages: list[_Page]) -> list[_Page]:
    """Leave out page numbers and the headers and footers that come back on most pages."""
    margins = [{line for line in page.lines if line.bottom < page.height * _EDGE or line.top > page.height * (1 - _EDGE)} for page in pages]
    count = len({page.number for page in pages})
    seen: dict[str, set[int]] = {}
    for page, margin in zip(pages, margins, strict=True):
        for line in margin:
            seen.setdefault(line.pattern, set()).add(page.number)
    often = {text for text, numbers in seen.items() if len(numbers) >= max(2, count // 2)}
    return [
        page._replace(lines=tuple(line for line in page.lines if line not in margin or not (line.pattern in often or is_page_number(line.text))))
        for page, margin in zip(pages, margins, strict=True)
    ]


def _blocks(pages: list[_Page]) -> list[Paragraph | Table]:
    """Put lines and tables in reading order; a table that goes on at the top of the next page is one table."""
    runs: list[list[Line] | RuledTable] = []
    for page in pages:
        pieces: list[Line | RuledTable] = sorted((*page.lines, *page.tables), key=lambda piece: piece.top)
        for piece in pieces:
            last = runs[-1] if runs else None
            if isinstance(piece, RuledTable):
                longer = joined(last, piece) if isinstance(last, RuledTable) else None
                runs[len(runs) - (longer is not None) :] = [longer or piece]
            elif isinstance(last, list):
                last.append(piece)
            else:
                runs.append([piece])
    blocks: list[Paragraph | Table] = []
    texts = iter(paragraphs_of([run for run in runs if isinstance(run, list)]))
    for run in runs:
        if isinstance(run, list):
            blocks.extend(next(texts))
        else:
            table = table_of_pages(run, f"表{sum(isinstance(block, Table) for block in blocks) + 1}")
            blocks.extend([table] if table else [])
    return blocks

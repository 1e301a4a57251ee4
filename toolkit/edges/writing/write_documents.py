"""Draws a Paper with python-docx into the office's style template: the one place where Word documents that leave are written."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.edges.workspace import starter_templates
from toolkit.edges.writing.draw_imprint import draw_imprint
from toolkit.model.findings import Code, Finding
from toolkit.model.place import Place
from toolkit.model.values import plain
from toolkit.model.word_document import TABLE_STYLE, Block, Imprint, PageBreak, Paragraph, QrCode, Section, Style, Table, WordDocument

if TYPE_CHECKING:
    from docx.document import Document as DocumentType

NAME = "公文.docx"
_INSTANT = datetime(2000, 1, 1, tzinfo=UTC)  # a fixed instant, so that the same paper gives the same bytes
_ZIPPED = (1980, 1, 1, 0, 0, 0)
_LAST = {Style.ANNEXES, Style.SIGNED}
_HEADS = {Style.TITLE, Style.HEADING, Style.SUBHEADING, Style.ANNEX, Style.ANNEX_TITLE, Style.CAPTION, Style.LEAD_IN, Style.ADDRESSEE}
_ROWS_ALONG = 2
_MM = 36_000  # English metric units a millimetre


class Template(NamedTuple):
    """The style template to draw into, as bytes, and what is wrong with the office's own when this is not it."""

    content: bytes
    faults: tuple[Finding, ...] = ()


def load_template(path: Path) -> Template:
    """Give the office's template; the one that comes with the program, and why, when the office's cannot be used."""
    try:
        content = path.read_bytes()
        missing = _missing(content)
    except Exception as error:  # noqa: BLE001 - python-docx fails on broken files in its libraries' many ways
        reason = "文件不在了" if isinstance(error, FileNotFoundError) else "文件打不开，可能已经损坏"
        return Template(_own(), (Finding(Code.TEMPLATE_BROKEN, Place(path.name), {"reason": reason}),))
    if missing:
        return Template(_own(), (Finding(Code.TEMPLATE_STYLES, Place(path.name), {"styles": "、".join(missing)}),))
    return Template(content)


def draw_paper(paper: WordDocument, template: bytes) -> bytes:
    """Set a paper in the template's styles; the same paper and template always give the same bytes."""
    document = _open(template)
    document.part.get_style_id = cache(document.part.get_style_id)  # type: ignore[method-assign] # python-docx looks through every style for each paragraph
    body = document.element.body
    for element in list(body):
        if element is not body.sectPr:
            body.remove(element)
    for number, section in enumerate(paper.sections):
        _draw_section(document, section, first=number == 0)
    if paper.latin:
        _break_between_words(document)
    properties = document.core_properties
    properties.title, properties.subject, properties.author, properties.last_modified_by = paper.title, paper.subject, paper.author, paper.author
    properties.created = properties.modified = _INSTANT
    properties.revision, properties.comments, properties.keywords, properties.category = 1, "", "", ""
    return steady(document)


def _break_between_words(document: "DocumentType") -> None:
    """Have every paragraph broken between words: in the styles of official papers any sign may begin a line."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for paragraph in document.element.body.iter(qn("w:p")):
        shape = paragraph.get_or_add_pPr()
        for wrap in shape.findall(qn("w:wordWrap")):
            shape.remove(wrap)
        wrap = OxmlElement("w:wordWrap")
        wrap.set(qn("w:val"), "1")
        shape.insert_element_before(wrap, *_AFTER_WRAP)


_AFTER_WRAP = (  # what stands behind w:wordWrap in a paragraph's properties
    *("w:overflowPunct", "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind"),
    *("w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap"),
    *("w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)


def steady(document: "DocumentType") -> bytes:
    """Save a document with the dates of its parts held still, parts in the order of their names, no style linked to one that is not there."""
    _without_dead_links(document)
    stream, fixed = io.BytesIO(), io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        names = sorted(parts.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            entry = zipfile.ZipInfo(name, _ZIPPED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, parts.read(name))
    return fixed.getvalue()


def _without_dead_links(document: "DocumentType") -> None:
    """Unlink styles from partners that are missing: a template loses them with the character styles that nothing uses."""
    from docx.oxml.ns import qn

    styles = document.styles.element
    known = {style.get(qn("w:styleId")) for style in styles.findall(qn("w:style"))}
    for style in styles.findall(qn("w:style")):
        for link in style.findall(qn("w:link")):
            if link.get(qn("w:val")) not in known:
                style.remove(link)


def _own() -> bytes:
    """Read the template that comes with the program."""
    return next(path for path in starter_templates() if path.name == NAME).read_bytes()


def _open(content: bytes) -> "DocumentType":
    from docx import Document

    return Document(io.BytesIO(content))


def _missing(content: bytes) -> list[str]:
    have = {style.name for style in _open(content).styles}
    return [name for name in (*Style, TABLE_STYLE) if name not in have]


def _draw_section(document: "DocumentType", section: Section, *, first: bool) -> None:
    page = document.sections[0] if first else document.add_section()
    if section.landscape is not _is_landscape(page):
        _turn(page)
    for before, block, then in zip((None, *section.blocks), section.blocks, (*section.blocks[1:], None), strict=False):
        if isinstance(block, Paragraph):
            drawn = document.add_paragraph(style=block.style.value)
            drawn.add_run(plain(block.text))
            if isinstance(before, PageBreak):
                drawn.paragraph_format.page_break_before = True
            if block.style in _HEADS or isinstance(then, QrCode) or _is_last(then):
                drawn.paragraph_format.keep_with_next = True
        elif isinstance(block, Table):
            _draw_table(document, block, signed=_is_last(then))
        elif isinstance(block, Imprint):
            draw_imprint(document, block)
        elif isinstance(block, QrCode):
            paragraph = document.add_paragraph(style=Style.NOTE.value)
            paragraph.paragraph_format.keep_with_next, paragraph.paragraph_format.line_spacing = then is not None, 1.0
            paragraph.add_run().add_picture(io.BytesIO(qr_picture(block.text)), width=round(block.width * _MM))


def _is_last(block: Block | None) -> bool:
    """Whether a block never stands alone on a page: the paragraph or rows before come along."""
    return isinstance(block, Imprint) or (isinstance(block, Paragraph) and block.style in _LAST)


def without_line(content: bytes, line: str) -> bytes:
    """Take the paragraphs out of a document that hold exactly this line; the same bytes where there are none, or where it cannot be read."""
    try:
        document = _open(content)
    except Exception as error:  # noqa: BLE001 - python-docx fails on broken files in its libraries' many ways
        del error
        return content
    found = [paragraph for paragraph in document.paragraphs if paragraph.text.strip() == line]
    for paragraph in found:
        element: Any = paragraph._p  # noqa: SLF001 - python-docx cannot take a paragraph out
        element.getparent().remove(element)
    return steady(document) if found else content


def qr_picture(text: str) -> bytes:
    """Draw a QR code as a PNG in black and white; the same text gives the same bytes."""
    import zxingcpp
    from PIL import Image

    drawn: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_image(scale=6)
    height, width = drawn.shape
    stream = io.BytesIO()
    Image.frombytes("L", (width, height), bytes(memoryview(drawn))).save(stream, "PNG")
    return stream.getvalue()


def _is_landscape(page: Any) -> bool:
    return bool((page.page_width or 0) > (page.page_height or 0))


def _turn(page: Any) -> None:
    """Turn a page on its side, its margins with it, so that the top of the text stays the same edge of the sheet."""
    from docx.enum.section import WD_ORIENT

    landscape = not _is_landscape(page)
    page.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    page.page_width, page.page_height = page.page_height, page.page_width
    top, right, bottom, left = page.top_margin, page.right_margin, page.bottom_margin, page.left_margin
    turned = (left, top, right, bottom) if landscape else (right, bottom, left, top)
    page.top_margin, page.right_margin, page.bottom_margin, page.left_margin = turned


def _draw_table(document: "DocumentType", table: Table, *, signed: bool) -> None:
    from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT

    rows = [*((table.header,) if table.header else ()), *table.rows]
    drawn = document.add_table(len(rows), len(table.widths), TABLE_STYLE)
    drawn.autofit, drawn.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(drawn.columns, table.widths, strict=True):
        column.width = round(width * _MM)
    heads = bool(table.header)
    for number, (row, texts) in enumerate(zip(drawn.rows, rows, strict=True)):
        for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            _write(cell, text, _cell_style(table, column % 2 if table.form else column, head=heads and number == 0))
            cell.width = round(table.widths[column] * _MM)
        least = table.heights[number - heads] if table.heights and number >= heads else 0
        if least:
            row.height, row.height_rule = round(least * _MM), WD_ROW_HEIGHT_RULE.AT_LEAST
        _keep(row, header=heads and number == 0)
        along = table.together and (number < len(rows) - 1 or table.follows)
        if along or (signed and number >= len(rows) - _ROWS_ALONG):
            for cell in row.cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True


def _cell_style(table: Table, column: int, *, head: bool) -> Style:
    if table.form:
        return Style.ENTRY if column else Style.ITEM
    if head:
        return Style.HEAD
    return Style.FIGURE if column in table.centred else Style.CELL


def _write(cell: Any, text: str, style: Style) -> None:
    from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT

    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph = cell.paragraphs[0]
    paragraph.style = style.value
    paragraph.add_run(plain(text))


def _keep(row: Any, *, header: bool) -> None:
    """A row stays on one page; a header is repeated on each."""
    for name in _marks(header=header):
        row._tr.get_or_add_trPr().append(_element(name))  # noqa: SLF001 - python-docx has no name for these


def _marks(*, header: bool) -> Iterator[str]:
    yield "w:cantSplit"
    if header:
        yield "w:tblHeader"


def _element(name: str) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(name)

"""Draws notices for tests: Word files from paragraphs and tables, web pages from their body."""

import io
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from toolkit.edges.documents.read_document import read_document
from toolkit.model.command_error import CommandError
from toolkit.model.document import Paragraph, Table

ROOT = Path(__file__).resolve().parents[2]
NOTICE = ROOT / "toolkit" / "resources" / "notice_2023.txt"

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MORE = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def run(text: str, look: str = "") -> str:
    """Draw a run of text."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(text: str = "", *, numbered: str = "", level: int = 0, look: str = "", inner: str = "") -> str:
    """Draw a paragraph, of list `numbered` when given; `inner` is put after the text as it stands."""
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{numbered}"/></w:numPr>' if numbered else ""
    return f"<w:p><w:pPr>{look if look.startswith('<w:pStyle') else ''}{number}{'' if look.startswith('<w:pStyle') else look}</w:pPr>{run(text)}{inner}</w:p>"


def table(*rows: str) -> str:
    """Draw a ruled table from its rows."""
    sides = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV"))
    return f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{sides}</w:tblBorders></w:tblPr>{"".join(rows)}</w:tbl>'


def row(*cells: str) -> str:
    """Draw a row; a cell that is no markup is text."""
    return f"<w:tr>{''.join(text if text.startswith('<w:tc>') else cell(text) for text in cells)}</w:tr>"


def cell(*texts: str, look: str = "") -> str:
    """Draw a cell of one paragraph a text; `look` says how it is merged."""
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{''.join(text if text.startswith('<w:') else para(text) for text in texts)}</w:tc>"


def level(number: int, style: str, pattern: str, more: str = "") -> str:
    """Draw one level of a list definition."""
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{style}"/>{more}<w:lvlText w:val="{pattern}"/></w:lvl>'


def numbering(*lists: str, more: str = "") -> str:
    """Draw list definitions 1, 2, …, each from its levels; `more` holds further <w:num>s."""
    kinds = "".join(f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>' for at, levels in enumerate(lists, 1))
    used = "".join(f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>' for at, _ in enumerate(lists, 1))
    return f"<w:numbering {_W}>{kinds}{used}{more}</w:numbering>"


def docx(*body: str, lists: str = "", styles: str = "", head: str = "") -> bytes:
    """Draw a Word file; `head` is put before the root element, where nothing belongs."""
    parts = {"numbering": lists, "styles": styles and f"<w:styles {_W}>{styles}</w:styles>"}
    names = [name for name, text in parts.items() if text]
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{_MAIN}.{name}+xml"/>' for name in names)
    size = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800"/>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        + "".join(f'<Relationship Id="{name}" Type="{_OFFICE}/{name}" Target="{name}.xml"/>' for name in names)
        + "</Relationships>",
        "word/document.xml": f"{head}<w:document {_W} {_MORE}><w:body>{''.join(body)}<w:sectPr>{size}</w:sectPr></w:body></w:document>",
        **{f"word/{name}.xml": parts[name] for name in names},
    }
    return zipped(files)


def zipped(files: dict[str, str]) -> bytes:
    """Pack files into a zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return made.getvalue()


def shown(content: bytes, name: str, folder: Path) -> list[str | list[list[str]]]:
    """Read a file of this content and name: paragraphs as “number|text”, tables as rows of texts."""
    path = folder / name
    path.write_bytes(content)
    return [plain(block) for block in read_document(path).blocks]


def plain(block: Paragraph | Table) -> str | list[list[str]]:
    """Show a block as text."""
    if isinstance(block, Table):
        return [[cell.text for cell in row] for row in block.rows]
    return f"{block.number}|{block.text}" if block.number else block.text


def said(content: bytes, name: str, folder: Path) -> str:
    """Read a file that cannot be read, and give what is said about it: message and advice."""
    path = folder / name
    path.write_bytes(content)
    try:
        read_document(path)
    except CommandError as trouble:
        return f"{trouble.message}{trouble.advice}"
    return ""


def page(body: str, head: str = "") -> bytes:
    """Draw a web page in UTF-8."""
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>云溪县人民政府</title>{head}</head><body>{body}</body></html>".encode()


def pdf(*pages: str, objects: str = "") -> bytes:
    """Draw a PDF, a page for each run of drawing commands; F is a Latin font, I a grey picture."""
    count = len(pages)
    kids = " ".join(f"{number} 0 R" for number in range(5, 5 + 2 * count, 2))
    parts = [
        f"<</Type/Catalog/Pages 2 0 R{objects}>>",
        f"<</Type/Pages/Kids[{kids}]/Count {count}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n0\nendstream",
    ]
    for number, drawing in enumerate(pages):
        resources = "<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>"
        parts.append(f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {6 + 2 * number} 0 R/Resources{resources}>>")
        parts.append(f"<</Length {len(drawing)}>>stream\n{drawing}\nendstream")
    made, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return f"{made}xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}trailer<</Root 1 0 R/Size {len(parts) + 1}>>\nstartxref\n{len(made)}\n%%EOF".encode()

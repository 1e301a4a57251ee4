"""Reads a saved web page: the running text and the data tables of the notice, without the site around it."""

import re
from collections.abc import Iterator
from email import policy
from email.parser import BytesParser
from typing import TYPE_CHECKING, NamedTuple

from toolkit.edges.documents.grid import PlacedCell, is_layout, table_of
from toolkit.edges.documents.numbering import drawn
from toolkit.edges.documents.plain_text import whole_text
from toolkit.edges.documents.web_page_residue import residue, unseen
from toolkit.model.command_error import CommandError
from toolkit.model.document import Paragraph, Table
from toolkit.model.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html "  # noqa: SIM905 - words
    "legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split(),
)
_LIST_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_WRAP = lazy_pattern(r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t\r\f]*\n\s*(?=[\u2e80-\u9fff\uff00-\uffef])")
_BLANKS = lazy_pattern(r"[ \t\r\n\f]+")
_WIDEST = 300
_MOST_CHARS = 6_000_000
_DEEPER = True  # libxml2 follows 2,046 elements within each other, else 254
_PICTURE = lazy_pattern(r"data:[\w/+.-]+;base64,[A-Za-z0-9+/=]+")
_COPY = "请在浏览器里打开原网页，复制正文粘贴到 Word 或记事本，保存后再导入。"


class _Line(NamedTuple):
    """A paragraph of a page and the number its list draws."""

    text: str
    number: str


def read_html(content: bytes) -> list[Paragraph | Table]:
    """Read a page; nothing it links to is fetched, none of its scripts are run."""
    return _blocks(_body(whole_text(content)))


def read_mht(content: bytes) -> list[Paragraph | Table]:
    """Read a page saved as one file (.mht): its first HTML part. Raises CommandError where it has none."""
    message = BytesParser(policy=policy.compat32).parsebytes(content)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            return read_html(bytes(part.get_payload(decode=True) or b""))
    raise CommandError("是网页存档，但里面没有网页正文。", "请在浏览器里重新打开网页，另存为 .html 后再导入。")


def _body(text: str) -> "Element":
    from lxml import etree, html

    text = _PICTURE.sub("", text.replace("\x00", ""))
    if len(text) > _MOST_CHARS:
        raise CommandError(f"的网页有 {len(text) // 10_000} 万字，不像一份通知，没有读。", _COPY)
    # A declaration of encoding would be an error in text that is already decoded.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1)
    parser = html.HTMLParser(no_network=True, huge_tree=_DEEPER, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise CommandError("不是完好的网页。", _COPY) from error
    if any(entry.level_name == "FATAL" for entry in parser.error_log):  # libxml2 stops there and keeps only what came before
        raise CommandError("的网页结构层层嵌套，读不了。", _COPY)
    return root


def _blocks(root: "Element") -> list[Paragraph | Table]:
    """List what a page shows, in order."""
    blocks: list[Paragraph | Table] = []
    paragraphs = tables = 0
    for piece in _pieces(root, residue(root)):
        if isinstance(piece, _Line):
            paragraphs += 1
            blocks.append(Paragraph(piece.text, f"第{paragraphs}段", piece.number))
            continue
        name = f"表{tables + 1}"
        table = table_of(piece, name, lambda row, _, name=name: f"{name}第{row + 1}行")  # type: ignore[misc]
        if table:
            tables += 1
            blocks.append(table)
    return blocks


def _pieces(root: "Element", left_out: "frozenset[Element]") -> "Iterator[_Line | list[PlacedCell]]":
    """Walk a page in reading order without recursion: lines of text, and the cells of each data table."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    line: list[str] = []
    number = ""
    for event, element in walk:
        tag = str(element.tag)
        breaks = tag in _BLOCKS or tag == "br"
        if breaks and (text := _tidy(line)):
            yield _Line(text, number)
            number = ""
        if breaks:
            line = []
        if event == "end":
            line.append(element.tail or "")
            continue
        cells = _data_cells(element) if tag == "table" and element not in left_out else []
        if cells:
            yield cells
        if cells or element in left_out:
            walk.skip_subtree()
        else:
            number = _list_number(element) if tag == "li" else number
            line.append(element.text or "")
    if text := _tidy(line):
        yield _Line(text, number)


def _tidy(pieces: list[str]) -> str:
    """Join a line's pieces as a browser would, except that a source line broken between two Chinese characters leaves no blank."""
    return _BLANKS.sub(" ", _WRAP.sub("", "".join(pieces).replace("\u00a0", " "))).strip(" \u3000\u200b\ufeff")


def _list_number(item: "Element") -> str:
    """Work out the number that an <ol> draws before one of its items."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or "list-style:none" in (parent.get("style") or "").replace(" ", "").replace("-type", ""):
        return ""
    start = parent.get("start") or "1"
    value = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
    at = parent.get("data-counted")
    value = int(at) + 1 if at else value
    own = item.get("value") or ""
    value = int(own) if re.fullmatch(r"\d{1,6}", own) else value
    parent.set("data-counted", str(value))
    style = re.search(r"cjk-ideographic|simp-chinese-informal|trad-chinese-informal", parent.get("style") or "")
    if style:
        return f"{drawn(value, 'chineseCountingThousand')}、"
    return f"{drawn(value, _LIST_FORMATS.get(parent.get('type') or '1', 'decimal'))}."


def _data_cells(table: "Element") -> list[PlacedCell]:
    """Place the cells of a table that holds data; a table that only lays out the page gives none, and its text is walked as text."""
    if next(table.iterdescendants("table"), None) is not None or table.get("role") == "presentation":
        return []
    cells: list[PlacedCell] = []
    taken: dict[int, int] = {}  # column → the row up to which a cell from above holds it
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line:
            if cell.tag not in {"td", "th"}:
                continue
            while taken.get(column, 0) > row:
                column += 1
            rows, columns = _span(cell.get("rowspan"), 65_534), _span(cell.get("colspan"), _WIDEST)
            lines = tuple(f"{piece.number}{piece.text}" for piece in _pieces_of_cell(cell))
            cells.append(PlacedCell(row, column, rows, columns, lines))
            for covered in range(column, column + columns):
                taken[covered] = row + rows
            column += columns
            if column > _WIDEST * 2:
                break
    return [] if is_layout(cells) else cells


def _pieces_of_cell(cell: "Element") -> list[_Line]:
    tail, cell.tail = cell.tail, None
    lines = [piece for piece in _pieces(cell, frozenset(filter(unseen, cell.iter()))) if isinstance(piece, _Line)]
    cell.tail = tail
    return lines


def _span(value: str | None, most: int) -> int:
    """Read rowspan or colspan; 0 means to the end of the table, nonsense means 1."""
    if not value or not re.fullmatch(r"\s*\d{1,5}\s*", value):
        return 1
    return min(int(value) or most, most)

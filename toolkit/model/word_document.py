"""A paper as data: what the views write and the drawer sets in type; how it looks is the style template's business."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Style(StrEnum):
    """The named styles of templates/公文.docx; the office restyles its papers by editing them there."""

    MASTHEAD = "红头"
    NUMBER = "文号"
    TITLE = "公文标题"
    ADDRESSEE = "主送"
    BODY = "公文正文"
    HEADING = "一级标题"
    SUBHEADING = "二级标题"
    ANNEXES = "附件说明"
    SIGNED = "落款"
    ANNEX = "附件号"
    ANNEX_TITLE = "附件标题"
    CAPTION = "表题"
    HEAD = "表头"
    CELL = "表文"
    FIGURE = "表数"
    NOTE = "表注"
    LEAD_IN = "表前文"
    ITEM = "栏名"
    ENTRY = "栏文"


TABLE_STYLE = "公文表格"


class Paragraph(NamedTuple):
    """A paragraph in a named style; its text is only ever text."""

    text: str
    style: Style = Style.BODY


class Table(NamedTuple):
    """A table as wide as its `widths` in millimetres; a header repeats on every page.

    Columns in `centred` hold short values; a `form` has the names of its rows in the first column and is set larger; `heights` are the rows' least heights in
    millimetres, 0 for as high as the text. A table that stays `together` is not broken over two pages; one that `follows` stays with the next block too.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    centred: tuple[int, ...] = ()
    form: bool = False
    heights: tuple[float, ...] = ()
    together: bool = False
    follows: bool = False


class QrCode(NamedTuple):
    """A QR code of a text, so many millimetres wide."""

    text: str
    width: float


class Imprint(NamedTuple):
    """The lines at a paper's very end, between rules: the line that says to whom copies go ('' for nobody), who printed it, on which day."""

    copies: str
    office: str
    day: str


class PageBreak(NamedTuple):
    """The next block begins a page."""


Block = Paragraph | Table | QrCode | Imprint | PageBreak


class Section(NamedTuple):
    """Pages of one orientation."""

    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class WordDocument:
    """A whole paper; title, subject and author become the file's properties; a `latin` one breaks its lines between words only."""

    title: str
    sections: tuple[Section, ...]
    subject: str = ""
    author: str = ""
    latin: bool = False

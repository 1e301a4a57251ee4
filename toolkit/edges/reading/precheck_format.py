"""What a look at a file can find: its format, what is in it, what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from toolkit.model.findings import Code
from toolkit.model.returns import CellFault

At = tuple[int, int]


class Format(StrEnum):
    """What a file is, by its content; names say nothing."""

    XLSX = "xlsx"
    XLSM = "xlsm"
    XLSB = "xlsb"
    XLS = "xls"  # .et of WPS is the same
    ODS = "ods"
    SHEET_XML = "xml"  # Excel 2003's spreadsheet in one XML file
    HTML = "html"
    TEXT = "csv"
    LOCKED = "locked"  # an office file with a password to open
    ZIP = "zip"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    MAIL = "eml"
    OUTLOOK = "msg"
    OTHER = "other"  # something known that is no workbook
    UNKNOWN = "unknown"

    @property
    def is_workbook(self) -> bool:
        """Whether it is read as a workbook, after unlocking where it is locked."""
        return self in _WORKBOOKS


_WORKBOOKS = {
    Format.XLSX, Format.XLSM, Format.XLSB, Format.XLS, Format.ODS, Format.SHEET_XML, Format.HTML, Format.TEXT, Format.LOCKED,
}  # fmt: skip

TEXTS = frozenset({Format.SHEET_XML, Format.HTML, Format.TEXT})

WORKBOOK, STYLES, PROPERTIES = "xl/workbook.xml", "xl/styles.xml", "docprops/custom.xml"
STRINGS = "xl/sharedstrings.xml"  # the fast reader takes the shared strings from the part of this name, whatever the relations say


class Content(StrEnum):
    """What else is in a workbook, in the words of a finding."""

    MACROS = "宏"
    LINKS = "外部链接"
    OBJECTS = "嵌入对象"
    DDE = "DDE 链接"
    CONTROLS = "控件"
    QUERIES = "数据连接"
    PICTURES = "图片"
    COMMENTS = "批注"
    SHAPES = "文本框"

    @property
    def active(self) -> bool:
        """Whether it could run or fetch something: pictures, comments and shapes cannot."""
        return self not in {Content.PICTURES, Content.COMMENTS, Content.SHAPES}


class FormatFault(NamedTuple):
    """Why a file must not be opened: a code of the catalogue and its facts."""

    code: Code
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Precheck:
    """What a look at a file found.

    `second_look`: cells may hold errors, or formulas without results, which the fast reader does not tell apart from blanks.
    `odd_errors`: error words that the fast reader does not know, which make it give up a whole sheet. `asides`: comments and the like among
    the cells, at which it ends a number. `struck`: texts among the cells that are struck out. `odd_parts`: names
    of parts without cells that cannot be looked through.
    """

    format: Format
    trouble: FormatFault | None = None
    contents: tuple[Content, ...] = ()
    second_look: bool = False
    odd_errors: bool = False
    asides: bool = False
    struck: bool = False
    odd_parts: tuple[str, ...] = ()


class StruckText(NamedTuple):
    """A text of which something is struck out: what is left, and what is struck."""

    kept: str
    struck: str


class CommentCell(NamedTuple):
    """Words that stand beside a cell: in a comment or in a shape laid over it."""

    at: At
    kind: Content
    words: str


class CellMarks(NamedTuple):
    """What is special in one sheet: cells by (row, column) counted from 0; merges as top, left, bottom, right.

    `formats` are the codes of number formats that show a cell otherwise than it is stored; `texts` are those that the fast reader gives wrongly;
    `unseen` are filled cells whose font has the colour of its ground.
    """

    faults: Mapping[At, CellFault] = {}
    formats: Mapping[At, str] = {}
    merges: tuple[tuple[int, int, int, int], ...] = ()
    texts: Mapping[At, str] = {}
    struck: Mapping[At, StruckText] = {}
    beside: tuple[CommentCell, ...] = ()
    unseen: frozenset[At] = frozenset()


class UnsafeFile(Exception):  # noqa: N818 - said of the file
    """A file that must not be opened."""

    def __init__(self, code: Code, format_: Format = Format.OTHER, /, **facts: str) -> None:
        """Say why not; what it is, where that is not known yet."""
        super().__init__(code.name)
        self.format = format_
        self.trouble = FormatFault(code, facts)

"""Looks at the XML parts of a workbook as they stream by: how far the cells reach, and what the fast reader would get wrong."""

import re
from collections.abc import Iterable

from toolkit.edges.precheck_extent import Extent
from toolkit.edges.precheck_format import Content, Format, Unsound
from toolkit.model.findings import Code

CELLS = 3_000_000
STRING_BYTES = 4 << 30  # the longest shared string, as often as any string is used
_OVERLAP = 256
_FAR = re.compile(rb""" r=["'](?:[A-Za-z]{3}|[A-Za-z]{0,2}\d{5})[A-Z0-9]*["']""")  # what it lets pass reaches ZZ9999 at most
_PREFIXED = re.compile(rb"<\w+:worksheet[\s>]")  # element names with a prefix; the searches below look for bare ones
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_KNOWN_ERROR = re.compile(rb"<(?:\w+:)?v>#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)</")
_NO_RESULT = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)\s*(?:</(?:\w+:)?c>|<(?:\w+:)?v(?:\s[^>]*)?(?:/>|></))")
_BLANK_RESULT = re.compile(rb"""t=["']str["'][^>]*><f[^>]*>[^<]*</f>\s*<v(?:/>|></)""")  # a formula whose result is an empty text


class SheetMarks:
    """What was seen so far: `start` opens a part, `feed` takes it in pieces, `judge` closes the file."""

    def __init__(self, format_: Format) -> None:
        """Start with nothing seen."""
        self.second_look = self.odd_errors = False
        self.contents: tuple[Content, ...] = ()
        self.suspects: list[str] = []  # parts whose cells may reach too far; look again, exactly
        self._format = format_
        self._part = ""
        self._tail = b""
        self._is_text = self._is_strings = False
        self._cells = self._string_cells = self._longest = 0

    def start(self, part: str, head: bytes) -> None:
        """Open a part by its first piece."""
        if head[:2] in {b"\xff\xfe", b"\xfe\xff"} or (head[:1] == b"<" and b"\0" in head[:4]):
            raise Unsound(self._format, Code.UNSAFE, what="部件的文字编码反常")
        self._part, self._tail = part, b""
        self._is_text = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"
        self._is_strings = b"sst" in head[:300]
        if _PREFIXED.search(head[:2000]):
            self.suspects.append(part)
            self.second_look = True

    def feed(self, chunk: bytes) -> None:
        """Look at the next piece of the open part."""
        if not self._is_text:
            return
        text = self._tail + chunk if self._tail else chunk
        self._tail = chunk[-_OVERLAP:] if len(chunk) >= _OVERLAP else text[-_OVERLAP:]
        if b"!" in text and _DECLARED.search(text):
            raise Unsound(self._format, Code.UNSAFE, what="部件里有自定义实体")
        if self._is_strings:
            self._look_at_strings(chunk)
        elif self._format is Format.ODS:
            self._look_at_ods(text)
        elif self._format is not Format.XLSB:
            self._look_at_sheet(text)

    def judge(self) -> None:
        """Weigh the whole file; raises Unsound."""
        if self._cells > CELLS:
            raise Unsound(self._format, Code.TOO_BIG, what=f"有 {self._cells} 个单元格，上限 {CELLS} 个")
        if self._longest * self._string_cells > STRING_BYTES:
            raise Unsound(self._format, Code.TOO_BIG, what="很长的文字被重复使用太多次")

    def _look_at_strings(self, chunk: bytes) -> None:
        self._longest = max(self._longest, *map(len, chunk.split(b"<si")))

    def _look_at_sheet(self, text: bytes) -> None:
        cells = text.count(b"<c ")
        if cells or b"<c>" in text or b"<row" in text:
            self._look_at_cells(text, cells)
        if b"ddeLink" in text:
            self._note(Content.DDE)

    def _look_at_cells(self, text: bytes, cells: int) -> None:
        self._cells += cells
        self._string_cells += text.count(b't="s"')
        plainly = cells == text.count(b'<c r="') and text.count(b"<row ") == text.count(b'<row r="') and b"<c>" not in text
        if (not plainly or (cells and _FAR.search(text))) and self._part not in self.suspects:
            self.suspects.append(self._part)
        errors = text.count(b't="e"') + (text.count(b"t='e'") if b"'" in text else 0)
        if errors:
            self.second_look = True
            self.odd_errors |= errors > sum(1 for _ in _KNOWN_ERROR.finditer(text))
        if not self.second_look and not _has_results(text):
            self.second_look = sum(1 for _ in _NO_RESULT.finditer(text)) > sum(1 for _ in _BLANK_RESULT.finditer(text))

    def _look_at_ods(self, text: bytes) -> None:
        self._cells += text.count(b"table-cell")
        self.second_look |= b'value-type="error"' in text
        if b"table-row" in text and self._part not in self.suspects:
            self.suspects.append(self._part)
        if b"<dde-" in text or b":dde-" in text:
            self._note(Content.DDE)
        if b"<office:annotation" in text:
            self._note(Content.COMMENTS)

    def _note(self, content: Content) -> None:
        self.contents = (*self.contents, *(() if content in self.contents else (content,)))


def _has_results(text: bytes) -> bool:
    """Whether every formula, if there are any, is plainly written and followed by a result."""
    formulas = text.count(b"</f>")
    return formulas == text.count(b"</f><v>") - text.count(b"</f><v></") and b"<f " not in text and b"<f/" not in text and b":f" not in text


def check_extent(chunks: Iterable[bytes], format_: Format) -> None:
    """Follow every cell of a part; raises Unsound when the rectangle of its values is too large to lay out."""
    extent = Extent(format_)
    for chunk in chunks:
        extent.feed(chunk)
